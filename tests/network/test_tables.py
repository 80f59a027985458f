"""The packaged tables are complete, sourced and sane."""

from __future__ import annotations

import csv
import subprocess
import sys
from importlib.resources import files

import pytest

from sogdia.codes import countries
from sogdia.data.provenance import sources
from sogdia.errors import UnknownNameError
from sogdia.network import (
    Network,
    Rates,
    components,
    embedded_network,
    embedded_rates,
    embedded_rules,
    embedded_sea_paths,
    embedded_states,
    embedded_upgrades,
    great_circle_km,
    links_touched,
    network_faults,
)
from sogdia.network.changes import SWITCHES
from sogdia.network.rates import OPERATIONS
from sogdia.network.records import CARGO_TYPES, LAND_MODES, MODES, PLACE_KINDS
from sogdia.tabular.evidence import EVIDENCE

FOLDER = files("sogdia.network").joinpath("tables")
TABLES = sorted(entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".csv"))
CENTRAL_ASIA = ("KAZ", "KGZ", "TJK", "TKM", "UZB")


@pytest.fixture(scope="module")
def network() -> Network:
    return embedded_network()


@pytest.fixture(scope="module")
def rates() -> Rates:
    return embedded_rates()


def rows(table: str) -> list[dict[str, str]]:
    text = FOLDER.joinpath(table).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_the_embedded_network_is_sound(network: Network) -> None:
    assert network_faults(network, embedded_rules()) == []


def test_the_network_has_at_least_70_places_and_120_land_and_ferry_links(network: Network) -> None:
    assert len(network.places) >= 70
    assert sum(link.mode != "sea" for link in network.links) >= 120


@pytest.mark.parametrize("table", [name for name in TABLES if name != "sea_paths.csv"])
def test_every_row_names_sources_of_the_one_table_and_a_known_evidence(table: str) -> None:
    for row in rows(table):
        ids = row["source_id"].split(";")
        assert set(ids) <= set(sources()), row
        assert len(ids) == len(set(ids)), row
        assert row["evidence"] in EVIDENCE, row


def test_a_row_from_memory_or_judgement_names_the_assumptions_of_sogdia() -> None:
    for table in TABLES:
        for row in rows(table):
            if any(word in row.get("note", "") for word in ("judgement", "from memory")):
                assert "SOGDIA_ASSUMPTION" in row["source_id"].split(";"), row


def test_a_row_read_in_a_publication_names_it() -> None:
    own = {"SOGDIA_ASSUMPTION", "SOGDIA_CORRIDORS"}
    for table in TABLES:
        for row in rows(table):
            assert row.get("evidence") != "seen" or set(row["source_id"].split(";")) - own, row


def test_a_capacity_that_its_note_calls_assumed_or_remembered_is_marked_as_assumed() -> None:
    for row in rows("links.csv"):
        if row["capacity_t_per_year"] and any(word in row["note"] for word in ("assumed", "from memory")):
            assert row["evidence"] == "assumed", row


def test_crossings_without_figures_of_their_own_are_assumed_and_have_the_rail_mean_of_one_year() -> None:
    bare = [row for row in rows("borders.csv") if "regional mean; CAREC" in row["note"]]
    assert {row["evidence"] for row in bare} == {"assumed"}
    assert {row["hours_central"] for row in bare if row["mode"] == "rail"} == {"40.6"}
    assert len([row for row in bare if row["mode"] == "rail"]) >= 10


def test_no_crossing_is_called_seen_while_its_cost_is_a_regional_mean() -> None:
    assert [row["id"] for row in rows("borders.csv") if row["evidence"] == "seen" and "mean" in row["note"]] == []


def test_freight_by_road_lies_between_one_crossing_and_none_in_each_section_of_500_km(rates: Rates) -> None:
    freight, tkm = rates.tariff("road", "container_concentrate"), 500 * 20
    central = freight.usd_per_tkm.central + freight.fixed_usd_per_t.central / 500
    assert central == pytest.approx((945 - 208 / 2) / tkm, abs=2e-4)
    assert freight.usd_per_tkm.low <= (945 - 208) / tkm < 945 / tkm <= freight.usd_per_tkm.high


