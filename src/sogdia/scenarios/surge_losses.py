"""What surges of world demand alone would cost a year: apart from the losses of supply, which do not hold them.

    expected loss = sum over classes of  probability that the surge's part of demand is in the class  x  loss

The probabilities are those of the stream, counted over COUNTED years of its own random numbers.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.block import solve_block
from sogdia.scenarios.sampling import occurrences, parts, timetable
from sogdia.scenarios.setup import EnsembleMarket, EnsembleSetup
from sogdia.scenarios.states import CLASS_COUNT, classes_of
from sogdia.scenarios.stream import EventStream
from sogdia.units import KUSD_PER_MUSD

COUNTED = 20_000
SEED = 0
COLUMNS = {"mineral": pl.String, "expected_loss_musd": pl.Float64}


def surge_losses(setup: EnsembleSetup) -> pl.DataFrame:
    """mineral, expected_loss_musd of each market."""
    of = {stream.possibilities[0].hits[0].target: stream for stream in setup.surges}
    rows = [(m.mineral, _expected_kusd(m, of[m.mineral]) / KUSD_PER_MUSD) for m in setup.markets]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def _expected_kusd(market: EnsembleMarket, stream: EventStream) -> float:
    drawn = occurrences(timetable(stream), SEED, COUNTED, 1.0)
    taken = parts(drawn, np.arange(len(drawn.years)), stream.possibilities[0].hits[0])
    by_year = np.bincount(drawn.years, taken, COUNTED)
    chance = np.bincount(classes_of(np.minimum(by_year, 1.0)), minlength=CLASS_COUNT) / COUNTED
    problem, slot = market.problem, len(market.slots)
    if SlotKind.DEMAND in problem.kinds:
        slot = int(np.flatnonzero(problem.kinds == SlotKind.DEMAND)[0])
    else:
        problem = replace(
            problem,
            kinds=np.append(problem.kinds, SlotKind.DEMAND),
            producers=np.append(problem.producers, -1), way=np.append(problem.way, -1),
        )  # fmt: skip
    codes = slot * CLASS_COUNT + np.arange(1, CLASS_COUNT, dtype=np.int32)[:, np.newaxis]
    loss = solve_block(problem, codes.astype(np.int32)).loss_kusd
    return float((chance[1:] * loss).sum())
