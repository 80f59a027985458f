"""Products of processing: who makes them, who sells them to an importer, and at what price, each with its sources.

The figures come from three tables that the store carries (`product_output`, `product_imports`, `heading_trade`), and
from trade where the store has it at six digits: a full trade release replaces the carried figures code by code. What a
source leaves open is null, never zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.codes import Region
from sogdia.data.schema import polars_schema
from sogdia.data.store import Store
from sogdia.errors import unknown
from sogdia.sums import known_total, total

SIX_DIGITS, PRODUCT, HEADING = "six_digits", "product", "heading"
"""Where the origins of an importer's purchases are from: trade of the store, a source on the product itself, or the
four-digit heading that the product fills."""
MIRROR = ("UN_COMTRADE_2025",)
"""Sources of what exporters reported, which lack the origins that do not report: taken where nothing else is had."""
WORLD, REST = "WLD", "ROW"
PRODUCTION, EXPORTS, CAPACITY = "production", "exports", "capacity"
"""Measures of `product_output`."""
LEAST_KNOWN_SHARE = 0.5
"""Output of a year is complete where the producers named make so much of the world's."""
ORIGINS = {"origin": pl.String, "quantity_t": pl.Float64, "value_kusd": pl.Float64, "share": pl.Float64}


@dataclass(frozen=True, slots=True)
class Product:
    """A product of processing. subject: what it is made of; mineral: the same as a key of the store, None where it has
    none. codes: HS 1992; heading: four digits, heading_whole: whether the heading is this product with its articles.
    basis: unit of output; content: of a tonne traded, in that unit, None where it is not one product.
    """

    key: str
    name: str
    subject: str
    mineral: str | None
    stage: str
    codes: tuple[str, ...]
    heading: str | None
    heading_whole: bool
    basis: str
    content: float | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """World output of a product in a year. rows: country, quantity (unit), share of the world (null where unknown);
    the largest first, other countries together as ROW. world: quantity, None where unknown. complete: whether the
    producers named make LEAST_KNOWN_SHARE of it or more; otherwise a main one may be missing.
    """

    year: int
    unit: str
    world: float | None
    rows: pl.DataFrame
    complete: bool
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductPurchases:
    """What an importer buys of a product. rows: origin, quantity_t, value_kusd, share; the largest first. basis:
    SIX_DIGITS, PRODUCT or HEADING; share_of: weight or value. quantity_t, value_kusd: of all origins, None where
    unknown.
    """

    first_year: int
    last_year: int
    basis: str
    share_of: str
    quantity_t: float | None
    value_kusd: float | None
    rows: pl.DataFrame
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductPrice:
    """A mean price of a year. price: in unit, as published."""

    year: int
    specification: str | None
    price: float
    unit: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class ProductTables:
    """The tables of a store that speak of processed products, read once for each store."""

    store: Store

    @property
    def products(self) -> dict[str, Product]:
        """Every product by its key."""
        return self.store.once("products", self._read_products)

    def _read_products(self) -> dict[str, Product]:
        return {
            row["product"]: Product(
                row["product"], row["name"], row["subject"], row["mineral"], row["stage"],
                tuple(row["hs1992"].split(";")) if row["hs1992"] else (), row["heading"],
                row["heading_scope"] == "whole", row["basis"], row["content"],
            )
            for row in self.store.rows("processed_products").iter_rows(named=True)
        }  # fmt: skip

    @property
    def _output(self) -> dict[str, pl.DataFrame]:
        return self._by("product_output", "product", pl.col("measure") == PRODUCTION)

    def _by(self, table: str, column: str, *those: pl.Expr) -> dict[str, pl.DataFrame]:
        """The rows of a table, those alone where a condition is given, by the value of a column."""
        return self.store.once(("products", table), lambda: _parts(self.store.rows(table).filter(*those), column))

    def exports(self, product: Product, year: int) -> pl.DataFrame:
        """What makers of a product export in all, the rows of `product_output` that say so: of each the last year up to
        `year`.
        """
        rows = self.store.rows("product_output").filter(
            pl.col("product") == product.key, pl.col("measure") == EXPORTS, pl.col("year") <= year,
            pl.col("quantity").is_not_null(),
        )  # fmt: skip
        return rows.sort("year", "country").unique("country", keep="last", maintain_order=True)

    def capacity(self, product: Product, countries: Sequence[str]) -> pl.DataFrame:
        """The capacity of countries in a product, built or planned: of each the last year that a source gives."""
        rows = self.store.rows("product_output").filter(
            pl.col("product") == product.key, pl.col("measure") == CAPACITY, pl.col("country").is_in(countries),
            pl.col("quantity") > 0,
        )  # fmt: skip
        return rows.sort("year", "country").unique("country", keep="last", maintain_order=True)

    @property
    def _imports(self) -> dict[str, pl.DataFrame]:
        return self._by("product_imports", "product")

    @property
    def _no_imports(self) -> pl.DataFrame:
        return pl.DataFrame(schema=polars_schema("product_imports"))

    @property
    def _headings(self) -> dict[str, pl.DataFrame]:
        return self._by("heading_trade", "heading", pl.col("flow") == "import")

    @property
    def _prices(self) -> dict[str, pl.DataFrame]:
        return self._by("product_prices", "product")

    def product(self, key: str) -> Product:
        """The product of a key; UnknownNameError tells the nearest."""
        if key not in self.products:
            raise unknown("product", key, self.products)
        return self.products[key]

    def output(self, product: Product, year: int) -> Output | None:
        """Output in the last complete year up to `year`, in the last year of any where none is complete; None where
        no output is known.
        """
        known = self._output.get(product.key)
        if known is None:
            return None
        by_year = _parts(known, "year")
        last: Output | None = None
        for at in sorted((y for y in by_year if y <= year), reverse=True) or [min(by_year)]:
            made = _output(by_year[at])
            if made.complete:
                return made
            last = last or (made if made.rows.height else None)
        return last

    def purchases(self, product: Product, importer: Region, year: int) -> ProductPurchases | None:
        """The importer's purchases by origin, from the best of what the store has; None where it has nothing.

        Order: trade at six digits in the year; a source on the product; the heading that the product fills; what
        exporters reported. A region has the first only: the others speak of countries.
        """
        found = self._six_digits(product, importer, year)
        if found or len(importer.members) > 1:
            return found
        own = self._imports.get(product.key, self._no_imports)
        own = own.filter(pl.col("importer") == importer.key, pl.col("first_year") <= year)
        mirrored = pl.col("source_id").is_in(MIRROR)
        direct, mirror = own.filter(~mirrored), own.filter(mirrored)
        heading = self._heading(product, importer, year)
        if direct.height and (heading is None or direct["last_year"].max() == year or direct["share"].count() > 1):
            chosen = _named(direct)
            return _with_value(chosen, heading)
        if heading is not None:
            return _with_quantity(heading, _named(mirror) if mirror.height else None)
        return _named(mirror) if mirror.height else None

    def bought_t(
        self, product: Product, importer: Region, year: int
    ) -> tuple[dict[str, float], tuple[str, ...]] | None:
        """Tonnes of product by origin (ROW for others together) and the ids of their sources, for a compact market.

        From trade at six digits, a source on the product, or what exporters reported; total times share where a source
        gives both. None where tonnes by origin are not known.
        """
        found = self.purchases(product, importer, year)
        if found is None or found.rows["quantity_t"].is_not_null().sum() == 0:
            own = self._imports.get(product.key, self._no_imports).filter(
                pl.col("importer") == importer.key, pl.col("first_year") <= year, pl.col("quantity_t").is_not_null()
            )
            found = _named(own) if own.height else found
        if found is None:
            return None
        tonnes = pl.coalesce("quantity_t", pl.col("share") * pl.lit(found.quantity_t, pl.Float64))
        by_weight = found.share_of == "weight" or found.rows["quantity_t"].null_count() == 0
        rows = found.rows.select("origin", tonnes.alias("t")).filter(pl.col("t") > 0)
        return (dict(rows.iter_rows()), found.source_ids) if by_weight and rows.height else None

    def price(self, product: Product, year: int) -> ProductPrice | None:
        """The mean price of the year, of the last one before it where that is not known; None where none is."""
        prices = self._prices.get(product.key)
        rows = None if prices is None else _latest(prices.filter(pl.col("year") <= year))
        if rows is None or rows.is_empty():
            return None
        row = rows.row(0, named=True)
        return ProductPrice(row["year"], row["specification"], row["price"], row["unit"], (row["source_id"],))

    def _six_digits(self, product: Product, importer: Region, year: int) -> ProductPurchases | None:
        """Purchases by the trade of the store, where it has all codes of the product in the year."""
        trade = self._trade(year)
        if not product.codes or not trade.keys() >= set(product.codes):
            return None
        flows = pl.concat([trade[code] for code in product.codes]).rename({"exporter": "origin"})
        members = importer.members
        flows = flows.filter(pl.col("importer").is_in(members) & ~pl.col("origin").is_in(members))
        if flows.is_empty():
            return None
        rows = flows.group_by("origin").agg(known_total("quantity_t"), total("value_kusd")).sort("origin")
        whole = float(rows.select(total("value_kusd")).item())
        rows = rows.with_columns(share=pl.when(whole > 0).then(pl.col("value_kusd") / whole))
        rows = rows.sort("value_kusd", "origin", descending=[True, False])
        quantity = float(flows["quantity_t"].sum()) if flows["quantity_t"].null_count() == 0 else None
        sources = self.store.source_ids("trade", [year])
        return ProductPurchases(year, year, SIX_DIGITS, "value", quantity, whole, rows.select(list(ORIGINS)), sources)

    def _trade(self, year: int) -> dict[str, pl.DataFrame]:
        """Trade of the year in the codes of all products, by code."""
        return self.store.once(("trade in products", year), lambda: self._read_trade(year))

    def _read_trade(self, year: int) -> dict[str, pl.DataFrame]:
        codes = sorted({code for product in self.products.values() for code in product.codes})
        return _parts(self.store.trade(codes, [year]).collect(), "hs6")

    def _heading(self, product: Product, importer: Region, year: int) -> ProductPurchases | None:
        """Purchases by the heading that the product fills, of the last year up to `year` that names partners."""
        if not product.heading or not product.heading_whole:
            return None
        known = self._headings.get(product.heading)
        if known is None:
            return None
        rows = _latest(known.filter(pl.col("reporter") == importer.key, pl.col("year") <= year))
        if rows.is_empty():
            return None
        whole, parts = rows.filter(pl.col("partner") == WORLD), rows.filter(pl.col("partner") != WORLD)
        value = whole["value_kusd"][0] if whole.height else _whole_of(parts)
        origins = parts.filter(pl.col("share").is_not_null()).select(
            origin="partner", quantity_t=pl.lit(None, pl.Float64), value_kusd="value_kusd", share="share"
        )
        at, sources = rows["year"][0], tuple(rows["source_id"].unique().sort())
        return ProductPurchases(at, at, HEADING, "value", None, value, _largest(origins), sources)


