"""Text can be read, and colours told apart, by everyone and on a grey print."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from sogdia.codes import countries
from sogdia.render.theme import BLUES, COUNTRY, colours, country_colour, file_rules, page_rules, variables

WCAG_AA = 4.5
WCAG_GRAPHICS = 3.0


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.1)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_text_and_marks_have_enough_contrast_in_light_and_dark(dark: bool) -> None:
    shown = colours(dark=dark)
    for ground in ("paper", "wash"):
        assert min(contrast(shown[name], shown[ground]) for name in ("ink", "muted", "accent")) >= WCAG_AA
    assert min(contrast(shown[name], shown["paper"]) for name in ("accent", "second", "arrow")) >= WCAG_GRAPHICS


def test_steps_and_countries_differ_in_lightness_so_that_a_grey_print_keeps_them_apart() -> None:
    for pairs in (BLUES[::-1], COUNTRY):
        values = [luminance(light) for light, _ in pairs]
        assert all(later > earlier * 1.1 for earlier, later in pairwise(values))


def test_every_country_has_one_colour_and_the_partners_of_central_asia_differ() -> None:
    assert all(country_colour(code) in {light for light, _ in COUNTRY} for code in countries())
    assert len({country_colour(code) for code in ("KAZ", "UZB", "KGZ", "TJK", "TKM")}) == 5
    assert len({country_colour(code) for code in ("CHN", "AUS", "RUS", "CHL", "USA", "BRA", "JPN", "CAN", "DEU")}) == 9


def test_every_class_of_a_picture_has_a_colour_in_pages_and_in_files() -> None:
    named = set(re.findall(r"var\(--([a-z0-9]+)\)", page_rules()))
    assert named == set(colours())
    assert all(f"--{name}:" in variables() for name in named)
    assert "var(" not in file_rules()
