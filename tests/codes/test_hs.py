from __future__ import annotations

import pytest

from sogdia.codes import hs6_problem


@pytest.mark.parametrize("code", ["284690", "010121", " 260300 ", "970600"])
def test_six_digits_of_an_existing_chapter_are_accepted(code):
    assert hs6_problem(code) is None


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("10121", "'010121'"),
        ("284690.0", "'284690'"),
        ("10121.0", "'010121'"),
        ("2846.90", "'284690'"),
        ("2846 90", "'284690'"),
        ("28469010", "'284690'"),
        ("2846901000", "'284690'"),
        ("2846", "subheading"),
        ("28", "subheading"),
        ("", "subheading"),
        ("TOTAL", "subheading"),
        ("２８４６９０", "subheading"),
        ("000000", "Correct"),
        ("990000", "Correct"),
    ],
)
def test_anything_else_is_refused_with_what_to_write_instead(code, remedy):
    problem = hs6_problem(code)
    assert problem is not None
    assert remedy in problem[1]