def test_the_railway_of_russia_costs_2_2_times_that_of_kazakhstan_and_turkmen_twice_the_uzbek(rates: Rates) -> None:
    def per_km(group: str, cargo: str = "metal") -> float:
        return rates.tariff("rail", cargo, group, "westbound").usd_per_tkm.central

    for cargo in CARGO_TYPES:
        assert per_km("rzd", cargo) == pytest.approx(2.2 * per_km("ktz", cargo), rel=0.01)
        assert per_km("belarus", cargo) == pytest.approx(1.6 * per_km("ktz", cargo), rel=0.01)
    assert per_km("turkmen") == pytest.approx(1357 / 626 * per_km("uzbek"), rel=0.01)
    assert rates.tariff("rail", "metal", "ktz", "eastbound").usd_per_tkm.central < per_km("ktz")


def test_ships_back_to_the_far_east_cost_a_fraction_of_those_out_of_it(network: Network, rates: Rates) -> None:
    places = (network.place("CHN:Shanghai"), network.place("NLD:Rotterdam"))
    assert rates.areas.group("sea", *places) == "headhaul"
    assert rates.areas.group("sea", *places[::-1]) == "backhaul"
    assert rates.areas.group("sea", network.place("GEO:Poti"), network.place("ROU:Constanta")) == "regional"
    assert rates.areas.group("sea", network.place("GEO:Poti"), network.place("USA:Houston")) is None


def test_nothing_is_charged_for_a_change_of_gauge_at_a_border_whose_row_holds_it(
    network: Network, rates: Rates
) -> None:
    changes: dict[str, set[int | None]] = {}
    for link in network.links:
        if link.mode == "rail":
            for end in (link.start, link.end):
                changes.setdefault(end, set()).add(link.gauge_mm)
    kinds = {network.place(name).kind for name, gauges in changes.items() if len(gauges) > 1}
    assert "border" in kinds
    for cargo in CARGO_TYPES:
        row = rates.handling("border", "gauge_change", cargo)
        assert (row.hours.high, row.usd_per_t.high) == (0.0, 0.0)


def test_border_hours_differ_by_direction_and_by_crossing(network: Network) -> None:
    dostyk, saryagash = network.border("dostyk_alashankou"), network.border("saryagash_keles")
    assert dostyk.hours_from("KAZ").central == pytest.approx(6.8 + 16.3)
    assert dostyk.hours_from("KAZ").high == pytest.approx(6.8 + 53.7)
    assert dostyk.hours_from("CHN").central == pytest.approx(14.0 + 69.7)
    assert saryagash.hours_from("KAZ").central == saryagash.hours_from("UZB").central == 13.5
    assert network.border("khodjadavlet_farap").hours_from("UZB").central == 3.9


def test_every_country_is_a_current_iso_code(network: Network, rates: Rates) -> None:
    used = {place.country for place in network.places}
    used |= {country for link in network.links for country in link.countries}
    used |= {country for border in network.borders for country in (border.country_a, border.country_b)}
    used |= {formality.country for formality in rates.formalities}
    used |= {country for state in embedded_states() for country in state.supply_countries}
    assert {code for code in used if countries()[code].status != "current"} == set()


def test_central_asia_and_the_seaborne_partners_have_mines_or_plants(network: Network) -> None:
    sellers = {place.country for place in network.places if place.kind in ("mine", "plant")}
    assert sellers == {*CENTRAL_ASIA, "AUS", "CHL", "COD", "IDN", "MNG", "PER", "ZAF", "ZMB"}


def test_no_link_is_shorter_than_the_great_circle_and_no_land_link_three_times_longer(network: Network) -> None:
    places = {place.id: place for place in network.places}
    for link in network.links:
        start, end = places[link.start], places[link.end]
        direct = great_circle_km(start.lat, start.lon, end.lat, end.lon)
        assert link.km >= 0.98 * direct, link.id
        if link.mode in LAND_MODES:
            assert link.km <= 3 * direct, link.id


def test_every_border_is_used_and_every_land_crossing_has_one(network: Network) -> None:
    assert {link.border for link in network.links} - {None} == {border.id for border in network.borders}
    places = {place.id: place for place in network.places}
    for link in network.links:
        if link.mode in LAND_MODES and places[link.start].country != places[link.end].country:
            assert link.border is not None


