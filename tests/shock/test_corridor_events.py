"""Corridor states and upgrades as events on a market."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sogdia import Study
from sogdia.errors import InputError, NoAnswerError, UnknownNameError
from sogdia.market import Scenario
from sogdia.market.events import ExportLimit, TransportChange
from sogdia.network import Effect, embedded_corridors
from sogdia.uncertain import Range

ZHAIREM = "KAZ:Zhairem"


@pytest.fixture(scope="module")
def china(store):
    return Study(importer="CHN", store=store)


def effect(target, attribute, value=None):
    figures = None if value is None else Range(value, value, value)
    return Effect("place", target, attribute, figures, "made up for tests", "assumed", "")


def with_state(effects, capacity=None):
    """The embedded corridors with one state, and a capacity of every link that ends at Zhairem."""
    corridors = embedded_corridors()
    state = replace(corridors.state("dostyk_works"), supply_countries=(), effects=effects)
    links = tuple(
        replace(link, capacity_t_per_year=capacity) if ZHAIREM in (link.start, link.end) else link
        for link in corridors.network.links
    )
    return replace(corridors, network=replace(corridors.network, links=links), states=(state,))


def way(found, exporter):
    return next(e for e in found.events if isinstance(e, TransportChange) and e.country == exporter)


def sold_by_kazakhstan(study, mineral):
    from sogdia.market import calibrate

    market = calibrate(study.store, study.store.mineral(mineral), [2022])
    return market.flows[market.producer("KAZ"), market.consumer("CHN")]


def test_a_closed_way_is_dearer_and_never_cheaper(china):
    found = china.corridor_events("lead", state="dostyk_works", year=2022)
    ways = [event for event in found.events if isinstance(event, TransportChange)]
    assert ways
    assert all(way.cost_factor >= 1 for way in ways)
    assert {way.country for way in ways} <= set(found.lanes["exporter"])


def test_an_upgrade_lowers_the_importers_price(china):
    found = china.corridor_events("lead", upgrade="customs", year=2022)
    assert found.share_of_year == 1.0
    assert all(way.cost_factor <= 1 for way in found.events)
    answer = china.shock("lead", scenario=Scenario("customs", found.events), year=2022, draws=1)
    importer = answer.rows.filter(answer.rows["role"] == "importer")
    for price in ("price_paid", "use_cost", "import_price"):
        assert importer.filter(importer["variable"] == price)["central"].item() < 1


def test_a_way_starts_where_the_mineral_is_shipped_from(china):
    found = china.corridor_events("lead", state="dostyk_works", year=2024)
    origins = dict(found.lanes.select("exporter", "origins").unique().iter_rows())
    assert origins["KAZ"] == 1
    assert f"The way of KAZ is that of lead (ore) from {ZHAIREM} (ore: zinc and lead concentrate)." in found.notes


def test_all_mines_and_plants_stand_for_an_exporter_that_ships_none_and_a_note_says_so(china):
    found = china.corridor_events("lead", state="dostyk_works", year=2024)
    (note,) = [note for note in found.notes if note.startswith("The way of TJK")]
    assert "all its 2 mines and plants" in note
    assert "no lead of TJK" in note


def test_a_mineral_shipped_at_another_stage_only_starts_at_the_same_place(china):
    found = china.corridor_events("copper", state="dostyk_works", year=2024)
    (note,) = [note for note in found.notes if note.startswith("The way of KAZ")]
    assert "copper (ore) from KAZ:Balkhash (metal: copper smelter)" in note


def test_a_market_of_several_stages_ships_at_a_stage_that_it_trades(store):
    found = Study(store=store).corridor_events("rare_earths", state="china_dispute", year=2019)
    assert found.lanes["stage"].unique().to_list() == ["compound"]


def test_origins_stand_for_their_country_and_leave_the_others(china):
    usual = china.corridor_events("lead", upgrade="customs", year=2024)
    found = china.corridor_events("lead", upgrade="customs", year=2024, origins=["KAZ:Shalkiya", "taraz"])
    origins = dict(found.lanes.select("exporter", "origins").unique().iter_rows())
    assert origins["KAZ"] == 2
    assert way(found, "KAZ") != way(usual, "KAZ")
    assert way(found, "TJK") == way(usual, "TJK")
    with pytest.raises(UnknownNameError, match="KAZ:Shalkiya"):
        china.corridor_events("lead", upgrade="customs", origins=["KAZ:Shalkia"])


def test_an_export_dispute_stops_the_supply_for_its_days_of_the_year(store):
    study = Study(store=store)
    found = study.corridor_events("rare_earths", state="china_dispute", year=2022)
    assert ExportLimit("CHN", share=60 / 365, destinations=("JPN",)) in found.events
    assert found.share_of_year == 60 / 365
    assert "china_dispute holds for 60 days of the year, 16.4% of it (" in found.notes[0]


@pytest.mark.parametrize("days", [365, 366, 4000])
def test_a_state_of_a_year_or_more_stops_the_whole_years_supply(store, days):
    found = Study(store=store).corridor_events("rare_earths", state="china_dispute", year=2022, days=days)
    assert ExportLimit("CHN", share=1.0, destinations=("JPN",)) in found.events
    assert "holds all year" in found.notes[0]


def test_a_dearer_way_counts_for_its_share_of_the_year(china):
    part, whole = (china.corridor_events("lead", state="dostyk_works", year=2024, days=days) for days in (90, 365))
    extra = way(whole, "KAZ").cost_factor - 1
    assert extra > 0
    assert way(part, "KAZ").cost_factor - 1 == pytest.approx(90 / 365 * extra)
    assert part.lanes.equals(whole.lanes)


def test_on_the_other_days_of_a_state_the_upgrade_holds(china):
    built = way(china.corridor_events("lead", upgrade="customs", year=2024), "KAZ")
    short = china.corridor_events("lead", upgrade="customs", state="dostyk_works", year=2024, days=1e-6)
    assert way(short, "KAZ").cost_factor == pytest.approx(built.cost_factor)


def test_a_way_without_a_route_loses_the_days_of_the_state_at_an_unchanged_cost(china):
    shut = with_state((effect(ZHAIREM, "closed"),))
    found = china.corridor_events("lead", state="dostyk_works", year=2022, corridors=shut)
    assert way(found, "KAZ").cost_factor == 1.0
    assert way(found, "KAZ").capacity == pytest.approx(1 - 90 / 365)
    all_year = china.corridor_events("lead", state="dostyk_works", year=2022, corridors=shut, days=365)
    assert way(all_year, "KAZ").capacity == 0.0


def test_a_narrower_way_loses_what_finds_no_room_on_the_days_of_the_state(china):
    sold = sold_by_kazakhstan(china, "lead")
    narrow = with_state((effect(ZHAIREM, "capacity_factor", 0.25), effect(ZHAIREM, "cost_factor", 1.5)), 2 * sold)
    found = china.corridor_events("lead", state="dostyk_works", year=2022, corridors=narrow)
    assert way(found, "KAZ").capacity == pytest.approx(1 - 90 / 365 * 0.5)


def test_an_exporter_with_one_of_two_places_shut_loses_half_the_days(china):
    shut = with_state((effect(ZHAIREM, "closed"),))
    both = [ZHAIREM, "KAZ:Taraz"]
    found = china.corridor_events("lead", state="dostyk_works", year=2022, corridors=shut, origins=both)
    assert way(found, "KAZ").capacity == pytest.approx(1 - 90 / 365 * 0.5)


def test_a_state_that_leaves_the_room_as_it_is_narrows_no_way(china):
    little = with_state((effect(ZHAIREM, "cost_factor", 1.5),), 0.5 * sold_by_kazakhstan(china, "lead"))
    found = china.corridor_events("lead", state="dostyk_works", year=2022, corridors=little)
    assert way(found, "KAZ").capacity == float("inf")


@pytest.mark.parametrize(("importer", "state"), [("RUS", "russia_sanctions"), ("CHN", "china_dispute")])
def test_a_state_about_the_importer_itself_is_refused(store, importer, state):
    with pytest.raises(NoAnswerError, match=f"{state} is about .* itself"):
        Study(importer=importer, store=store).corridor_events("chromium", state=state, year=2024)


def test_a_member_that_a_state_is_about_is_left_as_it_is(store):
    asia = Study(importer="ASIA", regions={"ASIA": ["CHN", "JPN"]}, store=store)
    found = asia.corridor_events("rare_earths", state="china_dispute", year=2022)
    assert {buyer for event in found.events for buyer in event.destinations} == {"JPN"}
    assert any(note.startswith("CHN of ASIA: left as it is") for note in found.notes)


@pytest.mark.parametrize(
    ("mineral", "state"),
    [
        ("palladium", "russia_sanctions"),
        ("platinum", "china_dispute"),
        ("magnesite", "china_dispute"),
    ],
)
def test_supply_is_cut_where_no_cargo_value_is_known(store, mineral, state):
    found = Study(store=store).corridor_events(mineral, state=state, year=2024)
    assert [type(event) for event in found.events] == [ExportLimit]
    assert any(f"No cargo value for {mineral}" in note and "only supply from" in note for note in found.notes)


def test_without_a_cargo_value_an_upgrade_changes_nothing_and_the_error_says_why(store):
    with pytest.raises(NoAnswerError, match=r"palladium: customs changes nothing .* No cargo value for palladium"):
        Study(store=store).corridor_events("palladium", upgrade="customs", year=2024)


def test_without_a_port_of_the_importer_only_supply_is_cut(store):
    found = Study(importer="CHE", store=store).corridor_events("rare_earths", state="china_dispute", year=2024)
    assert [type(event) for event in found.events] == [ExportLimit]
    assert any("no port of Switzerland" in note for note in found.notes)


def test_a_state_that_changes_no_way_and_no_supply_says_so(store, china):
    with pytest.raises(NoAnswerError, match=r"zinc: red_sea changes nothing that Japan buys.*No sales to Japan"):
        Study(store=store).corridor_events("zinc", state="red_sea", year=2022)
    with pytest.raises(NoAnswerError, match=r"lead: red_sea changes nothing.*The way of .*KAZ.* stays as it is"):
        china.corridor_events("lead", state="red_sea", year=2024)


def test_days_without_a_state_and_days_that_are_no_duration_are_refused(china):
    with pytest.raises(InputError, match="days belong to a corridor state"):
        china.corridor_events("lead", upgrade="customs", days=60)
    for days in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(InputError, match="more than 0 days"):
            china.corridor_events("lead", state="dostyk_works", days=days)


def test_unknown_states_and_upgrades_are_answered_with_the_nearest(store):
    with pytest.raises(UnknownNameError, match="china_dispute"):
        Study(store=store).corridor_events("lead", state="china_disputes", year=2022)
    with pytest.raises(UnknownNameError, match="customs"):
        Study(store=store).corridor_events("lead", upgrade="custom", year=2022)


def test_the_events_of_a_state_cite_it_and_ways_the_network_they_run_on(china):
    state = embedded_corridors().state("dostyk_works")
    found = china.corridor_events("lead", state="dostyk_works", year=2022)
    rates = embedded_corridors().rates
    assert set(state.source_ids) <= set(found.source_ids)
    assert set(rates.tariffs[0].source_ids) <= set(found.source_ids)
    assert set(found.source_ids) <= set(china.shock("lead", corridor=found, year=2022, draws=1).sources())
