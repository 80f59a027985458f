"""Which estimator of a price change is a price, code by code: the one that follows a quotation best.

For every code with a quotation (`sogdia.data.benchmarks`) of MIN_CHANGES yearly changes or more, and each estimator,

    r = correlation of the yearly log changes of importers, those with MIN_SHARE of the world's imports, with the
        quotation's

The estimator with the highest r is used. Where no r is above MIN_CORRELATION the code's import prices are no prices and
are not judged. Importers are taken, not the world, since it is importers' prices that are judged: a world's median can
follow the market while each buyer's unit value is noise. The world's own r is given beside it. A code without a
quotation long enough takes the estimator that is best in the median of the other codes; its prices are judged
separately.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sogdia.data import Store
from sogdia.data.benchmarks import Benchmark, benchmark_of, benchmarks
from sogdia.hindcast.panel.prices import ESTIMATORS, log_change, purchases
from sogdia.hindcast.panel.trade import CodeTrade, code_trades
from sogdia.market.traded import Floats

MIN_CORRELATION = 0.5
MIN_CHANGES = 8
MIN_SHARE = 0.05
FEWEST = 3
JUDGED, NO_BENCHMARK, NO_PRICE = "judged", "no benchmark", "no price"


@dataclass(frozen=True, slots=True)
class PriceMeasure:
    """How the price of a code is measured. status: JUDGED, NO_BENCHMARK or NO_PRICE.

    correlation: of importers' changes with the quotation; world_correlation: of the world's; both None where there are
    fewer than three changes. changes: yearly changes of the quotation that the store's trade covers.
    """

    hs6: str
    estimator: str
    status: str
    series: str | None
    correlation: float | None
    world_correlation: float | None
    changes: int


@dataclass(frozen=True, slots=True)
class Follows:
    """How well each of ESTIMATORS follows a quotation, (estimators,) each; NaN where it is not known."""

    importers: tuple[float, ...]
    world: tuple[float, ...]
    changes: int


@lru_cache(maxsize=4)
def price_measures(store: Store) -> Mapping[str, PriceMeasure]:
    """Code -> how its price is measured, for every code that is mapped to a mineral."""
    return measures_of(store, code_trades(store, sorted(_quotations(store))))


def measures_of(store: Store, trades: Iterable[CodeTrade]) -> Mapping[str, PriceMeasure]:
    """The same, from trade that was read already; codes of other trade are passed over."""
    quotations = _quotations(store)
    found = {t.hs6: follows(t, quotations[t.hs6].changes()) for t in trades if t.hs6 in quotations}
    usual = _usual([one for one in found.values() if one.changes >= MIN_CHANGES])
    mapped = sorted({code.hs6 for mineral in store.minerals.values() for code in mineral.codes})
    return {hs6: _measure(hs6, quotations.get(hs6), found.get(hs6), usual) for hs6 in mapped}


def measure_of(measures: Mapping[str, PriceMeasure], value_by_code: Mapping[str, float]) -> PriceMeasure:
    """The measure of a market of several codes: that of the code with most value, the first of equals."""
    return measures[max(value_by_code, key=lambda hs6: value_by_code[hs6])]


def follows(trade: CodeTrade, quoted: Mapping[int, float]) -> Follows:
    """How well the estimators follow a quotation. quoted: year -> log change since the year before."""
    years = [year for year in trade.years[1:] if year in quoted]
    rows = [row for year in years for row in _changes(trade, year, quoted[year])]
    of_world = [row for row in rows if row[0]]
    of_importers = [row for row in rows if not row[0]]
    known = sum(1 for row in of_world if np.isfinite(row[1:]).all())
    return Follows(_correlations(of_importers), _correlations(of_world), known)


Row = tuple[float, ...]
"""1 for the world and 0 for an importer, the quotation's change, and the change by each estimator."""


def _changes(trade: CodeTrade, year: int, quoted: float) -> Iterator[Row]:
    """Rows of the large importers of a year, and of the world."""
    at = trade.at(year)
    imports = trade.quantity[at].sum(axis=0)
    large = np.flatnonzero((imports > 0) & (imports >= MIN_SHARE * imports.sum()))
    yield from _rows(trade, at, large, quoted, world=False)
    yield from _rows(trade, at, np.flatnonzero(trade.value[at - 1 : at + 1].any(axis=(0, 1))), quoted, world=True)


def _rows(trade: CodeTrade, at: int, importers: NDArray[np.intp], quoted: float, *, world: bool) -> Iterator[Row]:
    before, now = (purchases(trade, slice(span, span + 1), importers) for span in (at - 1, at))
    if world:
        before, now = before.world(), now.world()
    moved = np.array([log_change(before, now, estimator) for estimator in ESTIMATORS])
    for column in moved.T:
        yield (float(world), quoted, *column.tolist())


def _correlations(rows: Sequence[Row]) -> tuple[float, ...]:
    table = np.array(rows).reshape(len(rows), 2 + len(ESTIMATORS))
    return tuple(_correlation(table[:, 1], table[:, 2 + number]) for number in range(len(ESTIMATORS)))


def _correlation(quoted: Floats, moved: Floats) -> float:
    """Over the changes that are known; NaN where there are too few, or they do not vary."""
    known = np.isfinite(moved)
    x, y = quoted[known], moved[known]
    if known.sum() < FEWEST or not x.std() or not y.std():
        return float("nan")
    return float(np.corrcoef(x, y)[0, 1])


def _quotations(store: Store) -> dict[str, Benchmark]:
    """Code -> its quotation; of a code of two minerals that of the mineral with the longer one."""
    known = benchmarks(store)
    best: dict[str, Benchmark] = {}
    for mineral in store.minerals.values():
        for code in mineral.codes:
            quotation = benchmark_of(known, mineral, code.stage)
            if quotation and (code.hs6 not in best or len(quotation.prices) > len(best[code.hs6].prices)):
                best[code.hs6] = quotation
    return best


def _usual(found: Sequence[Follows]) -> str:
    """The estimator with the highest median correlation; the first of equals, and where nothing is known."""
    if not found:
        return ESTIMATORS[0]
    table = np.array([one.importers for one in found])
    known = [column[np.isfinite(column)] for column in table.T]
    return ESTIMATORS[int(np.argmax([np.median(one) if one.size else -1.0 for one in known]))]


def _measure(hs6: str, quotation: Benchmark | None, found: Follows | None, usual: str) -> PriceMeasure:
    series = None if quotation is None else quotation.series
    if found is None:
        return PriceMeasure(hs6, usual, NO_BENCHMARK, series, None, None, 0)
    short = found.changes < MIN_CHANGES
    best = ESTIMATORS.index(usual) if short else int(np.argmax(np.nan_to_num(found.importers, nan=-1.0)))
    r, world = found.importers[best], found.world[best]
    status = NO_BENCHMARK if short else JUDGED if r > MIN_CORRELATION else NO_PRICE
    return PriceMeasure(hs6, ESTIMATORS[best], status, series, _known(r), _known(world), found.changes)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
