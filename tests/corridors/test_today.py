"""What holds today decides which routes can be used, and routes are compared by draws of the rates that they share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sogdia.corridors.cost import cargo_of
from sogdia.corridors.differences import comparisons
from sogdia.corridors.lanes import lanes
from sogdia.corridors.problem import cheapest_port, problem_of
from sogdia.corridors.relevant import relevant
from sogdia.corridors.risk import buffer_days
from sogdia.corridors.search import route
from sogdia.corridors.standing import NO_STATE, land_neighbours, today_for
from sogdia.errors import NoAnswerError
from sogdia.network.blocs import CargoLimit
from sogdia.uncertain import Range


def small_route(corridors, **options):
    return route(corridors, "AAA:Mine", "DDD:Port", "tin", **options)


def with_state(corridors, name, **changes):
    states = tuple(replace(state, **changes) if state.id == name else state for state in corridors.states)
    return replace(corridors, states=states)


def test_a_state_that_is_shut_now_closes_its_way_and_says_what_it_would_save(small):
    shut = with_state(small, "strait_shut", holds_now="shut", since="2024-01-01", now_note="a war")
    routes = small_route(shut)
    assert [other.route.ports[0] for other in routes.alternatives] == ["BBB:Port"]
    (cheaper,) = routes.cheaper_not_usable
    assert (cheaper.states, cheaper.route.ports[0]) == (("strait_shut",), "CCC:Port")
    assert cheaper.reason == "strait_shut, since 2024-01-01 (a war)"
    assert cheaper.saves_usd_per_t == pytest.approx(
        routes.best.route.cost_usd_per_t.central - cheaper.route.cost_usd_per_t.central
    )
    assert routes.to_dict()["cheaper_not_usable"][0]["reason"] == cheaper.reason


def test_a_bloc_that_may_use_it_is_not_shut_out(small):
    changes = {"holds_now": "shut", "usable_by": ("friends",)}
    shut = replace(with_state(small, "strait_shut", **changes), blocs={"DDD": "friends"})
    routes = small_route(shut)
    assert routes.best.route.ports[0] == "CCC:Port"
    assert routes.best.status_now == "open"
    assert routes.best.closure is None
    assert routes.cheaper_not_usable == ()


def test_where_everything_is_shut_today_the_error_names_the_ways_on_paper_and_their_states(small):
    shut = with_state(with_state(small, "strait_shut", holds_now="shut"), "b_shut", holds_now="shut", since="2020")
    with pytest.raises(NoAnswerError, match=r"can be used today\. On paper there is .*CCC.*strait_shut.*BBB.*b_shut"):
        small_route(shut)


def test_what_is_limited_stays_open_and_is_named_and_no_known_state_is_said_as_such(small):
    limited = {o.route.ports[0]: o for o in small_route(with_state(small, "b_slow", holds_now="limited")).alternatives}
    assert (limited["BBB:Port"].status_now, limited["BBB:Port"].status_reasons) == ("limited", ("b_slow",))
    assert limited["CCC:Port"].status_now == NO_STATE
    for other in small_route(replace(small, states=())).alternatives:
        assert (other.status_now, other.closure) == (NO_STATE, None)


def test_the_market_starts_from_what_is_open_today(small):
    cargo = [cargo_of(small.rates, "tin", "ore")]
    usual = lanes(small, ["DDD:Port"], cargo, cases=[(None, None), ("strait_shut", None)])
    shut = lanes(
        with_state(small, "strait_shut", holds_now="shut"),
        ["DDD:Port"],
        cargo,
        cases=[(None, None), ("strait_shut", None)],
    )
    assert usual["tau"][1] > 1.0
    assert shut["tau"].to_list() == [1.0, 1.0]
    assert shut["cost_today_usd_per_t"][0] == pytest.approx(usual["cost_usd_per_t"][1])


def test_cargo_that_does_not_pass_in_transit_passes_where_it_is_bound_for(small):
    limits = (CargoLimit("tin", "CCC", "it glows", (), "assumed", ""),)
    limited = replace(small, limits=limits)
    assert "CCC" not in small_route(limited).best.route.countries
    assert any("it glows" in note for note in small_route(limited).notes)
    bound = today_for(limited, "AAA:Mine", "CCC:Port", "tin")
    assert bound.barred == ()


def test_rates_that_two_routes_share_do_not_widen_their_difference(small):
    routes = small_route(small)
    both = [other.route for other in routes.alternatives]
    problem = problem_of(small, "AAA:Mine", "DDD:Port", routes.cargo, (), ())
    first, second = comparisons(problem.priced, small.rates, both, [0.0, 0.0])
    spread = both[1].cost_usd_per_t.high - both[0].cost_usd_per_t.low
    assert (first.difference.low, first.difference.high) == (0.0, 0.0)
    assert second.difference.high - second.difference.low < spread
    assert first.probability_cheapest + second.probability_cheapest == pytest.approx(1)
    alone = comparisons(problem.priced, small.rates, [both[0], both[0]], [0.0, 0.0])[1]
    assert alone.difference == Range(0.0, 0.0, 0.0)


def test_a_way_is_level_where_its_difference_may_have_either_sign(small):
    best, other = small_route(small).alternatives
    assert other.level == (other.difference.low <= 0 <= other.difference.high)
    assert other.difference.central == pytest.approx(other.ranked_usd_per_t - best.ranked_usd_per_t)


def test_stock_covers_the_spread_of_waits_and_the_chance_of_a_closure(small):
    way = small_route(small).best.route
    spread = np.sqrt(sum(((step.waits.high - step.waits.low) / 3.29) ** 2 for step in way.steps)) / 24
    assert buffer_days(way, None, small.rates) == pytest.approx(1.65 * spread)
    closure = Range(0.1, 0.2, 0.4)
    assert buffer_days(way, closure, small.rates) == pytest.approx(1.65 * spread + 0.2 * 30)


def test_of_several_ports_the_cheapest_is_taken(embedded):
    cargo = cargo_of(embedded.rates, "chromium", "alloy")
    ports = ("KOR:Busan", "DEU:Hamburg", "CHN:Tianjin")
    assert cheapest_port(embedded, "KAZ:Aksu", ports, cargo) == "CHN:Tianjin"
    assert cheapest_port(embedded, "KAZ:Aksu", ports[:1], cargo) == "KOR:Busan"


def test_leaving_out_needless_voyages_changes_no_route(embedded):
    near = relevant(embedded, "JPN:Yokohama", ("KAZ",))
    assert len(near.network.links) < 0.6 * len(embedded.network.links)
    assert {link.id for link in embedded.network.links if "JPN:Yokohama" in (link.start, link.end)} <= {
        link.id for link in near.network.links
    }
    assert land_neighbours(embedded.network, "KAZ", "CHN")
    assert not land_neighbours(embedded.network, "UZB", "CHN")
