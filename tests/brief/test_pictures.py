"""Maps and charts as files: complete or not there, readable offline, every source of a section known."""

from __future__ import annotations

import base64
import hashlib
import html
import math
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sogdia.brief import Report, write
from sogdia.brief.corridor_names import numbered_names
from sogdia.brief.route_lines import route_frame
from sogdia.brief.route_map import figure, page, write_map
from sogdia.brief.sections import sections
from sogdia.brief.shock_chart import figure as figure_of_shock
from sogdia.brief.shock_chart import write_chart
from sogdia.corridors import Routes, route
from sogdia.data import Store, sources
from sogdia.errors import InputError
from sogdia.network import Corridors
from sogdia.render.blocks import source_ids, tables
from sogdia.render.map_view import WIDTH, fitted
from sogdia.render.plot.scales import log_ticks
from sogdia.shock.market_shock import Shock
from sogdia.study import Study
from sogdia.uncertain import BEYOND

SVG = "{http://www.w3.org/2000/svg}"
PNG = b"\x89PNG\r\n\x1a\n"
lon = st.floats(-180.0, 180.0)
lat = st.floats(-75.0, 75.0)


@pytest.fixture(scope="module")
def cut(store: Store) -> Shock:
    return Study(store=store).shock("rare_earths", cut="CHN", share=0.4, year=2009, draws=5)


@pytest.mark.parametrize("name", ["japan", "korea", "germany"])
def test_every_source_that_a_section_names_is_known(name: str, request: pytest.FixtureRequest) -> None:
    parts = sections(request.getfixturevalue(name))
    assert set(source_ids(parts)) <= set(sources())
    cells = [c for t in tables(parts) if "source_id" in t.frame.columns for c in t.frame["source_id"].drop_nulls()]
    rows = {name for cell in cells for name in cell.split(";")}
    assert rows <= set(sources())
    keys = [table.key for table in tables(parts)]
    assert len(keys) == len(set(keys))


def test_a_report_with_every_section_is_written_whole(japan: Report, store: Store, tmp_path: Path) -> None:
    folder = write(japan, tmp_path / "brief", store)
    text = (folder / "annex.html").read_text(encoding="utf-8")
    assert all(f'<section id="{key}"' in text for key in ("shock", "corridors", "hindcast"))
    for name in ("loss-prices", "corridor-kaz-khromtau-chromium-map", "hindcast-idn-baux-ban-2014-bauxite"):
        assert ElementTree.parse(folder / "figures" / f"{name}.svg").getroot().tag == f"{SVG}svg"
    assert (folder / "data" / "corridor-alternatives.csv").stat().st_size > 0


def test_a_map_is_a_drawing_with_a_line_for_each_independent_corridor(chromite: Routes, tmp_path: Path) -> None:
    root = ElementTree.parse(write_map(chromite, tmp_path / "map.svg")).getroot()
    texts = {text for element in root.iter(f"{SVG}text") if (text := "".join(element.itertext()))}
    assert {"Khromtau", "Yokohama"} <= texts
    assert len(texts & set(numbered_names(chromite))) == chromite.independent_corridors


def test_a_route_round_the_world_is_cut_at_the_edge_of_the_map(network: Corridors) -> None:
    frame, view = route_frame(route(network, "KAZ:Boguty", "USA:NewYork", "tungsten"))
    lines = frame.filter(pl.col("what") == "line").sort("piece", "order")
    turned = (lines["lon"] - view.centre).to_list()
    pieces = lines["piece"].to_list()
    steps = [abs(b - a) for a, b, p, q in zip(turned, turned[1:], pieces, pieces[1:], strict=False) if p == q]
    assert max(steps) <= 180.0
    assert max(map(abs, turned)) <= 180.0
    assert max(map(abs, turned)) > 179.9


def test_a_map_page_runs_nothing_and_asks_for_nothing(chromite: Routes, tmp_path: Path) -> None:
    text = write_map(chromite, tmp_path / "map.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", text.split("<svg")[0])
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"&#39;sha256-{digest}&#39;" in text or f"'sha256-{digest}'" in text
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text


def test_a_map_page_tells_what_was_closed_and_what_was_built(network: Corridors) -> None:
    routes = route(network, "KAZ:Khromtau", "JPN:Yokohama", "chromium", close=["CHN", "suez"], upgrade=["customs"])
    text = page(routes, figure(routes))
    assert "Closed: China and Suez Canal." in text
    assert "Taken as built: Customs digitisation" in text


def test_a_map_page_shows_the_notes_and_the_sources_of_the_answer(chromite: Routes) -> None:
    text = html.unescape(page(chromite, figure(chromite)))
    assert all(note in text for note in chromite.notes)
    assert all(citation in text for citation in chromite.to_dict()["sources"].values())


def test_pictures_in_files_show_the_notes_of_their_answers(chromite: Routes, cut: Shock, tmp_path: Path) -> None:
    for path, notes in (
        (write_map(chromite, tmp_path / "map.svg"), chromite.notes),
        (write_chart(cut, tmp_path / "shock.svg"), cut.notes),
    ):
        shown = "".join("".join(ElementTree.parse(path).getroot().itertext()).split())
        assert notes
        assert [note for note in notes if "".join(note.split()) not in shown] == []