def _parts(rows: pl.DataFrame, column: str) -> dict[Any, pl.DataFrame]:
    """The rows by the value of a column."""
    return {key[0]: part for key, part in rows.partition_by(column, as_dict=True).items()}


def _latest(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of the last year."""
    return rows.filter(pl.col("year") == pl.col("year").max())


def _output(rows: pl.DataFrame) -> Output:
    """The output of one year, from its rows. Without the world's total only a share that a source gives is known."""
    whole = rows.filter(pl.col("aggregate") == "world")["quantity"].drop_nulls()
    world = float(whole[0]) if len(whole) else None
    parts = rows.filter((pl.col("aggregate") != "world") & (pl.col("quantity").fill_null(1.0) > 0))
    known = parts.filter(pl.any_horizontal(pl.col("quantity", "share_of_world").is_not_null()))
    table = known.select(
        "country", "quantity",
        share=pl.coalesce("share_of_world", pl.col("quantity") / pl.lit(world, pl.Float64)),
    ).sort(
        pl.col("country") == REST, "share", "quantity", "country",
        descending=[False, True, True, False], nulls_last=True,
    )  # fmt: skip
    complete = float(table["share"].sum()) >= LEAST_KNOWN_SHARE
    sources = tuple(rows["source_id"].unique().sort())
    return Output(int(rows["year"][0]), str(rows["unit"][0]), world, table, complete, sources)


def _whole_of(parts: pl.DataFrame) -> float | None:
    """Value of all purchases, from the value and the share of the largest origin; None where it has not both."""
    known = parts.filter(pl.col("value_kusd").is_not_null(), pl.col("share") > 0).sort("share", descending=True)
    return float(known["value_kusd"][0] / known["share"][0]) if known.height else None


def _named(rows: pl.DataFrame) -> ProductPurchases:
    """Purchases by a source on the product itself: the latest period of it."""
    rows = rows.filter(pl.col("last_year") == pl.col("last_year").max())
    whole, parts = rows.filter(pl.col("origin") == WORLD), rows.filter(pl.col("origin") != WORLD)
    quantity, value = (whole[name][0] if whole.height else None for name in ("quantity_t", "value_kusd"))
    if quantity is None and REST in parts["origin"] and parts["quantity_t"].null_count() == 0:
        quantity = float(parts.select(total("quantity_t")).item())
        parts = parts.with_columns(share=pl.coalesce("share", pl.col("quantity_t") / quantity))
    return ProductPurchases(
        int(rows["first_year"][0]), int(rows["last_year"][0]), PRODUCT, str(rows["share_of"][0]), quantity, value,
        _largest(parts.select(list(ORIGINS))), tuple(rows["source_id"].unique().sort()),
    )  # fmt: skip


def _with_value(chosen: ProductPurchases, heading: ProductPurchases | None) -> ProductPurchases:
    """The purchases with the value of the heading, where they have none and the product fills it."""
    if chosen.value_kusd is not None or heading is None:
        return chosen
    return _joined(chosen, chosen.quantity_t, heading.value_kusd, heading)


def _with_quantity(chosen: ProductPurchases, mirror: ProductPurchases | None) -> ProductPurchases:
    """The purchases with the weight that exporters reported in the same year, a lower bound."""
    if mirror is None or mirror.last_year != chosen.last_year:
        return chosen
    return _joined(chosen, mirror.quantity_t, chosen.value_kusd, mirror)


def _joined(
    chosen: ProductPurchases, quantity_t: float | None, value_kusd: float | None, other: ProductPurchases
) -> ProductPurchases:
    sources = tuple(dict.fromkeys((*chosen.source_ids, *other.source_ids)))
    return ProductPurchases(
        chosen.first_year, chosen.last_year, chosen.basis, chosen.share_of, quantity_t, value_kusd, chosen.rows, sources
    )


def _largest(rows: pl.DataFrame) -> pl.DataFrame:
    """The largest share first, other countries together last."""
    return rows.sort(
        pl.col("origin") == REST, "share", "quantity_t", "origin",
        descending=[False, True, True, False], nulls_last=True,
    )  # fmt: skip
