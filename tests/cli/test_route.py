"""Golden case: chromite from Khromtau to Yokohama with China closed and customs digitised, and what can go wrong.

The expected table was written by the command itself and read through; a change of it is a change of the network or of
its rates and needs a reason.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sogdia.study import Study
from support.cli import run

EXPECTED = Path(__file__).parent / "route_khromtau.csv"
ASKED = ("KAZ:Khromtau", "JPN:Yokohama", "--mineral", "chromium", "--close", "CHN", "--upgrade", "customs")
NUMBERS = (
    "cost_usd_per_t", "cost_low_usd_per_t", "cost_high_usd_per_t", "days", "border_hours", "co2_kg_per_t",
    "capacity_t_per_year",
)  # fmt: skip
WORDS = ("via", "countries", "chokepoints")
RELATIVE = 1e-3
PLACES = "id,name,country,lat,lon,kind\nKAZ:NewMine,New mine,KAZ,49.5,73.9,mine\n"
LINKS = "from,to,mode\nKAZ:NewMine,KAZ:Karaganda,road\n"
OWN_PLACES = """id,name,country,lat,lon,kind
KAZ:Pit,Pit,KAZ,43.6,51.2,mine
KAZ:Quay,Quay,KAZ,43.7,51.4,port_ocean
JPN:Dock,Dock,JPN,35.4,139.6,destination
"""
OWN_LINKS = """from,to,mode,km,hours,gauge_mm,capacity_t_per_year
KAZ:Pit,KAZ:Quay,rail,30,2,1520,1000000
KAZ:Quay,JPN:Dock,sea,9000,400,,
"""


def read(text: str) -> dict[str, Any]:
    """A JSON answer; anything that is no JSON (NaN, Infinity) is refused."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    content: dict[str, Any] = json.loads(text, parse_constant=refuse)
    return content


@pytest.fixture
def expected() -> list[dict[str, str]]:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_alternatives_are_the_expected_ones(
    capsys: pytest.CaptureFixture[str], expected: Sequence[dict[str, str]]
) -> None:
    status, out, _ = run(capsys, "route", *ASKED, "--json")
    assert status == 0
    found = read(out)["alternatives"]
    assert [[row[name] for name in WORDS] for row in found] == [[row[name] for name in WORDS] for row in expected]
    for row, known in zip(found, expected, strict=True):
        for name in NUMBERS:
            value = float(known[name]) if known[name] else None
            assert row[name] == (value if value is None else pytest.approx(value, rel=RELATIVE)), (row["via"], name)


def test_python_gives_the_same_answer_as_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "route", *ASKED, "--json")
    routes = Study().route("KAZ:Khromtau", "JPN:Yokohama", mineral="chromium", close=["CHN"], upgrade=["customs"])
    content = read(out)
    assert content == routes.to_dict()


def test_the_tables_name_corridors_premium_and_what_is_shared(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "route", *ASKED, "--full")
    assert status == 0
    for said in (
        "Closed: China.", "Taken as built: Customs digitisation", "The premium of independence",
        "What each corridor shares with the others", "Figures behind this answer:", "by Poti",
        "The best way that can be used",
        "Not usable by this buyer today: russia_sanctions since 2022-02-28",
    ):  # fmt: skip
        assert said in " ".join(out.split())


def test_the_answer_names_the_best_what_is_cheaper_and_shut_and_how_the_others_compare(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, _ = run(capsys, "route", "KAZ:Aktobe", "JPN:Yokohama", "-m", "chromium", "--stage", "alloy", "--json")
    answer = read(out)
    assert answer["best"] == answer["alternatives"][0]
    assert "CHN" in answer["best"]["countries"]
    (shut,) = answer["cheaper_not_usable"]
    assert shut["cost_usd_per_t"] < answer["best"]["cost_usd_per_t"]
    assert "RUS" in shut["countries"]
    assert "2022-02-28" in shut["reason"]
    for other in answer["alternatives"]:
        assert other["status_now"] in ("open", "limited")
        assert other["p_closure_12m_low"] <= other["p_closure_12m"] <= other["p_closure_12m_high"] <= 1
        difference = other["difference_to_best"]
        assert difference["low"] <= difference["central"] <= difference["high"]
    assert sum(other["probability_cheapest"] for other in answer["alternatives"]) == pytest.approx(1)
    assert answer["if_main_country_closes"]["country"] == "CHN"
    assert any("Lianyungang" in way["statement"] for way in answer["on_record"])


def test_names_may_stand_in_one_option_with_commas(capsys: pytest.CaptureFixture[str]) -> None:
    end = ("KAZ:Khromtau", "--mineral", "chromium", "--json")
    _, one, _ = run(capsys, "route", *end, "--close", "CHN,suez")
    _, two, _ = run(capsys, "route", *end, "--close", "CHN", "--close", "suez")
    assert read(one) == read(two)
    assert read(one)["closed"] == ["CHN", "suez"]


def test_the_port_is_the_importers_when_none_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "route", "KAZ:Khromtau", "--mineral", "chromium", "--importer", "KOR", "--json")
    assert read(out)["destination"] == "KOR:Busan"


