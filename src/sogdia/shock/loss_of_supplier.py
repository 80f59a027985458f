"""The loss of one supplier in one market: who is a main supplier, and what its loss for a year would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from sogdia.codes import Region
from sogdia.market import Draws, Scenario, TradedMarket, clear, consumer_outcome
from sogdia.market.events import ExportLimit
from sogdia.shock.importer import importer_outcome
from sogdia.shock.own_error import OwnError, with_error
from sogdia.uncertain import band, is_beyond, money_band

MIN_SHARE = 0.10
LEAST_IMPORTS_KUSD = 1000.0
MOST_SUPPLIERS = 2
MEASURES = ("price_paid", "reduced_use", "import_bill_change_kusd", "surplus_change_kusd")
MONEY = MEASURES[2:3]
COLUMNS: Mapping[str, Any] = {
    "mineral": pl.String, "supplier": pl.String, "share": pl.Float64, "imports_kusd": pl.Float64,
    "beyond": pl.Boolean,
    **{f"{name}{stat}": pl.Float64 for name in MEASURES for stat in ("", "_low", "_high")},
    "coverage": pl.String, "missing_codes": pl.List(pl.String),
}  # fmt: skip


def loss_of(market: TradedMarket, importer: Region, supplier: str, drawn: Draws, error: OwnError) -> dict[str, object]:
    """The figures of one loss, in the columns of COLUMNS."""
    scenario = Scenario(f"{supplier} stops exports", (ExportLimit(supplier, share=1.0),))
    cleared = clear(market, scenario, drawn)
    members = [consumer_outcome(cleared, m) for m in importer.members if m in market.consumers]
    o = with_error(importer_outcome(cleared, importer, members).total, error)
    bill = o.import_bill_kusd - o.base_import_bill_kusd
    bands = {
        "price_paid": band(o.price_paid),
        "reduced_use": band(o.reduced_use),
        "import_bill_change_kusd": money_band(bill, np.fmax(o.price_paid, o.import_price), 1.0),
        "surplus_change_kusd": band(o.surplus_change_kusd),
    }
    figures: dict[str, object] = {"imports_kusd": o.base_import_bill_kusd, "beyond": is_beyond(float(o.price_paid[0]))}
    for name, found in bands.items():
        figures |= {name: found.central, f"{name}_low": found.low, f"{name}_high": found.high}
    return figures


def main_suppliers(market: TradedMarket, importer: Region) -> list[tuple[str, float]]:
    """Suppliers of MIN_SHARE or more of the importer's imports and their shares, the largest first."""
    columns = [market.consumers.index(m) for m in importer.members if m in market.consumers]
    bought = np.where(market.home(), 0.0, market.flows)[:, columns].sum(axis=1)
    bought[[i for i, p in enumerate(market.producers) if p in importer.members]] = 0.0
    if bought.sum() <= 0:
        return []
    share = bought / bought.sum()
    ranked = [int(i) for i in np.argsort(-share)[:MOST_SUPPLIERS] if share[i] >= MIN_SHARE]
    return [(market.producers[i], float(share[i])) for i in ranked]


def imports_kusd(market: TradedMarket, importer: Region) -> float:
    """What the importer pays for imports in the base year."""
    columns = [market.consumers.index(m) for m in importer.members if m in market.consumers]
    outside = [i for i, p in enumerate(market.producers) if p not in importer.members]
    return float(np.nansum((market.flows * market.unit_value)[np.ix_(outside, columns)]))
