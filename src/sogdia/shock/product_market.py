"""The market of a product of processing: bilateral where the store has its trade at six digits, else a compact one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.coverage_grade import FRINGE, Coverage, coverage_grade
from sogdia.data.elasticities import Elasticities, class_elasticities, elasticities_for
from sogdia.data.minerals import Code
from sogdia.data.products import REST, Product, ProductTables
from sogdia.errors import NoAnswerError
from sogdia.market import TradedMarket, calibrate
from sogdia.market.compact import compact_market
from sogdia.shock.product_choice import traded_codes
from sogdia.shock.product_figures import FIGURES, product_figures

CLASS = "processed"
"""Market class of a product whose mineral the store does not have."""


@dataclass(frozen=True, slots=True, eq=False)
class ProductMarket:
    """figures: what a compact market is made of, columns of `product_figures.FIGURES`; none of a bilateral one.
    priced: whether money has a meaning.
    """

    market: TradedMarket
    figures: pl.DataFrame
    priced: bool
    notes: tuple[str, ...]


def product_market(
    store: Store, importer: Region, product: Product, years: Sequence[int], *, through_hubs: bool = False
) -> ProductMarket:
    """The market for an importer; NoAnswerError where figures are missing.

    through_hubs: what origins sell above their own output is given to the makers.
    """
    if traded_codes(store, product, years):
        mineral = stand_in(store, product)
        market = calibrate(
            store, mineral, years, product.stage, codes=product.codes, home_sales=False, through_hubs=through_hubs,
            makers=_makers(store, product, years) if through_hubs else (),
        )  # fmt: skip
        note = "Trade between all countries at six digits; what is made and used at home is left out."
        return ProductMarket(market, pl.DataFrame(schema=FIGURES), True, (note,))
    found = product_figures(store, importer, product, max(years))
    market = compact_market(found.compact, through_hubs=through_hubs)
    return ProductMarket(market, found.rows, found.compact.price is not None, found.notes)


def _makers(store: Store, product: Product, years: Sequence[int]) -> list[str]:
    """The countries that a source names as makers; NoAnswerError where none does."""
    made = ProductTables(store).output(product, max(years))
    if made is None:
        raise NoAnswerError(
            f"{product.name}: no source here names its makers, so that re-exports cannot be given to them. Leave "
            "--through-hubs out."
        )
    return [country for country in made.rows["country"] if country != REST]


def product_elasticities(store: Store, product: Product, horizon_years: float) -> Elasticities:
    """Those of the product's mineral at its stage; of the class `processed` where the store has no such mineral."""
    if product.mineral is None or product.mineral not in store.minerals:
        return class_elasticities(store, CLASS, horizon_years)
    return elasticities_for(store, product.mineral, product.stage, horizon_years)


def product_coverage(store: Store, importer: Region, product: Product, year: int) -> Coverage:
    """How much of the trade in the product's mineral the trade codes see, without the codes of the product missing."""
    missing = () if traded_codes(store, product, [year]) else product.codes
    why = "a product with figures of its own, beside the trade codes" if missing else "traded here at six digits"
    mineral = store.minerals.get(product.mineral or "")
    if mineral is None or not mineral.hs6(year=year):
        return Coverage(FRINGE, missing, (), None, None, why)
    own = coverage_grade(store, importer, mineral, year)
    return Coverage(own.grade, missing, (), own.share_of_world, own.visible_share, why, own.sources)


def refuse_corridor(product: Product) -> NoAnswerError:
    """Ways are known of minerals alone."""
    ask = f" Ask for the corridor's effect on {product.mineral}." if product.mineral else ""
    return NoAnswerError(f"{product.name}: corridor states and upgrades hold for minerals that the network ships.{ask}")


def stand_in(store: Store, product: Product) -> Mineral:
    """The product as a mineral whose codes are those of the product."""
    own = store.minerals.get(product.mineral or "")
    codes = tuple(Code(hs6, product.stage, "main", None, None, None, "", "assumed", 0, None) for hs6 in product.codes)
    group, kind = (own.group, own.market_class) if own else ("", CLASS)
    return Mineral(product.key, product.name, group, product.basis, None, None, None, kind, codes)
