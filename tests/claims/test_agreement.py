"""The rules by which figures bear a claim out, and the verdicts that they make together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sogdia.claims import Claim, ClaimReading
from sogdia.claims.agreement import agrees, shown, verdict

STATED = Claim("X1", "lead", "lead", "a share", None, 20.0, "percent", 2023, "a table", "SOME", None, None)


def reading(value: float | None, agreed: bool | None, relation: str = "same") -> ClaimReading:
    return ClaimReading("a definition", relation, value, "percent", "2020", agreed, ("A",), "seen")  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "agreed"), [(20.0, True), (18.0, True), (22.0, True), (17.9, False), (None, None)])
def test_a_figure_agrees_within_the_tolerance(value: float | None, agreed: bool | None) -> None:
    assert agrees(STATED, value, "percent", 0.1, "same") is agreed


@pytest.mark.parametrize(("value", "agreed"), [(20.0, True), (90.0, True), (19.9, False)])
def test_more_than_is_agreed_to_from_the_stated_value_on(value: float, agreed: bool) -> None:
    assert agrees(replace(STATED, qualifier="more than"), value, "percent", 0.5, "same") is agreed


def test_a_figure_in_another_unit_is_not_compared() -> None:
    assert agrees(STATED, 20.0, "times", 0.1, "same") is None


def test_a_figure_beside_the_claim_is_not_compared() -> None:
    assert agrees(STATED, 20.0, "percent", 0.1, "beside") is None


def test_a_claim_without_a_figure_is_compared_with_none() -> None:
    assert agrees(replace(STATED, value=None), 20.0, "percent", 0.1, "same") is None


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ([], "cannot be checked"),
        ([reading(None, None)], "cannot be checked"),
        ([reading(20.0, None, "beside")], "cannot be checked"),
        ([reading(20.0, True)], "holds"),
        ([reading(20.0, True), reading(21.0, True, "other")], "holds"),
        ([reading(20.0, True), reading(3.0, None, "beside")], "holds"),
        ([reading(20.0, True), reading(3.0, False)], "holds under definition"),
        ([reading(20.0, True, "other")], "holds under definition"),
        ([reading(3.0, False), reading(20.0, True, "other")], "holds under definition"),
        ([reading(3.0, False)], "does not hold"),
        ([reading(3.0, False, "other"), reading(None, None)], "does not hold"),
    ],
)
def test_readings_make_the_verdict(readings: list[ClaimReading], expected: str) -> None:
    assert verdict(readings) == expected


def test_the_nearest_of_the_figures_that_agree_is_shown() -> None:
    readings = [reading(3.0, False), reading(18.5, True), reading(19.5, True)]
    assert shown(STATED, readings) == readings[2]


def test_where_none_agrees_the_first_is_shown() -> None:
    readings = [reading(None, None), reading(3.0, False), reading(17.0, False)]
    assert shown(STATED, readings) == readings[1]


def test_nothing_is_shown_where_nothing_can_be_judged() -> None:
    assert shown(STATED, [reading(5.0, None, "beside")]) is None
