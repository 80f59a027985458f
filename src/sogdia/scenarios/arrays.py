"""A market with its slots as plain arrays: what a worker needs to solve states, and nothing else.

Two layouts of lanes serve the same market. In the plain one every producer has a lane for its exports and one for home
sales, as in `sogdia shock`. Where a way to the importer is hit, the exports of the producers concerned are split into a
lane to the importer and one to the others; a cut of all exports then holds for both in proportion.

Workers import this file and `block`, and no table: they start in a moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from sogdia.equilibrium import Market

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class SlotKind(IntEnum):
    """What a slot of a market is."""

    EXPORTS = 0
    OUTPUT = 1
    WAY = 2
    DEMAND = 3


@dataclass(frozen=True, slots=True, eq=False)
class LaneLayout:
    """base: the market of the kernel, with the lanes and buyers of idle output behind the others. exports: (lanes,)
    number of the producer of an export lane, -1 of another lane; to_importer: of a lane to the importer alone, -1
    else. idle: how many of the last consumers are buyers of idle output.
    """

    base: Market
    exports: Integers
    to_importer: Integers
    idle: int


@dataclass(frozen=True, slots=True, eq=False)
class MarketProblem:
    """kinds, producers: of each slot (slots,), the producer -1 where it has none; way: number of the row in the ways;
    cost_factor, passes: (ways, producers). members: columns of the importer's members; value_kusd: of what each uses
    in the base year; eta: of demand; backstop: price up to which a dearer use counts. class_parts: part of a year of
    each class, 0 first.
    """

    mineral: str
    plain: LaneLayout
    split: LaneLayout | None
    kinds: Integers
    producers: Integers
    way: Integers
    cost_factor: Floats
    passes: Floats
    members: Integers
    value_kusd: Floats
    eta: float
    backstop: float
    class_parts: Floats
