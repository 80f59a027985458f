"""One event, one year after it, as the data show it: the market before, and what the importers really did.

Importers shown: those with at least MIN_SHARE_SHOWN of the world's imports in the base years and at least
MIN_SUPPLIER_SHARE of theirs from the restricted supplier, the largest first. Scored are those with
MIN_SHARE_OF_WORLD: smaller ones buy other grades and from others for reasons of their own, and say little about the
market.

In ex ante mode every case with such an importer is scored: a forecast made before the event cannot know whether it will
show. In conditional mode the model is told what the supplier shipped, so that there is something to test only where
that fell by MIN_FALL, and by at least MIN_LOST_SHARE of world trade. Others are computed and shown, not scored. How
well an event is documented decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sogdia.data import Store
from sogdia.data import events as history
from sogdia.data.elasticities import market_class
from sogdia.errors import NoAnswerError
from sogdia.hindcast.cycle import cycle
from sogdia.hindcast.modes import CONDITIONAL
from sogdia.hindcast.observed_price import market_measure, observed_price
from sogdia.hindcast.panel.price_measure import NO_PRICE, PriceMeasure
from sogdia.hindcast.panel.trade import CodeTrade, code_trades, whole_trade
from sogdia.hindcast.size import expected_size
from sogdia.market import TradedMarket, calibrate
from sogdia.market.traded import Floats
from sogdia.sums import total

MIN_SHARE_OF_WORLD = 0.05
MIN_SHARE_SHOWN = 0.02
MIN_SUPPLIER_SHARE = 0.10
MIN_FALL = 0.10
MIN_LOST_SHARE = 0.02
MAX_IMPORTERS = 6
YEARS_AFTER = 3


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """base_sources, sources: (importers, producers + 1) [t], before and in `year`; the last column is suppliers that
    were not there before. price: (importers,) ln of the unit value in `year` over base, cycle removed. realised_t:
    what the restricted supplier really shipped (to the destinations the event names), base_shipped_t before.
    weighty: (importers,) which of them are large enough to be scored. unscored: why the whole case does not count,
    None when it does.
    """

    event: history.RestrictionEvent
    market_class: str
    market: TradedMarket
    supplier: int
    year: int
    importers: tuple[str, ...]
    weighty: NDArray[np.bool_]
    base_sources: Floats
    sources: Floats
    price: Floats
    cycle: float
    realised_t: float
    base_shipped_t: float
    size: float
    measure: PriceMeasure

    @property
    def years_since(self) -> int:
        """Years the market has had to adjust, 1 in the first."""
        return self.year - self.event.first_year + 1

    @property
    def has_price(self) -> bool:
        """Whether import prices of the market's code are prices at all, see `panel.price_measure`."""
        return self.measure.status != NO_PRICE

    def unscored(self, mode: str) -> str | None:
        """Why the whole case does not count in a mode, None when it does."""
        if not self.weighty.any():
            return "no importer of weight depended on the supplier"
        if mode != CONDITIONAL:
            return None
        if self.kept > 1 - MIN_FALL:
            return f"not visible in annual data: the supplier shipped {self.kept:.0%} of what it did before"
        abroad = np.where(self.market.home(), 0.0, self.market.flows).sum()
        lost = (self.base_shipped_t - self.realised_t) / abroad
        if lost < MIN_LOST_SHARE:
            return f"too small to move the market: {lost:.1%} of world trade went missing"
        return None

    @property
    def kept(self) -> float:
        """What the supplier still shipped, relative to base."""
        return self.realised_t / self.base_shipped_t

    def supplier_share(self, sources: Floats) -> Floats:
        """Share of the restricted supplier; sources: (..., producers or producers + 1)."""
        total = sources.sum(axis=-1)
        return np.asarray(sources[..., self.supplier] / np.where(total > 0, total, np.nan))