def test_map_and_lines_are_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page, lines = tmp_path / "map.html", tmp_path / "lines.geojson"
    status, out, err = run(capsys, "route", *ASKED, "--map", str(page), "--geojson", str(lines), "--json")
    assert status == 0
    assert str(page) in err
    assert str(lines) in err
    kinds = {feature["geometry"]["type"] for feature in read(lines.read_text(encoding="utf-8"))["features"]}
    assert kinds == {"MultiLineString", "Point"}
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "strait, canal or closed sea on the way" in text
    assert read(out)["upgrades"] == ["customs"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("KAZ:Kromtau", "JPN:Yokohama", "-m", "chromium"), "Did you mean KAZ:Khromtau"),
        (("KAZ:Khromtau", "JPN:Yokohoma", "-m", "chromium"), "Did you mean JPN:Yokohama"),
        (("KAZ:Khromtau", "JPN:Yokohama", "-m", "chromum"), "Did you mean chromium"),
        (("KAZ:Khromtau", "JPN:Yokohama", "-m", "chromium", "--stage", "gas"), "unknown stage of chromium"),
        (("KAZ:Khromtau", "JPN:Yokohama", "-m", "chromium", "--close", "CHM"), "unknown closure"),
        (("KAZ:Khromtau", "JPN:Yokohama", "-m", "chromium", "--upgrade", "custom"), "Did you mean customs"),
        (("KAZ:Khromtau", "JPN:Yokohama", "-m", "chromium", "--k", "0"), "at least one"),
        (("KAZ:Khromtau", "-m", "chromium", "-i", "CHE"), "no port of Switzerland"),
        (("KAZ:Khromtau", "-m", "chromium", "--close", "KAZ:Nikeltau"), "no route from KAZ:Khromtau"),
        (("KAZ:Khromtau", "-m", "chromium", "--places", "p.csv"), "Give links too (--links"),
        (("KAZ:Khromtau", "-m", "chromium", "--links", "none.csv"), "none.csv"),
        (("KAZ:Khromtau", "-m", "chromium", "--network", "nowhere"), "the folder must exist"),
    ],
)
def test_what_cannot_be_answered_is_said_and_the_status_is_2(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, "route", *arguments, "--geojson", "lines.geojson")
    assert (status, out) == (2, "")
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_a_map_of_another_ending_is_refused_before_anything_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, "route", *ASKED, "--map", "map.pdf", "--geojson", "lines.geojson")
    assert (status, out) == (2, "")
    assert "Use .html or .svg" in err
    assert list(tmp_path.iterdir()) == []


def test_links_of_ones_own_join_the_network(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    places, links = tmp_path / "places.csv", tmp_path / "links.csv"
    places.write_text(PLACES, encoding="utf-8")
    links.write_text(LINKS, encoding="utf-8")
    own = ("--links", str(links), "--places", str(places), "--json")
    status, out, _ = run(capsys, "route", "KAZ:NewMine", "--mineral", "tungsten", *own)
    assert status == 0
    assert read(out)["hangs_on"][-1] == {"kind": "link", "name": "KAZ:NewMine--KAZ:Karaganda:road"}


def test_a_network_of_ones_own_takes_the_place_of_the_embedded_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "nodes.csv").write_text(OWN_PLACES, encoding="utf-8")
    (tmp_path / "links.csv").write_text(OWN_LINKS, encoding="utf-8")
    page = tmp_path / "map.svg"
    end = ("--network", str(tmp_path), "--json", "--map", str(page))
    status, out, err = run(capsys, "route", "KAZ:Pit", "--mineral", "chromium", *end)
    assert (status, err.strip()) == (0, str(page))
    (only,) = read(out)["alternatives"]
    assert only["km"] == 9030
    assert read(out)["destination"] == "JPN:Dock"


