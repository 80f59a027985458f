"""Does `sogdia shock` answer what was asked, in tables and JSON, and refuse clearly what cannot be?"""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from sogdia import Study
from sogdia.answer import KEYS
from sogdia.data import Store
from sogdia.errors import InputError
from sogdia.market import Scenario
from sogdia.market.events import ExportLimit, OutputChange
from sogdia.market.scenario_file import read_scenario
from support.cli import run

CUT = ["rare_earths", "--year", "2009", "--cut", "CHN=0.4", "--draws", "3"]
FILE = """
name = "options"
mineral = "rare_earths"
year = 2009
contracted_share = 0.2
stock_days = { JPN = 60 }

[[event]]
kind = "export_limit"
country = "CHN"
share = 0.4

[[event]]
kind = "output_change"
country = "RUS"
factor = 0.5
"""
EVENTS = (ExportLimit("CHN", share=0.4), OutputChange("RUS", 0.5))


def rows(text: str) -> pl.DataFrame:
    """The rows of a JSON answer; anything that is not JSON (NaN, Infinity) is refused."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return pl.DataFrame(json.loads(text, parse_constant=refuse)["rows"], infer_schema_length=None)


def test_the_tables_name_importer_sources_other_buyers_and_producers(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "shock", *CUT, "--full")
    assert status == 0
    assert out.startswith("JPN, rare_earths: CHN exports 40% less; base 2009, horizon 1 year(s)")
    for part in ("Sources of imports", "Other consumers", "Producers", "scarcity rent", "Elasticities: substitution"):
        assert part in out


def test_options_a_file_and_python_give_the_same_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, store: Store
) -> None:
    path = tmp_path / "both.toml"
    path.write_text(FILE, encoding="utf-8")
    options = [*CUT, "--output", "RUS=0.5", "--contracted", "0.2", "--stock", "JPN=60", "--json"]
    by_options = rows(run(capsys, "shock", *options)[1])
    by_file = rows(run(capsys, "shock", str(path), "--draws", "3", "--json")[1])
    scenario = Scenario("options", EVENTS, contracted_share=0.2, stock_days={"JPN": 60.0})
    study = Study(store=store)
    in_python = study.shock("rare_earths", scenario=scenario, year=2009, draws=3).rows
    assert by_options.equals(by_file)
    assert by_options.to_dicts() == in_python.to_dicts()
    assert read_scenario(path).scenario.events == EVENTS


def test_cut_and_share_in_python_are_the_same_cut(store: Store) -> None:
    study = Study(store=store)
    short = study.shock("rare_earths", cut="China", share=0.4, year=2009, draws=2)
    long = study.shock(
        "rare_earths", scenario=Scenario("x", (ExportLimit("CHN", share=0.4),)), base_years=[2009], draws=2
    )
    assert short.rows.equals(long.rows)
    with pytest.raises(InputError, match="events: nothing happens"):
        study.shock("rare_earths", year=2009)
    with pytest.raises(InputError, match="year and base years exclude each other"):
        study.shock("rare_earths", cut="China", year=2009, base_years=[2006, 2007])


def test_a_year_given_as_an_option_goes_before_that_of_the_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "a.toml"
    path.write_text(FILE, encoding="utf-8")
    assert "; base 2010," in run(capsys, "shock", str(path), "--draws", "2", "--year", "2010")[1].replace("\n", " ")
    assert "; base 2006-2008," in run(capsys, "shock", str(path), "--draws", "2", "--base-years", "2006-2008")[
        1
    ].replace("\n", " ")


def test_json_of_an_embargo_that_cuts_buyers_off_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "shock", "graphite", "--year", "2022", "--embargo", "CHN", "--draws", "3", "--json")
    assert status == 0
    found = rows(out)
    keys = {"country", "role", "partner", "variable", "unit", "base", "low", "central", "high", "beyond"}
    assert keys == set(found.columns)
    left = found.filter(pl.col("variable") == "source_share", pl.col("partner") == "CHN")
    assert left["central"].to_list() == [0.0]


def test_a_region_has_a_row_for_itself_and_for_each_of_its_members(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["cobalt", "--importer", "EU27", "--year", "2019", "--cut", "COD=0.5", "--draws", "2", "--json"]
    found = rows(run(capsys, "shock", *arguments)[1])
    assert found.filter(pl.col("role") == "importer")["country"].unique().to_list() == ["EU27"]
    assert {"BEL", "FIN", "DEU"} <= set(found.filter(pl.col("role") == "member")["country"])


OTHER_KINDS = {
    "quota": (["--quota", "CHN=30000"], "CHN limits exports to 30,000 t"),
    "embargo of one": (["--embargo", "CHN:JPN"], "CHN stops exports to JPN"),
    "duty": (["--duty", "CHN=0.25"], "CHN taxes exports at 25%"),
    "duty on some": (["--duty", "CHN:JPN=0.25"], "CHN taxes exports to JPN at 25%"),
    "demand of a region": (["--demand", "CENTRAL_ASIA=1.1"], "demand of KAZ, KGZ, TJK, TKM, UZB grows by 10%"),
    "output": (["--output", "CHN=0.8"], "output of CHN falls by 20%"),
    "demand": (["--demand", "JPN=1.2"], "demand of JPN grows by 20%"),
    "demand of all": (["--demand", "WORLD=1.1"], "demand of the world grows by 10%"),
    "way": (["--way", "CHN:JPN=1.3"], "the way out of CHN to JPN costs +30%"),
    "cut to some": (["--cut", "CHN:JPN,USA=0.5"], "CHN exports 50% less to JPN, USA"),
    "two": (["--cut", "CHN=0.4", "--demand", "WORLD=1.1"], "CHN exports 40% less; demand of the world grows by 10%"),
}


@pytest.mark.parametrize(("options", "says"), OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_every_kind_of_event_can_be_an_option(
    capsys: pytest.CaptureFixture[str], options: list[str], says: str
) -> None:
    status, out, _ = run(capsys, "shock", "rare_earths", "--year", "2009", *options, "--draws", "2", "--json")
    assert status == 0
    assert json.loads(out)["scenario"] == says


def test_the_answer_notes_what_has_no_effect(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--quota", "CHN=99999999", "--output", "USA=1", "--draws", "2", "--json"]
    notes = json.loads(run(capsys, "shock", "rare_earths", "--year", "2009", *options)[1])["notes"]
    assert any("it binds only where they would grow" in note for note in notes)
    assert any("output of USA grows by 0%: changes nothing." in note for note in notes)


def test_the_revenue_of_a_duty_is_a_row_of_its_exporter(capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(
        run(capsys, "shock", "rare_earths", "--year", "2009", "--duty", "CHN=0.25", "--draws", "2", "--json")[1]
    )
    revenue = found.filter(pl.col("variable") == "duty_revenue", pl.col("central") != 0)
    assert revenue.select("country", "role", "unit").rows() == [("CHN", "producer", "kUSD")]
    assert revenue["central"].item() > 0


CORRIDOR = ["rare_earths", "--corridor", "china_dispute", "--year", "2019", "--draws", "2"]


def test_the_answer_says_for_how_many_days_of_the_year_a_corridor_state_holds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, out, err = run(capsys, "shock", *CORRIDOR, "--full")
    assert "china_dispute holds for 60 days of the year" in out
    assert err == ""
    long = json.loads(run(capsys, "shock", *CORRIDOR, "--corridor-days", "365", "--json")[1])
    assert "china_dispute holds all year" in long["notes"][0]
    assert "CHN stops exports to JPN" in long["scenario"]


def test_a_corridor_state_along_a_chain_notes_its_days_once(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "shock", *CORRIDOR, "--chain", "--json")[1])
    assert sum("for 60 days of the year" in note for note in found["notes"]) == 1
    assert len(found["stages"]) == 2


def test_a_corridor_state_is_put_on_the_market_of_the_shock(capsys: pytest.CaptureFixture[str]) -> None:
    """Kazakhstan sold Japan rare earths in 2019 but not in 2020."""
    arguments = ["rare_earths", "--corridor", "china_dispute", "--draws", "2", "--json"]
    both = json.loads(run(capsys, "shock", *arguments, "--base-years", "2019-2020")[1])
    assert "the way out of KAZ to JPN" in both["scenario"]
    status, out, _ = run(capsys, "shock", *arguments, "--year", "2020")
    assert status == 0
    assert "KAZ" not in json.loads(out)["scenario"]


REFUSED = {
    "unknown mineral": (["rare_erths", "--cut", "CHN=0.4"], "Did you mean rare_earths?"),
    "unknown country": (["rare_earths", "--cut", "XXX=0.4"], "unknown country 'XXX'"),
    "unknown importer": (["rare_earths", "--importer", "Japn", "--cut", "CHN=0.4"], "Japan"),
    "year before the data": (["rare_earths", "--year", "1980", "--cut", "CHN=0.4"], "the store holds 1995 to 2024"),
    "base years outside": (["rare_earths", "--base-years", "1993-1996", "--cut", "CHN=0.4"], "no trade for the year"),
    "base years reversed": (["rare_earths", "--base-years", "2008-2006", "--cut", "CHN=0.4"], "Write 2006-2008."),
    "base years in words": (["rare_earths", "--base-years", "before", "--cut", "CHN=0.4"], "Write 2006-2008."),
    "share above one": (["rare_earths", "--cut", "CHN=1.4"], "a share lies between 0 and 1"),
    "share below zero": (["rare_earths", "--cut", "CHN=-0.4"], "a share lies between 0 and 1"),
    "share is no number": (["rare_earths", "--cut", "CHN=nan"], "a share lies between 0 and 1"),
    "percent": (["rare_earths", "--quota", "CHN=40%"], "no percentage has a meaning here"),
    "no number": (["rare_earths", "--cut", "CHN"], "write PLACE=NUMBER"),
    "no exporter": (["rare_earths", "--year", "2009", "--cut", "SOM=0.4"], "an event there has no effect"),
    "no such flow": (["rare_earths", "--year", "2009", "--cut", "CHN:SOM=0.4"], "the event has no effect"),
    "contradiction": (["rare_earths", "--cut", "CHN=0.4", "--quota", "CHN=3000"], "two events set exports of CHN"),
    "nothing": (["rare_earths", "--year", "2009"], "nothing happens"),
    "output to a buyer": (["rare_earths", "--output", "CHN:JPN=0.5"], "a country's own"),
    "demand of a flow": (["rare_earths", "--demand", "JPN:USA=1.1"], "a country's own"),
    "stock of a flow": (["rare_earths", "--cut", "CHN=0.4", "--stock", "JPN:USA=60"], "a country's own"),
    "nobody after the colon": (["rare_earths", "--embargo", "CHN:"], "buyers are named after the colon"),
    "a gap after the colon": (["rare_earths", "--duty", "CHN:JPN,=0.1"], "buyers are named after the colon"),
    "stock twice": (["rare_earths", "--cut", "CHN=0.4", "--stock", "JPN=60", "--stock", "Japan=3"], "given twice"),
    "year and base years": (
        ["rare_earths", "--cut", "CHN=0.4", "--year", "2009", "--base-years", "2006-2008"],
        "exclude each other",
    ),
    "region as exporter": (["cobalt", "--cut", "EU27=0.4"], "EU27 is a region, and one country is needed"),
    "region with a stock": (["cobalt", "--cut", "COD=0.4", "--stock", "EU27=60"], "EU27 is a region"),
    "no horizon": (["rare_earths", "--cut", "CHN=0.4", "--horizon", "0"], "a horizon is above 0 years"),
    "all contracted": (["rare_earths", "--cut", "CHN=0.4", "--contracted", "1"], "contracted share"),
    "unknown stage": (["rare_earths", "--stage", "ore", "--cut", "CHN=0.4"], "compound, metal"),
    "ended code": (["germanium", "--year", "2020", "--cut", "CHN=0.4"], "ended in 2016"),
    "days without a state": (["lead", "--corridor-days", "60"], "days belong to a corridor state"),
    "no days": (["lead", "--corridor", "china_dispute", "--corridor-days", "0"], "more than 0 days"),
    "unknown corridor state": (["lead", "--corridor", "china_disputes"], "Did you mean china_dispute?"),
    "no file": (["none.toml"], "the file does not exist"),
    "no store": (["rare_earths", "--cut", "CHN=0.4", "--store", "nowhere"], "is no store"),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_is_refused_with_status_2_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, "shock", *arguments, "--chart", "chart.svg")
    assert (status, out) == (2, "")
    assert message in " ".join(err.split())
    assert list(tmp_path.iterdir()) == []


def test_a_file_and_events_as_options_are_refused_together(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(FILE, encoding="utf-8")
    own = ["--cut", "CHN=0.9"], ["--horizon", "3"], ["--contracted", "0.1"], ["--stock", "JPN=60"]
    for option in (*own, ["--corridor", "china_dispute"], ["--corridor-days", "60"], ["--upgrade", "customs"]):
        status, _, err = run(capsys, "shock", str(path), *option)
        assert status == 2
        assert "a scenario file says itself what happens" in err


def test_a_file_without_a_mineral_asks_for_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(FILE.replace('mineral = "rare_earths"', ""), encoding="utf-8")
    status, _, err = run(capsys, "shock", str(path))
    assert status == 2
    assert "a scenario names its mineral" in err


def test_the_long_table_has_a_row_for_every_figure_with_its_sources(store: Store) -> None:
    result = Study(store=store).shock("rare_earths", cut="CHN", share=0.4, year=2009, draws=2)
    table = result.table()
    assert table.height == 4 * result.rows.height
    assert table.columns == [*KEYS, "scenario", "role"]
    assert table.select("importer", "mineral", "year").unique().rows() == [("JPN", "rare_earths", "2009")]
    assert set(table["stat"]) == {"base", "low", "central", "high"}
    assert all("CEPII_BACI" in sources for sources in table["source_id"])


def test_help_lists_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    shown = run(capsys, "shock", "--help")[1]
    assert "--embargo" in shown


EXAMPLES = Path(__file__).parents[2] / "examples" / "shocks"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_example_of_a_scenario_runs(capsys: pytest.CaptureFixture[str], path: Path) -> None:
    status, out, _ = run(capsys, "shock", str(path), "--draws", "5", "--json")
    assert status == 0
    assert rows(out)["central"].is_not_null().any()