@pytest.mark.parametrize("name", ["map.png", "map", "map.html.gz"])
def test_a_map_of_another_ending_is_refused_and_nothing_written(chromite: Routes, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"\.html or \.svg"):
        write_map(chromite, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_shock_is_drawn_as_svg(cut: Shock, tmp_path: Path) -> None:
    root = ElementTree.parse(write_chart(cut, tmp_path / "shock.svg")).getroot()
    texts = {"".join(element.itertext()) for element in root.iter(f"{SVG}text")}
    assert {"Japan", "China", "price paid, times base", "share of imports"} <= texts
    assert [path.name for path in tmp_path.iterdir()] == ["shock.svg"]


def test_the_title_of_a_chart_names_mineral_and_stage(cut: Shock, store: Store) -> None:
    one = Study(store=store).shock("rare_earths", cut="CHN", share=0.4, year=2009, stage="compound", draws=2)
    titles = [figure_of_shock(found).caption for found in (cut, one)]
    assert titles[0].startswith("Rare earths: CHN exports 40% less")
    assert titles[1].startswith("Rare earths (compound): CHN exports 40% less")


def test_a_band_that_goes_on_beyond_the_models_range_ends_in_an_arrow_at_the_end_of_the_axis(store: Store) -> None:
    found = Study("CHN", store=store).shock("niobium", cut="BRA", share=1.0, year=2022, draws=3)
    frame = figure_of_shock(found).frame
    known = found.rows.filter(pl.col("variable") == "price_paid", pl.col("role") != "member")
    goes_on = known.filter(pl.col("high").is_null())
    assert goes_on.height > 0
    drawn = frame.filter("price_open")
    assert drawn.height == goes_on.height
    assert drawn["price_high"].unique().to_list() == [BEYOND]
    assert drawn["price_text"].str.ends_with(f">{BEYOND:g})").all()


def test_a_price_beyond_the_models_range_is_an_arrow_at_the_end_of_the_axis(cut: Shock) -> None:
    paid = (pl.col("variable") == "price_paid") & (pl.col("country") == "CHN")
    none = [pl.when(~paid).then(pl.col(name)).alias(name) for name in ("low", "central", "high")]
    beyond = replace(cut, rows=cut.rows.with_columns(*none, beyond=pl.col("beyond") | paid))
    (china,) = figure_of_shock(beyond).frame.filter(pl.col("price_text").is_not_null(), name="China").to_dicts()
    assert (china["price"], china["price_open"]) == (None, True)
    assert (china["price_low"], china["price_high"]) == (BEYOND, BEYOND)
    assert "beyond the model's range" in china["price_text"]


def test_a_region_is_drawn_as_one_buyer(store: Store) -> None:
    found = Study("EU27", store=store).shock("cobalt", cut="COD", share=0.3, year=2019, draws=2)
    frame = figure_of_shock(found).frame
    assert frame["name"][0] == "EU27"
    assert not {"Belgium", "Finland"} & set(frame["name"])


def test_a_shock_is_drawn_as_png(cut: Shock, tmp_path: Path) -> None:
    assert write_chart(cut, tmp_path / "shock.png").read_bytes().startswith(PNG)


def test_a_chart_of_another_ending_is_refused_and_nothing_written(cut: Shock, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="written as"):
        write_chart(cut, tmp_path / "shock.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_chart_that_fails_leaves_what_stood_there(
    cut: Shock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "shock.png"
    path.write_bytes(b"before")

    def fail(*_: object, **__: object) -> bytes:
        raise OSError("disk full")

    monkeypatch.setattr("typst.compile", fail)
    with pytest.raises(OSError, match="disk full"):
        write_chart(cut, path)
    assert path.read_bytes() == b"before"
    assert [p.name for p in tmp_path.iterdir()] == ["shock.png"]


@given(st.lists(st.tuples(lon, lat), min_size=2, max_size=12))
def test_every_point_lies_on_the_map(points: list[tuple[float, float]]) -> None:
    """By the formula of the projection: x from the turned longitude, y from Mercator's latitude."""
    view = fitted([x for x, _ in points], [y for _, y in points])
    for east, north in points:
        turned = (east - view.centre + 180.0) % 360.0 - 180.0
        x = view.width / 2 + view.scale * math.radians(turned)
        y = view.middle - view.scale * math.log(math.tan(math.pi / 4 + math.radians(north) / 2))
        assert view.place(view.turned(east), north) == pytest.approx((x, y))
        assert -1e-6 <= x <= WIDTH + 1e-6
        assert -1e-6 <= y <= view.height + 1e-6


@given(st.floats(1e-6, 1e6), st.floats(1.0, 1e6))
def test_ticks_lie_between_the_ends_three_to_a_decade(low: float, factor: float) -> None:
    ticks = log_ticks(low, low * factor)
    assert list(ticks) == sorted(set(ticks))
    assert all(low <= tick <= low * factor for tick in ticks)
    # Each whole decade of the span holds a 1, a 2 and a 5.
    assert len(ticks) >= 3 * math.floor(math.log10(factor) + 1e-12)
