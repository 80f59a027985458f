from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sogdia.corridors.compare import pair
from sogdia.corridors.conditions import CENTRAL, conditions
from sogdia.corridors.cost import COMPONENTS, MONEY, cargo_of, price
from sogdia.corridors.platforms import platforms
from sogdia.errors import NoAnswerError, UnknownNameError
from sogdia.network import Parameter
from sogdia.uncertain import Range


def best(corridors, effects=(), stage="ore"):
    return pair(corridors, "AAA:Mine", "DDD:Port", cargo_of(corridors.rates, "tin", stage)).best(effects)


def test_every_component_of_the_best_route_is_what_a_hand_calculation_gives(small):
    route = best(small)
    assert [step.doing for step in route.steps] == [
        "load", "road", "mode_change", "rail", "mode_change", "sea", "unload",
    ]  # fmt: skip
    assert [step.end for step in route.steps if step.link] == ["AAA:Yard", "CCC:Port", "DDD:Port"]
    central = {name: figure.central for name, figure in route.components_usd_per_t.items()}
    hours = 10 + 1 + 24 + (2 + 20) + 24 + 150 + 20
    assert central == pytest.approx({
        "freight": 10 * 0.1 + 50 * 0.05 + 3000 * 0.01,
        "handling": 2 + 4 + 4 + 3,
        "border": 5,
        "toll": 1,
        "formalities": 9,
        "time": hours * 876 * 0.1 / 8760,
    })  # fmt: skip
    assert route.days.central == pytest.approx(hours / 24)
    assert route.hours["border"] == Range(10, 20, 40)
    assert route.co2_kg_per_t.central == pytest.approx(3060 * 0.02)
    assert route.km == 3060


def test_the_other_way_pays_for_the_change_of_gauge(small):
    route = best(small, small.state("strait_shut").effects)
    assert [step.doing for step in route.steps] == [
        "load", "road", "mode_change", "rail", "gauge_change", "rail", "mode_change", "sea", "unload",
    ]  # fmt: skip
    assert route.components_usd_per_t["handling"].central == 2 + 4 + 7 + 4 + 3


def test_dear_cargo_prefers_the_faster_way(small):
    ore, metal = best(small), best(small, stage="metal")
    assert metal.hours["running"].central < ore.hours["running"].central
    assert metal.cost_usd_per_t.central > ore.cost_usd_per_t.central


def test_components_add_up_and_levels_are_in_order(embedded):
    for mineral in ("chromium", "tungsten", "antimony", "copper"):
        for origin in ("KAZ:Khromtau", "UZB:Ingichka", "TJK:Konchoch", "KAZ:Balkhash"):
            route = pair(embedded, origin, "JPN:Yokohama", cargo_of(embedded.rates, mineral)).today()
            total = sum(figure.central for figure in route.components_usd_per_t.values())
            assert route.cost_usd_per_t.central == pytest.approx(total)
            assert tuple(route.components_usd_per_t) == COMPONENTS
            for figure in (route.cost_usd_per_t, route.days, *route.components_usd_per_t.values()):
                assert 0 <= figure.low <= figure.central <= figure.high


def test_the_steps_of_a_route_add_up_to_it(embedded):
    route = pair(embedded, "KAZ:Khromtau", "JPN:Yokohama", cargo_of(embedded.rates, "chromium")).today()
    assert sum(step.usd_per_t.central for step in route.steps) == pytest.approx(route.cost_usd_per_t.central)
    assert sum(step.hours.central for step in route.steps) / 24 == pytest.approx(route.days.central)
    assert sum(step.km for step in route.steps) == pytest.approx(route.km)


def test_the_narrowest_known_link_limits_a_route_and_unknown_ones_are_counted(small):
    route = best(small)
    assert (route.capacity_t_per_year, route.narrowest_link) == (1e6, "AAA:Yard--CCC:Port:rail")
    assert route.links_of_unknown_capacity == 2


def test_a_country_without_formalities_cannot_be_an_origin(small):
    with pytest.raises(UnknownNameError, match="export formalities 'BBB'"):
        pair(small, "BBB:Yard", "DDD:Port", cargo_of(small.rates, "tin"))


