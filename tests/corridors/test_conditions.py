from __future__ import annotations

import numpy as np
import pytest

from sogdia.corridors.compare import pair
from sogdia.corridors.conditions import CENTRAL, conditions
from sogdia.corridors.cost import cargo_of
from sogdia.errors import UnknownNameError
from sogdia.network import Effect
from sogdia.network.closures import effects_of_closing, effects_of_upgrades
from sogdia.uncertain import Range


def effect(kind, target, attribute, *figures):
    value = Range(*figures) if figures else None
    return Effect(kind, target, attribute, value, source_ids=(), evidence="assumed", note="made up for tests")


def test_without_effects_planned_links_are_shut_and_all_factors_are_one(small):
    now = conditions(small.network)
    assert now.is_open.tolist() == [True] * 6 + [False]
    assert all((values == 1).all() for values in (*now.of_links.values(), *now.of_places.values()))
    np.testing.assert_equal(now.capacity_t_per_year, [np.nan, 2e6, np.nan, np.nan, 1e6, np.nan, np.nan])


def test_a_closure_wins_over_an_opening_in_either_order(small):
    opened = effect("link", "AAA:Mine--BBB:Port:road", "opened")
    shut = effect("country", "BBB", "closed")
    for both in ((opened, shut), (shut, opened)):
        assert conditions(small.network, both).is_open.tolist() == [True, False, False, False, True, True, False]


def test_factors_of_several_effects_multiply_level_by_level(small):
    twice = [effect("border", "ab", "border_hours_factor", 0.5, 0.6, 0.7)] * 2
    factor = conditions(small.network, twice).of_links["border_hours_factor"]
    np.testing.assert_allclose(factor[:, 1], [0.25, 0.36, 0.49])
    assert (factor[:, 0] == 1).all()


def test_a_stated_capacity_replaces_before_factors_multiply(small):
    stated = effect("border", "ab", "capacity_t_per_year", 4e6, 5e6, 6e6)
    half = effect("border", "ab", "capacity_factor", 0.4, 0.5, 0.6)
    for both in ((stated, half), (half, stated)):
        assert conditions(small.network, both).capacity_t_per_year[1] == 2.5e6


def test_papers_of_a_country_follow_its_exports_and_trade_cost_stays_on_the_links_touched(small):
    abroad = conditions(small.network, [effect("country", "AAA", "formalities_factor", 0.9, 0.9, 0.9)])
    assert abroad.of_origin("AAA")[CENTRAL] == 0.9
    assert abroad.of_origin("BBB")[CENTRAL] == 1.0
    assert (abroad.of_links["trade_cost_factor"] == 1).all()
    here = conditions(small.network, [effect("border", "ac", "trade_cost_factor", 0.9, 0.9, 0.9)])
    assert here.of_links["trade_cost_factor"][CENTRAL].tolist() == [1, 1, 1, 1, 0.9, 1, 1]


@pytest.mark.parametrize(
    ("kind", "target", "places"),
    [
        ("place", "AAA:Yard", [1]),
        ("country", "BBB", [2, 3]),
        ("border", "ab", [1, 2]),
        ("chokepoint", "strait", [4, 5]),
    ],
)
def test_handling_changes_where_the_target_is(small, kind, target, places):
    now = conditions(small.network, [effect(kind, target, "handling_hours_factor", 0.5, 0.5, 0.5)])
    assert np.flatnonzero(now.of_places["handling_hours_factor"][CENTRAL] == 0.5).tolist() == places


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("BBB", "country"), ("strait", "chokepoint"), ("BBB:Yard", "place"), ("ab", "border"),
        ("CCC:Port--DDD:Port:sea:strait", "link"),
    ],
)  # fmt: skip
def test_a_name_is_found_whatever_it_names(small, name, kind):
    (found,) = effects_of_closing(small.network, [name])
    assert (found.target_kind, found.target, found.attribute) == (kind, name, "closed")


def test_a_state_is_closed_by_its_effects(small):
    assert effects_of_closing(small.network, ["b_slow"], small.states) == small.state("b_slow").effects


def test_unknown_names_come_back_with_the_nearest(small):
    with pytest.raises(UnknownNameError, match=r"straight.*Did you mean strait"):
        effects_of_closing(small.network, ["straight"], small.states)
    with pytest.raises(UnknownNameError, match=r"custom'.*Did you mean customs"):
        effects_of_upgrades(small.upgrades, ["custom"])


def test_a_name_given_twice_acts_once_and_two_names_on_one_border_both_act(small):
    for names in (["b_slow"], ["b_slow", "b_slow"]):
        assert effects_of_closing(small.network, names, small.states) == small.state("b_slow").effects
    assert effects_of_upgrades(small.upgrades, ["customs", "customs"]) == small.upgrade("customs").effects
    both = (
        *effects_of_upgrades(small.upgrades, ["customs"] * 2),
        *effects_of_closing(small.network, ["b_slow"] * 2, small.states),
    )
    assert conditions(small.network, both).of_links["border_hours_factor"][CENTRAL, 1] == pytest.approx(0.5 * 3)


def test_customs_lower_the_hours_and_fees_of_their_borders_and_the_papers_and_nothing_else(small):
    asked = pair(small, "AAA:Mine", "DDD:Port", cargo_of(small.rates, "tin", "metal"))
    today, then = asked.today(), asked.best(small.upgrade("customs").effects)
    assert today.path.arcs == then.path.arcs
    assert then.hours["border"].central == 0.5 * today.hours["border"].central
    eased = {"border": 0.9, "formalities": 0.9}
    for name in (name for name in today.components_usd_per_t if name != "time"):
        expected = eased.get(name, 1.0) * today.components_usd_per_t[name].central
        assert then.components_usd_per_t[name].central == pytest.approx(expected)


def test_customs_spare_a_way_that_crosses_no_treated_border_the_papers_alone(small):
    asked = pair(small, "AAA:Mine", "DDD:Port", cargo_of(small.rates, "tin"))
    today, then = asked.today(), asked.best(small.upgrade("customs").effects)
    assert today.borders == then.borders == ("ac",)
    assert then.hours == today.hours
    saved = today.cost_usd_per_t.central - then.cost_usd_per_t.central
    assert saved == pytest.approx(0.1 * today.components_usd_per_t["formalities"].central)
