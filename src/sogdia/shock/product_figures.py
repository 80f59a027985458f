"""What is known of a product of processing for a compact market: output, the importer's purchases, a price, by source.

Tonnes by origin come from the first of these that is had:

    a source on the product itself, in tonnes; or its shares by weight times the total, where the total is known, or the
    tonnes of one origin are, or the value of the heading that the product fills is (at the price)
    exports to the importer as the exporters report them, where they are NEARLY_ALL of that value at the price
    value by origin in the heading that the product fills, at one price for all origins

What is missing is named, and never taken for zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.answer import each_once
from sogdia.codes import Region
from sogdia.data import Store
from sogdia.data.products import HEADING, MIRROR, REST, WORLD, Product, ProductPrice, ProductPurchases, ProductTables
from sogdia.errors import NoAnswerError
from sogdia.market.compact import CompactFigures
from sogdia.market.visibility import POOLED
from sogdia.sums import total

NEARLY_ALL = 0.75
"""Of the value of all purchases at the price: exporters' reports that hold so much are taken for all of them."""
MOST_NAMED = 4
FIGURES: Mapping[str, Any] = {
    "figure": pl.String, "country": pl.String, "value": pl.Float64, "unit": pl.String, "year": pl.String,
    "evidence": pl.String, "source_id": pl.String, "note": pl.String,
}  # fmt: skip
OUTPUT, EXPORTS, PURCHASES, PRICE = "output", "exports", "purchases", "price"
"""Kinds of figures."""


@dataclass(frozen=True, slots=True, eq=False)
class ProductFigures:
    """compact: what the market is made of. rows: each figure as its source gives it, columns of FIGURES. notes: how
    tonnes were found where no source gives them.
    """

    compact: CompactFigures
    rows: pl.DataFrame
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class OriginTonnes:
    """tonnes: by origin; rows: of FIGURES; notes; years: of the purchases."""

    tonnes: Mapping[str, float]
    rows: pl.DataFrame
    notes: tuple[str, ...]
    years: tuple[int, ...]


def product_figures(store: Store, importer: Region, product: Product, year: int) -> ProductFigures:
    """The figures of the last years up to `year`; NoAnswerError names what is missing."""
    tables = ProductTables(store)
    if len(importer.members) > 1:
        raise _missing(product, importer, f"figures on products are by country: ask for a member of {importer.key}")
    if product.content is None:
        rule = f"its output is counted in {product.basis}, and purchases are not in one product of it"
        raise _missing(product, importer, rule)
    price = tables.price(product, year)
    bought = _bought(tables, product, importer, year, price)
    made = tables.output(product, year)
    if made is None or not made.complete:
        named = "nobody's" if made is None else "not even half of the world's"
        raise _missing(product, importer, f"{named} output is known by country, so that a main maker may be missing")
    rows = store.rows("product_output").filter(
        pl.col("product") == product.key, pl.col("year") == made.year, pl.col("measure") == "production"
    )
    exported = tables.exports(product, year)
    quantities = pl.coalesce("quantity", pl.col("share") * pl.lit(made.world, pl.Float64))
    tonnes = dict(made.rows.filter(pl.col("country") != REST).select("country", quantities).drop_nulls().iter_rows())
    figures = pl.concat(
        [bought.rows, _output_rows(rows, OUTPUT), _output_rows(exported, EXPORTS), *_price_rows(store, product, price)]
    )
    years = tuple(sorted({*bought.years, made.year}))
    compact = CompactFigures(
        product.key, product.stage, years, "processed", importer.members[0], tonnes, made.world,
        {POOLED if origin == REST else origin: t * product.content for origin, t in bought.tonnes.items()},
        price.price / 1000.0 / product.content if price else None,
        dict(exported.select("country", "quantity").iter_rows()), each_once(tuple(figures["source_id"])),
    )  # fmt: skip
    return ProductFigures(compact, figures, bought.notes)


