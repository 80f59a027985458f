"""How far a flood from a glacial lake reaches: the share of events that come so far, or run down so gentle a way.

Shares by distance come from the distances of recorded impacts, shares by angle from fall over distance of the same
events. An event that has run down a gentle way has run down every steeper one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from sogdia.answer import each_once
from sogdia.hazards.packaged import packaged
from sogdia.tabular.evidence import Evidence, provenance_of, weakest
from sogdia.tabular.rows import Cells
from sogdia.uncertain import Range

M_PER_KM = 1000.0


@dataclass(frozen=True, slots=True)
class ReachShare:
    """Share of the events whose recorded impact lies `km` from the lake or farther.

    moraine: of the events of moraine dams in High Mountain Asia; central_asia: of those of Central Asia, with how many
    events each rests on.
    """

    km: float
    moraine: float
    central_asia: float
    n_moraine: int
    n_central_asia: int
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class ReachAngle:
    """Share of the events of a group whose angle of fall over distance is below `degrees`."""

    group: str
    share_below: float
    degrees: float
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class Reach:
    """The share of events that come so far, with its sources."""

    share: Range
    source_ids: tuple[str, ...]
    evidence: Evidence


@cache
def reach_shares() -> tuple[ReachShare, ...]:
    """The shares by distance, nearest first."""

    def record(cells: Cells) -> ReachShare:
        return ReachShare(
            cells.number("km", above=0.0), cells.number("share_moraine_hma", at_least=0.0, at_most=1.0),
            cells.number("share_central_asia", at_least=0.0, at_most=1.0), int(cells.number("n_moraine")),
            int(cells.number("n_central_asia")), **provenance_of(cells),
        )  # fmt: skip

    columns = ("km", "share_moraine_hma", "share_central_asia", "n_moraine", "n_central_asia")
    return packaged("glof_reach.csv", columns, record)


@cache
def reach_angles() -> tuple[ReachAngle, ...]:
    """The shares by angle, by group, gentle ways first."""

    def record(cells: Cells) -> ReachAngle:
        return ReachAngle(
            cells.text("group"), cells.number("share_below", at_least=0.0, at_most=1.0),
            cells.number("angle_degrees", above=0.0), **provenance_of(cells),
        )  # fmt: skip

    return packaged("glof_angles.csv", ("group", "share_below", "angle_degrees"), record)


def by_distance(km: float) -> Reach:
    """The share of events that reach `km` from their lake: linear between the distances of the table.

    Central is the share of all moraine dams, low and high the smaller and the larger of the two groups. A group of
    which none of n events came so far counts as half an event, `1 / (2 n)`: that none was recorded does not mean never.
    Nearer than the first distance every share rises to 1; beyond the last one it stays.
    """
    rows = reach_shares()
    at = np.array([0.0, *(row.km for row in rows)])

    def share(values: list[float], events: int) -> float:
        return max(float(np.interp(km, at, np.array([1.0, *values]))), 1 / (2 * events))

    moraine = share([row.moraine for row in rows], rows[0].n_moraine)
    regional = share([row.central_asia for row in rows], rows[0].n_central_asia)
    return Reach(
        Range(min(moraine, regional), moraine, max(moraine, regional)),
        each_once(*(row.source_ids for row in rows)),
        weakest("derived", *(row.evidence for row in rows)),
    )


def by_angle(km: float, drop_m: float) -> Reach:
    """The share of events that run down a way of this length and fall: those whose angle is not above the way's.

    `angle = atan(drop / distance)`. Between the shares of the table the angle is interpolated; below the gentlest one
    the share falls in a line to 0 at no fall at all, above the steepest it stays at its share.
    """
    angle = math.degrees(math.atan(drop_m / (km * M_PER_KM)))

    def share(group: str) -> float:
        rows = [row for row in reach_angles() if row.group == group]
        degrees = np.array([0.0, *(row.degrees for row in rows)])
        return float(np.interp(angle, degrees, np.array([0.0, *(row.share_below for row in rows)])))

    moraine, regional = share("moraine_hma"), share("central_asia")
    return Reach(
        Range(min(moraine, regional), moraine, max(moraine, regional)),
        each_once(*(row.source_ids for row in reach_angles())),
        weakest("derived", *(row.evidence for row in reach_angles())),
    )
