"""What may happen becomes streams: rates that follow governance, and hits on all that one event takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sogdia.codes import economy
from sogdia.hazards import Outage
from sogdia.network import embedded_corridors, embedded_shipments
from sogdia.scenarios.corridor_streams import corridor_streams, sampled_states
from sogdia.scenarios.demand_surges import demand_surges
from sogdia.scenarios.hazard_streams import outage_closings, outage_streams
from sogdia.scenarios.output_losses import accidents, strikes
from sogdia.scenarios.restrictions import restriction_rate, restrictions, stability
from sogdia.scenarios.sampling import timetable
from sogdia.uncertain import Range

WHERE = economy("JPN")
DAYS = Range(3, 10, 40)


@pytest.fixture(scope="module")
def corridors():
    return embedded_corridors()


def outage(
    target: str, kind: str = "place", event: str | None = None, rate: float = 0.01, cause: str = "zone"
) -> Outage:
    return Outage("quake", cause, kind, target, Range(rate, rate, rate), DAYS, "assumed", (), event)  # type: ignore[arg-type]


def test_worse_governance_restricts_more_often(store):
    wgi = stability(store)
    by = {
        stream.name: stream.possibilities[0].rate_per_year
        for stream in restrictions([("COD", "cobalt"), ("FIN", "cobalt")], wgi)
    }
    assert by["restriction:COD:cobalt"] > 3 * by["restriction:FIN:cobalt"]
    assert restriction_rate(None) == restriction_rate(0.0)


def test_the_rates_in_the_table_are_those_of_the_documented_events(store, monkeypatch):
    """19 events in 2,377 exporter-years: the mean rate over them is the count."""
    monkeypatch.syspath_prepend(Path(__file__).parents[2] / "tools")
    from fit_annual_rates import main_exporters

    main = main_exporters(store)
    mean = sum(restriction_rate(float(wgi)) for wgi in main["estimate"]) / main.height
    assert main.height == 2377
    assert mean == pytest.approx(19 / 2377, rel=0.05)


def test_a_strike_takes_every_mineral_and_an_accident_one():
    (strike,), (accident,) = strikes(["ZAF"]), accidents([("ZAF", "platinum")])
    assert strike.possibilities[0].hits[0].mineral is None
    assert accident.possibilities[0].hits[0].mineral == "platinum"
    assert strike.common
    assert not accident.common


def test_states_of_one_cause_share_one_stream(corridors):
    states, _ = sampled_states(corridors, WHERE, 2024)
    streams = {stream.name: stream for stream in corridor_streams(states)}
    war = streams["corridor:gulf_war"]
    assert [possibility.event_id for possibility in war.possibilities] == ["gulf_war", "iran_strikes"]
    assert timetable(war).mean == pytest.approx(0.03 * (1 + 0.25) + 0.1 * (1 + 0.04), rel=0.2)


def test_states_that_the_base_year_holds_or_nobody_knows_are_said(corridors):
    states, left = sampled_states(corridors, WHERE, 2024)
    why = dict(left)
    assert "unknown" in why["malacca_shut"]
    assert "every year" in why["caspian_wind"]
    assert "2022-02-28" in why["russia_sanctions"]
    assert {state.id for state in states}.isdisjoint(why)
    assert len(states) + len(left) == len(corridors.states)
    earlier, _ = sampled_states(corridors, WHERE, 2021)
    assert "russia_sanctions" in {state.id for state in earlier}


def test_a_state_that_holds_for_others_alone_is_not_sampled_either(corridors):
    _, left = sampled_states(corridors, economy("CHN"), 2024)
    assert "without this importer" in dict(left)["russia_sanctions"]


def test_a_state_about_the_importer_is_not_sampled_for_it(corridors):
    _, left = sampled_states(corridors, economy("CHN"), 2024)
    assert dict(left)["china_dispute"] == "it is about the importer itself"


def test_sites_of_one_event_go_out_together(corridors):
    pair = [outage("KAZ:Balkhash", event="q1"), outage("UZB:Almalyk", event="q1"), outage("KAZ:Khromtau", event="q2")]
    (stream,) = outage_streams(corridors.network, pair, embedded_shipments())
    assert stream.name == "quake:zone"
    assert [p.event_id for p in stream.possibilities] == ["q1", "q2"]
    assert {(hit.target, hit.mineral) for hit in stream.possibilities[0].hits} >= {("KAZ", "copper"), ("UZB", "copper")}


def test_outages_without_an_event_are_events_of_their_own(corridors):
    pair = [outage("KAZ:Balkhash"), outage("UZB:Almalyk")]
    (stream,) = outage_streams(corridors.network, pair, embedded_shipments())
    assert len(stream.possibilities) == 2
    assert timetable(stream).mean == pytest.approx(0.02 * (1 + 10 / 365), rel=0.02)


def test_a_mine_takes_its_part_of_the_countrys_output(corridors):
    (stream,) = outage_streams(corridors.network, [outage("COD:Kolwezi")], embedded_shipments())
    hits = {hit.mineral: hit.factor for hit in stream.possibilities[0].hits}
    assert hits == {"cobalt": pytest.approx(0.6), "copper": pytest.approx(0.6)}
    (both,) = outage_streams(corridors.network, [outage("KAZ:Zhairem")], embedded_shipments())
    assert all(hit.target == "KAZ" for hit in both.possibilities[0].hits)


def test_a_country_loses_its_output_and_its_transit(corridors):
    (stream,) = outage_streams(corridors.network, [outage("KAZ", "country")], embedded_shipments())
    assert {(hit.kind, hit.target) for hit in stream.possibilities[0].hits} == {
        ("output", "KAZ"),
        ("way", "country:KAZ"),
    }


def test_closings_are_each_once_never_a_mine_and_never_the_importers_own(corridors):
    found = [
        outage("KAZ:Balkhash"), outage("GEO:Poti", rate=0.1), outage("GEO:Poti"), outage("JPN:Yokohama"),
        outage("KAZ", "country"), outage("GEO:Batumi", rate=0.0),
    ]  # fmt: skip
    assert [c.id for c in outage_closings(corridors.network, found, WHERE)] == ["place:GEO:Poti", "country:KAZ"]


def test_an_unknown_rate_is_no_stream(corridors):
    assert outage_streams(corridors.network, [outage("COD:Kolwezi", rate=0.0)], embedded_shipments()) == ()


def test_surges_are_one_stream_a_mineral():
    assert [stream.name for stream in demand_surges(["cobalt", "tin"])] == ["demand_surge:cobalt", "demand_surge:tin"]
