"""The loss of each main supplier, mineral by mineral: what it would do to the importer.

A supplier of at least MIN_SHARE of the importer's imports (by completed weight) stops all exports for a year.
Everything else is at base, horizon one year, no stocks drawn. Minerals of which the importer buys for less than
LEAST_IMPORTS_KUSD are left out: what a few crates pay says nothing about a market.

A row whose price is beyond the model's range (see `sogdia.uncertain`) is marked, and its import bill is null.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, plain_rows, tidy
from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.elasticities import elasticities_for
from sogdia.data.provenance import citations
from sogdia.errors import NoAnswerError
from sogdia.market import Draws, Scenario, TradedMarket, calibrate, clear, consumer_outcome, draw
from sogdia.market.draws import require_draws
from sogdia.market.events import ExportLimit
from sogdia.market.visibility import require_seen
from sogdia.shock.importer import importer_outcome
from sogdia.shock.own_error import OwnError, own_error, with_error
from sogdia.uncertain import BEYOND, Band, band, is_beyond, money_band, price_of_ends
from sogdia.units import KUSD_PER_MUSD

MIN_SHARE = 0.10
LEAST_IMPORTS_KUSD = 1000.0
MOST_SUPPLIERS = 2
DRAWS = 40
MEASURES = ("price_paid", "reduced_use", "import_bill_change_kusd", "surplus_change_kusd")
MONEY = MEASURES[2:3]
COLUMNS = {
    "mineral": pl.String, "supplier": pl.String, "share": pl.Float64, "imports_kusd": pl.Float64,
    "beyond": pl.Boolean,
    **{f"{name}{stat}": pl.Float64 for name in MEASURES for stat in ("", "_low", "_high")},
}  # fmt: skip
LONG = {
    "mineral": pl.String, "partner": pl.String, "variable": pl.String, "unit": pl.String, "stat": pl.String,
    "value": pl.Float64, "source_id": pl.String,
}  # fmt: skip
UNITS = {
    "share": "fraction", "imports_kusd": "kUSD",
    "price_paid": "ratio", "reduced_use": "fraction", "import_bill_change_kusd": "kUSD", "surplus_change_kusd": "kUSD",
}  # fmt: skip
"""Unit of each figure of a row; its variable is the column without `_kusd`."""
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SupplierLosses(Answer):
    """rows: one per mineral and main supplier, columns as in COLUMNS; those beyond the model's range first, then by
    loss of consumer surplus. price_paid: the mean price of what is bought, relative to base; reduced_use: 1 - use /
    base, below 0 where use rises; money: thousand US dollars of the base year; the bill is null where a consumer is cut
    off or the price is beyond the range. source_ids: what the rows of each mineral rest on.
    """

    importer: str
    year: int
    rows: pl.DataFrame
    notes: tuple[str, ...]
    source_ids: Mapping[str, tuple[str, ...]]

    @property
    def title(self) -> str:
        """Whose suppliers are lost, and when."""
        return f"{self.importer}: a year without each main supplier, base {self.year}"

    def table(self) -> pl.DataFrame:
        """Tidy long table; partner is the supplier lost. stat is low, central and high, or "value" for its share and
        the value of all imports. A price beyond the model's range is null here.
        """
        rows = [figure for row in self.rows.iter_rows(named=True) for figure in self._figures(row)]
        long = pl.DataFrame(rows, schema=LONG, orient="row")
        return tidy(long, importer=self.importer, country=self.importer, year=str(self.year))

    def sources(self) -> tuple[str, ...]:
        """Ids of what the markets and elasticities of all minerals rest on."""
        return each_once(*self.source_ids.values())

    def to_dict(self) -> dict[str, Any]:
        """Importer, year, rows, notes, sources."""
        return {
            "importer": self.importer,
            "year": self.year,
            "rows": plain_rows(self.rows),
            "notes": list(self.notes),
            "sources": citations(self.sources()),
        }

    def _figures(self, row: Mapping[str, Any]) -> list[tuple[object, ...]]:
        """The figures of one row, in the columns of LONG."""
        sources = SEPARATOR.join(self.source_ids[row["mineral"]])
        figures: list[tuple[object, ...]] = []
        for name, unit in UNITS.items():
            stats = {"value": row[name]}
            if name in MEASURES:
                found = band_of(row, name)
                stats = {"low": found.low, "central": found.central, "high": found.high}
            figures += [
                (row["mineral"], row["supplier"], name.removesuffix("_kusd"), unit, stat, value, sources)
                for stat, value in stats.items()
            ]
        return figures


def band_of(row: Mapping[str, Any], measure: str) -> Band:
    """The band of one of MEASURES in a row; of a price, ends beyond the model's range are left out."""
    low, central, high = row[f"{measure}_low"], row[measure], row[f"{measure}_high"]
    if measure == "price_paid":
        return price_of_ends(low, float("inf") if row["beyond"] else central, high)
    return Band(low, central, high, beyond=bool(row["beyond"]) and measure in MONEY)


