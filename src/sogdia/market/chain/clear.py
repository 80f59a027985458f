"""The stages of a chain cleared together, for every draw at once.

A sweep clears the markets one after the other, upstream first, each by the batched kernel. Between neighbours stand
the processors (see `chain_margin`): the kernel sees their supply and their demand for input as the power laws that
touch the true curves at the processors' present state,

    supply   a e^y (p / p(y))^s                                  s = d ln z / d ln p
    demand   b (1 - use) P^-eta + use z (P / P(y))^-r,           r = (i P / p) s t / (s + t)

t, at base shares h of the producer in its buyers' use, is the mean over its sales of sigma p (1 - h) + eta h. r is how
much input a processor gives up when it gets dearer and the processor passes on what its own buyers bear. The tangents
steer the sweep and leave the answer alone: at the fixed point curve and tangent meet. Sweeps are mixed by Anderson's
method, each draw by itself, until the largest miss of the true curves is at most `tolerance`, and given up where it no
longer shrinks:

    of a producer, the smaller of |z - min(a m^e, kappa)| and |p(z) - p| / p;   of a buyer, |N - demand| / Q0

(at the corner where output stops, price tells nothing of quantity; where capacity binds, quantity nothing of price).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sogdia.equilibrium import Equilibria, Shocks
from sogdia.equilibrium.shocks import take
from sogdia.market.chain import margin as curves
from sogdia.market.chain.coupling import Coupling, chosen
from sogdia.market.chain.mixing import Memory, mixed
from sogdia.market.clear import Cleared, Posed, pose
from sogdia.market.draws import Draws
from sogdia.market.scenario import Scenario
from sogdia.market.threads import solve
from sogdia.market.traded import Floats, TradedMarket

TOLERANCE = 1e-8
MAX_SWEEPS = 100
PATIENCE = 25
"""Sweeps without a smaller miss by a tenth after which a draw is given up."""
GAIN = 0.9
STEEP = 5.0
STEEPEST = 100.0
FLATTEST = 0.1
"""Least elasticity of a tangent of demand: under a flatter one a buyer of one capped lane has no price to be found."""
MOST_LOG_SHIFT = 300.0
DEMAND_MARGIN = 0.9
LONGEST_STEP = 3.0
LOG_PRICE_RANGE = 50.0
HINT = "the stages did not settle together within {sweeps} sweeps (miss {miss:.1e}). Bring the events closer to base."


@dataclass(frozen=True, slots=True, eq=False)
class ChainCleared:
    """A cleared chain: its stages upstream first, and the couplings between them.

    residual, sweeps, solved: (draws,). hint: for each draw without an answer, what to do; its prices and quantities are
    NaN.
    """

    stages: tuple[Cleared, ...]
    couplings: tuple[Coupling, ...]
    residual: Floats
    sweeps: NDArray[np.int64]
    solved: NDArray[np.bool_]
    hint: Mapping[int, str]


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Of the processors of one coupling, (draws, n) each: y = e ln m, and the log of the input price."""

    y: Floats
    log_input: Floats


def clear_chain(
    markets: Sequence[TradedMarket],
    couplings: Sequence[Coupling],
    scenarios: Sequence[Scenario],
    draws: Sequence[Draws],
    *,
    tolerance: float = TOLERANCE,
    max_sweeps: int = MAX_SWEEPS,
) -> ChainCleared:
    """Clear all stages together; one scenario and one set of draws for each stage, no share under contract."""
    posed = [pose(*stage, in_chain=True) for stage in zip(markets, scenarios, draws, strict=True)]
    count = posed[0].shocks.scenarios
    base = [np.zeros((count, len(c.producer))) for c in couplings]
    state = [_State(zero, zero) for zero in base]
    residual, sweeps = np.full(count, np.inf), np.zeros(count, dtype=np.int64)
    least, gained = np.full(count, np.inf), np.zeros(count, dtype=np.int64)
    hint: dict[int, str] = {}
    active = np.arange(count)
    memory = Memory()
    for sweep in range(1, max_sweeps + 1):
        swept = _sweep(posed, couplings, state, active)
        residual[active], sweeps[active] = swept.miss, sweep
        for draw, why in swept.hint.items():
            hint[int(active[draw])] = why
        nearer = active[swept.miss < GAIN * least[active]]
        least[nearer], gained[nearer] = residual[nearer], sweep
        going = np.isfinite(swept.miss) & (swept.miss > tolerance) & (sweep - gained[active] < PATIENCE)
        if not going.any():
            break
        now = np.concatenate([part for s in state for part in (s.y, s.log_input)], axis=1)[active]
        new = np.concatenate([part for s in swept.state for part in (s.y, s.log_input)], axis=1)
        following, memory = mixed(memory, now, new, going, LONGEST_STEP)
        active = active[going]
        state = _put(state, active, following)
    for left in np.flatnonzero(np.isfinite(residual) & (residual > tolerance)):
        hint[int(left)] = HINT.format(sweeps=sweeps[left], miss=residual[left])
    final = _sweep(posed, couplings, state, np.arange(count))
    solved = residual <= tolerance
    stages = tuple(p.cleared(_blank(a, ~solved)) for p, a in zip(posed, final.answers, strict=True))
    return ChainCleared(stages, tuple(couplings), residual, sweeps, solved, hint)


