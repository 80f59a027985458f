"""Pictures hold what they draw: texts inside the picture, marks at their places, ticks that can be read."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sogdia.basemap import outlines
from sogdia.render.charts.bars import Amount, bars
from sogdia.render.charts.dotband import Panel, dot_bands
from sogdia.render.charts.dumbbell import dumbbell
from sogdia.render.charts.heat import heat_map
from sogdia.render.charts.world import world
from sogdia.render.plot.marks import outline
from sogdia.render.plot.picture import NARROW, WIDE, Picture, in_file, in_page, still
from sogdia.render.plot.scales import linear, plain, rounded_top, ticks
from sogdia.render.plot.text_width import text_width, wrapped

LONG = ["Democratic Republic of the Congo, rare earths", "Tin", "Aluminium and its oxide, unwrought"]
finite = st.floats(-1e6, 1e6)


def band_frame() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "name": LONG, "v": [1.0, 2.0, None], "v_low": [0.5, 1.0, 3.0], "v_high": [2.0, 4.0, 9.0],
            "v_open": [False, False, True], "v_text": ["a", "b", "c"],
        }
    )  # fmt: skip


def pictures(width: float) -> list[Picture]:
    shares = pl.DataFrame(
        {
            "name": [n for n in LONG for _ in (0, 1)], "supplier": ["South Africa"] * 6,
            "measure": ["by weight", "by value"] * 3, "share": [0.2, 0.9, 0.0, 1.0, 0.5, None],
            "low": [0.2, 0.2, 0.0, 0.0, None, None], "high": [0.9, 0.9, 1.0, 1.0, None, None],
        }
    )  # fmt: skip
    stacked = pl.DataFrame({"name": LONG, "part": ["x"] * 3, "detail": ["x"] * 3, "v": [1.0, 20.0, 300.0]})
    cells = pl.DataFrame({"row": LONG, "column": ["Export ban"] * 3, "value": [1.0, 2.0, None], "text": ["1", "2", ""]})
    return [
        dot_bands(band_frame(), LONG, [Panel("v", "a measure with a long name, in units", (0.0, 10.0), ("x",))], width),
        dumbbell(shares, LONG, width),
        bars(stacked, LONG, {"x": "accent"}, Amount("v", "million USD", plain, str), width),
        heat_map(cells, LONG, ["Export ban"], 2.0, width),
        world({"CHN": ("more", "China")}, ["less", "more"], ["JPN"], width),
    ]


def texts(picture: Picture) -> list[tuple[float, float, str]]:
    """Left end, right end and words of every text, moved by the groups it stands in."""
    found: list[tuple[float, float, str]] = []

    def walk(element: ElementTree.Element, x: float) -> None:
        moved = re.match(r"translate\(([-0-9.]+),", element.get("transform", ""))
        x += float(moved[1]) if moved else 0.0
        if element.tag == "text":
            at, room = x + float(element.get("x", "0")), text_width(element.text or "", 12.0)
            names = element.get("class", "").split()
            left = at - room if "end" in names else at - room / 2 if "middle" in names else at
            found.append((left, left + room, element.text or ""))
        for child in element:
            walk(child, x)

    walk(ElementTree.fromstring(f"<svg>{picture.body}</svg>"), 0.0)
    return found


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_text_of_a_picture_is_cut_at_its_edges(width: float) -> None:
    for picture in pictures(width):
        outside = [said for left, right, said in texts(picture) if left < -1.0 or right > picture.width + 1.0]
        assert outside == []


def test_every_name_stands_in_the_picture_whole() -> None:
    for picture in pictures(NARROW)[:4]:
        said = " ".join(text for _, _, text in texts(picture))
        assert all(name in said for name in LONG)


def test_a_band_that_goes_on_ends_in_an_arrow_and_an_unknown_centre_has_no_dot() -> None:
    body = pictures(WIDE)[0].body
    assert body.count('class="f-arrow"') == 1
    assert body.count('class="f-accent edge"') == 2
    assert body.count('class="f-band"') == 3


def test_a_page_names_the_picture_and_a_file_has_its_own_colours() -> None:
    picture = pictures(WIDE)[0]
    assert 'role="img" aria-label="a &lt;b&gt;"' in in_page(picture, "wide", "a <b>")
    root = ElementTree.fromstring(in_file(picture, ".x{fill:red}", "title", "what it shows"))
    names = [child.tag.rpartition("}")[2] for child in root]
    assert names[:3] == ["title", "desc", "style"]


def test_a_picture_for_a_telephone_keeps_its_marks_without_what_a_mouse_is_told() -> None:
    picture = pictures(NARROW)[0]
    quiet = still(picture).body
    assert "<title>" in picture.body
    assert "<title>" not in quiet
    assert quiet.count("<rect") == picture.body.count("<rect")
    ElementTree.fromstring(f"<svg>{quiet}</svg>")


def test_the_world_holds_every_country_but_the_smallest_specks() -> None:
    drawn = world({}, ["x"], [], WIDE).body.count("<path")
    assert len(outlines()) * 0.9 < drawn <= len(outlines())


@given(st.lists(st.tuples(finite, finite), min_size=1, max_size=20))
def test_a_path_leads_through_its_points(points: list[tuple[float, float]]) -> None:
    path = outline(points)
    assert path.startswith("M")
    x = y = 0.0
    for letter, said in re.findall(r"([Mlh])([^Mlh]*)", path):
        numbers = [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?", said)]
        steps = [(n, 0.0) for n in numbers] if letter == "h" else list(zip(numbers[::2], numbers[1::2], strict=True))
        for across, down in steps:
            x, y = x + across, y + down
    assert (x, y) == pytest.approx(points[-1], abs=0.11 + 1e-9 * max(map(abs, points[-1])))


@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e4), st.integers(2, 8))
def test_ticks_lie_between_the_ends(low: float, span: float, count: int) -> None:
    marks = ticks(low, low + span, count)
    assert list(marks) == sorted(set(marks))
    assert all(low - 1e-6 * span <= mark <= low + span + 1e-6 * span for mark in marks)
    assert 1 <= len(marks) <= 3 * count


@given(st.floats(1e-6, 1e9), st.integers(2, 6))
def test_the_top_of_an_axis_holds_its_largest_figure(largest: float, count: int) -> None:
    assert largest <= rounded_top(largest, count) * (1 + 1e-9)
    assert rounded_top(largest, count) <= 3.0 * largest


def test_a_figure_beyond_the_axis_is_drawn_at_its_end() -> None:
    scale = linear(0.0, 1.0, 10.0, 110.0)
    assert (scale(-5.0), scale(0.5), scale(7.0)) == (10.0, 60.0, 110.0)


@given(st.text(alphabet="abc é日 ", max_size=60), st.floats(20.0, 300.0))
def test_wrapped_lines_hold_all_words_and_fit(text: str, room: float) -> None:
    lines = wrapped(text, 12.0, room)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 12.0) <= room or not re.search(" |.日|日.", line.strip()) for line in lines)
    assert "日" in text or " ".join(" ".join(lines).split()) == " ".join(text.split())