def _bought(
    tables: ProductTables, product: Product, importer: Region, year: int, price: ProductPrice | None
) -> OriginTonnes:
    """Tonnes of product by origin."""
    own = tables.store.rows("product_imports").filter(
        pl.col("product") == product.key, pl.col("importer") == importer.key, pl.col("first_year") <= year
    )
    found = tables.purchases(product, importer, year)
    if found is None:
        raise _missing(product, importer, f"no purchases of {importer.name} by origin are on record", tables)
    direct = own.filter(~pl.col("source_id").is_in(MIRROR))
    direct = direct.filter(pl.col("last_year") == pl.col("last_year").max())
    if found.basis != HEADING and direct.height:
        by_weight = _by_weight(direct, own, found, price)
        if by_weight is not None:
            return by_weight
    mirror = own.filter(pl.col("source_id").is_in(MIRROR), pl.col("origin") != WORLD)
    whole_t = None if price is None or found.value_kusd is None else found.value_kusd * 1000.0 / price.price
    reported = float(mirror.select(total("quantity_t")).item()) if mirror.height else 0.0
    if mirror.height and reported >= NEARLY_ALL * (whole_t or 0.0):
        note = "Purchases are what exporters report; those that do not report are missing."
        return _bought_of(_tonnes(mirror), mirror, (note,))
    if found.basis != HEADING or price is None:
        lack = "no price is known to turn values into tonnes" if price is None else "their total is not known"
        raise _missing(product, importer, f"tonnes that {importer.name} buys by origin are not known ({lack})", tables)
    return _at_the_price(tables, product, importer, found, price)


def _by_weight(
    direct: pl.DataFrame, own: pl.DataFrame, found: ProductPurchases, price: ProductPrice | None
) -> OriginTonnes | None:
    """Tonnes of a source on the product, or its shares times a total; None where no total is known."""
    parts = direct.filter(pl.col("origin") != WORLD)
    tonnes = _tonnes(parts)
    whole = direct.filter(pl.col("origin") == WORLD)["quantity_t"].drop_nulls()
    known = float(whole[0]) if len(whole) else None
    if len(tonnes) == parts.height and (known is not None or REST in tonnes):
        rest = 0.0 if known is None else known - sum(tonnes.values())
        left = {REST: rest} if rest > 0 and REST not in tonnes else {}
        return _bought_of({**tonnes, **left}, direct, ())
    shares = dict(parts.filter(pl.col("share").is_not_null()).select("origin", "share").iter_rows())
    if len(shares) < parts.height:
        return None
    notes: tuple[str, ...] = ()
    anchors = own.filter(pl.col("quantity_t").is_not_null(), pl.col("origin").is_in(list(shares)))
    if known is None and anchors.height:
        one = anchors.sort("last_year", "quantity_t", descending=True).row(0, named=True)
        known = one["quantity_t"] / shares[one["origin"]]
        notes = (f"Tonnes of all origins are those from {one['origin']} in {one['last_year']} over its share.",)
        direct = pl.concat([direct, anchors.filter(pl.col("origin") == one["origin"]).head(1)])
    elif known is None and price is not None and found.value_kusd is not None:
        known = found.value_kusd * 1000.0 / price.price
        notes = (f"Tonnes of all origins are the value of the heading at {_words(price)}.",)
    if known is None:
        return None
    return _bought_of({origin: known * share for origin, share in shares.items()}, direct, notes)


def _at_the_price(
    tables: ProductTables, product: Product, importer: Region, found: ProductPurchases, price: ProductPrice
) -> OriginTonnes:
    """Values by origin in the heading that the product fills, at one price."""
    values = pl.coalesce("value_kusd", pl.col("share") * pl.lit(found.value_kusd, pl.Float64))
    valued = dict(found.rows.select("origin", values).drop_nulls().iter_rows())
    tonnes = {origin: value * 1000.0 / price.price for origin, value in valued.items()}
    rest = (found.value_kusd or 0.0) - sum(valued.values())
    if rest > 0:
        tonnes[REST] = tonnes.get(REST, 0.0) + rest * 1000.0 / price.price
    rows = tables.store.rows("heading_trade").filter(
        pl.col("heading") == product.heading, pl.col("reporter") == importer.key, pl.col("flow") == "import",
        pl.col("year") == found.last_year,
    )  # fmt: skip
    figures = rows.select(
        pl.lit(PURCHASES).alias("figure"), pl.col("partner").alias("country"), pl.col("value_kusd").alias("value"),
        pl.lit("kUSD").alias("unit"), pl.col("year").cast(pl.String), "evidence", "source_id",
        pl.col("note").cast(pl.String),
    )  # fmt: skip
    if not tonnes:
        raise _missing(product, importer, f"the heading {product.heading} names no origin of what {importer.name} buys")
    note = f"Tonnes by origin are values in heading {product.heading}, with articles and scrap, at {_words(price)}."
    return OriginTonnes(tonnes, figures, (note,), (found.last_year,))