@dataclass(frozen=True, slots=True, eq=False)
class _Swept:
    answers: tuple[Equilibria, ...]
    state: tuple[_State, ...]
    miss: Floats
    hint: Mapping[int, str]


def _sweep(
    posed: Sequence[Posed], couplings: Sequence[Coupling], state: Sequence[_State], draws: NDArray[np.int64]
) -> _Swept:
    """Clear every stage once, upstream first; the processors' new state, and by how much the true curves are missed."""
    at = [chosen(c, draws) for c in couplings]
    then = [_State(s.y[draws], s.log_input[draws]) for s in state]
    plain = [take(p.shocks, draws) for p in posed]
    answers: list[Equilibria] = []
    for number, (stage, shocks) in enumerate(zip(posed, plain, strict=True)):
        linked = shocks
        if number > 0:
            paid = answers[-1].use_cost[:, at[number - 1].buyer]
            linked = _with_supply(linked, at[number - 1], then[number - 1], paid)
        if number < len(at):
            linked = _with_demand(linked, shocks, at[number], then[number], plain[number + 1], posed[number + 1])
        answers.append(solve(stage.base, linked))
    missed = [np.zeros(len(draws))]
    after = []
    for number, (up, down) in enumerate(pairwise(range(len(posed)))):
        new, miss_down = _after(at[number], then[number], posed[down], plain[down], answers[down], answers[up])
        miss_up = _demand_miss(at[number], new, posed[up], plain[up], plain[down], answers[up])
        after.append(new)
        missed += [miss_down.max(axis=1, initial=0.0), miss_up.max(axis=1, initial=0.0)]
    miss = np.max(missed, axis=0)
    hint = {draw: why for answer in answers for draw, why in answer.hint.items()}
    miss[list(hint)] = np.nan
    return _Swept(tuple(answers), tuple(after), miss, hint)


def _with_supply(shocks: Shocks, at: Coupling, then: _State, paid: Floats) -> Shocks:
    """Supply of the processors as the power law that touches the true curve; none where the input cannot be had."""
    supply, eps = _whole(shocks.supply), _whole(shocks.eps)
    own = eps[:, at.producer]
    served = np.isfinite(paid) | (at.input_share == 0)
    here = np.where(np.isfinite(paid), paid, 1.0)
    log_price = np.log(curves.price_at(at, then.y, here, own))
    most = np.minimum(STEEPEST, MOST_LOG_SHIFT / np.maximum(np.abs(log_price), 1.0))
    steep = np.minimum(curves.slope(at, then.y, here, own), most)
    supply[:, at.producer] *= np.where(served, np.exp(then.y - steep * log_price), 0.0)
    eps[:, at.producer] = steep
    return replace(shocks, supply=supply, eps=eps)


def _with_demand(linked: Shocks, shocks: Shocks, at: Coupling, then: _State, down: Shocks, stage: Posed) -> Shocks:
    """Demand of all buyers of a country, processors and others, as the power law that touches the true curve."""
    demand, eta = _whole(shocks.demand), _whole(shocks.eta)
    sigma_up = _whole(shocks.sigma)[:, np.newaxis]
    eps, paid = _whole(down.eps)[:, at.producer], np.exp(then.log_input)
    slope = np.minimum(curves.slope(at, then.y, paid, eps), STEEPEST)
    price = curves.price_at(at, then.y, paid, eps)
    pull = _pull(at, price, down, stage)
    gives_up = at.input_share * paid / price * slope * pull / (slope + pull)
    others = (1.0 - at.use) * demand[:, at.buyer] * paid ** -eta[:, at.buyer]
    processors = at.use * _made(at, then, down)
    whole = others + processors
    falls = (others * eta[:, at.buyer] + processors * gives_up) / np.where(whole > 0, whole, 1.0)
    most = DEMAND_MARGIN * sigma_up * np.maximum(paid, 1.0)
    most = np.minimum(most, MOST_LOG_SHIFT / np.maximum(np.abs(then.log_input), 1.0))
    falls = np.where(whole > 0, np.minimum(np.maximum(falls, FLATTEST), most), eta[:, at.buyer])
    demand[:, at.buyer] = whole * paid**falls
    eta[:, at.buyer] = falls
    return replace(linked, demand=demand, eta=eta)


