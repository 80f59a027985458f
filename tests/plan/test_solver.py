"""The solver writes nothing to the standard output, where answers in JSON go."""

from __future__ import annotations

import os

from sogdia.plan.choice.solver import silent


def test_what_compiled_code_writes_inside_is_lost_and_the_output_comes_back(capfd):
    print("before")
    with silent():
        os.write(1, b"HighsMipSolverData\n")
    print("after")
    assert capfd.readouterr().out == "before\nafter\n"


def test_the_output_comes_back_after_an_error(capfd):
    try:
        with silent():
            raise ValueError
    except ValueError:
        print("after")
    assert capfd.readouterr().out == "after\n"
