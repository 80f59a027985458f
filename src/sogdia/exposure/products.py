"""The importer's position in products of processing: who sells them, who makes them, how concentrated either is.

One row is one product. Concentration of mining and of processing stand side by side: looking at the mine alone is
looking in the wrong place. A share or an index is shown only where the figures behind it cover nearly all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.coverage_grade import FRINGE, Coverage
from sogdia.data.products import REST, SIX_DIGITS, Output, ProductPurchases, ProductTables
from sogdia.exposure.measure import Label, Measure
from sogdia.sums import total

NEARLY_ALL = 0.9
"""Of purchases or of output: an index needs so much."""
UNRANKED = "a product of processing: listed with its own figures, without a score"
PRODUCT_TABLES = ("product_output", "product_imports", "heading_trade")
COLUMNS: tuple[Measure | Label, ...] = (
    Measure(
        "import_value_kusd", "thousand USD", "Imports by value", "value of the purchases on record", PRODUCT_TABLES
    ),
    Measure("import_quantity_t", "t", "Imports by weight", "of product, as the source counts it", PRODUCT_TABLES),
    Label("top_supplier", "Largest supplier", "country that sells most to the importer"),
    Measure("top_supplier_share", "fraction", "its share", "its sales / the importer's purchases", PRODUCT_TABLES),
    Measure("import_hhi", "0..1", "Concentration of imports", "sum of squared shares of the origins", PRODUCT_TABLES),
    Label("share_of", "by", "what the shares of origins are of: weight or value"),
    Label("imports_from", "Imports from", "six_digits, product (a source on it) or heading (four digits, whole)"),
    Label("imports_year", "in", "year or years of the purchases"),
    Label("top_producer", "Largest maker", "country that makes most of it"),
    Measure("top_producer_share", "fraction", "its share", "its output / the world's", PRODUCT_TABLES),
    Measure("production_hhi", "0..1", "Concentration of output", "sum of squared shares of makers", PRODUCT_TABLES),
    Label("output_year", "in", "year of the output"),
    Measure("mine_hhi", "0..1", "Concentration of mining", "of the mineral in World Mining Data", ("production",)),
    Label("source_id", "Sources", "ids of the sources of the row"),
)
"""What a row says; the columns before them are economy, product, name, subject, mineral, stage and year."""


@dataclass(frozen=True, slots=True)
class ProductAnswer:
    """rows: the columns of `product_rows`; origins: product, origin, quantity_t, value_kusd, share; makers: product,
    country, quantity, unit, share; sources: ids behind them.
    """

    rows: pl.DataFrame
    origins: pl.DataFrame
    makers: pl.DataFrame
    sources: tuple[str, ...]


def product_answer(
    store: Store, importer: Region, subjects: Sequence[str] | None, year: int,
    coverage: Mapping[str, Coverage], mines: Mapping[str, float | None], keys: Sequence[str] = (),
) -> ProductAnswer:  # fmt: skip
    """The products made of `subjects` (keys; None for all), with imports or output on record.

    coverage: of the minerals; mines: concentration of mining by mineral; keys: of further products.
    """
    tables = ProductTables(store)
    rows, origins, makers, sources = list[dict[str, Any]](), list[pl.DataFrame](), list[pl.DataFrame](), list[str]()
    for product in tables.products.values():
        if subjects is not None and product.subject not in subjects and product.key not in keys:
            continue
        bought, made = tables.purchases(product, importer, year), tables.output(product, year)
        if bought is None and made is None:
            continue
        used = tuple(dict.fromkeys((*(bought.source_ids if bought else ()), *(made.source_ids if made else ()))))
        sources += used
        cover = coverage.get(product.mineral or "")
        covered = bought is not None and bought.basis == SIX_DIGITS
        rows.append(
            {
                "economy": importer.key, "product": product.key, "name": product.name, "subject": product.subject,
                "mineral": product.mineral, "stage": product.stage, "year": year,
                **_purchases(bought), **_output(made),
                "mine_hhi": mines.get(product.mineral or ""), "source_id": ";".join(used),
                "coverage": cover.grade if cover else FRINGE,
                "missing_codes": [] if covered else list(product.codes), "ranked": False, "unranked": UNRANKED,
            }
        )  # fmt: skip
        if bought is not None:
            origins.append(bought.rows.select(pl.lit(product.key).alias("product"), pl.all()))
        if made is not None:
            unit = pl.lit(made.unit).alias("unit")
            makers.append(made.rows.select(pl.lit(product.key).alias("product"), "country", "quantity", unit, "share"))
    return ProductAnswer(
        pl.DataFrame(rows, schema=ROW, orient="row") if rows else pl.DataFrame(schema=ROW),
        pl.concat(origins) if origins else pl.DataFrame(), pl.concat(makers) if makers else pl.DataFrame(),
        tuple(dict.fromkeys(sources)),
    )  # fmt: skip


def products_of(store: Store, minerals: Sequence[Mineral]) -> tuple[str, ...]:
    """Keys of the products that are made of minerals."""
    keys = {mineral.key for mineral in minerals}
    return tuple(product.key for product in ProductTables(store).products.values() if product.subject in keys)


def _purchases(bought: ProductPurchases | None) -> dict[str, Any]:
    names = ("import_value_kusd", "import_quantity_t", "top_supplier", "top_supplier_share", "import_hhi", "share_of",
             "imports_from", "imports_year")  # fmt: skip
    if bought is None:
        return dict.fromkeys(names)
    top, share, index = leading(bought.rows.rename({"origin": "country"}))
    first, last = bought.first_year, bought.last_year
    years = str(last) if first == last else f"{first}-{last}"
    values = (bought.value_kusd, bought.quantity_t, top, share, index, bought.share_of if top else None, bought.basis,
              years)  # fmt: skip
    return dict(zip(names, values, strict=True))


def _output(made: Output | None) -> dict[str, Any]:
    names = ("top_producer", "top_producer_share", "production_hhi", "output_year")
    if made is None:
        return dict.fromkeys(names)
    top, share, index = leading(made.rows) if made.complete else (None, None, None)
    return dict(zip(names, (top, share, index, str(made.year)), strict=True))


def leading(rows: pl.DataFrame) -> tuple[str | None, float | None, float | None]:
    """The country with the largest share, the share, and the index of concentration, None where too little is known.

    rows: country (ROW for other countries together, which count as many small ones), share. A country is the largest
    where what is not known is no more than its share.
    """
    known = rows.filter(pl.col("share").is_not_null())
    alone = known.filter(pl.col("country") != REST).sort("share", "country", descending=[True, False])
    if alone.is_empty():
        return None, None, None
    told, most = float(known.select(total("share")).item()), float(alone["share"][0])
    if 1.0 - told > most:
        return None, None, None
    index = float(alone.select(total(pl.col("share") ** 2)).item())
    return str(alone["country"][0]), most, index if told >= NEARLY_ALL else None


ROW: Mapping[str, Any] = {
    "economy": pl.String, "product": pl.String, "name": pl.String, "subject": pl.String, "mineral": pl.String,
    "stage": pl.String, "year": pl.Int16, "import_value_kusd": pl.Float64, "import_quantity_t": pl.Float64,
    "top_supplier": pl.String, "top_supplier_share": pl.Float64, "import_hhi": pl.Float64, "share_of": pl.String,
    "imports_from": pl.String, "imports_year": pl.String, "top_producer": pl.String, "top_producer_share": pl.Float64,
    "production_hhi": pl.Float64, "output_year": pl.String, "mine_hhi": pl.Float64, "source_id": pl.String,
    "coverage": pl.String, "missing_codes": pl.List(pl.String), "ranked": pl.Boolean, "unranked": pl.String,
}  # fmt: skip
"""The columns of a row and their types."""
