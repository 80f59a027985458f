"""Does `sogdia hindcast` print what it found, as tables and as JSON, for a file of one's own too?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.cli import run

MALAYSIA = (
    "event_id,mineral,hs6,country,start,first_year,last_year,kind,size\n"
    "MYS_BAUX_2016,bauxite,260600,MYS,2016-01,2016,2016,export_ban,{size}\n"
)


def written(folder: Path, text: str) -> str:
    path = folder / "events.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def refuse(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def test_a_file_of_one_event_gives_its_two_modes_and_the_errors(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, out, err = run(capsys, "hindcast", "--events", written(tmp_path, MALAYSIA.format(size=0.8)), "--full")
    assert status == 0
    for part in ("conditional mode", "ex_ante mode", "MYS_BAUX_2016", "conditional, first year", "Not judged"):
        assert part in out
    assert "\x1b" not in err


def test_json_has_every_table_and_no_figure_that_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = run(capsys, "hindcast", "--events", written(tmp_path, MALAYSIA.format(size=0.8)), "--json")
    assert status == 0
    found = json.loads(out, parse_constant=refuse)
    assert set(found) == {"metrics", "pairs", "rivals", "volumes", "elasticities", "left_out", "notes", "sources"}
    assert {"CEPII_BACI", "SOGDIA_ASSUMPTION"} <= set(found["sources"])
    assert {pair["importer"] for pair in found["pairs"]} == {"CHN"}
    assert {row["metric"] for row in found["metrics"]} >= {"share_error_median", "price_error_mean"}
    teachers = found["elasticities"]["bulk_ore"]["events"]
    assert teachers[0] == "MYS_BAUX_2016 bauxite"
    assert {"IDN_NI_BAN_2014 nickel", "IND_FE_BANS_2010 iron"} <= set(teachers)
    assert {pair["event_id"] for pair in found["pairs"]} == {"MYS_BAUX_2016"}
    assert {rival["rival"] for rival in found["rivals"]} >= {"AUS", "GIN"}


def test_a_file_of_events_in_words_is_scored_in_both_modes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = "event,mineral,country,first year,size\nMoratorium,bauxite,Malaysia,2016,mining moratorium\n"
    status, out, _ = run(capsys, "hindcast", "--events", written(tmp_path, words), "--json")
    assert status == 0
    found = json.loads(out, parse_constant=refuse)
    first = [pair for pair in found["pairs"] if pair["year"] == 2016]
    assert {(pair["mode"], pair["scored"]) for pair in first} == {("conditional", True), ("ex_ante", True)}
    assert not any(pair["size_documented"] for pair in first)
    assert {row["mode"] for row in found["metrics"]} == {"conditional", "ex_ante"}


def test_a_larger_least_share_leaves_small_importers_unscored(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = written(tmp_path, MALAYSIA.format(size=0.8))
    _, out, _ = run(capsys, "hindcast", "--events", path, "--min-share", "0.9", "--json")
    assert json.loads(out)["metrics"] == []


REFUSED = {
    "no file": (None, "none.csv: the file does not exist. Check the path."),
    "no header": ("a,b\n1,2\n", "the first line names the columns event_id, country, first_year"),
    "empty": ("", "events.csv"),
    "no column": ("event_id,country\nA,CHN\n", "first_year"),
    "unknown mineral": (MALAYSIA.format(size=0.8).replace("bauxite", "bauxit"), "Did you mean bauxite"),
    "size above one": (MALAYSIA.format(size=8), "size"),
    "unknown country": (MALAYSIA.format(size=0.8).replace(",MYS,", ",Malaysie,"), "Malaysia"),
}


@pytest.mark.parametrize("share", ["-1", "2", "nan"])
def test_a_least_share_that_is_none_is_refused_with_status_2(capsys: pytest.CaptureFixture[str], share: str) -> None:
    status, out, err = run(capsys, "hindcast", "--min-share", share)
    assert (status, out) == (2, "")
    assert "a share of world imports lies between 0 and 1" in " ".join(err.split())


def test_an_event_of_size_zero_is_listed_as_not_judged(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = run(capsys, "hindcast", "--events", written(tmp_path, MALAYSIA.format(size=0)), "--full")
    assert status == 0
    assert "Nothing was withheld" in out.partition("Not judged")[2]


@pytest.mark.parametrize(("text", "message"), REFUSED.values(), ids=REFUSED)
def test_a_file_with_faults_is_refused_with_status_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str | None, message: str
) -> None:
    path = str(tmp_path / "none.csv") if text is None else written(tmp_path, text)
    status, out, err = run(capsys, "hindcast", "--events", path)
    assert (status, out) == (2, "")
    assert message in " ".join(err.split())
