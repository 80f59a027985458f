from __future__ import annotations

import pytest

from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError, SogdiaError, UnknownNameError, did_you_mean, unknown


def test_a_fault_names_file_row_column_value_rule_and_remedy():
    fault = Fault("a.csv", "an HS code has six digits", "Write '010121'.", row=7, column="hs6", value="10121")
    assert str(fault) == "a.csv, row 7, column hs6: found '10121'; an HS code has six digits. Write '010121'."


def test_a_fault_of_a_whole_file_names_no_row():
    assert str(Fault("a.zip", "the archive is cut short", "Download it again.")) == (
        "a.zip: the archive is cut short. Download it again."
    )


def test_all_faults_are_told_at_once_up_to_a_limit():
    faults = [Fault("a.csv", f"rule {n}", "Do it.", row=n) for n in range(MAX_FAULTS_SHOWN + 8)]
    error = InputError(faults)
    lines = str(error).splitlines()
    assert lines[0] == "58 faults in the input; nothing was written."
    assert len([line for line in lines if line.startswith("  - ")]) == MAX_FAULTS_SHOWN
    assert lines[-1] == "  ... and 8 more."
    assert len(error.faults) == 58


def test_one_fault_is_one():
    assert str(InputError([Fault("a", "b", "c")])).startswith("1 fault in the input;")


def test_everything_a_user_can_put_right_is_one_family():
    assert issubclass(UnknownNameError, SogdiaError)
    assert issubclass(InputError, SogdiaError)


@pytest.mark.parametrize(
    ("name", "valid", "hint"),
    [
        ("Kazahstan", ["Kazakhstan", "Japan"], "Did you mean Kazakhstan?"),
        ("zzz", ["tin", "zinc"], "Known: tin, zinc."),
        ("zzz", [f"name{n}" for n in range(50)], "50 are known."),
    ],
)
def test_an_unknown_name_gets_the_best_help_there_is(name, valid, hint):
    assert str(unknown("thing", name, valid)) == f"unknown thing {name!r}. {hint}"


def test_nearness_ignores_case():
    assert did_you_mean("JAPN", ["Japan"]) == "Did you mean Japan?"
