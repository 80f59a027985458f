"""Scenarios have names, and a name that the store cannot answer says why."""

from __future__ import annotations

import json

import pytest

from sogdia.answer import KEYS
from sogdia.data.events import restriction_events
from sogdia.errors import InputError, NoAnswerError, UnknownNameError
from sogdia.network import embedded_states
from sogdia.scenarios.case import case_question
from sogdia.scenarios.documented import documented_cases


def test_every_documented_event_has_a_name_of_its_own(store):
    cases = documented_cases(store)
    assert len(cases) == len(restriction_events(store))
    assert len({case.name for case in cases}) == len(cases)


def test_a_name_means_the_event_that_struck_all_buyers(store):
    cases = {case.name: case for case in documented_cases(store)}
    assert cases["antimony_2024"].event.event_id == "CHN_SB_2024"
    assert cases["nickel_2014"].event.country == "IDN"
    assert cases["cobalt_2025"].event.event_id == "COD_CO_BAN_2025"


@pytest.mark.parametrize("name", ["antimony_2024", "Antimony 2024", "chn_sb_2024", "CHN_SB_2024"])
def test_a_case_is_found_by_name_and_by_id(store, name):
    question = case_question(store, name, None, {})
    assert question.mineral == "antimony"
    assert question.asked["base_years"] == [2021, 2022, 2023]
    assert "CHN exports 24% less" in question.asked["scenario"].describe()
    assert any("2024-09-15" in note for note in question.notes)
    assert question.source_ids


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("gallium_2023", "811291"), ("germanium_2023", "2016"), ("coke_2008", "no mineral of this store"),
        ("nickel_2022", "nothing was withheld"),
    ],
)  # fmt: skip
def test_what_the_store_cannot_answer_is_said(store, name, reason):
    with pytest.raises(NoAnswerError, match=reason) as refused:
        case_question(store, name, None, {})
    assert name in str(refused.value)


def test_an_event_of_several_minerals_asks_which(store):
    with pytest.raises(InputError) as refused:
        case_question(store, "zaf_pgm_strike_2014", None, {})
    assert "palladium" in refused.value.faults[0].rule
    assert case_question(store, "zaf_pgm_strike_2014", "rhodium", {}).mineral == "rhodium"


def test_a_supplier_is_lost_and_a_state_holds_together(store):
    question = case_question(store, "loss:COD:cobalt+china_dispute", None, {})
    assert question.mineral == "cobalt"
    assert question.asked["corridor"] == "china_dispute"
    assert "COD stops exports" in question.asked["scenario"].describe()


def test_parts_of_two_minerals_or_states_are_refused(store):
    for name in ("nickel_2014+cobalt_2025", "red_sea+suez_war"):
        with pytest.raises(InputError) as refused:
            case_question(store, name, None, {})
        assert refused.value.faults[0].file == "case"


def test_an_unknown_case_has_names_near_it(store):
    with pytest.raises(UnknownNameError, match="antimony_2024"):
        case_question(store, "antimny_2024", None, {})
    with pytest.raises(UnknownNameError, match="country"):
        case_question(store, "loss:XX", None, {})


def test_a_case_is_a_shock_with_its_notes_and_sources(study):
    answer = study.shock(case="cobalt_2025", draws=2)
    assert answer.years == (2022, 2023, 2024)
    assert answer.mineral == "cobalt"
    assert any("COD_CO_BAN_2025" in note for note in answer.notes)
    same = study.shock("cobalt", cut="COD=0.56", base_years=[2022, 2023, 2024], draws=2)
    assert answer.rows["central"].equals(same.rows["central"])
    asked = study.shock(case="cobalt_2025", draws=2, year=2022)
    assert asked.years == (2022,)


def test_the_catalogue_lists_events_suppliers_and_states(study):
    found = study.scenarios(["cobalt", "antimony"])
    assert set(found.rows["kind"]) == {"event", "supplier", "state"}
    assert found.rows.filter(kind="state").height == len(embedded_states())
    assert "loss:FIN:cobalt" in set(found.rows["case"])
    assert found.rows.filter(case="antimony_2024")["answer"].item()
    assert any("antimony" in note for note in found.notes)
    assert found.table().columns[: len(KEYS)] == list(KEYS)
    assert found.sources()
    json.dumps(found.to_dict(), allow_nan=False)


def test_cases_of_the_catalogue_can_be_asked(study):
    found = study.scenarios("cobalt").rows.filter("answer")
    for name in found.group_by("kind", maintain_order=True).head(2)["case"]:
        assert case_question(study.store, name, "cobalt", {}).asked
