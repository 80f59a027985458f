"""Weights over sets of elasticities follow the evidence of other minerals, of other classes at a discount."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.data import Store
from sogdia.hindcast.panel.evidence import (
    CONFIDENCE,
    POOLING,
    Evidence,
    joined,
    panel_evidence,
    points,
    priors,
    set_weights,
)  # fmt: skip
from sogdia.hindcast.panel.grid import grid
from sogdia.market.traded import Floats

SETS = len(points())
FLAT = np.zeros(SETS)


def preferring(number: int, by: float = 1.0) -> Floats:
    """A loss that is less by so much at one set."""
    loss = np.full(SETS, by)
    loss[number] = 0.0
    return loss


def odds(weight: Floats, number: int) -> float:
    """ln of the weight of a set over that of the last."""
    return float(np.log(weight[number] / weight[-1]))


def test_an_episode_of_the_class_counts_in_full_and_one_of_another_at_a_discount() -> None:
    for name, share in (("bulk_ore", 1.0), ("precious", POOLING)):
        found = set_weights(FLAT, {(name, "tin"): Evidence(preferring(3), 1)}, "bulk_ore", None)
        assert odds(found, 3) == pytest.approx(0.5 * CONFIDENCE * share)
        assert found.sum() == pytest.approx(1.0)


def test_the_own_mineral_never_teaches_itself() -> None:
    known = {("bulk_ore", "tin"): Evidence(preferring(3), 5), ("bulk_ore", "iron"): Evidence(preferring(4), 1)}
    tin = set_weights(FLAT, known, "bulk_ore", "tin")
    assert odds(tin, 3) == pytest.approx(0.0)
    assert odds(tin, 4) > 0
    wild = known | {
        ("bulk_ore", "tin"): Evidence(preferring(7, 900.0), 5),
        ("precious", "tin"): Evidence(preferring(9)),
    }
    np.testing.assert_array_equal(set_weights(FLAT, wild, "bulk_ore", "tin"), tin)


def test_evidence_of_two_sources_adds_up() -> None:
    key = ("bulk_ore", "tin")
    both = joined({key: Evidence(preferring(1), 2)}, {key: Evidence(preferring(1), events=3)})
    assert (both[key].episodes, both[key].events) == (2, 3)
    np.testing.assert_array_equal(both[key].loss, 2.0 * preferring(1))


def test_the_prior_is_highest_near_the_table(store: Store) -> None:
    found = priors(store, grid(), ["bulk_ore", "bulk_ore"])
    assert list(found) == ["bulk_ore"]
    assert points()[int(np.argmax(found["bulk_ore"]))].tolist() == [4.0, 0.5, 1.0]


def test_the_table_of_evidence_holds_every_set_of_the_grid(store: Store) -> None:
    known = panel_evidence(store)
    assert all(one.loss.shape == (SETS,) and (one.loss >= 0).all() for one in known.values())
    assert sum(one.episodes for one in known.values()) > 150
    assert {name for name, _ in known} == {"bulk_ore", "concentrate", "processed", "precious"}
