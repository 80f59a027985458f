"""Golden case: `sogdia shock rare_earths --year 2009 --cut CHN=0.4 --json`, every figure to four significant digits.

The expected table was written by the command itself and read through; a change of it is a change of the model or of the
data and needs a reason.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from support.cli import output

EXPECTED = Path(__file__).parent / "shock_rare_earths_2009.csv"
KEYS = ("country", "role", "partner", "variable", "unit")
STATS = ("base", "low", "central", "high")
RELATIVE, ABSOLUTE = 1e-3, 1e-6


@pytest.fixture(scope="module")
def answer() -> dict[tuple[str, ...], dict[str, Any]]:
    """The rows of the command's answer by what they are about."""
    rows = json.loads(output("shock", "rare_earths", "--year", "2009", "--cut", "CHN=0.4", "--json"))["rows"]
    return {tuple(row[key] or "" for key in KEYS): row for row in rows}


@pytest.fixture(scope="module")
def expected() -> list[dict[str, str]]:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_answer_has_the_expected_rows(
    answer: dict[tuple[str, ...], dict[str, Any]], expected: list[dict[str, str]]
) -> None:
    assert list(answer) == [tuple(row[key] for key in KEYS) for row in expected]


@pytest.mark.parametrize("stat", STATS)
def test_every_figure_is_the_expected_one(
    answer: dict[tuple[str, ...], dict[str, Any]], expected: list[dict[str, str]], stat: str
) -> None:
    for row in expected:
        found = answer[tuple(row[key] for key in KEYS)][stat]
        if row[stat] == "":
            assert found is None
        else:
            assert found == pytest.approx(float(row[stat]), rel=RELATIVE, abs=ABSOLUTE), row


def test_a_cut_is_dear_to_buyers_abroad_and_cheap_at_home(answer: dict[tuple[str, ...], dict[str, Any]]) -> None:
    paid = {key[0]: row["central"] for key, row in answer.items() if key[3] == "price_paid"}
    assert len(paid) > 5
    assert paid.pop("CHN") < 1 < min(paid.values())
    made = {key[0]: row["central"] / row["base"] for key, row in answer.items() if key[1:4:2] == ("producer", "output")}
    assert made.pop("CHN") < 1 < min(made.values())
