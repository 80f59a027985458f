"""The loss of each main supplier, mineral by mineral: what it would do to the importer.

A supplier of at least MIN_SHARE of the importer's imports (by completed weight) stops all exports for a year.
Everything else is at base, horizon one year, no stocks drawn. Minerals of which the importer buys for less than
LEAST_IMPORTS_KUSD are left out: what a few crates pay says nothing about a market.

A row whose price is beyond the model's range (see `sogdia.uncertain`) is marked, and its import bill is null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, plain_rows, tidy
from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.coverage_grade import coverage_grades
from sogdia.data.elasticities import elasticities_for
from sogdia.data.provenance import citations
from sogdia.errors import NoAnswerError
from sogdia.market import calibrate, draw
from sogdia.market.draws import require_draws
from sogdia.market.visibility import require_seen
from sogdia.progress import MeasuredStep, Progress
from sogdia.shock.loss_of_supplier import (
    COLUMNS,
    LEAST_IMPORTS_KUSD,
    MEASURES,
    MONEY,
    imports_kusd,
    loss_of,
    main_suppliers,
)
from sogdia.shock.own_error import own_error
from sogdia.shock.product_losses import ProductLosses, no_losses, product_losses
from sogdia.uncertain import BEYOND, Band, price_of_ends
from sogdia.units import KUSD_PER_MUSD

DRAWS = 40
LONG = {
    "mineral": pl.String, "stage": pl.String, "product": pl.String, "partner": pl.String, "variable": pl.String,
    "unit": pl.String, "stat": pl.String, "value": pl.Float64, "source_id": pl.String,
}  # fmt: skip
UNITS = {
    "share": "fraction", "imports_kusd": "kUSD",
    "price_paid": "ratio", "reduced_use": "fraction", "import_bill_change_kusd": "kUSD", "surplus_change_kusd": "kUSD",
}  # fmt: skip
"""Unit of each figure of a row; its variable is the column without `_kusd`."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SupplierLosses(Answer):
    """rows: one per mineral and main supplier, columns as in COLUMNS; those beyond the model's range first, then by
    loss of consumer surplus. price_paid: the mean price of what is bought, relative to base; reduced_use: 1 - use /
    base, below 0 where use rises; money: thousand US dollars of the base year; the bill is null where a consumer is cut
    off or the price is beyond the range. source_ids: what the rows of each mineral rest on. products: the losses of
    products of processing, which are never added to those of minerals.
    """

    importer: str
    year: int
    rows: pl.DataFrame
    notes: tuple[str, ...]
    source_ids: Mapping[str, tuple[str, ...]]
    products: ProductLosses = field(default_factory=no_losses)

    @property
    def title(self) -> str:
        """Whose suppliers are lost, and when."""
        return f"{self.importer}: a year without each main supplier, base {self.year}"

    def table(self) -> pl.DataFrame:
        """Tidy long table; partner is the supplier lost, product the product of processing, null for a mineral. stat is
        low, central and high, or "value" for its share and the value of all imports. A price beyond the model's range
        is null here.
        """
        rows = [
            figure
            for row in self.rows.iter_rows(named=True)
            for figure in figures_of(row, None, None, self.source_ids[row["mineral"]])
        ]
        rows += [
            figure for row in self.products.rows.iter_rows(named=True)
            for figure in figures_of(row, row["stage"], row["product"], self.products.source_ids[row["product"]])
        ]  # fmt: skip
        long = pl.DataFrame(rows, schema=LONG, orient="row")
        return tidy(long, importer=self.importer, country=self.importer, year=str(self.year))

    def sources(self) -> tuple[str, ...]:
        """Ids of what the markets and elasticities of all minerals rest on."""
        return each_once(*self.source_ids.values(), *self.products.source_ids.values())

    def to_dict(self) -> dict[str, Any]:
        """Importer, year, rows, those of products, notes, sources."""
        return {
            "importer": self.importer,
            "year": self.year,
            "rows": plain_rows(self.rows),
            "products": plain_rows(self.products.rows),
            "notes": list(self.notes),
            "sources": citations(self.sources()),
        }


def figures_of(
    row: Mapping[str, Any], stage: str | None, product: str | None, sources: Sequence[str]
) -> list[tuple[object, ...]]:
    """The figures of one row, in the columns of LONG."""
    figures: list[tuple[object, ...]] = []
    for name, unit in UNITS.items():
        stats = {"value": row[name]}
        if name in MEASURES:
            found = band_of(row, name)
            stats = {"low": found.low, "central": found.central, "high": found.high}
        figures += [
            (row["mineral"], stage, product, row["supplier"], name.removesuffix("_kusd"), unit, stat, value,
             SEPARATOR.join(sources))
            for stat, value in stats.items()
        ]  # fmt: skip
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
    products_of: Sequence[Mineral] | None = (),
    progress: Progress = lambda _: None,
) -> SupplierLosses:
    """What the loss of each main supplier does. draws: by default DRAWS.

    products_of: products of processing made of these minerals are lost too, None for all products. What the members of
    a region sell each other is no import of it.
    """
    count = DRAWS if draws is None else draws
    require_draws(count)
    rows: list[dict[str, object]] = []
    sources: dict[str, tuple[str, ...]] = {}
    small: list[str] = []
    unseen: list[str] = []
    cover = coverage_grades(store, importer, minerals, year)
    for at, mineral in enumerate(minerals):
        progress(MeasuredStep(f"loss of suppliers: {mineral.name}", at / len(minerals)))
        try:
            market = calibrate(store, mineral, [year])
        except NoAnswerError:
            continue
        bought = imports_kusd(market, importer)
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
        for supplier, share in main_suppliers(market, importer):
            rows.append({"mineral": mineral.key, "supplier": supplier, "share": share})
            rows[-1] |= loss_of(market, importer, supplier, drawn, error)
            grade = cover[mineral.key]
            rows[-1] |= {"coverage": grade.grade, "missing_codes": list(grade.missing_codes)}
            sources[mineral.key] = each_once(market.source_ids, elasticities.source_ids, error.source_ids)
    frame = pl.DataFrame(rows, schema=COLUMNS).sort(
        "beyond", "surplus_change_kusd", descending=[True, False], nulls_last=True
    )
    products = no_losses()
    if products_of is None or products_of:
        progress("loss of suppliers: products of processing")
        products = product_losses(store, importer, products_of, year, count, answered=frozenset(frame["mineral"]))
    notes = (*_small_note(small), *_unseen_note(unseen), *_range_note(frame))
    return SupplierLosses(importer.key, year, frame, notes, sources, products)


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