def supplier_losses(
    store: Store,
    importer: Region,
    minerals: Sequence[Mineral],
    year: int,
    *,
    draws: int | None = None,
    progress: Progress = lambda _: None,
) -> SupplierLosses:
    """What the loss of each main supplier does. draws: by default DRAWS.

    What the members of a region sell each other is no import of it.
    """
    count = DRAWS if draws is None else draws
    require_draws(count)
    rows: list[dict[str, object]] = []
    sources: dict[str, tuple[str, ...]] = {}
    small: list[str] = []
    unseen: list[str] = []
    for mineral in minerals:
        progress(f"loss of suppliers: {mineral.name}")
        try:
            market = calibrate(store, mineral, [year])
        except NoAnswerError:
            continue
        bought = _imports_kusd(market, importer)
        if bought < LEAST_IMPORTS_KUSD:
            small += [mineral.name] if bought > 0 else []
            continue
        try:
            require_seen(store, mineral, market.seen)
        except NoAnswerError:
            unseen.append(mineral.name)
            continue
        elasticities = elasticities_for(store, mineral.key, None, 1.0)
        drawn = draw(elasticities, count)
        error = own_error(store, mineral, None, count)
        for supplier, share in _main_suppliers(market, importer):
            rows.append({"mineral": mineral.key, "supplier": supplier, "share": share})
            rows[-1] |= _loss(market, importer, supplier, drawn, error)
            sources[mineral.key] = each_once(market.source_ids, elasticities.source_ids, error.source_ids)
    frame = pl.DataFrame(rows, schema=COLUMNS).sort(
        "beyond", "surplus_change_kusd", descending=[True, False], nulls_last=True
    )
    return SupplierLosses(
        importer.key, year, frame, (*_small_note(small), *_unseen_note(unseen), *_range_note(frame)), sources
    )


def _loss(market: TradedMarket, importer: Region, supplier: str, drawn: Draws, error: OwnError) -> dict[str, object]:
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


def _small_note(minerals: Sequence[str]) -> tuple[str, ...]:
    """Which minerals are left out because hardly anything of them is bought."""
    if not minerals:
        return ()
    limit = LEAST_IMPORTS_KUSD / KUSD_PER_MUSD
    return (f"Left out, because imports were worth less than {limit:g} million USD: {', '.join(minerals)}.",)


def _unseen_note(minerals: Sequence[str]) -> tuple[str, ...]:
    """Which minerals are left out because most of their market is not seen."""
    if not minerals:
        return ()
    return (
        f"Left out, because most of the world's output is not seen in the trade data: {', '.join(minerals)}. "
        "`sogdia shock` says for each why, and which codes would open it.",
    )


def _range_note(rows: pl.DataFrame) -> tuple[str, ...]:
    """How many losses are not priced."""
    count = rows["beyond"].sum()
    if not count:
        return ()
    return (
        f"{count} of {rows.height} losses are beyond the model's range: the price rises to more than {BEYOND:g} times "
        "base or without bound, and no bill that follows from it is given; losses of consumer surplus count the price "
        "up to the backstop.",
    )
