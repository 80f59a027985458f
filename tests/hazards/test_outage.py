"""The record of an outage: its checks, its probability and its class."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sogdia import InputError, Range
from sogdia.hazards import CLASSES, Outage, class_of


def outage(**changes: Any) -> Outage:
    values: dict[str, Any] = {
        "hazard": "earthquake", "cause": "Northern Tien Shan", "target_kind": "place", "target": "KAZ:Almaty",
        "rate_per_year": Range(0.001, 0.01, 0.1), "days": Range(3, 30, 90), "evidence": "derived", "source_ids": ("a",),
    }  # fmt: skip
    return Outage(**{**values, **changes})


def test_probability_is_that_of_at_least_one_event() -> None:
    assert outage(rate_per_year=Range(0, 1, 2)).probability == Range(0.0, 0.6321205588285577, 0.8646647167633873)


def test_expected_days_a_year_are_rate_times_days() -> None:
    assert outage().days_per_year == 0.3


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"target_kind": "town"}, "place, link, border, country"),
        ({"rate_per_year": Range(-0.1, 0, 1)}, "rate_per_year of the outage of KAZ:Almaty"),
        ({"days": Range(5, 4, 6)}, "rising order"),
        ({"days": Range(0, 1, float("nan"))}, "finite"),
    ],
)
def test_a_wrong_outage_is_refused_by_name(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(InputError, match=named):
        outage(**changes)


@given(st.floats(0, 10_000), st.floats(0, 10_000))
def test_a_longer_outage_never_has_a_lower_class(one: float, other: float) -> None:
    shorter, longer = sorted((one, other))
    assert class_of(shorter) <= class_of(longer)
    assert class_of(shorter) in CLASSES
