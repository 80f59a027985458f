"""What would the loss of each main supplier do to the importer, mineral by mineral?

The catalogue's plainest question: a supplier of at least MIN_SHARE of the importer's imports (by completed weight)
stops all exports for a year. Everything else is at base, horizon one year, no stocks drawn. Minerals of which the
importer buys for less than LEAST_IMPORTS_KUSD are left out: what a few crates pay says nothing about a market.

A price above BEYOND times base is outside anything the trade data have shown (rare earths in 2011 rose about five
times), and demand would break before it: such a row is marked, and its money columns are null.
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

MIN_SHARE = 0.10
LEAST_IMPORTS_KUSD = 1000.0
MOST_SUPPLIERS = 2
DRAWS = 40
LOW, HIGH = 0.05, 0.95
BEYOND = 10.0
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
    consumption, money in thousand US dollars of the base year. Null where a consumer is cut off. For a region the
    members' quantities and money are added up, and the price is their mean by base value.
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
            outcomes = [consumer_outcome(cleared, m) for m in importer.members if m in market.consumers]
            used = sum(o.base_consumption_t for o in outcomes)
            paid = sum(o.base_import_bill_kusd for o in outcomes)
            values = {
                "price": np.sum([o.price * o.base_import_bill_kusd for o in outcomes], axis=0) / paid,
                "shortage": 1.0 - np.sum([o.consumption_t for o in outcomes], axis=0) / used,
                "import_bill_change_kusd": np.sum([o.import_bill_kusd for o in outcomes], axis=0) - paid,
                "surplus_change_kusd": np.sum([o.surplus_change_kusd for o in outcomes], axis=0),
            }
            beyond = not values["price"][0] <= BEYOND
            found: dict[str, object] = {
                "mineral": mineral.key, "supplier": supplier, "share": share, "imports_kusd": paid, "beyond": beyond
            }  # fmt: skip
            for name, draws_of in values.items():
                found |= _band(name, np.full_like(draws_of, np.nan) if beyond and name in MONEY else draws_of)
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


def _band(name: str, values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> dict[str, float | None]:
    known = values[np.isfinite(values)]
    central = float(values[0]) if np.isfinite(values[0]) else None
    low, high = (float(q) for q in np.quantile(known, [LOW, HIGH])) if known.size else (None, None)
    return {name: central, f"{name}_low": low, f"{name}_high": high}
