"""The loss of each main supplier of products of processing, beside that of minerals and never added to it.

A supplier of MIN_SHARE or more of what the importer buys stops its exports for a year. In a compact market where the
supplier's exports are not known, only its sales to the importer stop (`stops`: sales to the importer; else all
exports), which is the least that its loss could do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.answer import each_once, year_label
from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.products import Product, ProductTables
from sogdia.errors import NoAnswerError
from sogdia.market import TradedMarket, draw
from sogdia.market.visibility import POOLED
from sogdia.shock.loss_of_supplier import COLUMNS, LEAST_IMPORTS_KUSD, imports_kusd, loss_of, main_suppliers
from sogdia.shock.own_error import own_error_of
from sogdia.shock.product_market import product_coverage, product_elasticities, product_market
from sogdia.shock.visible_trade import STORES_OF_VALUE

ALL, TO_IMPORTER = "all exports", "sales to the importer"
PRODUCT_COLUMNS: Mapping[str, Any] = {
    "product": pl.String, "name": pl.String, "stage": pl.String, "years": pl.String, "stops": pl.String, **COLUMNS,
}  # fmt: skip
"""Of a row; mineral is what the product is made of."""


@dataclass(frozen=True, slots=True, eq=False)
class ProductLosses:
    """rows: one per product and main supplier, columns of PRODUCT_COLUMNS, sorted as those of minerals. source_ids: by
    product.
    """

    rows: pl.DataFrame
    source_ids: Mapping[str, tuple[str, ...]]


def no_losses() -> ProductLosses:
    """None at all."""
    return ProductLosses(pl.DataFrame(schema=PRODUCT_COLUMNS), {})


def product_losses(
    store: Store, importer: Region, minerals: Sequence[Mineral] | None, year: int, draws: int, *,
    answered: Set[str] = frozenset(),
) -> ProductLosses:  # fmt: skip
    """The losses of products made of the minerals, None for all products.

    answered: minerals whose own market is answered, in which the trade codes of a product count already.
    """
    rows: list[dict[str, object]] = []
    sources: dict[str, tuple[str, ...]] = {}
    for product in _own_markets(store, minerals, year, answered):
        try:
            found = product_market(store, importer, product, [year])
        except NoAnswerError:
            continue
        market = found.market
        if found.priced and imports_kusd(market, importer) < LEAST_IMPORTS_KUSD:
            continue
        elasticities = product_elasticities(store, product, 1.0)
        drawn, error = draw(elasticities, draws), own_error_of(store, product.codes, draws)
        cover = product_coverage(store, importer, product, year)
        for supplier, share in main_suppliers(market, importer):
            if supplier == POOLED:
                continue
            figures = loss_of(market, importer, supplier, drawn, error)
            rows.append(
                {
                    "product": product.key, "name": product.name, "mineral": product.subject, "stage": product.stage,
                    "years": year_label(market.years), "stops": _stops(market, supplier), "supplier": supplier,
                    "share": share, "coverage": cover.grade, "missing_codes": list(cover.missing_codes),
                    **(figures if found.priced else {k: None if "_kusd" in k else v for k, v in figures.items()}),
                }
            )  # fmt: skip
            sources[product.key] = each_once(market.source_ids, elasticities.source_ids, error.source_ids)
    frame = pl.DataFrame(rows, schema=PRODUCT_COLUMNS).sort(
        "beyond", "surplus_change_kusd", descending=[True, False], nulls_last=True
    )
    return ProductLosses(frame, sources)


def _own_markets(store: Store, minerals: Sequence[Mineral] | None, year: int, answered: Set[str]) -> list[Product]:
    """Products that have a market apart from that of their mineral, and are no sum of other products."""
    subjects = None if minerals is None else {mineral.key for mineral in minerals}
    products = list(ProductTables(store).products.values())
    parts = {code for p in products if len(p.codes) == 1 for code in p.codes}
    chosen = []
    for product in products:
        mineral = store.minerals.get(product.mineral or "")
        counted = mineral is not None and product.mineral in answered and bool(product.codes)
        if subjects is not None and product.subject not in subjects:
            continue
        if product.subject in STORES_OF_VALUE or (len(product.codes) > 1 and parts >= set(product.codes)):
            continue
        if counted and mineral is not None and _nested(set(mineral.hs6(year=year)), set(product.codes)):
            continue
        chosen.append(product)
    return chosen


def _nested(one: set[str], other: set[str]) -> bool:
    return one >= other or one <= other


def _stops(market: TradedMarket, supplier: str) -> str:
    return ALL if market.buyer is None or supplier in market.pooled_exports else TO_IMPORTER
