"""Golden case: some hundred figures over every verb are those on record, to all but their last bits.

`python tools/record_golden.py` writes the table anew; a change of it is a change of the data or of the model and needs
a reason.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from support.golden import VERBS, Figures, StudyOf, agree, differences, read_figures, study_of, write_figures


@pytest.fixture(scope="module")
def record() -> dict[str, Figures]:
    return read_figures()


@pytest.fixture(scope="module")
def study(no_store_of_the_user: Path) -> StudyOf:
    return study_of()


@pytest.mark.parametrize("verb", [pytest.param(v, marks=pytest.mark.slow if v == "hindcast" else ()) for v in VERBS])
def test_every_figure_is_the_recorded_one(record: dict[str, Figures], study: StudyOf, verb: str) -> None:
    lines = differences(record[verb], VERBS[verb](study))
    assert not lines, f"{len(lines)} figures of {verb} differ:\n" + "\n".join(lines)


def test_every_verb_on_record_is_computed(record: dict[str, Figures]) -> None:
    assert list(record) == list(VERBS)


def test_a_figure_that_is_off_missing_or_new_is_named_with_both_values() -> None:
    record: Figures = {
        ("a", "same"): 1.0,
        ("a", "off"): 2.0,
        ("a", "gone"): 3.0,
        ("a", "null"): None,
        ("a", "nil"): 0.0,
    }
    now: Figures = {("a", "same"): 1.0 + 1e-14, ("a", "off"): 2.0 + 1e-9, ("a", "new"): 4.0, ("a", "null"): 0.0}
    lines = differences(record, now | {("a", "nil"): 1e-13})
    assert [line.split(":")[0] for line in lines] == ["a | gone", "a | new", "a | null", "a | off"]
    assert all(repr(value) in lines[3] for value in (2.0, 2.0 + 1e-9))


def test_the_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    figures: dict[str, Figures] = {"expose": {("a, b", "x"): 0.1 + 0.2, ("c", "null"): None}}
    write_figures(figures, tmp_path / "figures.csv")
    assert read_figures(tmp_path / "figures.csv") == figures


def test_null_is_not_zero_and_no_number_is_only_itself() -> None:
    nan = float("nan")
    assert agree(nan, nan)
    assert agree(None, None)
    assert not any((agree(None, 0.0), agree(0.0, None), agree(nan, 0.0), agree(0.0, nan)))
