"""Are re-exports given to their makers without a tonne lost?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sogdia.re_exports import through_hubs

FOUR = ("AUS", "BEL", "NLD", "JPN")


def test_a_pure_hub_disappears() -> None:
    flows = np.array([[0, 0, 10.0, 0], [0, 0, 0, 0], [0, 0, 0, 10.0], [0, 0, 0, 0]])
    found = through_hubs(flows, FOUR, FOUR, {"AUS"})
    expected = np.zeros((4, 4))
    expected[0, 3] = 10.0
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_a_hub_keeps_what_it_uses_itself() -> None:
    flows = np.array([[0, 0, 10.0, 0], [0, 0, 0, 0], [0, 0, 0, 4.0], [0, 0, 0, 0]])
    found = through_hubs(flows, FOUR, FOUR, {"AUS"})
    assert found[0, 2] == pytest.approx(6.0)
    assert found[0, 3] == pytest.approx(4.0)


def test_exports_beyond_imports_stay_the_hubs_own() -> None:
    flows = np.array([[0, 0, 10.0, 0], [0, 0, 0, 0], [0, 0, 0, 15.0], [0, 0, 0, 0]])
    found = through_hubs(flows, FOUR, FOUR, {"AUS"})
    assert found[0, 3] == pytest.approx(10.0)
    assert found[2, 3] == pytest.approx(5.0)


def test_without_hubs_nothing_changes() -> None:
    flows = np.random.default_rng(1).lognormal(size=(4, 4))
    np.testing.assert_allclose(through_hubs(flows, FOUR, FOUR, set(FOUR)), flows, rtol=1e-12)


def test_a_closed_circle_of_hubs_is_nobodys_product() -> None:
    flows = np.array([[0, 0, 0, 3.0], [0, 0, 8.0, 0], [0, 8.0, 0, 0], [0, 0, 0, 0]])
    found = through_hubs(flows, FOUR, FOUR, {"AUS"})
    assert found[0, 3] == pytest.approx(3.0)
    np.testing.assert_allclose(found[1:3], 0.0, atol=1e-12)


@given(st.integers(0, 2**32 - 1))
def test_what_makers_ship_is_what_users_get(seed: int) -> None:
    """A hub passes on a fraction of each tonne it receives: tonnes move, none is made or lost."""
    rng = np.random.default_rng(seed)
    flows = np.where(rng.random((4, 4)) < 0.7, rng.lognormal(0, 1.5, (4, 4)), 0.0)
    np.fill_diagonal(flows, 0.0)
    makers = {country for country in FOUR if rng.random() < 0.5}
    found = through_hubs(flows, FOUR, FOUR, makers)
    assert (found >= -1e-9).all()
    for number, country in enumerate(FOUR):
        if country in makers:
            assert found[number].sum() == pytest.approx(flows[number].sum(), rel=1e-9)
        net = flows[number].sum() - flows[:, number].sum()
        own = (
            flows[number].sum()
            if country in makers
            else max(net, 0.0)
            if flows[:, number].sum() > 0
            else flows[number].sum()
        )
        assert found[number].sum() == pytest.approx(own, rel=1e-9, abs=1e-9)