def _pull(at: Coupling, price: Floats, down: Shocks, stage: Posed) -> Floats:
    """By how many percent buyers take less of a processor's output for each by which it gets dearer, at base shares."""
    flows, eta = stage.market.flows, _whole(down.eta)
    bought, sold = flows.sum(axis=0), flows.sum(axis=1, keepdims=True)
    stuck = flows / np.where(bought > 0, bought, 1.0) * flows / np.where(sold > 0, sold, 1.0)
    stuck = stuck[at.producer]
    leaves = 1.0 - stuck.sum(axis=1)
    return np.asarray(_whole(down.sigma)[:, np.newaxis] * price * leaves + eta @ stuck.T)


def _made(at: Coupling, state: _State, shocks: Shocks) -> Floats:
    """Output of the processors in a state, relative to base."""
    shifter, ceiling = _whole(shocks.supply)[:, at.producer], _whole(shocks.ceiling)[:, at.producer]
    runs = state.y > curves.LEAST_OUTPUT
    return np.asarray(np.where(runs, np.minimum(shifter * np.exp(state.y), ceiling), 0.0))


def _after(
    at: Coupling, then: _State, stage: Posed, shocks: Shocks, answer: Equilibria, above: Equilibria
) -> tuple[_State, Floats]:
    """The processors' state at the answers, and by how much their true supply is missed."""
    eps, shifter = _whole(shocks.eps)[:, at.producer], _whole(shocks.supply)[:, at.producer]
    price, paid = answer.price[:, at.producer], above.use_cost[:, at.buyer]
    made = answer.output[:, at.producer] / stage.market.flows.sum(axis=1)[at.producer]
    by_price = curves.state_of_price(at, price, paid, eps)
    by_output = curves.state_of_output(made, shifter)
    steep = curves.slope(at, then.y, np.exp(then.log_input), eps) > STEEP
    new = _State(np.where(steep | (by_price <= curves.LEAST_OUTPUT), by_output, by_price), _log(paid))
    with np.errstate(divide="ignore", invalid="ignore"):
        off_price = np.abs(curves.price_at(at, by_output, paid, eps) / price - 1.0)
    off_output = np.where(shifter > 0, np.abs(_made(at, _State(by_price, new.log_input), shocks) - made), 0.0)
    return new, np.asarray(np.fmin(off_output, np.where(made > 0, off_price, np.inf)))


def _demand_miss(at: Coupling, new: _State, stage: Posed, shocks: Shocks, down: Shocks, answer: Equilibria) -> Floats:
    """By how much the true demand of the processors' countries is missed, relative to base consumption."""
    base = stage.market.flows.sum(axis=0)[at.buyer]
    paid, eta = answer.use_cost[:, at.buyer], _whole(shocks.eta)[:, at.buyer]
    bought, processors = answer.purchases[:, at.buyer] / base, at.use * _made(at, new, down)
    priced = np.isfinite(paid) & (paid > 0)
    others = (1.0 - at.use) * _whole(shocks.demand)[:, at.buyer] * np.where(priced, paid, 1.0) ** -eta
    wants = np.maximum(others + processors - _whole(shocks.outside)[:, at.buyer] / base, 0.0)
    worthless = np.where(paid == 0, processors, 0.0)
    return np.asarray(np.where(priced, np.abs(bought - wants), worthless))


def _put(state: Sequence[_State], draws: NDArray[np.int64], values: Floats) -> list[_State]:
    """The state with the rows of some draws replaced; values as they are concatenated in `clear_chain`."""
    parts = np.split(values, np.cumsum([s.y.shape[1] for s in state for _ in range(2)])[:-1], axis=1)
    found = []
    for number, old in enumerate(state):
        y, log_input = old.y.copy(), old.log_input.copy()
        y[draws] = np.clip(parts[2 * number], curves.LEAST_OUTPUT, curves.MOST_OUTPUT)
        log_input[draws] = np.clip(parts[2 * number + 1], -LOG_PRICE_RANGE, LOG_PRICE_RANGE)
        found.append(_State(y, log_input))
    return found


def _blank(answer: Equilibria, failed: NDArray[np.bool_]) -> Equilibria:
    """The answer with NaN in the draws that failed."""

    def without(values: Floats) -> Floats:
        return np.where(failed[:, np.newaxis], np.nan, values)

    return replace(
        answer,
        price=without(answer.price),
        wedge=without(answer.wedge),
        delivered=without(answer.delivered),
        price_paid=without(answer.price_paid),
        use_cost=without(answer.use_cost),
        purchases=without(answer.purchases),
        use=without(answer.use),
        lane_quantity=without(answer.lane_quantity),
        output=without(answer.output),
    )


def _whole(values: Floats | None) -> Floats:
    """A copy that may be written to; `pose` fills every field."""
    if values is None:
        raise ValueError("a posed market has every effect")
    return np.array(values)


def _log(price: Floats) -> Floats:
    """Log of a price within range; an infinite one counts as 1, for nothing is bought at it."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.clip(np.log(np.where(np.isposinf(price), 1.0, price)), -LOG_PRICE_RANGE, LOG_PRICE_RANGE))
