"""What is asked in words is what is answered: names, years, events, corridors; and a fault names its keyword."""

from __future__ import annotations

from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from sogdia import Study
from sogdia.data import Store
from sogdia.errors import InputError, NoAnswerError, UnknownNameError
from sogdia.market import Scenario, calibrate, draw
from sogdia.market.events import AtStage, ExportLimit
from sogdia.shock.chain_shock import chain_shock
from sogdia.shock.market_shock import shock
from sogdia.shock.question import ShockOptions, shock_question
from sogdia.shock.supplier_loss import supplier_losses

CUT = Scenario("a cut", (ExportLimit("CHN", share=0.4),))


@pytest.fixture(scope="module")
def study(store: Store) -> Study:
    return Study(store=store)


def scenario_of(study: Study, **asked: object) -> Scenario:
    return shock_question(study.store, study.importer, study.year, "tin", asked).scenario  # type: ignore[arg-type]


def test_a_country_with_its_share_and_the_notation_are_the_same_cut(study: Study) -> None:
    events = (ExportLimit("CHN", share=0.4),)
    assert scenario_of(study, cut="China", share=0.4).events == events
    assert scenario_of(study, cut="CHN=0.4").events == events
    assert scenario_of(study, cut="CHN").events == (ExportLimit("CHN", share=1.0),)
    assert scenario_of(study, cut="CHN:Japan@ore", share=0.4).events == (
        AtStage(ExportLimit("CHN", share=0.4, destinations=("JPN",)), "ore"),
    )


def test_events_frictions_and_stocks_are_written_in_words(study: Study) -> None:
    scenario = scenario_of(
        study, cut=["CHN=0.4", "IDN=0.1"], demand="WORLD=1.1", horizon_years=2, contracted_share=0.2, stock="Japan=60"
    )
    assert scenario.describe() == "CHN exports 40% less; IDN exports 10% less; demand of the world grows by 10%"
    assert scenario.name == scenario.describe()
    assert (scenario.horizon_years, scenario.contracted_share, scenario.stock_days) == (2, 0.2, {"JPN": 60.0})
    assert scenario_of(study, cut="CHN=0.4", stock={"Japan": 60}).stock_days == {"JPN": 60}


def test_names_in_a_scenario_are_resolved(study: Study) -> None:
    named = Scenario("x", (ExportLimit("China", share=0.4),), stock_days={"Japan": 60}, spare={"Peru": 1.1})
    scenario = scenario_of(study, scenario=named)
    assert scenario.events == (ExportLimit("CHN", share=0.4),)
    assert (scenario.stock_days, scenario.spare, scenario.name) == ({"JPN": 60}, {"PER": 1.1}, "x")


def test_minerals_stages_years_and_files_are_resolved(study: Study, tmp_path: Path) -> None:
    asked: ShockOptions = {"cut": "CHN=0.4", "stage": "Compound", "base_years": "2006-2008"}
    question = shock_question(study.store, study.importer, study.year, "Rare earths", asked)
    assert (question.mineral.key, question.stage, question.years) == ("rare_earths", "compound", (2006, 2007, 2008))
    path = tmp_path / "a.toml"
    path.write_text('mineral = "Rare earths"\nbase_years = "2006-2008"\ncut = "CHN=0.4"\n', encoding="utf-8")
    from_file = shock_question(study.store, study.importer, study.year, None, {"scenario": str(path)})
    assert (from_file.mineral.key, from_file.years) == ("rare_earths", (2006, 2007, 2008))
    other = shock_question(study.store, study.importer, study.year, "tin", {"scenario": path, "year": 2010})
    assert (other.mineral.key, other.years) == ("tin", (2010,))


def test_base_years_count_once_and_in_order(study: Study) -> None:
    asked: ShockOptions = {"cut": "CHN=0.4", "base_years": [2008, 2006, 2008]}
    assert shock_question(study.store, study.importer, study.year, "tin", asked).years == (2006, 2008)


UNKNOWN = {
    "mineral": ("rare_erths", {"cut": "CHN=0.4"}, "Did you mean rare_earths"),
    "country": ("tin", {"cut": "Chin=0.4"}, "Did you mean China"),
    "stage": ("tin", {"cut": "CHN=0.4", "stage": "meatl"}, "Did you mean metal"),
    "country of an event": (
        "tin",
        {"scenario": Scenario("x", (ExportLimit("Chin", share=0.4),))},
        "Did you mean China",
    ),
    "corridor state": ("lead", {"corridor": "china_disputes"}, "Did you mean china_dispute"),
}


