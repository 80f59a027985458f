"""Which product of processing a word of a shock means, and which products of a mineral have a market of their own.

A word means a product where it names one that is not all of its mineral's trade ("antimony trioxide", "ferrochrome",
282580), or is all of it where too little of the mineral's market is seen ("tantalum metal"), or names a mineral without
a trade code in use of which there are products ("gallium").
"""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.products import Product, ProductTables
from sogdia.errors import NoAnswerError
from sogdia.market import calibrate
from sogdia.market.compact import compact_market
from sogdia.market.visibility import require_seen
from sogdia.shock.product_figures import product_figures

METAL_FIRST = ("metal", "alloy", "compound")


def product_asked(store: Store, importer: Region, word: str, years: Sequence[int]) -> Product | None:
    """The product that a word means in a shock; None where it means a mineral.

    UnknownNameError for what is neither; NoAnswerError for a mineral without a code in use none of whose products has a
    market.
    """
    meant = store.mineral_names.meant(word)
    mineral = store.minerals[meant.keys[0]] if meant.keys else None
    coded = mineral is not None and bool(mineral.hs6(year=max(years)))
    if meant.product is not None and not (meant.whole and coded and mineral and _is_seen(store, mineral, years)):
        return ProductTables(store).product(meant.product)
    if len(meant.keys) == 1 and meant.whole and not coded:
        return _of_mineral(store, importer, store.minerals[meant.keys[0]], max(years))
    return None


def _is_seen(store: Store, mineral: Mineral, years: Sequence[int]) -> bool:
    """Whether enough of a mineral's market is seen for an answer, home sales among it."""
    try:
        require_seen(store, mineral, calibrate(store, mineral, years).seen)
    except NoAnswerError:
        return False
    return True


def _of_mineral(store: Store, importer: Region, mineral: Mineral, year: int) -> Product | None:
    """The first product of a mineral without a code in use that has a market; None where it has no product."""
    made = products_of(store, mineral)
    for product in made:
        if has_market(store, importer, product, year):
            return product
    if made:
        try:
            product_figures(store, importer, made[0], year)
        except NoAnswerError as why:
            raise NoAnswerError(f"{mineral.not_mapped(year)} {why}") from None
    return None


def products_of(store: Store, mineral: Mineral) -> list[Product]:
    """The products made of a mineral, its metal first."""
    made = [p for p in ProductTables(store).products.values() if mineral.key in (p.mineral, p.subject)]
    return sorted(made, key=lambda product: (METAL_FIRST.index(product.stage), product.key))


def traded_codes(store: Store, product: Product, years: Sequence[int]) -> tuple[str, ...]:
    """The codes of a product where the trade of the store has all of them in all the years; none otherwise."""
    if not product.codes:
        return ()
    found = store.trade(product.codes, years).select("hs6", "year").collect().unique().height
    return product.codes if found == len(product.codes) * len(set(years)) else ()


def shockable(store: Store, importer: Region, mineral: Mineral, year: int) -> list[Product]:
    """The products of a mineral that have a market of their own for the importer."""
    return [product for product in products_of(store, mineral) if has_market(store, importer, product, year)]


def has_market(store: Store, importer: Region, product: Product, year: int) -> bool:
    """Whether trade at six digits or figures of output and purchases make a market of a product."""
    if traded_codes(store, product, [year]):
        return True
    try:
        compact_market(product_figures(store, importer, product, year).compact)
    except NoAnswerError:
        return False
    return True
