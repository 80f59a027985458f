"""The best choice, proven: cuts on the linear programme until they are tight, then whole projects, then more cuts.

The bound below comes from the programme with the cuts so far, the value above from the true tail loss of a choice; they
meet. A choice that comes back with its own cut in the programme is optimal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from sogdia.errors import SolveError
from sogdia.plan.choice.case import Booleans, Figures, Floats, PlanCase
from sogdia.plan.choice.clash import clash
from sogdia.plan.choice.programme import Programme, cut_at, mean_cut, programme_of, year_losses
from sogdia.plan.choice.quiet import silenced
from sogdia.plan.choice.tail import tail_loss

TIGHT = 1e-9
MOST_CUTS = 2_000
INFEASIBLE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """chosen: (projects,); figures: of the choice;
    bound: no choice within the limits is worth less; gap: value less bound; cuts: how many were needed.
    """

    chosen: Booleans
    figures: Figures
    bound: float
    gap: float
    cuts: int


def choose(case: PlanCase, near: Sequence[Booleans] = ()) -> Choice:
    """The choice of least cost, expected and tail loss. NoAnswerError where limits clash, with which and by how much.

    near: choices that may be close to it, whose worst years are looked at first, which saves time and changes nothing
    else. SolveError where the solver gives no answer.
    """
    programme = programme_of(case)
    groups = range(len(case.groups))
    cuts = [mean_cut(programme, group) for group in groups]
    cuts += [cut_at(programme, _point(programme, one), group) for one in near for group in groups]
    cuts = _tight_cuts(programme, cuts)
    best: tuple[Figures, Booleans] | None = None
    bound, seen = -np.inf, set[bytes]()
    while len(cuts) < MOST_CUTS:
        found = _solved(programme, cuts, whole=True)
        bound = max(bound, float(found.mip_dual_bound) * programme.scale)
        chosen = np.asarray(found.x[: len(case.names)] > 0.5)
        figures = figures_of(case, chosen)
        if best is None or figures.value < best[0].value:
            best = figures, chosen
        if chosen.tobytes() in seen or best[0].value - bound <= TIGHT * max(abs(best[0].value), programme.scale):
            return Choice(best[1], best[0], min(bound, best[0].value), max(best[0].value - bound, 0.0), len(cuts))
        seen.add(chosen.tobytes())
        point = _point(programme, chosen)
        cuts += [cut_at(programme, point, group) for group in groups]
    raise SolveError(f"no proven plan within {MOST_CUTS} cuts: give fewer projects, or a lower price of risk.")


def figures_of(case: PlanCase, chosen: Booleans) -> Figures:
    """Cost, expected and tail loss of a choice, from the tables; worked out once for each choice."""
    key = chosen.tobytes()
    if key not in case.known:
        case.known[key] = _figures(case, chosen)
    return case.known[key]


def _figures(case: PlanCase, chosen: Booleans) -> Figures:
    rows = case.rows(chosen)
    if rows is None:
        raise SolveError("a market has no table for this combination of projects.")
    loss, expected = [np.zeros(len(case.weight)) for _ in case.groups], 0.0
    for row, table in zip(rows, case.tables, strict=True):
        loss[table.group] += table.loss[table.of_year, row]
        expected += case.groups[table.group] * float(case.expected(table)[row])
    tails = [tail_loss(each, case.years, case.tail) for each in loss]
    cost, cvar = float(case.cost @ chosen), float(np.dot(case.groups, tails))
    return Figures(cost, expected, cvar, cost + (1.0 - case.risk) * expected + case.risk * cvar)


def _point(programme: Programme, chosen: Booleans) -> Floats:
    """A choice as a point of the programme."""
    rows = programme.case.rows(chosen)
    point = np.zeros(programme.columns)
    point[: len(chosen)] = chosen
    for start, row in zip(programme.starts, rows or (), strict=True):
        point[start + row] = 1.0
    return point


def _tight_cuts(programme: Programme, cuts: list[Floats]) -> list[Floats]:
    """Cuts until the tail losses of the linear programme are the true ones."""
    case = programme.case
    while case.risk > 0 and len(cuts) < MOST_CUTS // 2:
        point = _solved(programme, cuts, whole=False).x
        loose = []
        for group in range(len(case.groups)):
            true = tail_loss(year_losses(programme, point, group), case.years, case.tail) / programme.scale
            if true - point[programme.theta + group] > TIGHT * max(abs(true), 1.0):
                loose.append(group)
        if not loose:
            break
        cuts += [cut_at(programme, point, group) for group in loose]
    return cuts


def _solved(programme: Programme, cuts: list[Floats], *, whole: bool):  # type: ignore[no-untyped-def]
    """The programme with some cuts; whole: projects are taken whole."""
    columns, projects = programme.columns, len(programme.case.names)
    low, high = np.zeros(columns), np.full(columns, np.inf)
    high[:projects], low[programme.theta :] = 1.0, -np.inf
    kinds = np.zeros(columns)
    kinds[:projects] = 1.0 if whole else 0.0
    with silenced():
        found = milp(
            programme.objective,
            integrality=kinds,
            bounds=Bounds(low, high),
            constraints=[
                LinearConstraint(programme.fixed, programme.low, programme.high),
                LinearConstraint(csr_matrix(np.array(cuts)), -np.inf, 0.0),
            ],
            options={"mip_rel_gap": 0.0},
        )
    if found.status == INFEASIBLE:
        raise clash(programme)
    if found.x is None:
        raise SolveError(f"the programme of the plan has no answer: {found.message}")
    return found
