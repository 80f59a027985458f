"""The answer on the hazards of a place, link, border or country."""

from __future__ import annotations

import json

import pytest

from sogdia import InputError, Study, UnknownNameError
from sogdia.answer import KEYS
from sogdia.data import Store
from sogdia.data.provenance import sources
from sogdia.network import Corridors


@pytest.fixture(scope="module")
def study(store: Store) -> Study:
    return Study("JPN", store=store)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("KAZ:Almaty", "place", "KAZ:Almaty"),
        ("almaty", "place", "KAZ:Almaty"),
        ("Kazakhstan", "country", "KAZ"),
        ("KAZ", "country", "KAZ"),
        ("KGZ:Bishkek--KGZ:Osh:road", "link", "KGZ:Bishkek--KGZ:Osh:road"),
        ("altynkol_khorgos", "border", "altynkol_khorgos"),
    ],
)
def test_any_place_link_border_or_country_has_an_answer(
    study: Study, corridors: Corridors, text: str, kind: str, found: str
) -> None:
    answer = study.hazard(text, corridors=corridors)
    assert (answer.target.kind, answer.target.id) == (kind, found)
    assert answer.outages
    listed = answer.to_dict()
    for outage in listed["outages"]:
        assert outage["rate_per_year_low"] <= outage["rate_per_year"] <= outage["rate_per_year_high"]
        assert outage["days_low"] <= outage["days"] <= outage["days_high"]
        assert 0 <= outage["probability_per_year"] <= 1
        assert outage["evidence"] in ("seen", "derived", "assumed")
        assert outage["cause"]
        assert outage["source_ids"]
    json.dumps(listed, allow_nan=False)


def test_the_table_has_the_common_columns_and_sources_that_resolve(study: Study, corridors: Corridors) -> None:
    answer = study.hazard("KAZ:Almaty", warming=2, corridors=corridors)
    table = answer.table()
    assert table.columns[: len(KEYS)] == list(KEYS)
    assert set(table["stat"]) == {"low", "central", "high"}
    assert set(answer.sources()) <= set(sources())
    assert {name for cell in table["source_id"] for name in cell.split(";")} <= set(answer.sources())
    assert {"earthquake", "security", "climate"} <= set(table["hazard"])


def test_what_is_unknown_is_listed_as_unknown(study: Study, corridors: Corridors) -> None:
    answer = study.hazard("JPN:Yokohama", corridors=corridors)
    assert {gap.hazard for gap in answer.unknown} == {"earthquake", "outburst"}
    assert any("Unknown is not none" in note for note in answer.notes)


def test_what_the_corridors_count_is_told_with_the_state(study: Study, corridors: Corridors) -> None:
    answer = study.hazard("AZE:BoyukKesik--GEO:Gardabani:rail", corridors=corridors)
    assert "caucasus_conflict" in {state.id for state in answer.states}
    assert "security" not in {outage.hazard for outage in answer.outages}
    assert {gap.status for gap in answer.gaps if gap.hazard == "security"} == {"counted"}


def test_hardening_says_what_it_buys_and_costs(study: Study, corridors: Corridors) -> None:
    answer = study.hazard("KAZ:Almaty", corridors=corridors)
    value = next(value for value in answer.actions if value.action.name == "hardening")
    assert value.before == answer.days_per_year("earthquake")
    assert value.after.central < value.before.central / 3
    high = study.hazard("KAZ:Almaty", code_level="high", corridors=corridors)
    assert high.days_per_year("earthquake") == value.after


def test_the_peak_discharge_of_a_lake_is_shown_with_its_spread(study: Study, corridors: Corridors) -> None:
    answer = study.hazard("KGZ:Bishkek--KGZ:Osh:road", lake_volume_m3=1e6, corridors=corridors)
    peaks = {peak["formula"]: peak for peak in answer.to_dict()["peak_discharge"]}
    assert len(peaks) == 3
    assert peaks["Evans 1986"]["m3_per_s"] == pytest.approx(0.72 * 1e6**0.53)
    assert all(peak["m3_per_s_low"] < peak["m3_per_s"] / 5 for peak in peaks.values())
    with pytest.raises(InputError, match="million m3"):
        study.hazard("KGZ:Bishkek", lake_volume_m3=1.5, corridors=corridors)


def test_a_name_that_does_not_exist_is_refused_with_the_nearest(study: Study, corridors: Corridors) -> None:
    with pytest.raises(UnknownNameError, match="KAZ:Almaty"):
        study.hazard("KAZ:Almoty", corridors=corridors)