def test_every_mine_and_plant_reaches_yokohama_on_links_that_exist(network: Network) -> None:
    assert stranded(network, closed=()) == set()


@pytest.mark.parametrize("closed", [("CHN",), ("RUS",), ("IRN",), ("CHN", "RUS"), ("CHN", "RUS", "IRN")])
def test_every_mine_and_plant_of_central_asia_reaches_yokohama_without(
    closed: tuple[str, ...], network: Network
) -> None:
    assert {name for name in stranded(network, closed) if name[:3] in CENTRAL_ASIA} == set()


def test_with_every_way_out_closed_nothing_reaches_yokohama(network: Network) -> None:
    closed = ("CHN", "RUS", "IRN", "AZE", "AFG")
    assert "KAZ:Khromtau" in stranded(network, closed)


def stranded(network: Network, closed: tuple[str, ...]) -> set[str]:
    """Mines and plants outside the connected part of Yokohama when these countries are closed."""
    links = tuple(link for link in network.links if link.status == "existing" and not set(link.countries) & set(closed))
    parts = components(Network(network.places, links, network.borders))
    home = next(part for part in parts if "JPN:Yokohama" in part)
    return {place.id for place in network.places if place.kind in ("mine", "plant") and place.id not in home}


def test_every_pair_of_ports_has_a_voyage_that_avoids_suez_or_needs_none(network: Network) -> None:
    ports = [place.id for place in network.places if place.kind == "port_ocean"]
    goals = [place.id for place in network.places if place.kind == "destination"]
    avoiding = {
        (link.start, link.end) for link in network.links if link.mode == "sea" and "suez" not in link.chokepoints
    }
    assert avoiding >= {(port, goal) for port in ports for goal in goals}


def test_every_sea_leg_has_a_drawn_course_and_no_other(network: Network) -> None:
    paths = embedded_sea_paths()
    assert set(paths) == {link.id for link in network.links if link.mode == "sea"}
    assert all(len(path) >= 2 for path in paths.values())


def test_rates_cover_every_mode_cargo_place_kind_and_operation(network: Network, rates: Rates) -> None:
    for cargo in CARGO_TYPES:
        for mode in MODES:
            assert rates.tariff(mode, cargo).usd_per_tkm.central > 0
        for kind in PLACE_KINDS:
            for operation in OPERATIONS:
                held = (kind, operation) == ("border", "gauge_change")
                assert (rates.handling(kind, operation, cargo).usd_per_t.central > 0) != held
        for co2_class in {link.co2_class for link in network.links}:
            assert rates.emission(co2_class, cargo).kg_per_tkm.central > 0
    for country in CENTRAL_ASIA:
        assert rates.formality(country).usd_per_t.central > 0
    for name in {name for link in network.links for name in link.chokepoints}:
        assert rates.chokepoint(name).toll_usd_per_t.low >= 0


def test_the_sea_is_cheaper_per_tonne_km_than_rail_and_rail_than_road(rates: Rates) -> None:
    for cargo in CARGO_TYPES:
        sea, rail, road = (rates.tariff(mode, cargo).usd_per_tkm.central for mode in ("sea", "rail", "road"))
        assert sea < rail < road


def test_no_rate_is_listed_twice(rates: Rates) -> None:
    keys: list[tuple[str, ...]] = [("tariff", row.mode, row.group, row.direction, row.cargo) for row in rates.tariffs]
    keys += [("handling", row.place_kind, row.operation, row.cargo) for row in rates.handlings]
    keys += [("emission", row.co2_class, row.cargo) for row in rates.emissions]
    keys += [("cargo", row.mineral, row.stage) for row in rates.cargo_values]
    keys += [("formality", row.country) for row in rates.formalities]
    keys += [("chokepoint", row.id) for row in rates.chokepoints]
    keys += [("parameter", row.name) for row in rates.parameters]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "lookup", ["tariff", "handling", "emission", "cargo_value", "formality", "chokepoint", "parameter"]
)
def test_an_unknown_rate_is_an_error_and_never_zero(lookup: str, rates: Rates) -> None:
    arguments = {"tariff": 2, "handling": 3, "emission": 2, "cargo_value": 2}.get(lookup, 1)
    with pytest.raises(UnknownNameError):
        getattr(rates, lookup)(*["nowhere"] * arguments)