def test_a_place_is_not_its_own_destination(small):
    with pytest.raises(NoAnswerError, match="nothing has to be carried"):
        pair(small, "AAA:Mine", "AAA:Mine", cargo_of(small.rates, "tin"))


def test_without_a_stage_the_first_of_the_mineral_is_taken_and_unknown_minerals_are_refused(small):
    assert cargo_of(small.rates, "tin").stage == "ore"
    with pytest.raises(UnknownNameError, match=r"tinn.*Did you mean tin"):
        cargo_of(small.rates, "tinn")
    with pytest.raises(UnknownNameError, match=r"stage of tin.*oxide.*ore"):
        cargo_of(small.rates, "tin", "oxide")


def test_trains_run_on_and_every_voyage_is_loaded_anew(small):
    split = platforms(small.network)
    places = [place.id for place in small.network.places]
    yard = np.flatnonzero(split.place_of == places.index("AAA:Yard"))
    assert yard.size == 4  # entry, exit, one platform for the road, one for the railway
    port = np.flatnonzero(split.place_of == places.index("BBB:Port"))
    assert port.size == 6  # entry, exit, road, rail, and two for ships


def test_no_arc_of_a_link_costs_nothing(embedded):
    split = platforms(embedded.network)
    priced = price(
        embedded.network, embedded.rates, cargo_of(embedded.rates, "copper"), conditions(embedded.network), split
    )
    on_link = split.arc_link >= 0
    assert (priced.money[CENTRAL, MONEY.index("freight"), on_link] > 0).all()
    assert (priced.hours[CENTRAL, 0, on_link] > 0).all()
    assert (priced.weight("KAZ")[on_link] > 0).all()


def with_classes(corridors, detour, speed):
    """The same network, its sea leg by the strait derived by a detour factor and a speed."""
    links = tuple(
        replace(link, detour_class="winding", speed_class="ship") if link.chokepoints else link
        for link in corridors.network.links
    )
    figures = {"source_ids": (), "evidence": "assumed", "note": "made up for tests"}
    tables = {
        "detours": (Parameter("winding", detour, **figures),),
        "speeds": (Parameter("ship", speed, **figures),),
    }
    network = replace(corridors.network, links=links)
    return replace(corridors, network=network, rates=replace(corridors.rates, **tables))


def test_a_range_of_speed_and_detour_goes_into_time_cost_and_emissions(small):
    plain, ranged = best(small), best(with_classes(small, Range(1.0, 1.2, 1.8), Range(10, 20, 40)))
    other = plain.hours["running"].central - 150
    assert ranged.hours["running"].low == pytest.approx(other + 3000 / 1.2 * 1.0 / 40)
    assert ranged.hours["running"].central == pytest.approx(plain.hours["running"].central)
    assert ranged.hours["running"].high == pytest.approx(other + 3000 / 1.2 * 1.8 / 10)
    assert ranged.components_usd_per_t["freight"].high == pytest.approx(2 * (1 + 2.5 + 30 * 1.8 / 1.2))
    assert ranged.components_usd_per_t["freight"].low == pytest.approx(0.5 * (1 + 2.5 + 30 / 1.2))
    assert ranged.co2_kg_per_t.high == pytest.approx(0.02 * (60 + 3000 * 1.8 / 1.2))
    assert ranged.cost_usd_per_t.central == pytest.approx(plain.cost_usd_per_t.central)


def test_running_time_is_a_range_wherever_a_speed_stands_behind_it(embedded):
    route = pair(embedded, "KAZ:Khromtau", "JPN:Yokohama", cargo_of(embedded.rates, "chromium")).today()
    running = route.hours["running"]
    assert running.low < 0.9 * running.central
    assert running.high > 1.1 * running.central


def test_unknown_classes_of_speed_and_detour_come_back_with_the_nearest(embedded):
    with pytest.raises(UnknownNameError, match="Did you mean rail_1520"):
        embedded.rates.speed("rail_152")
    with pytest.raises(UnknownNameError, match="Did you mean road"):
        embedded.rates.detour("roa")
