"""States, upgrades, growth and lanes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sogdia.corridors.compare import pair
from sogdia.corridors.conditions import conditions
from sogdia.corridors.cost import cargo_of
from sogdia.corridors.growth import (
    after_growth,
    embedded_loads,
    growth_factor,
    saturation_table,
    utilisation,
)
from sogdia.corridors.lanes import Growth, lanes, origins_of, single_cases
from sogdia.corridors.states import causes, state_table
from sogdia.corridors.upgrades import capacities, upgrade_table
from sogdia.errors import NoAnswerError, UnknownNameError
from sogdia.network import Effect, Parameter, to_arrays
from sogdia.network.corridors import embedded_corridors
from sogdia.uncertain import Range

EMBEDDED = embedded_corridors()
HALF_FULL = (Parameter("default", Range(0.25, 0.5, 1.0), "made up for tests", "assumed", ""),)


def test_a_state_on_the_way_costs_something_and_one_beside_it_nothing(small):
    table = state_table(small, "AAA:Mine", "DDD:Port", "tin")
    extra = dict(zip(table["state"], table["extra_usd_per_t"], strict=True))
    assert extra["b_shut"] == 0.0
    assert extra["strait_shut"] > 0.0
    assert table["events_per_year"].to_list() == [0.1, 0.1, None]


def test_a_state_that_leaves_no_route_is_a_row_with_nulls(small):
    effects = (*small.state("b_shut").effects, *small.state("strait_shut").effects)
    worst = replace(small, states=(replace(small.states[0], effects=effects),))
    row = state_table(worst, "AAA:Mine", "DDD:Port", "tin").row(0, named=True)
    assert row["status"] == "no route"
    assert row["cost_usd_per_t"] is None
    assert row["days"] is None


def test_states_of_one_cause_stand_together(small):
    assert [state.id for state in causes(small.states)["b"]] == ["b_shut", "b_slow"]


def test_upgrades_of_what_is_used_gain_and_others_change_nothing(small):
    table = upgrade_table(small, "AAA:Mine", "DDD:Port", "tin")
    rows = {row["upgrade"]: row for row in table.iter_rows(named=True)}
    assert rows["customs"]["change_usd_per_t"] < 0
    assert rows["yard"]["change_usd_per_t"] == pytest.approx(-2.0)
    assert rows["road"] | {"change_usd_per_t": 0, "used": False} == rows["road"]
    assert rows["yard"]["cost_musd"] is None


def test_an_upgrade_says_what_capacity_it_adds_and_null_where_nobody_knows(embedded):
    def added(name):
        return {one.link: (one.gained, one.factor) for one in capacities(embedded.network, embedded.upgrade(name))}

    assert added("moyynty_kyzylzhar") == {"KAZ:Moyynty--KAZ:Kyzylzhar:rail": (25e6, 1.0)}
    assert added("caspian_ports")["KAZ:Kuryk--AZE:Alat:ferry"] == (3e6, 1.5)
    assert added("middle_corridor_2030")["GEO:Tbilisi--GEO:Akhalkalaki:rail"] == (10e6, 3.0)
    assert set(added("darbaza_maktaaral").values()) == {(None, 1.0)}
    assert set(added("kti_full_capacity").values()) <= {(None, 1.0), (6e6, 1.0)}
    assert added("customs") == {}


@pytest.mark.parametrize(
    ("origin", "mineral"), [("KAZ:Khromtau", "chromium"), ("TJK:Konchoch", "antimony"), ("UZB:Almalyk", "copper")]
)
def test_no_upgrade_ever_makes_the_best_route_dearer(embedded, origin, mineral):
    table = upgrade_table(embedded, origin, "JPN:Yokohama", mineral)
    assert table.height == len(embedded.upgrades)
    assert (table["change_usd_per_t"] <= 1e-9).all()
    assert table.filter(pl.col("upgrade") == "customs")["change_usd_per_t"][0] < 0


@pytest.mark.parametrize(
    ("origin", "mineral"), [("KAZ:Boguty", "tungsten"), ("KGZ:Kadamjay", "antimony"), ("TKM:Khazar", "iodine")]
)
def test_no_state_ever_makes_the_best_route_cheaper(embedded, origin, mineral):
    table = state_table(embedded, origin, "JPN:Yokohama", mineral)
    assert table.height == len(embedded.states)
    assert (table["extra_usd_per_t"].drop_nulls() >= -1e-9).all()
    assert (table["status"] == "no route").equals(table["extra_usd_per_t"].is_null())


def test_freight_triples_over_the_forecast_and_fills_a_half_full_line_on_the_way(small):
    np.testing.assert_allclose(growth_factor(small, 35), [2, 3, 4])
    table = saturation_table(small, HALF_FULL, base_year=2020)
    assert table["link"].to_list() == ["AAA:Yard--BBB:Yard:rail", "AAA:Yard--CCC:Port:rail"]
    assert table["full_in_central"][0] == pytest.approx(2020 + 35 * np.log(2) / np.log(3))
    assert table["full_in_low"][0] == pytest.approx(2090)
    assert table["full_in_high"][0] == pytest.approx(2020)


def test_growth_leaves_less_capacity_each_year_and_never_less_than_none(small):
    now = conditions(small.network)
    spare = [after_growth(small, now, HALF_FULL, years).capacity_t_per_year[1] for years in (0, 10, 20, 40)]
    assert spare[0] == 1e6
    assert spare == sorted(spare, reverse=True)
    assert spare[-1] == 0.0


def test_what_an_upgrade_adds_is_spare(small):
    now = conditions(small.network)
    larger = replace(now, capacity_t_per_year=now.capacity_t_per_year * 2)
    added = [after_growth(small, of, HALF_FULL, 0).capacity_t_per_year[1] for of in (now, larger)]
    assert added == [1e6, 3e6]


def test_planned_lines_have_no_load_and_unknown_capacity_has_no_share(small):
    share = utilisation(small.network, HALF_FULL)
    assert np.isnan(share[1, 0])
    assert share[1, 1] == 0.5


def test_the_packaged_loads_name_links_that_exist(embedded):
    loads = {load.name for load in embedded_loads()}
    assert loads - {"default"} <= set(to_arrays(embedded.network).link_ids)
    share = utilisation(embedded.network, embedded_loads())
    known = share[:, ~np.isnan(share[0])]
    assert ((known >= 0) & (known <= 1)).all()


def small_lanes(small, **options):
    cargoes = [cargo for cargo in small.rates.cargo_values if cargo.stage == "ore"]
    return lanes(small, ["DDD:Port"], cargoes, **options)


def test_lanes_give_tau_one_today_and_more_in_a_state_that_hurts(small):
    table = small_lanes(small)
    rows = {(row["state"], row["upgrade"]): row for row in table.iter_rows(named=True)}
    assert len(rows) == len(single_cases(small)) == 7
    today = rows[None, None]
    assert (today["tau"], today["capacity_t_per_year"]) == (1.0, 3e6)
    shut = rows["strait_shut", None]
    cost, base = shut["cost_usd_per_t"], today["cost_usd_per_t"]
    assert shut["tau"] == pytest.approx((876 + cost) / (876 + base))
    assert shut["tau"] > 1.0
    assert shut["capacity_t_per_year"] == 2e6
    assert rows[None, "customs"]["tau"] < 1.0


def test_a_lane_says_how_long_its_state_lasts(small):
    days = dict(small_lanes(small, cases=[(None, "customs"), ("b_shut", None)]).select("state", "duration_days").rows())
    assert days == {None: None, "b_shut": small.state("b_shut").duration_days.central}


def test_a_state_without_a_route_has_no_tau_and_no_capacity(small):
    effects = (*small.state("b_shut").effects, *small.state("strait_shut").effects)
    worst = replace(small, states=(replace(small.states[0], effects=effects),))
    row = small_lanes(worst, cases=[("b_shut", None)]).row(0, named=True)
    assert (row["status"], row["tau"], row["capacity_t_per_year"], row["origins_served"]) == ("no route", None, 0.0, 0)


def test_lanes_take_other_origins_growth_and_crossed_cases(small):
    table = small_lanes(
        small, origins={"AAA": ["AAA:Mine", "AAA:Yard"]}, cases=[("b_shut", "customs")], growth=Growth(HALF_FULL, 0)
    )
    row = table.row(0, named=True)
    assert (row["state"], row["upgrade"], row["origins"]) == ("b_shut", "customs", 2)
    assert row["capacity_t_per_year"] == 5e5


def test_lanes_without_any_known_capacity_have_none(small):
    links = tuple(replace(link, capacity_t_per_year=None) for link in small.network.links)
    open_ended = replace(small, network=replace(small.network, links=links))
    assert small_lanes(open_ended, cases=[(None, None)])["capacity_t_per_year"].is_null().all()


def test_lanes_refuse_names_that_do_not_exist_and_exporters_that_are_cut_off(small):
    with pytest.raises(UnknownNameError, match=r"corridor state 'b_shutt'"):
        small_lanes(small, cases=[("b_shutt", None)])
    with pytest.raises(UnknownNameError, match="place 'AAA:Mne'"):
        small_lanes(small, origins={"AAA": ["AAA:Mne"]})
    network = replace(small.network, links=small.network.links[:1])
    with pytest.raises(NoAnswerError, match="even today"):
        small_lanes(replace(small, network=network, states=(), upgrades=()))


def test_exporters_ship_from_their_mines_and_plants(embedded):
    origins = origins_of(embedded.network)
    assert {"KAZ", "UZB", "KGZ", "TJK", "TKM", "AUS", "CHL", "COD", "ZMB", "MNG"} <= set(origins)
    assert "KAZ:Khromtau" in origins["KAZ"]


@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_closing_a_link_never_makes_a_route_cheaper_and_easing_it_never_dearer(data):
    corridors = EMBEDDED
    origin = data.draw(
        st.sampled_from(sorted(place for ends in origins_of(corridors.network).values() for place in ends))
    )
    asked = pair(corridors, origin, "JPN:Yokohama", cargo_of(corridors.rates, "copper"))
    today = asked.today()
    links = [step.link for step in today.steps if step.link is not None]
    link = data.draw(st.sampled_from(links))
    shut = asked.best([Effect("link", link, "closed", None, "made up for tests", "assumed", "")])
    assert shut is None or shut.cost_usd_per_t.central >= today.cost_usd_per_t.central
    factor = Range(*[data.draw(st.floats(0.1, 1.0))] * 3)
    name = data.draw(st.sampled_from(["hours_factor", "cost_factor", "border_hours_factor", "handling_cost_factor"]))
    eased = asked.best([Effect("link", link, name, factor, "made up for tests", "assumed", "")])
    assert eased.cost_usd_per_t.central <= today.cost_usd_per_t.central * (1 + 1e-12)
