from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from sogdia.corridors.geojson import cut_at_antimeridian
from sogdia.corridors.independence import most_independent
from sogdia.corridors.measure import measure
from sogdia.corridors.platforms import platforms
from sogdia.corridors.risk import chance_within_a_year, risk, unknown_states
from sogdia.corridors.search import route
from sogdia.errors import NoAnswerError, UnknownNameError
from sogdia.network import Network
from sogdia.network.corridors import embedded_corridors
from sogdia.routing import PathStatus
from sogdia.routing.path import NO_PATH

MINES = [p.id for p in embedded_corridors().network.places if p.kind in ("mine", "plant")][::4]


def small_route(small, **options):
    return route(small, "AAA:Mine", "DDD:Port", "tin", **options)


def test_both_ways_out_are_alternatives_in_order_of_cost(small):
    routes = small_route(small)
    assert [other.route.ports[0] for other in routes.alternatives] == ["CCC:Port", "BBB:Port"]
    assert [other.best_without for other in routes.alternatives] == [(), ("CCC",)]
    assert routes.status is PathStatus.FEWER
    assert routes.best.route.countries == ("AAA", "CCC", "DDD")
    assert routes.best.route.via == "AAA - CCC - DDD by Port"


def test_two_corridors_without_a_country_in_common_are_independent_and_the_road_is_critical(small):
    routes = small_route(small)
    assert routes.independent_corridors == 2
    assert all(other.independent for other in routes.alternatives)
    assert routes.hangs_on == (("link", "AAA:Mine--AAA:Yard:road"),)


def test_closing_one_way_leaves_the_other_with_its_premium(small):
    premium = small_route(small).premium()
    row = premium.row(by_predicate=pl.col("closed") == "CCC", named=True)
    both = small_route(small).alternatives_table()["cost_usd_per_t"]
    assert row["status"] == "route"
    assert row["extra_usd_per_t"] == pytest.approx(both[1] - both[0])
    assert row["extra_usd_per_t"] > 0


def test_what_leaves_no_route_is_an_explicit_row_with_nulls(small):
    routes = small_route(small, close=["CCC"])
    premium = routes.premium().filter(pl.col("closed") == "BBB")
    assert premium["status"].to_list() == ["no route"]
    assert premium["extra_usd_per_t"].is_null().all()
    assert premium["days"].is_null().all()
    assert ("country", "BBB") in routes.hangs_on


def test_closing_everything_is_an_error_that_names_what_would_help(small):
    with pytest.raises(
        NoAnswerError, match=r"no route from AAA:Mine to DDD:Port .* Reopening BBB or CCC alone gives one"
    ):
        small_route(small, close=["BBB", "CCC"])
    with pytest.raises(NoAnswerError, match="Reopen more than one"):
        small_route(small, close=["AAA", "DDD", "CCC"])


def test_a_network_that_does_not_join_the_ends_says_so(small):
    apart = replace(small, network=Network(small.network.places, small.network.links[:1], small.network.borders))
    with pytest.raises(NoAnswerError, match="no open links join them"):
        small_route(apart)


def test_an_upgrade_opens_a_planned_line(small):
    with pytest.raises(NoAnswerError):
        small_route(small, close=["CCC", "ab"])
    routes = small_route(small, close=["CCC", "ab"], upgrade=["road"])
    assert "AAA:Mine--BBB:Port:road" in {step.link for step in routes.best.route.steps}
    assert "AAA:Mine--AAA:Yard:road" not in {name for _, name in small_route(small, upgrade=["road"]).hangs_on}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("AAA:Mne", "DDD:Port", "tin"), "place 'AAA:Mne'.*AAA:Mine"),
        (("AAA:Mine", "DDD:Prt", "tin"), "place 'DDD:Prt'.*DDD:Port"),
        (("AAA:Mine", "DDD:Port", "tine"), "'tine'.*tin"),
    ],
)
def test_unknown_names_come_back_with_the_nearest(small, arguments, message):
    with pytest.raises(UnknownNameError, match=message):
        route(small, *arguments)


