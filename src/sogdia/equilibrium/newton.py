"""Newton's method solves a scenario that the fast method gave up.

Newton's method on the same gap, one scenario at a time, with the full derivative, sums taken in logarithms and every
step checked: it must shrink the largest gap. Where it does not, it is damped towards a plain iteration, which does
whenever nothing reaches consumers outside the market.

A consumer that is also reached outside the market buys `n` with `n >= 0`, `P >= ((n + R/Q0) / b)^(-1/eta)`, and one of
the two tight. Its `log n` is an unknown of its own, and the pair is followed along
`n (log P + log((n + R/Q0) / b) / eta) = mu` as mu falls to nothing: every mu has one equilibrium, which moves without a
leap, and nothing is lost to cancellation where the market delivers a billionth of what the consumer uses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sogdia.equilibrium.arrays import FloatArray, IntArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.by_flow import FlowList, flow_list, log_by_lane, own_answer, pull, taken
from sogdia.equilibrium.equilibria import SolveStatus
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.price_response import price_response
from sogdia.equilibrium.readout import lost_digits
from sogdia.equilibrium.response import Terms, start, terms_of
from sogdia.equilibrium.supply import Met, meet

FLOOR = -1e4
"""Log demand of a lane nobody wants at current prices."""
RUNAWAY = 690.0
"""Log price beyond which a price is no longer a floating-point number."""
MEMORY = 4
"""A step is taken if the largest gap after it is below the largest of so many before."""
LEAST_GAIN = 1e-6
LIGHT, STIFFEN, EASE = 1e-3, 5.0, 0.2
"""Damping after a first refused step, and its change with every further refused and every taken step."""
ROUNDING = 1e-13
"""Newton steps below this, relative to the log prices, change nothing that can be seen."""
ROUNDED = 1e-9
"""Mismatch accepted where rounding is all that is left of it."""
FIRST_MUS, LAST_MU = (1.0, 1e-1, 1e-2, 10.0, 1e-3), 1e-60
"""Where the path of consumers reached outside the market begins, the next where one leads nowhere, and ends."""
INNER, CLOSED, LONGEST_STEP = 100, 1e-12, 5.0
"""Rounds at most in which purchases of the helped are settled, the gap left open, and the longest step of their log."""
LITTLE = 1e-2
"""Purchases of the helped to begin with, in shares of what they want, where they want less than reaches them."""
BEGINNING = 120
"""Evaluations after which another beginning is tried."""
STALLED = 1e6
"""Damping beyond which Newton's method leads nowhere."""
SHRINK = 1e-1
"""Fall of mu from one point of the path to the next, to begin with; it adapts."""
ATTEMPT = 15
"""Evaluations after which the next point of the path counts as too far from the last."""
FIRST_STRIDE, LEAST_STRIDE, LONGER = 0.25, 1e-4, 2.0
"""Part of the way to the delivered costs that is gone at first and at least, and its growth with every point found."""
ROUGH, RISING = 1e-3, 1e-6
"""Gap at which the next point of the path is taken up, and gap above which prices where the method ended still rise."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """z: log delivered prices and t: log demand there, (L, 1); log_cost: log use cost, (J, 1)."""

    z: FloatArray
    t: FloatArray
    log_cost: FloatArray
    status: SolveStatus
    evaluations: int


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """One scenario and the market's flows.

    helped: positions of the H consumers that answer prices and are also reached outside the market; to_helped: the
    flows to them (F), and which of them each goes to (F).
    """

    layout: Layout
    block: Block
    terms: Terms
    flows: FlowList
    helped: IntArray
    to_helped: tuple[IntArray, IntArray]


@dataclass(frozen=True, slots=True, eq=False)
class _Point:
    """The market at log delivered prices z (L, 1) and log purchases q of the helped (H, 1).

    t: log quantity wanted, mismatch: over what is offered, gap: of lane prices (L, 1); log_cost: log use cost (J, 1);
    met: where supply meets demand; corner: gap of the pairs of the helped, barrier: `mu / n`, slope of corner by q
    (H, 1); pull: derivative of t by prices (L, L), own: sigma less its diagonal (L); by_q of t by q (L, H); by_d of the
    helped's log use cost by prices (H, L).
    """

    z: FloatArray
    q: FloatArray
    t: FloatArray
    log_cost: FloatArray
    met: Met
    gap: FloatArray
    mismatch: FloatArray
    corner: FloatArray
    barrier: FloatArray
    pull: FloatArray
    own: FloatArray
    by_q: FloatArray
    by_d: FloatArray
    slope: FloatArray

    def size(self) -> float:
        """The largest gap."""
        return float(max(np.abs(self.gap).max(), np.abs(self.corner).max(initial=0.0)))


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Where Newton's method ended: solved as well as rounding allows, out of evaluations, or prices run away."""

    point: _Point
    status: SolveStatus
    evaluations: int