@pytest.mark.parametrize(("mineral", "asked", "hint"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_name_tells_the_nearest(study: Study, mineral: str, asked: ShockOptions, hint: str) -> None:
    with pytest.raises(UnknownNameError, match=hint):
        study.shock(mineral, **asked)


WRONG = {
    "no draws": ({"cut": "CHN=0.4", "draws": 0}, "draws", "1 or more"),
    "draws as text": ({"cut": "CHN=0.4", "draws": "5"}, "draws", "1 or more"),
    "nothing": ({}, "events", "nothing happens"),
    "share above one": ({"cut": "CHN", "share": 1.4}, "share", "between 0 and 1"),
    "two shares": ({"cut": "CHN=0.4", "share": 0.3}, "share", "belongs to a cut that names a country alone"),
    "share of nothing": ({"quota": "CHN=3", "share": 0.3}, "share", "belongs to a cut that names a country alone"),
    "scenario and event": ({"scenario": CUT, "cut": "CHN=0.4"}, "cut", "a scenario says itself what happens"),
    "scenario and stock": ({"scenario": CUT, "stock": "JPN=3"}, "stock", "a scenario says itself what happens"),
    "no horizon": ({"cut": "CHN=0.4", "horizon_years": 0}, "horizon_years", "above 0 years"),
    "all contracted": ({"cut": "CHN=0.4", "contracted_share": 1}, "contracted_share", "below 1"),
    "negative stock": ({"cut": "CHN=0.4", "stock": "JPN=-3"}, "stock", "must not be negative"),
    "year twice": ({"cut": "CHN=0.4", "year": 2009, "base_years": [2008]}, "base_years", "exclude each other"),
    "days without a state": ({"cut": "CHN=0.4", "corridor_days": 60}, "corridor_days", "belong to a corridor state"),
    "horizon in words": (
        {"cut": "CHN=0.4", "horizon_years": "long"},
        "horizon_years",
        "is a number, but .* is of type str",
    ),
    "days in words": ({"corridor": "red_sea", "corridor_days": "60"}, "corridor_days", "is a number"),
    "a truth for a share": ({"cut": "CHN", "share": True}, "share", "is a number, but True is of type bool"),
    "stage as a number": ({"cut": "CHN=0.4", "stage": 3}, "stage", "is a name"),
    "scenario as a number": ({"scenario": 3}, "scenario", "the path of its file"),
    "one base year": ({"cut": "CHN=0.4", "base_years": 2009}, "base_years", "a list of years"),
    "no text": ({"cut": 0.4}, "cut", "it is written as text"),
}


@pytest.mark.parametrize(("asked", "keyword", "rule"), WRONG.values(), ids=WRONG)
def test_a_fault_names_its_keyword(study: Study, asked: ShockOptions, keyword: str, rule: str) -> None:
    with pytest.raises(InputError, match=rule) as error:
        study.shock("tin", **asked)
    assert [fault.file for fault in error.value.faults] == [keyword]


def test_no_draws_are_refused_wherever_they_are_asked_for(study: Study) -> None:
    store, importer = study.store, study.importer
    tin = store.mineral("tin")
    for ask in (
        lambda: study.shock("tin", cut="CHN=0.4", draws=0),
        lambda: study.shock_chain("cobalt", cut="COD=0.4", draws=0),
        lambda: study.supplier_losses("tin", draws=0),
        lambda: shock(store, "tin", [2020], CUT, importer, draws=0),
        lambda: chain_shock(store, "cobalt", [2020], CUT, importer, draws=0),
        lambda: supplier_losses(store, importer, [tin], 2020, draws=0),
        lambda: draw(study.shock("nickel", cut="PHL=0.4", year=2020, draws=1, ore_only=True).elasticities, 0),
    ):
        with pytest.raises(InputError, match="draws: found '0'"):
            ask()


def test_a_keyword_that_does_not_exist_is_pythons_own_error(study: Study) -> None:
    with pytest.raises(TypeError, match=r"shock\(\) got an unexpected keyword argument 'cutt'\. Did you mean cut"):
        study.shock("tin", cutt="CHN=0.4")  # type: ignore[call-arg]


def test_a_stage_that_the_mineral_has_not_is_no_answer(study: Study) -> None:
    with pytest.raises(NoAnswerError, match="compound, metal"):
        study.shock("rare_earths", cut="CHN=0.4", stage="ore")


def test_a_chain_takes_no_stage(study: Study) -> None:
    with pytest.raises(InputError, match=r"stage: found 'metal'; a chain has all its stages.*CHN=0.4@metal"):
        study.shock_chain("cobalt", cut="COD=0.4", stage="metal")


def test_a_corridor_state_adds_its_events_and_notes_to_those_asked(study: Study) -> None:
    found = study.corridor_events("rare_earths", state="china_dispute", year=2019)
    own = study.shock("rare_earths", corridor="china_dispute", year=2019, draws=1)
    assert own.scenario.events == found.events
    assert own.notes[: len(found.notes)] == found.notes
    handed = study.shock("rare_earths", corridor=found, year=2019, draws=1)
    assert (handed.scenario, handed.notes, handed.sources()) == (own.scenario, own.notes, own.sources())
    assert_frame_equal(handed.rows, own.rows)
    both = study.shock("rare_earths", cut="USA=0.5", corridor=found, year=2019, draws=1)
    assert both.scenario.events == (ExportLimit("USA", share=0.5), *found.events)
    with pytest.raises(InputError, match="corridor_days"):
        study.shock("rare_earths", corridor=found, corridor_days=30, year=2019)


def test_the_market_of_a_question_is_that_of_its_base_years(study: Study) -> None:
    answer = study.shock("nickel", cut="PHL=0.4", base_years="2018-2019", draws=1, ore_only=True)
    assert answer.years == (2018, 2019)
    assert answer.table()["year"].unique().to_list() == ["2018-2019"]
    market = calibrate(study.store, study.store.mineral("nickel"), [2018, 2019])
    used = answer.rows.filter(role="importer", variable="use")["base"].item()
    assert used == pytest.approx(market.flows[:, market.consumer("JPN")].sum())
