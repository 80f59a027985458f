"""The markets that a plan names: of minerals, or of products made of them; those without an answer, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.elasticities import Elasticities, elasticities_for
from sogdia.data.products import ProductTables
from sogdia.errors import NoAnswerError
from sogdia.market import TradedMarket
from sogdia.scenarios.answered import answered_markets
from sogdia.shock.product_market import product_elasticities, product_market, stand_in

SHORT_YEARS, LONG_YEARS = 1.0, 5.0
MOST_OWN = 0.5
"""Part of the importer's use that its own makers may serve; a judgement."""


@dataclass(frozen=True, slots=True, eq=False)
class NamedMarket:
    """A market and its elasticities within a year and in the long run. parent: the mineral a product is made of."""

    mineral: Mineral
    market: TradedMarket
    short_run: Elasticities
    long_run: Elasticities
    parent: str | None


def market_names(store: Store) -> tuple[str, ...]:
    """Every name that a project's market may have."""
    return tuple(sorted({*store.minerals, *ProductTables(store).products}))


def named_markets(
    store: Store, importer: Region, names: Sequence[str], year: int
) -> tuple[tuple[NamedMarket, ...], Mapping[str, str]]:
    """The markets of the names, and the reason for each that has none. NoAnswerError where none has one."""
    found, without = [], dict[str, str]()
    for name in dict.fromkeys(names):
        try:
            named = _market(store, importer, name, year)
            _require_imports(named.market, importer)
            found.append(named)
        except NoAnswerError as why:
            without[name] = str(why)
    if not found:
        raise NoAnswerError(f"none of the markets of the projects has an answer for {importer.name}.")
    return tuple(found), without


def _market(store: Store, importer: Region, name: str, year: int) -> NamedMarket:
    products = ProductTables(store).products
    if name in products:
        product = products[name]
        made = product_market(store, importer, product, [year])
        if not made.priced:
            raise NoAnswerError(f"{product.name}: no price is known, so that no loss can be told in money.")
        short, long = (product_elasticities(store, product, years) for years in (SHORT_YEARS, LONG_YEARS))
        return NamedMarket(stand_in(store, product), made.market, short, long, product.mineral)
    mineral = store.minerals[name]
    if not mineral.hs6(year=year):
        raise NoAnswerError(mineral.not_mapped(year))
    traded, unanswered = answered_markets(store, importer, [mineral], year)
    if unanswered:
        raise NoAnswerError(unanswered[0].reason)
    short, long = (elasticities_for(store, name, None, years) for years in (SHORT_YEARS, LONG_YEARS))
    return NamedMarket(mineral, traded[0][1], short, long, None)


def _require_imports(market: TradedMarket, importer: Region) -> None:
    """NoAnswerError where the importer's own makers serve most of its use: what its users save, they lose."""
    columns = [market.consumers.index(m) for m in importer.members if m in market.consumers]
    used = market.flows[:, columns].sum(axis=1)
    own = np.isin(market.producers, importer.members)
    if used.sum() <= 0:
        raise NoAnswerError(f"{importer.name} buys none of it.")
    if used[own].sum() > MOST_OWN * used.sum():
        raise NoAnswerError(
            f"{used[own].sum() / used.sum():.0%} of what {importer.name} uses is its own make: what its users would "
            "save by cheaper supply, its makers would lose."
        )


def used_t(named: NamedMarket, importer: Region) -> float:
    """What the importer buys and uses a year [t]."""
    columns = [named.market.consumers.index(m) for m in importer.members if m in named.market.consumers]
    return float(named.market.flows[:, columns].sum())


def price_usd_per_t(named: NamedMarket, importer: Region) -> float:
    """Mean price of what the importer uses."""
    columns = [named.market.consumers.index(m) for m in importer.members if m in named.market.consumers]
    flows = named.market.flows[:, columns]
    value = np.where(flows > 0, flows * np.nan_to_num(named.market.unit_value[:, columns]), 0.0).sum()
    return float(value / flows.sum() * 1000.0)
