"""What would the loss of each main supplier do to the importer, mineral by mineral?

The catalogue's plainest question: a supplier of at least MIN_SHARE of the importer's imports (by completed weight)
stops all exports for a year. Everything else is at base, horizon one year, no stocks drawn. Minerals of which the
importer buys for less than LEAST_IMPORTS_KUSD are left out: what a few crates pay says nothing about a market.

A row whose price is beyond the model's range (see `bands`) is marked, and its money columns are null.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.elasticities import elasticities_for
from sogdia.errors import NoAnswerError
from sogdia.market import Scenario, TradedMarket, calibrate, clear, consumer_outcome, draw
from sogdia.market.events import ExportLimit
from sogdia.shock.importer import importer_outcome
from sogdia.uncertain import band, is_beyond, priced

MIN_SHARE = 0.10
LEAST_IMPORTS_KUSD = 1000.0
MOST_SUPPLIERS = 2
DRAWS = 40
MEASURES = ("price", "shortage", "import_bill_change_kusd", "surplus_change_kusd")
MONEY = MEASURES[2:]
COLUMNS = {
    "mineral": pl.String, "supplier": pl.String, "share": pl.Float64, "imports_kusd": pl.Float64,
    "beyond": pl.Boolean,
    **{f"{name}{stat}": pl.Float64 for name in MEASURES for stat in ("", "_low", "_high")},
}  # fmt: skip
Progress = Callable[[str], None]


def supplier_losses(
    store: Store,
    importer: Region,
    minerals: Sequence[Mineral],
    year: int,
    *,
    draws: int = DRAWS,
    progress: Progress = lambda _: None,
) -> pl.DataFrame:
    """One row per mineral and main supplier: those beyond the model's range first, then by loss of consumer surplus.

    Columns: see COLUMNS; price is the price index at constant mix relative to base, shortage a fraction of base
    consumption, money in thousand US dollars of the base year. Null where a consumer is cut off. A region is one
    buyer (see `importer`): what its members sell each other is no import.
    """
    rows: list[dict[str, object]] = []
    for mineral in minerals:
        progress(f"loss of suppliers: {mineral.name}")
        try:
            market = calibrate(store, mineral, [year])
        except NoAnswerError:
            continue
        if _imports_kusd(market, importer) < LEAST_IMPORTS_KUSD:
            continue
        taken = draw(elasticities_for(store, mineral.key, None, 1.0), draws)
        for supplier, share in _main_suppliers(market, importer):
            scenario = Scenario(f"{supplier} stops exports", (ExportLimit(supplier, share=1.0),))
            cleared = clear(market, scenario, taken)
            members = [consumer_outcome(cleared, m) for m in importer.members if m in market.consumers]
            o = importer_outcome(cleared, importer, members).total
            bill = o.import_bill_kusd - o.base_import_bill_kusd
            values = {
                "price": o.price,
                "shortage": o.shortage,
                "import_bill_change_kusd": priced(bill, np.fmax(o.price, o.import_price), 1.0),
                "surplus_change_kusd": priced(o.surplus_change_kusd, o.price, -1.0),
            }
            found: dict[str, object] = {
                "mineral": mineral.key, "supplier": supplier, "share": share,
                "imports_kusd": o.base_import_bill_kusd, "beyond": is_beyond(float(o.price[0])),
            }  # fmt: skip
            for name, of_draws in values.items():
                ends = band(of_draws)
                found |= dict(zip((name, f"{name}_low", f"{name}_high"), ends, strict=True))
            rows.append(found)
    return pl.DataFrame(rows, schema=COLUMNS).sort(
        "beyond", "surplus_change_kusd", descending=[True, False], nulls_last=True
    )


def _main_suppliers(market: TradedMarket, importer: Region) -> list[tuple[str, float]]:
    columns = [market.consumers.index(m) for m in importer.members if m in market.consumers]
    bought = np.where(market.home(), 0.0, market.flows)[:, columns].sum(axis=1)
    bought[[i for i, p in enumerate(market.producers) if p in importer.members]] = 0.0
    if bought.sum() <= 0:
        return []
    share = bought / bought.sum()
    ranked = [int(i) for i in np.argsort(-share)[:MOST_SUPPLIERS] if share[i] >= MIN_SHARE]
    return [(market.producers[i], float(share[i])) for i in ranked]


def _imports_kusd(market: TradedMarket, importer: Region) -> float:
    """What the importer pays for imports in the base year."""
    columns = [market.consumers.index(m) for m in importer.members if m in market.consumers]
    outside = [i for i, p in enumerate(market.producers) if p not in importer.members]
    return float(np.nansum((market.flows * market.unit_value)[np.ix_(outside, columns)]))
