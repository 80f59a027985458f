"""Text can be read, and colours told apart, by everyone and on a grey print."""

from __future__ import annotations

import re
from importlib import resources
from itertools import pairwise

import pytest

from sogdia.render.charts.world import BLUES
from sogdia.render.theme import ACCENT, INK, MUTED, RAMP, REST, SECOND, ramp

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


@pytest.mark.parametrize("name", ["ink", "muted", "accent"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_text_of_the_page_has_enough_contrast(name: str, ground: str) -> None:
    style = resources.files("sogdia.render").joinpath("templates", "style.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", style))
    assert contrast(colours[name], colours[ground]) >= WCAG_AA


def test_text_and_lines_of_the_charts_have_enough_contrast() -> None:
    assert min(contrast(colour, "#ffffff") for colour in (INK, MUTED)) >= WCAG_AA
    assert min(contrast(colour, "#ffffff") for colour in (ACCENT, SECOND)) >= WCAG_GRAPHICS


def test_the_ramps_rise_in_lightness_so_that_a_grey_print_keeps_the_order() -> None:
    for steps in (RAMP, BLUES[::-1]):
        values = [luminance(colour) for colour in steps]
        assert all(later > earlier * 1.1 for earlier, later in pairwise(values))


def test_every_name_gets_a_colour_and_the_rest_is_grey() -> None:
    names = [f"c{i}" for i in range(12)]
    colours = ramp([*names, "Others"], "Others")
    assert len(colours) == 13
    assert colours[0] == RAMP[0]
    assert colours[-1] == REST
    assert len(set(ramp(names[:4], "Others"))) == 4