def test_the_tables_are_tidy_and_agree_with_each_other(small):
    routes = small_route(small)
    table, breakdown, legs = routes.alternatives_table(), routes.breakdown(), routes.legs()
    central = breakdown.filter(pl.col("stat") == "central")
    total = central.filter(pl.col("component") == "total")["usd_per_t"]
    assert total.to_list() == table["cost_usd_per_t"].to_list()
    parts = central.filter(pl.col("component") != "total").group_by("alternative", maintain_order=True)
    assert parts.agg(pl.col("usd_per_t").sum())["usd_per_t"].to_list() == pytest.approx(total.to_list())
    by_leg = legs.group_by("alternative", maintain_order=True).agg(pl.col("usd_per_t", "km").sum())
    assert by_leg["usd_per_t"].to_list() == pytest.approx(total.to_list())
    assert by_leg["km"].to_list() == pytest.approx(table["km"].to_list())


def test_what_two_routes_share_is_measured_along_the_first(small):
    shared = small_route(small).shared()
    assert shared["km"].to_list() == [10.0, 10.0]
    assert shared["share_of_km"].to_list() == pytest.approx([10 / 3060, 10 / 1310])
    assert shared["countries"].to_list() == ["", ""]


def test_unknown_capacity_is_null_not_zero(small):
    links = tuple(replace(link, capacity_t_per_year=None) for link in small.network.links)
    unknown = replace(small, network=replace(small.network, links=links))
    assert small_route(unknown).alternatives_table()["capacity_t_per_year"].is_null().all()


def test_routes_go_to_geojson_along_the_sea_lane_in_the_direction_of_travel(small):
    features = json.loads(json.dumps(small_route(small).geojson()))["features"]
    lines = {f["properties"]["link"]: f for f in features if f["geometry"]["type"] == "MultiLineString"}
    sea = lines["BBB:Port--DDD:Port:sea"]["geometry"]["coordinates"]
    assert sea == [[[63, 45], [64.0, 44.0], [70.0, 44.5], [75, 45]]]
    points = {f["properties"]["id"] for f in features if f["geometry"]["type"] == "Point"}
    assert points == {place.id for place in small.network.places}


def test_a_line_over_the_date_line_is_cut_and_one_that_ends_there_is_not_bent():
    assert cut_at_antimeridian([(-179.0, 0.0), (179.0, 2.0)]) == [
        [(-179.0, 0.0), (-180.0, 1.0)],
        [(180.0, 1.0), (179.0, 2.0)],
    ]
    assert cut_at_antimeridian([(1.0, 2.0), (3.0, 4.0)]) == [[(1.0, 2.0), (3.0, 4.0)]]


def test_what_begins_once_in_ten_years_begins_within_one_with_less_than_a_tenth():
    assert chance_within_a_year(0.1) == pytest.approx(1 - np.exp(-0.1))
    assert chance_within_a_year(5.0) < 1


def test_risk_counts_each_cause_once_however_often_a_route_meets_it(small):
    routes = {other.route.ports[0]: other for other in small_route(small).alternatives}
    for port in ("CCC:Port", "BBB:Port"):
        assert routes[port].closure.central == pytest.approx(1 - np.exp(-0.1))
    assert unknown_states(small.states) == ("b_slow",)


def test_the_weight_of_risk_charges_a_country_on_the_way_in(small):
    split = platforms(small.network)
    danger = risk(small.network, split, small.states)
    entered = {
        (small.network.places[split.place_of[split.graph.tail[arc]]].id, small.network.links[split.arc_link[arc]].id)
        for arc in danger.weight.nonzero()[0].tolist()
        if small.network.links[split.arc_link[arc]].chokepoints == ()
    }
    assert entered == {
        ("AAA:Yard", "AAA:Yard--BBB:Yard:rail"),
        ("DDD:Port", "BBB:Port--DDD:Port:sea"),
        ("AAA:Mine", "AAA:Mine--BBB:Port:road"),
    }


