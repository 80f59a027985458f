"""Losses of states agree with what `sogdia shock` says of the same events, and do not depend on the block."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.codes import economy
from sogdia.equilibrium import SolveStatus
from sogdia.market import Scenario, clear, consumer_outcome
from sogdia.market.events import DemandChange, ExportLimit, OutputChange, TransportChange
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.block import solve_block
from sogdia.scenarios.problem import Slot, WayChange, market_problem
from sogdia.scenarios.states import CLASS_COUNT
from support.small_markets import draws, market

SLOTS = (
    Slot(SlotKind.EXPORTS, "CHN"), Slot(SlotKind.OUTPUT, "CHN"), Slot(SlotKind.OUTPUT, "AUS"), Slot(SlotKind.WAY, "w"),
    Slot(SlotKind.DEMAND, "metal"),
)  # fmt: skip
HALF, QUARTER, ALL = 4, 3, 5
WAY = WayChange("w", {"CHN": 1.4}, {"CHN": 0.5})


@pytest.fixture(scope="module")
def problem():
    return market_problem(market(), draws(), economy("JPN"), SLOTS, (WAY,))


def codes(*states):
    width = max(map(len, states)) if states else 0
    made = np.full((len(states), width), -1, dtype=np.int32)
    for row, state in enumerate(states):
        made[row, : len(state)] = [slot * CLASS_COUNT + kind for slot, kind in state]
    return made


@pytest.mark.parametrize(
    ("state", "events"),
    [
        ([(0, HALF)], (ExportLimit("CHN", share=0.5),)),
        ([(1, QUARTER)], (OutputChange("CHN", 0.75),)),
        ([(0, HALF), (2, ALL)], (ExportLimit("CHN", share=0.5), OutputChange("AUS", 0.0))),
        ([(3, ALL)], (TransportChange("CHN", 1.4, 0.5, ("JPN",)),)),
        ([(3, HALF)], (TransportChange("CHN", 1.2, 0.75, ("JPN",)),)),
        ([(4, QUARTER)], (DemandChange(1.25),)),
        ([], ()),
    ],
)
def test_a_state_costs_what_the_same_events_cost_in_a_shock(problem, state, events):
    shock = consumer_outcome(clear(market(), Scenario("test", events), draws()), "JPN")
    found = solve_block(problem, codes(state, [(0, ALL)]))
    assert found.loss_kusd[0] == pytest.approx(-shock.surplus_change_kusd[0], rel=3e-3, abs=1e-6)
    assert found.use_cost[0] == pytest.approx(min(shock.use_cost[0], problem.backstop), rel=1e-3)


def test_the_loss_of_a_state_is_the_same_in_any_block(problem):
    rng = np.random.default_rng(1)
    states = [
        [(int(slot), int(rng.integers(1, CLASS_COUNT))) for slot in sorted(rng.choice(5, 2, replace=False))]
        for _ in range(40)
    ]
    whole = solve_block(problem, codes(*states))
    for size in (1, 7):
        pieces = [solve_block(problem, codes(*states)[at : at + size]).loss_kusd for at in range(0, 40, size)]
        assert np.concatenate(pieces).tobytes() == whole.loss_kusd.tobytes()


def test_a_deeper_cut_never_costs_less(problem):
    losses = solve_block(problem, codes(*([(0, kind)] for kind in range(1, CLASS_COUNT)))).loss_kusd
    assert (np.diff(losses) >= 0).all()


def test_prices_without_bound_cost_as_much_as_the_backstop(problem):
    """A buyer who loses every supplier."""
    state = codes([(0, ALL), (1, ALL), (2, ALL)])
    found = solve_block(problem, state)
    assert found.use_cost[0] <= problem.backstop
    assert found.status[0] <= SolveStatus.NO_EQUILIBRIUM
    assert np.isfinite(found.loss_kusd[0])
