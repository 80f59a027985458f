"""Minerals whose losses can be told, with their markets; the others with the reason. Unknown is not zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.coverage_grade import FRINGE, coverage_grades
from sogdia.errors import NoAnswerError
from sogdia.exposure import expose_importer
from sogdia.market import TradedMarket, calibrate
from sogdia.market.visibility import require_seen
from sogdia.shock.visible_trade import visible_minerals

MOST_BY_DEFAULT = 12
REASONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A mineral and why no loss is told."""

    mineral: str
    reason: str


def answered_markets(
    store: Store, importer: Region, minerals: Sequence[Mineral], year: int
) -> tuple[tuple[tuple[Mineral, TradedMarket], ...], tuple[Unanswered, ...]]:
    """The markets of the minerals that have one; NoAnswerError with the reasons where none has."""
    cover = coverage_grades(store, importer, [m for m in minerals if m.hs6(year=year)], year)
    found, without = [], []
    for mineral in minerals:
        try:
            if mineral.key in cover and cover[mineral.key].grade == FRINGE:
                raise NoAnswerError(f"the trade codes see a fringe of the trade alone ({cover[mineral.key].why})")
            market = calibrate(store, mineral, [year])
            require_seen(store, mineral, market.seen)
            _require_purchases(market, importer)
            found.append((mineral, market))
        except NoAnswerError as why:
            without.append(Unanswered(mineral.key, str(why)))
    if not found:
        reasons = " ".join(f"{one.mineral}: {one.reason}" for one in without[:REASONS_SHOWN])
        raise NoAnswerError(f"none of the minerals has an answer for {importer.name}. {reasons}")
    return tuple(found), tuple(without)


def default_minerals(store: Store, importer: Region, minerals: Sequence[Mineral], year: int) -> tuple[Mineral, ...]:
    """The first of the minerals by supply risk of the importer's imports that have an answer, MOST_BY_DEFAULT at most;
    minerals of which too little is bought to be ranked are left out.
    """
    visible = visible_minerals(store, importer, minerals, year)
    records = expose_importer(store, importer, visible, year, None).records
    by_key = {m.key: m for m in visible}
    ranked = [by_key[key] for key in records.filter("ranked")["mineral"] if key in by_key]
    if not ranked:
        raise NoAnswerError(f"no mineral of {importer.name} is ranked in {year}. Name minerals.")
    found, _ = answered_markets(store, importer, ranked, year)
    return tuple(mineral for mineral, _ in found[:MOST_BY_DEFAULT])


def _require_purchases(market: TradedMarket, importer: Region) -> None:
    """NoAnswerError where the importer imports nothing."""
    columns = [market.consumers.index(m) for m in importer.members if m in market.consumers]
    if not columns or np.where(market.home(), 0.0, market.flows)[:, columns].sum() <= 0:
        raise NoAnswerError(f"{importer.name} imports none in {market.span()}.")