def cases(
    store: Store,
    event: history.RestrictionEvent,
    min_share_of_world: float = MIN_SHARE_OF_WORLD,
    years_after: int = YEARS_AFTER,
    documented: Sequence[history.RestrictionEvent] = (),
) -> tuple[Case, ...]:
    """A case for the first year that shows the event and for more while it lasts, `years_after` at most; () where
    nobody is judged. documented: events from which a size that is not documented is taken, see `size`.
    """
    if event.mineral is None:
        return ()
    mineral = store.minerals[event.mineral]
    codes, base = history.codes(event, store), history.base_years(event, store)
    try:
        market = calibrate(store, mineral, base, codes=codes)
    except NoAnswerError:
        return ()
    if event.country not in market.producers:
        return ()
    importers, weight = _shown_importers(market, event)
    if not importers:
        return ()
    stages = {c.stage for c in mineral.codes if c.hs6 in codes}
    stage = stages.pop() if len(stages) == 1 else None
    last = min(event.last_year or store.years[-1], event.first_year + years_after - 1, store.years[-1])
    used = [c for c in mineral.codes if c.hs6 in codes]
    years = [y for y in range(event.first_year, last + 1) if all(c.in_use(y) for c in used)]
    trades = tuple(code_trades(store, codes))
    known = _Known(
        event, market_class(mineral, stage), market, importers, weight >= min_share_of_world,
        expected_size(event, documented), market_measure(store, trades, base),
    )  # fmt: skip
    return tuple(_case(store, known, trades, year) for year in years)


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """What the cases of one event have in common, see `Case`."""

    event: history.RestrictionEvent
    market_class: str
    market: TradedMarket
    importers: tuple[str, ...]
    weighty: NDArray[np.bool_]
    size: float
    measure: PriceMeasure


def _shown_importers(market: TradedMarket, event: history.RestrictionEvent) -> tuple[tuple[str, ...], Floats]:
    """Importers to show, largest first, and their shares of world imports."""
    abroad = np.where(market.home(), 0.0, market.flows)
    imports = abroad.sum(axis=0)
    from_supplier = abroad[market.producer(event.country)] / np.where(imports > 0, imports, np.inf)
    weight = imports / imports.sum()
    named = np.array([event.destinations is None or c in event.destinations for c in market.consumers])
    keep = (weight >= MIN_SHARE_SHOWN) & (from_supplier >= MIN_SUPPLIER_SHARE) & named
    ranked = [int(j) for j in np.argsort(-imports) if keep[j]][:MAX_IMPORTERS]
    return tuple(market.consumers[j] for j in ranked), weight[ranked]


def _case(store: Store, known: _Known, trades: Sequence[CodeTrade], year: int) -> Case:
    event, market, importers = known.event, known.market, known.importers
    codes = [trade.hs6 for trade in trades]
    trade = whole_trade(store).filter(
        pl.col("hs6").is_in(codes), pl.col("year") == year, pl.col("exporter") != pl.col("importer")
    )
    before = np.where(market.home(), 0.0, market.flows)
    columns = [market.consumer(i) for i in importers]
    shipped = trade.filter(pl.col("exporter") == event.country)
    supplier = market.producer(event.country)
    base_shipped = before[supplier]
    if event.destinations:
        shipped = shipped.filter(pl.col("importer").is_in(event.destinations))
        base_shipped = base_shipped[[market.consumer(d) for d in event.destinations if d in market.consumers]]
    change = cycle(store, market.years, year, codes)
    price = observed_price(trades, market.years, year, importers, known.measure.estimator)
    return Case(
        **{field.name: getattr(known, field.name) for field in fields(known)},
        supplier=supplier,
        year=year,
        base_sources=np.concatenate([before[:, columns].T, np.zeros((len(importers), 1))], axis=1),
        sources=_sources(trade, market, importers),
        price=price - change,
        cycle=change,
        realised_t=float(shipped["quantity_completed_t"].sum()),
        base_shipped_t=float(base_shipped.sum()),
    )


def _sources(trade: pl.DataFrame, market: TradedMarket, importers: tuple[str, ...]) -> Floats:
    place = {country: number for number, country in enumerate(market.producers)}
    found = np.zeros((len(importers), len(market.producers) + 1))
    rows = trade.filter(pl.col("importer").is_in(importers)).group_by("importer", "exporter")
    for importer, exporter, amount in rows.agg(total("quantity_completed_t")).sort("importer", "exporter").iter_rows():
        found[importers.index(importer), place.get(exporter, len(market.producers))] += amount
    return found