def _bought_of(tonnes: Mapping[str, float], rows: pl.DataFrame, notes: tuple[str, ...]) -> OriginTonnes:
    years = pl.when(pl.col("first_year") == pl.col("last_year")).then(pl.col("last_year").cast(pl.String)).otherwise(
        pl.format("{}-{}", "first_year", "last_year")
    )  # fmt: skip
    in_tonnes = pl.col("quantity_t").is_not_null()
    figures = rows.select(
        pl.lit(PURCHASES).alias("figure"), pl.col("origin").alias("country"),
        pl.coalesce("quantity_t", "share").alias("value"),
        pl.when(in_tonnes).then(pl.lit("t")).otherwise(pl.lit("fraction")).alias("unit"), years.alias("year"),
        "evidence", "source_id", "note",
    )  # fmt: skip
    return OriginTonnes(dict(tonnes), figures, notes, (int(rows["last_year"].max() or 0),))  # type: ignore[arg-type]


def _tonnes(rows: pl.DataFrame) -> dict[str, float]:
    return dict(rows.filter(pl.col("quantity_t").is_not_null()).select("origin", "quantity_t").iter_rows())


def _output_rows(rows: pl.DataFrame, figure: str) -> pl.DataFrame:
    known = rows.filter(pl.any_horizontal(pl.col("quantity", "share_of_world").is_not_null()))
    return known.select(
        pl.lit(figure).alias("figure"), "country", pl.coalesce("quantity", "share_of_world").alias("value"),
        pl.when(pl.col("quantity").is_null()).then(pl.lit("fraction")).otherwise(pl.col("unit")).alias("unit"),
        pl.col("year").cast(pl.String), "evidence", "source_id", "note",
    )  # fmt: skip


def _price_rows(store: Store, product: Product, price: ProductPrice | None) -> list[pl.DataFrame]:
    if price is None:
        return []
    rows = store.rows("product_prices").filter(
        pl.col("product") == product.key, pl.col("year") == price.year,
        pl.col("specification").eq_missing(price.specification),
    )  # fmt: skip
    return [
        rows.select(
            pl.lit(PRICE).alias("figure"), pl.lit(None, pl.String).alias("country"), pl.col("price").alias("value"),
            "unit", pl.col("year").cast(pl.String), "evidence", "source_id",
            pl.col("specification").alias("note"),
        )
    ]  # fmt: skip


def _words(price: ProductPrice) -> str:
    grade = f" ({price.specification})" if price.specification else ""
    return f"{price.price:,.0f} {price.unit} of {price.year}{grade}"


def _missing(product: Product, importer: Region, what: str, tables: ProductTables | None = None) -> NoAnswerError:
    """What is missing, what is known instead, and what would open the market."""
    codes = ", ".join(product.codes)
    opened = f" Trade in {codes} (`sogdia data add` of a full release) opens it." if codes else ""
    known = "" if tables is None else _in_heading(tables, product, importer)
    return NoAnswerError(
        f"{product.name}: there is no market to shock for {importer.key}, because {what}.{known}{opened}"
    )


def _in_heading(tables: ProductTables, product: Product, importer: Region) -> str:
    """The main sources of the heading that holds the product with others."""
    rows = tables.store.rows("heading_trade").filter(
        pl.col("heading") == (product.heading or ""), pl.col("reporter") == importer.key, pl.col("flow") == "import",
        pl.col("partner") != WORLD, pl.col("share").is_not_null(),
    )  # fmt: skip
    if rows.is_empty() or product.heading_whole:
        return ""
    last = rows.filter(pl.col("year") == pl.col("year").max()).sort("share", descending=True).head(MOST_NAMED)
    shares = ", ".join(f"{row['partner']} {row['share']:.0%}" for row in last.iter_rows(named=True))
    return (
        f" The heading {product.heading}, which holds it with other products, came from {shares} in {last['year'][0]}, "
        "by value."
    )