def test_the_largest_set_of_independent_routes_is_found_among_overlapping_ones():
    used = [frozenset(group) for group in ({0, 1, 2}, {0}, {1}, {2}, {3, 0})]
    assert most_independent(used) == (1, 2, 3)


@pytest.mark.parametrize("k", [0, -1])
def test_at_least_one_alternative_must_be_asked_for(small, k):
    with pytest.raises(NoAnswerError, match="at least one"):
        small_route(small, k=k)


def test_the_ends_are_not_among_what_a_route_hangs_on(embedded):
    routes = route(embedded, "CHN:Shanghai", "JPN:Yokohama", "rare_earths")
    assert not {"CHN:Shanghai", "JPN:Yokohama"} & {name for _, name in routes.hangs_on}


def test_there_is_nothing_to_measure_without_a_path(small):
    with pytest.raises(NoAnswerError, match="no route to measure"):
        measure(None, NO_PATH, "AAA")


@pytest.mark.parametrize("mineral", ["copper", "tungsten"])
@pytest.mark.parametrize("mine", MINES)
def test_no_alternative_called_non_dominated_is_beaten_by_any_other_that_is_shown(embedded, mine, mineral):
    columns = ["cost_usd_per_t", "days", "p_closure_12m"]
    table = route(embedded, mine, "JPN:Yokohama", mineral).alternatives_table()
    shown = np.array(table.select(pl.col(columns).fill_null(0.0)).rows())
    flagged = np.flatnonzero(table["non_dominated"].fill_null(value=False).to_numpy())
    for row in shown[flagged]:
        no_more = (shown <= row * (1 + 1e-9)).all(axis=1)
        less = (shown < row * (1 - 1e-9)).any(axis=1)
        assert not (no_more & less).any(), (mine, mineral, row)
    assert flagged.size


def test_what_shuts_a_country_and_its_strait_together_is_charged_once_to_who_sails_from_there(embedded):
    split = platforms(embedded.network)
    gulf = [state for state in embedded.states if state.common_cause == "gulf_war"]
    danger = risk(embedded.network, split, gulf)
    routes = route(embedded, "KAZ:Khromtau", "IND:Mundra", "chromium")
    by_iran = next(other.route for other in routes.alternatives if "hormuz" in other.route.chokepoints)
    charged = 1 - np.exp(-danger.weight[list(by_iran.path.arcs)].sum())
    assert danger.chance(by_iran.path.arcs) > 0
    assert charged == pytest.approx(danger.chance(by_iran.path.arcs))


def test_corridors_that_share_a_strait_that_a_known_state_limits_are_not_independent(embedded):
    routes = route(embedded, "KAZ:Khromtau", "JPN:Yokohama", "chromium")
    apart = [other.route for other in routes.alternatives if other.independent]
    assert len(apart) == routes.independent_corridors
    assert sum("bosporus" in each.chokepoints for each in apart) <= 1
    assert any("bosporus" in each.chokepoints for each in apart)


def test_as_many_alternatives_are_shown_as_were_asked_for_the_cheapest_first(embedded):
    whole = route(embedded, "KAZ:Khromtau", "JPN:Yokohama", "chromium")
    for k in (1, 3):
        some = route(embedded, "KAZ:Khromtau", "JPN:Yokohama", "chromium", k=k)
        assert some.alternatives_table()["via"].to_list() == whole.alternatives_table()["via"].to_list()[:k]
        assert some.independent_corridors == whole.independent_corridors


def test_an_upgrade_or_state_named_twice_gives_the_same_routes_as_named_once(embedded):
    asked = ("KAZ:Khromtau", "JPN:Yokohama", "chromium")
    once = route(embedded, *asked, close=["china_border_slow", "RUS"], upgrade=["customs"], k=2)
    twice = route(embedded, *asked, close=["china_border_slow", "RUS"] * 2, upgrade=["customs"] * 2, k=2)
    assert twice.alternatives_table().equals(once.alternatives_table())
    assert (twice.closed, twice.upgrades) == (once.closed, once.upgrades)
