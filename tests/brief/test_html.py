"""The page runs nothing but its own script, shows text as text, and holds what it draws."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from sogdia.data import sources
from sogdia.render.blocks import Column, Figure, Section, Table, Text
from sogdia.render.charts.bars import Amount, bars
from sogdia.render.html import page
from sogdia.render.plot.scales import plain

LIMIT_BYTES = 3_000_000
HOSTILE = "<script>alert(1)</script>&\"'"


@pytest.fixture(scope="module")
def html(folder: Path) -> str:
    return (folder / "annex.html").read_text(encoding="utf-8")


def scripts(html: str) -> list[str]:
    """The scripts that a browser would run."""
    return re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)


def test_the_policy_allows_exactly_the_page_s_own_script_style_and_library(html: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    allowed = set(re.findall(r"sha256-([A-Za-z0-9+/=]+)", policy[1].replace("&#43;", "+")))
    texts = [s.encode() for s in (*scripts(html), *re.findall(r"<style>(.*?)</style>", html, flags=re.DOTALL))]
    assert len(texts) == 2
    assert {base64.b64encode(hashlib.sha256(text).digest()).decode() for text in texts} == allowed
    assert policy[1].startswith("default-src &#39;none&#39;")
    assert "unsafe" not in policy[1]


def test_the_page_has_no_handler_no_inline_style_and_no_outside_resource(html: str) -> None:
    body = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"<[^>]+ on[a-z]+=", body)
    assert not re.search(r"<[^>]+ style=", body)
    assert not re.search(r'<(?:img|link|script|iframe|object|embed)[^>]+(?:src|href)="(?!data:,)', body)


def test_the_page_stays_below_three_megabytes(html: str) -> None:
    assert len(html.encode()) <= LIMIT_BYTES


def test_every_link_inside_the_page_has_its_target(html: str) -> None:
    body = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    targets = set(re.findall(r' id="([^"]+)"', body))
    assert set(re.findall(r'href="#([^"]+)"', body)) <= targets


def test_headings_cells_and_prose_show_markup_as_text() -> None:
    table = Table("t", pl.DataFrame({"a": [HOSTILE]}), (Column("a", HOSTILE, "text"),), HOSTILE, ("SOGDIA",))
    frame = pl.DataFrame({"name": [HOSTILE], "part": [HOSTILE], "detail": [HOSTILE], "v": [1.0]})
    draw = partial(bars, frame, [HOSTILE], {HOSTILE: "accent"}, Amount("v", HOSTILE, plain, str))
    figure = Figure("f", draw, frame, HOSTILE, HOSTILE, ("SOGDIA",))
    section = Section("s", HOSTILE, HOSTILE, (Text((HOSTILE,), ("SOGDIA",)), table, figure))
    html = page((section,), title=HOSTILE, kicker=HOSTILE, version="1")
    assert "alert(1)" not in " ".join(scripts(html))
    assert "<script>alert" not in html


def test_many_sources_stand_behind_a_fold_and_each_leads_to_the_list() -> None:
    ids = tuple(sources())[:8]
    table = Table("t", pl.DataFrame({"a": ids}), (Column("a", "A", "text"),), "caption", ids)
    listed = Table("s", pl.DataFrame({"a": ids}), (Column("a", "A", "anchor"),), "sources", ids[:1])
    html = page((Section("sources", "Sources", "", (table, listed)),), title="t", kicker="k", version="1")
    fold = re.search(r"<summary>8 sources</summary>(.*?)</details>", html, flags=re.DOTALL)
    assert fold
    assert re.findall(r'href="#source-([^"]+)"', fold[1]) == list(ids)


def test_a_cell_of_several_sources_links_to_each() -> None:
    first, second = tuple(sources())[:2]
    cells = pl.DataFrame({"a": [f"{first};{second}", None]})
    table = Table("t", cells, (Column("a", "A", "source"),), "caption", (first,))
    html = page((Section("s", "S", "", (table,)),), title="t", kicker="k", version="1")
    assert f'<a href="#source-{first}">{first}</a>; <a href="#source-{second}">{second}</a>' in html
    assert "source-None" not in html


def test_two_works_of_one_publisher_and_year_are_told_apart(html: str) -> None:
    for line in re.findall(r'<span class="source">(.*?)</span>', html, flags=re.DOTALL):
        named = re.findall(r">([^<]+)</a>", line)
        assert len(named) == len(set(named)), named


def test_negative_figures_carry_a_true_minus_sign(html: str) -> None:
    cells = re.findall(r'<td class="number"[^>]*>\s*([^<]*?)\s*<', html) + re.findall(r"<td[^>]*>\s*(-\d[^<]*)<", html)
    assert cells
    assert not [cell for cell in cells if re.match(r"-\d", cell)]