def solve_one(layout: Layout, block: Block, tolerance: float, limit: int) -> Outcome:
    """The equilibrium of a block of one scenario, to a largest relative mismatch of quantity of `tolerance`."""
    flows, helped = flow_list(layout), _helped(block, layout)
    number = np.full(layout.consumers.size, -1)
    number[helped] = np.arange(helped.size)
    to_helped = np.flatnonzero(number[flows.consumer] >= 0)
    case = _Case(layout, block, terms_of(layout, block), flows, helped, (to_helped, number[flows.consumer[to_helped]]))
    z = start(block, layout, 1)
    found = _follow(case, z, tolerance, limit // 2 if case.helped.size else limit, settled=False)
    spent = found.evaluations
    if case.helped.size and found.status is not SolveStatus.SOLVED:
        found = _follow(case, z, tolerance, limit - spent, settled=True)
        spent += found.evaluations
    status = _status_of(case, found, tolerance)
    if status is SolveStatus.NOT_CONVERGED and _costs(block).any():
        found = _by_cost(case, tolerance, limit)
        status, spent = _status_of(case, found, tolerance), spent + found.evaluations
    point = found.point
    return Outcome(point.z, point.t, point.log_cost, status, spent)


def _status_of(case: _Case, found: _Found, tolerance: float) -> SolveStatus:
    """Whether where the method ended is an equilibrium and, if not, whether there is one."""
    if found.status is SolveStatus.NO_EQUILIBRIUM:
        return found.status
    digits = float(lost_digits(case.block.sigma, found.point.z)[0])
    if max(_mismatch(found.point), _unsettled(found.point)) <= max(tolerance, ROUNDED, digits):
        return SolveStatus.SOLVED
    rising = bool((case.block.eta == 0).any()) and found.point.gap.max() > RISING
    return SolveStatus.NO_EQUILIBRIUM if rising else SolveStatus.NOT_CONVERGED


def _follow(case: _Case, z: FloatArray, tolerance: float, limit: int, settled: bool) -> _Found:
    """The path to mu = 0, or the one point there is where nobody is helped. settled: see `_newton`."""
    q = _first_purchases(case, z)
    if not q.size:
        return _newton(case, z, q, 0.0, tolerance, limit, settled)
    spent = 0
    for mu in FIRST_MUS:
        found = _newton(case, z, q, mu, ROUGH, min(BEGINNING, limit - spent), settled)
        spent += found.evaluations
        if found.status is SolveStatus.SOLVED or spent >= limit:
            break
    if found.status is not SolveStatus.SOLVED:
        return replace(found, evaluations=spent)
    ratio = SHRINK
    while mu > LAST_MU:
        if spent >= limit:
            return _Found(found.point, SolveStatus.NOT_CONVERGED, spent)
        nearer = max(mu * ratio, LAST_MU)
        here = found.point
        dz, dq = _step(case, replace(here, corner=here.corner - np.log(nearer / mu) * here.barrier), 0.0)
        aim = tolerance if nearer == LAST_MU else ROUGH
        trial = _newton(case, _above(here.z + dz), here.q + dq, nearer, aim, min(ATTEMPT, limit - spent), settled)
        spent += trial.evaluations
        if trial.status is SolveStatus.SOLVED:
            mu, found, ratio = nearer, trial, ratio * ratio
        else:
            ratio = np.sqrt(ratio)
    return replace(found, evaluations=spent)


def _by_cost(case: _Case, tolerance: float, limit: int) -> _Found:
    """The equilibrium reached from the one in which every lane costs what it costs in the base year.

    Delivered costs rise together, in logs, and each point is the beginning of the next. Lanes of one producer whose
    costs are far apart lead Newton's method astray from afar, and not from near.
    """
    costs = _costs(case.block)

    def at(part: float) -> _Case:
        block = replace(case.block, log_cost=np.where(np.isfinite(case.block.log_cost), part * costs, np.inf))
        return replace(case, block=block, terms=terms_of(case.layout, block))

    base = at(0.0)
    found = _follow(base, start(base.block, case.layout, 1), ROUGH, limit, settled=False)
    spent, reached, stride = found.evaluations, 0.0, FIRST_STRIDE
    while found.status is SolveStatus.SOLVED and reached < 1.0:
        if spent >= limit or stride < LEAST_STRIDE:
            return _Found(found.point, SolveStatus.NOT_CONVERGED, spent)
        part = min(reached + stride, 1.0)
        ahead = _above(found.point.z + (part - reached) * costs)
        mu, aim = (LAST_MU if case.helped.size else 0.0), (tolerance if part == 1.0 else ROUGH)
        trial = _newton(at(part), ahead, found.point.q, mu, aim, min(ATTEMPT, limit - spent), settled=False)
        spent += trial.evaluations
        if trial.status is SolveStatus.SOLVED:
            reached, found, stride = part, trial, stride * LONGER
        else:
            stride /= LONGER**2
    return replace(found, evaluations=spent)


def _costs(block: Block) -> FloatArray:
    """Log delivered costs relative to the base year's, 0 of a closed lane, (L, 1)."""
    return np.where(np.isfinite(block.log_cost), block.log_cost, 0.0)


def _newton(case: _Case, z: FloatArray, q: FloatArray, mu: float, aim: float, limit: int, settled: bool) -> _Found:
    """Newton's method at one point of the path, to a largest gap of `aim`.

    settled: after every step the purchases of the helped are put where the new prices want them. Slower where they are
    close to nothing, for prices hardly move them there; but then only prices have a gap, and fewer steps lead astray.
    """

    def at(z: FloatArray, q: FloatArray) -> _Point:
        return _evaluate(case, z, _settled(case, z, q, mu) if settled and q.size else q, mu)

    point, spent = at(z, q), 1
    sizes, damping = [point.size()], 0.0
    while not max(_off(point), np.abs(point.corner).max(initial=0.0)) <= aim:
        if spent >= limit or np.isnan(sizes[0]):
            return _Found(point, SolveStatus.NOT_CONVERGED, spent)
        dz, dq = _step(case, point, damping)
        trial = at(_above(point.z + dz), point.q + dq)
        spent += 1
        if trial.size() < max(sizes[-MEMORY:]) * (1 - LEAST_GAIN) or _falls_to_nothing(point, trial):
            point, damping = trial, damping * EASE if damping > LIGHT else 0.0
            sizes.append(point.size())
        elif (1 + damping) * np.abs(dz).max() < ROUNDING * np.abs(point.z[np.isfinite(point.z)]).max(initial=1.0):
            break
        elif damping > STALLED:
            return _Found(point, SolveStatus.NOT_CONVERGED, spent)
        else:
            damping = max(damping * STIFFEN, LIGHT)
        if np.max(point.z, where=np.isfinite(point.z), initial=0.0) > RUNAWAY:
            return _Found(point, SolveStatus.NO_EQUILIBRIUM, spent)
    return _Found(point, SolveStatus.SOLVED, spent)


def _above(z: FloatArray) -> FloatArray:
    """Log prices that are numbers when they are prices."""
    return np.maximum(z, -RUNAWAY)


def _falls_to_nothing(point: _Point, trial: _Point) -> bool:
    """Whether gaps are rounding only, and quantities come nearer.

    A price near 0 has a gap of no size in prices, however far its supply is from demand.
    """
    rounding = ROUNDING * float(np.exp(np.max(point.z, where=np.isfinite(point.z), initial=0.0)))
    return max(point.size(), trial.size()) <= rounding and _off(trial) < _off(point) * (1 - LEAST_GAIN)


def _off(point: _Point) -> float:
    """Largest relative mismatch of quantity."""
    return float(np.abs(point.mismatch).max())


def _mismatch(point: _Point) -> float:
    """Largest mismatch of quantity relative to base, or to the quantity itself where that is larger."""
    return float(np.abs(point.mismatch * np.exp(np.minimum(point.t, 0.0))).max())


def _unsettled(point: _Point) -> float:
    """By how much the helped miss their end of the path: they buy, at a use cost above the one they would pay."""
    return float(np.minimum(point.barrier, np.exp(point.q)).max(initial=0.0))


def _log_use_cost(case: _Case, z: FloatArray) -> FloatArray:
    """Log use cost, inf for who has no open lane, (J, 1)."""
    return np.log(taken(case.flows, np.exp(z[:, 0]), float(case.block.sigma[0, 0])).use_cost)[:, None]


def _log_wanted(case: _Case, log_price: FloatArray) -> FloatArray:
    """Log of `b P^-eta`, what consumers want from all sides, (J, 1)."""
    log_wanted: FloatArray = -case.block.eta * log_price
    return log_wanted if case.block.scale is None else log_wanted + np.log(case.block.scale)


def _helped(block: Block, layout: Layout) -> IntArray:
    """Positions of the consumers that answer prices, can buy, and are also reached outside the market."""
    if block.release is None:
        return np.empty(0, dtype=np.int64)
    helped = (block.release > 0) & (block.eta > 0) & np.ones((layout.consumers.size, 1), dtype=bool)
    if block.scale is not None:
        helped &= block.scale > 0
    if block.isolated is not None:
        helped &= block.isolated == 0
    return np.flatnonzero(helped[:, 0])


def _first_purchases(case: _Case, z: FloatArray) -> FloatArray:
    """Log purchases of the helped to begin with: what is left to buy at these prices, or a little, (H, 1)."""
    if case.block.release is None:
        return np.empty((0, 1))
    wanted = np.exp(_log_wanted(case, _log_use_cost(case, z)))[case.helped]
    return np.asarray(np.log(np.maximum(wanted - case.block.release[case.helped], LITTLE * wanted)))


def _settled(case: _Case, z: FloatArray, q: FloatArray, mu: float) -> FloatArray:
    """Log purchases of the helped that close their corners at prices `z`, by Newton's method from q, (H, 1).

    The corner rises with q, without bound both ways; a step is kept inside what is known to hold the answer.
    """
    log_cost = _log_use_cost(case, z)
    low, high = np.full_like(q, -np.inf), np.full_like(q, np.inf)
    for _ in range(INNER):
        corner, _, slope = _corner(case, log_cost, q, mu)
        if np.abs(corner).max() < CLOSED:
            break
        low, high = np.where(corner < 0, q, low), np.where(corner > 0, q, high)
        ahead = np.clip(q - corner / slope, q - LONGEST_STEP, q + LONGEST_STEP)
        middle = (low + high) / 2
        q = np.where((ahead > low) & (ahead < high), ahead, np.where(np.isfinite(middle), middle, ahead))
    return q


def _corner(case: _Case, log_cost: FloatArray, q: FloatArray, mu: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Gap of the pair of each helped consumer, its barrier `mu / n`, and the gap's slope by q, (H, 1) each."""
    helped, block = case.helped, case.block
    if block.release is None:
        return q, q, q
    eta = np.broadcast_to(block.eta, log_cost.shape)[helped]
    wanted = _log_wanted(case, np.zeros_like(log_cost))[helped]
    bought = np.exp(q)
    used, barrier = bought + block.release[helped], mu / bought
    return log_cost[helped] + (np.log(used) - wanted) / eta - barrier, barrier, bought / used / eta + barrier


def _evaluate(case: _Case, z: FloatArray, q: FloatArray, mu: float) -> _Point:
    """Demand by log-sum-exp, then the gaps and their derivatives."""
    block, terms, flows, helped = case.block, case.terms, case.flows, case.helped
    sigma = float(block.sigma[0, 0])
    d = np.exp(z)
    at = taken(flows, d[:, 0], sigma)
    open_ = np.isfinite(at.use_cost)[:, None]
    cost = np.where(open_, at.use_cost[:, None], 1.0)
    log_cost = np.log(cost)
    log_bought, eta = _log_wanted(case, log_cost), np.broadcast_to(block.eta, cost.shape).copy()
    corner, barrier, slope = _corner(case, log_cost, q, mu)
    if block.release is not None:
        rigid = (block.release > 0) & (block.eta == 0)
        log_bought = np.where(rigid, np.log(np.maximum(np.exp(log_bought) - block.release, 0.0)), log_bought)
        log_bought[helped] = q
        eta[helped] = 0.0
    bought = np.where(open_, log_bought, -np.inf)[:, 0]
    log_sales = flows.log_sales + bought[flows.consumer] + at.log_choice
    t = np.maximum(log_by_lane(flows, log_sales), FLOOR)
    seen_z, seen_d = np.where(np.isfinite(z), z, 0.0), np.where(np.isfinite(d), d, 1.0)
    met = meet(case.layout, terms.supply, t[:, None], seen_z, seen_d)
    gap, mismatch = met.gap, met.mismatch
    if terms.parked is not None:
        gap, mismatch = np.where(terms.parked, 0.0, gap), np.where(terms.parked, 0.0, mismatch)
    sales, answers = np.exp(log_sales - t[flows.lane]), (eta / cost)[:, 0]
    by_q, by_d = np.zeros((t.size, helped.size)), np.zeros((helped.size, t.size))
    some, whose = case.to_helped
    by_q[flows.lane[some], whose] = sales[some]
    by_d[whose, flows.lane[some]] = at.chosen[some] / cost[flows.consumer[some], 0]
    return _Point(
        z, q, t[:, None], np.where(open_, log_cost, np.inf), met, gap, mismatch, corner, barrier,
        pull=pull(flows, sales, (sigma - answers)[flows.consumer] * at.chosen),
        own=own_answer(flows, sales, at.chosen, sigma, answers), by_q=by_q, by_d=by_d, slope=slope,
    )  # fmt: skip


def _step(case: _Case, point: _Point, damping: float) -> tuple[FloatArray, FloatArray]:
    """Newton's step in z and q, undamped or, under heavy damping, a short plain iteration.

    It solves `(1 + damping) dd - G (T_d dd + T_q dq) = gap` and `P_d dd + (C_q + damping) dq = -corner`, G the response
    of lane prices to demand t, the others the derivatives of t, of the use cost P and of the corner C. A held lane, and
    one that is its producer's only one, has a row divided by its G, and the others of a producer share its answer.
    """
    layout, lanes = case.layout, point.z.size
    size = lanes + point.q.size
    stiffness, share, follows = price_response(layout, case.block, point.met, point.z, point.t, point.gap)
    moved = np.hstack([point.pull, point.by_q])
    matrix = np.zeros((size, size))
    right = point.gap.copy()
    every, rest = np.arange(lanes), slice(layout.singles, lanes)
    if layout.starts.size:
        together = np.add.reduceat(share[:, None] * moved[rest], layout.starts, axis=0)
        matrix[rest] = -follows[:, None] * together[layout.member]
    matrix[every, every] += 1.0 + damping
    alone = np.flatnonzero(stiffness > 0)
    matrix[alone] = -moved[alone]
    matrix[alone, alone] = point.own[alone] + stiffness[alone] - case.block.sigma[0, 0] + damping * stiffness[alone]
    right[alone, 0] *= stiffness[alone]
    matrix[lanes:, :lanes] = point.by_d
    matrix[lanes:, lanes:] = np.diag(point.slope[:, 0] + damping)
    if case.terms.parked is not None:
        still = np.flatnonzero(case.terms.parked[:, 0])
        matrix[still], right[still] = 0.0, 0.0
        matrix[still, still] = 1.0 + damping
    try:
        step = np.asarray(np.linalg.solve(matrix, np.vstack([right, -point.corner])), dtype=np.float64)
    except np.linalg.LinAlgError:
        step = np.full((size, 1), np.nan)
    if not np.isfinite(step).all():
        step = np.vstack([point.gap, np.zeros_like(point.q)])
    relative = step[:lanes] / np.where(np.isfinite(point.z), np.exp(point.z), 1.0)
    return np.where(relative > -0.5, np.log1p(np.maximum(relative, -0.5)), relative + 0.5 + np.log(0.5)), step[lanes:]
