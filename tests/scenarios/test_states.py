"""States of a market in classes, each once, in an order of their own."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sogdia.hazards import CLASSES, class_of
from sogdia.scenarios.states import CLASS_COUNT, NOTHING, classes_of, market_states
from sogdia.scenarios.stream import YEAR_DAYS


@given(st.floats(0, 1))
def test_classes_are_those_of_outages(part):
    assert CLASSES[int(classes_of(np.array([part]))[0])] == class_of(part * YEAR_DAYS)


events = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 3), st.floats(0, 1)), max_size=60)


@given(events, st.randoms())
def test_states_depend_neither_on_the_order_of_hits_nor_on_their_number(found, random):
    def states(pairs):
        hits = [(np.array([year]), slot, np.array([part])) for year, slot, part in pairs]
        return market_states(20, hits)

    kinds: dict[tuple[int, int], float] = {}
    for year, slot, part in found:
        kinds[year, slot] = kinds.get((year, slot), 0.0) + part
    expected = [
        tuple(
            slot * CLASS_COUNT + k
            for (y, slot), total in sorted(kinds.items())
            if y == year and (k := int(classes_of(np.array([min(total, 1.0)]))[0])) > 0
        )
        for year in range(20)
    ]
    of = states(found)
    rows = [tuple(code for code in row if code != NOTHING) for row in of.states.tolist()]
    assert rows == sorted(set(expected) | {()})
    near = [rows[number] for number in of.of_year]
    assert near == expected


def test_a_market_that_nothing_hits_has_one_state():
    of = market_states(5, [])
    assert of.states.shape == (1, 0)
    assert of.of_year.tolist() == [0] * 5
