"""Draws of the elasticities: keyed by seed and draw, whatever else is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.market import draws


@pytest.mark.parametrize("seed", [0, 7])
def test_the_numbers_of_a_draw_are_those_of_its_own_key(seed: int) -> None:
    found = draws._normals(50, seed)
    assert (found[0] == 0.0).all()
    for number in (1, 2, 49):
        own = np.random.Generator(np.random.Philox(key=[seed, number])).standard_normal(3)
        assert np.array_equal(found[number], own)


def test_more_draws_leave_the_first_ones_as_they_are() -> None:
    assert np.array_equal(draws._normals(400, 3)[:9], draws._normals(9, 3))