def test_every_effect_names_something_that_the_network_has(network: Network) -> None:
    for change in (*embedded_states(), *embedded_upgrades()):
        for effect in change.effects:
            assert links_touched(network, effect.target_kind, effect.target), effect


def test_only_switches_have_no_figure(network: Network) -> None:
    for change in (*embedded_states(), *embedded_upgrades()):
        for effect in change.effects:
            assert (effect.value is None) == (effect.attribute in SWITCHES), effect


def test_states_never_ease_and_upgrades_never_worsen() -> None:
    worse = {"hours_factor", "cost_factor", "border_hours_factor", "border_cost_factor"}
    for state in embedded_states():
        for effect in state.effects:
            assert effect.attribute != "opened"
            if effect.value is not None:
                assert effect.value.low >= 1 if effect.attribute in worse else effect.value.high <= 1, effect
    for upgrade in embedded_upgrades():
        for effect in upgrade.effects:
            assert effect.attribute != "closed"
            if effect.value is not None and effect.attribute != "capacity_t_per_year":
                capacity = effect.attribute == "capacity_factor"
                assert effect.value.low >= 1 if capacity else effect.value.high <= 1, effect


def test_every_planned_link_belongs_to_an_upgrade_that_opens_it(network: Network) -> None:
    opened = {
        effect.target for upgrade in embedded_upgrades() for effect in upgrade.effects if effect.attribute == "opened"
    }
    assert opened == {link.id for link in network.links if link.status == "planned"}


def test_the_dispute_with_china_closes_the_route_together_with_the_supply() -> None:
    dispute = next(state for state in embedded_states() if state.id == "china_dispute")
    assert dispute.supply_countries == ("CHN",)
    assert [(effect.target_kind, effect.target, effect.attribute) for effect in dispute.effects] == [
        ("country", "CHN", "closed")
    ]


def test_digitised_customs_cut_border_hours_by_20_to_50_percent_and_fees_and_papers_by_2_8_to_4_2() -> None:
    customs = next(upgrade for upgrade in embedded_upgrades() if upgrade.id == "customs")
    by_attribute = {
        name: {effect.target: effect.value for effect in customs.effects if effect.attribute == name}
        for name in ("border_hours_factor", "border_cost_factor", "formalities_factor")
    }
    hours, fees, papers = by_attribute.values()
    assert all((value.low, value.high) == (0.5, 0.8) for value in hours.values() if value is not None)
    cost = (*fees.values(), *papers.values())
    assert all((value.low, value.high) == (0.958, 0.972) for value in cost if value is not None)
    assert set(hours) == set(fees)
    assert set(papers) == {"KAZ", "UZB", "KGZ", "TJK", "TKM"}


def test_digitised_customs_treat_every_land_crossing_of_central_asia_that_has_customs_at_the_line() -> None:
    region, union = {"KAZ", "UZB", "KGZ", "TJK", "TKM"}, {"KAZ", "KGZ", "RUS"}
    customs = next(upgrade for upgrade in embedded_upgrades() if upgrade.id == "customs")
    treated = {effect.target for effect in customs.effects if effect.target_kind == "border"}
    land = {
        border.id: {border.country_a, border.country_b}
        for border in embedded_network().borders
        if border.mode in ("rail", "road")
    }
    assert treated == {name for name, ends in land.items() if ends & region and not ends <= union}


def test_opening_the_network_imports_no_sea_routing_library() -> None:
    code = (
        "import sys; from sogdia.network import embedded_network; embedded_network(); print('searoute' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_unknown_names_are_answered_with_the_nearest(network: Network) -> None:
    with pytest.raises(UnknownNameError, match="KAZ:Khromtau"):
        network.place("KAZ:Kromtau")
    with pytest.raises(UnknownNameError, match="dostyk_alashankou"):
        network.border("dostyk_alashanku")
    with pytest.raises(UnknownNameError, match="link"):
        network.link("KAZ:Dostyk--CHN:Alashankou:road")
    assert network.link("KAZ:Dostyk--CHN:Alashankou:rail").gauge_mm == 1520
    assert network.border("dostyk_alashankou").hours.central == 23.1
    assert network.place("JPN:Yokohama").kind == "destination"