COPPERBELT = """id,name,country,lat,lon,kind
COD:Kolwezi,Kolwezi,COD,-10.7,25.5,mine
ZMB:Ndola,Ndola,ZMB,-12.97,28.6,rail
"""
COPPERBELT_LINKS = """from,to,mode,border
COD:Kolwezi,ZMB:Ndola,road,kasumbalesa
"""
COPPERBELT_BORDERS = (
    "id,name,country_a,country_b,mode,hours_low,hours_central,hours_high,"
    "usd_per_t_low,usd_per_t_central,usd_per_t_high\n"
    "kasumbalesa,Kasumbalesa,COD,ZMB,road,10,48,120,5,10,20\n"
)


def copperbelt(folder: Path) -> tuple[str, ...]:
    for name, text in (("nodes", COPPERBELT), ("links", COPPERBELT_LINKS), ("borders", COPPERBELT_BORDERS)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return ("COD:Kolwezi", "ZMB:Ndola", "-m", "copper", "--network", str(folder))


def test_an_origin_without_surveyed_papers_is_answered_and_the_assumption_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = copperbelt(tmp_path)
    status, out, _ = run(capsys, "route", *asked, "--full")
    assert status == 0
    assert "Nobody surveyed the export papers of COD: USD 5.52 a tonne is assumed" in " ".join(out.split())
    _, out, _ = run(capsys, "route", *asked, "--json")
    note, evidence = read(out)["notes"]
    assert "--formalities" in note
    assert "assumed" in evidence


@pytest.mark.parametrize("given", ["option", "folder"])
def test_papers_of_ones_own_are_used_and_the_note_is_gone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, given: str
) -> None:
    asked = copperbelt(tmp_path)
    papers = tmp_path / ("formalities.csv" if given == "folder" else "papers.csv")
    papers.write_text("country,usd_per_t_low,usd_per_t_central,usd_per_t_high\nCOD,30,40,50\n", encoding="utf-8")
    more = () if given == "folder" else ("--formalities", str(papers))
    status, out, _ = run(capsys, "route", *asked, "--json", *more)
    assert status == 0
    answer = read(out)
    assert not any("Nobody surveyed" in note for note in answer["notes"])
    assert "OWN_NETWORK" in answer["sources"]
    paid = [row["usd_per_t"] for row in answer["breakdown"] if row["component"] == "formalities"]
    assert paid == [30, 40, 50]


def drawn(text: str, positions: dict[str, tuple[float, float]]) -> list[dict[str, Any]]:
    """GeoJSON features of a CSV table, with points or lines by the ids in it."""
    features = []
    for row in csv.DictReader(text.splitlines()):
        ends = [row[name] for name in ("id", "from", "to") if name in row]
        points = [list(positions[end]) for end in ends]
        shape = {"type": "Point", "coordinates": points[0]} if len(points) == 1 else None
        shape = shape or {"type": "LineString", "coordinates": points}
        features.append({"type": "Feature", "geometry": shape, "properties": row})
    return features


@pytest.mark.parametrize("option", ["--network", "--links"])
def test_a_network_drawn_as_geojson_is_read(capsys: pytest.CaptureFixture[str], tmp_path: Path, option: str) -> None:
    at = {"KAZ:NewMine": (73.9, 49.5), "KAZ:Karaganda": (73.1, 49.8), "KAZ:Town": (73.1, 49.8)}
    far = "KAZ:Karaganda" if option == "--links" else "KAZ:Town"
    places = PLACES if option == "--links" else f"{PLACES}KAZ:Town,Town,KAZ,49.8,73.1,plant\n"
    links = LINKS.replace("KAZ:Karaganda", far)
    features = [*drawn(places, at), *drawn(links, at)]
    path = tmp_path / "drawing.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    status, out, err = run(capsys, "route", "KAZ:NewMine", far, "-m", "tungsten", option, str(path), "--json")
    assert (status, err) == (0, "")
    assert read(out)["alternatives"][0]["km"] > 0


def test_places_in_lower_case_and_without_country_are_understood(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "route", "khromtau", "yokohama", "-m", "chromium", "--json")
    assert (read(out)["origin"], read(out)["destination"]) == ("KAZ:Khromtau", "JPN:Yokohama")
