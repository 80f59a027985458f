"""What the solver prints of its own does not reach the output, which is whole again afterwards."""

from __future__ import annotations

import os

import pytest

from sogdia.plan.choice.quiet import silenced


def test_compiled_code_is_not_heard_inside_and_python_is_heard_after(capfd: pytest.CaptureFixture[str]) -> None:
    print("before")
    with silenced():
        os.write(1, b"remark of the solver\n")
    print("after", flush=True)
    assert capfd.readouterr().out == "before\nafter\n"


def test_the_output_comes_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="why"), silenced():
        raise ValueError("why")
    print("after", flush=True)
    assert capfd.readouterr().out == "after\n"
