"""Do contracts, stocks and idle capacity work as the scenario says?"""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.errors import NoAnswerError
from sogdia.market import Cleared, consumer_outcome, producer_outcome
from sogdia.market.events import DemandChange, Event, ExportLimit, OutputChange, OutsideSupply, TransportChange
from support.small_markets import cleared, draws, market, one_world

SMALL = 1e-4


def shipped(result: Cleared, seller: str) -> float:
    """Exports of a seller after the event [t]."""
    i = result.market.producer(seller)
    return float(sum(consumer_outcome(result, c).sources_t[0, i] for c in result.market.consumers))


@pytest.mark.parametrize("event", [OutputChange("AUS", 1 - SMALL), DemandChange(1 + SMALL)], ids=["loss", "surge"])
def test_half_under_contract_halves_the_rise_of_the_mean_import_price(event: Event) -> None:
    """The price at the margin rises as before, half of the tonnes are paid the base price."""
    free = consumer_outcome(cleared(event, at=one_world()), "JPN")
    bound = consumer_outcome(cleared(event, at=one_world(), contracted_share=0.5), "JPN")
    assert bound.use_cost[0] - 1 == pytest.approx(free.use_cost[0] - 1, rel=1e-2)
    assert bound.import_price[0] - 1 == pytest.approx((free.import_price[0] - 1) / 2, rel=1e-2)
    assert bound.reduced_use[0] == pytest.approx(free.reduced_use[0], rel=1e-2)


@pytest.mark.parametrize("event", [ExportLimit("CHN", share=0.4), OutputChange("AUS", 0.5), DemandChange(1.3)])
def test_contracts_move_no_tonnes(event: Event) -> None:
    """Who has tonnes under contract may sell them on: use and flows follow the price at the margin."""
    free, bound = cleared(event), cleared(event, contracted_share=0.7)
    np.testing.assert_array_equal(free.answer.lane_quantity, bound.answer.lane_quantity)
    np.testing.assert_array_equal(free.answer.use_cost, bound.answer.use_cost)


def test_a_cut_of_40_percent_breaks_40_percent_of_the_contracts_on_its_lane() -> None:
    """A quarter under contract takes a quarter off the rise of the price, less what is bought beyond base elsewhere."""
    cut = ExportLimit("CHN", share=0.4)
    free, bound = (consumer_outcome(cleared(cut, contracted_share=c), "JPN") for c in (0.0, 0.25))
    taken = (free.price_paid[0] - bound.price_paid[0]) / (free.price_paid[0] - 1.0)
    assert 0.2 < taken <= 0.25
    extra = np.maximum(free.sources_t[0] - free.base_sources_t, 0.0).sum() / free.bought_t[0]
    assert taken >= 0.25 * (1.0 - 2.0 * extra)


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9])
@pytest.mark.parametrize("share", [0.05, 0.5, 0.95, 1.0])
def test_a_cut_takes_the_same_tonnes_with_and_without_contracts(kept: float, share: float) -> None:
    assert shipped(cleared(ExportLimit("CHN", share=share), contracted_share=kept), "CHN") == pytest.approx(
        (1 - share) * 60.0, rel=1e-6, abs=1e-9
    )


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.9])
def test_a_seller_who_loses_everything_delivers_nothing(kept: float) -> None:
    result = cleared(OutputChange("AUS", 0.0), contracted_share=kept)
    assert shipped(result, "AUS") == 0.0
    assert producer_outcome(result).output_t[0, result.market.producer("AUS")] == 0.0


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.99])
@pytest.mark.parametrize("factor", [0.3, 0.7, 1.4])
def test_output_is_net_supply_whatever_is_under_contract(kept: float, factor: float) -> None:
    """a Y0 p^eps at the price of the last tonne, less what the producer leaves idle."""
    result = cleared(ExportLimit("CHN", share=0.9), OutputChange("AUS", factor), contracted_share=kept)
    made = producer_outcome(result)
    supply = np.array([1.0, factor, 1.0]) * made.price[0] ** 0.2
    idle = np.zeros(3)
    idle[result.idle.producers] = result.idle.slack * made.price[0, result.idle.producers] ** -result.idle.elasticity
    supply[result.idle.producers] *= 1.0 + result.idle.slack
    np.testing.assert_allclose(made.output_t[0], (supply - idle) * made.base_output_t, rtol=1e-6)


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.95])
def test_a_seller_who_loses_everything_loses_its_whole_surplus(kept: float) -> None:
    """V0 / (1 + eps); contracts that are broken earn nothing."""
    result = cleared(OutputChange("AUS", 0.0), contracted_share=kept)
    assert producer_outcome(result).surplus_change_kusd[0, 1] == pytest.approx(-30.0 * 12.0 / 1.2)


@pytest.mark.parametrize("kept", [0.0, 0.5, 0.95])
def test_an_exporter_that_may_ship_less_and_is_paid_less_loses_surplus(kept: float) -> None:
    """Contracts that are kept are paid the base price; the tonnes of the broken ones are lost."""
    made = producer_outcome(cleared(ExportLimit("CHN", share=0.4), contracted_share=kept))
    assert made.price[0, 0] < 1.0
    assert made.surplus_change_kusd[0, 0] < 0.0


def test_an_embargo_breaks_contracts() -> None:
    embargo = ExportLimit("CHN", share=1.0)
    result = cleared(embargo, contracted_share=0.5)
    assert shipped(result, "CHN") == 0.0
    found = consumer_outcome(result, "JPN")
    kept = 0.5 * np.array([0.0, 20.0, 15.0])
    market_cost = (found.bought_t * consumer_outcome(cleared(embargo), "JPN").price_paid)[0]
    rise = np.array([0.0, *(result.answer.delivered[0, result.lanes.producer == i][-1] - 1.0 for i in (1, 2))])
    assert found.price_paid[0] * found.bought_t[0] == pytest.approx(market_cost - kept @ rise, rel=1e-6)


@pytest.mark.parametrize("kept", [0.0, 0.5])
def test_what_sellers_make_is_what_buyers_get(kept: float) -> None:
    result = cleared(ExportLimit("CHN", share=0.4), OutputChange("AUS", 0.7), contracted_share=kept)
    lane_t = result.answer.lane_quantity[0]
    by_seller = np.bincount(result.lanes.producer, lane_t)
    np.testing.assert_allclose(by_seller, producer_outcome(result).output_t[0], rtol=1e-7)
    abroad = sum(consumer_outcome(result, c).imports_t[0] for c in result.market.consumers)
    assert lane_t[~result.lanes.home].sum() == pytest.approx(abroad, rel=1e-7)


def test_purchases_fall_by_exactly_what_stocks_give_at_unchanged_prices() -> None:
    at = market([[50.0], [50.0]], ("CHN", "AUS"), ("JPN",), None)
    by = draws(eps=1e9)
    event = OutputChange("CHN", 0.9)
    plain, held = (cleared(event, at=at, by=by, stock_days=days) for days in ({}, {"JPN": 30.0}))
    drawn = held.released[0]
    assert drawn == pytest.approx(min(30.0 / 365.0 * 100.0, 0.1 * 50.0))
    assert plain.answer.purchases[0, 0] - held.answer.purchases[0, 0] == pytest.approx(drawn, rel=1e-6)
    assert consumer_outcome(held, "JPN").use_t[0] == pytest.approx(consumer_outcome(plain, "JPN").use_t[0], rel=1e-6)


def test_no_more_is_drawn_than_the_event_takes() -> None:
    result = cleared(ExportLimit("CHN", share=0.5), stock_days={"JPN": 365.0})
    assert result.released[result.market.consumer("JPN")] == pytest.approx(15.0)


def test_stocks_answer_a_surge_of_the_holders_demand() -> None:
    surge = DemandChange(1.2, ("JPN",))
    plain, held = cleared(surge), cleared(surge, stock_days={"JPN": 36.5, "USA": 36.5})
    assert held.released.tolist() == pytest.approx([0.0, 0.1 * 65.0, 0.0])
    assert consumer_outcome(held, "JPN").use_cost[0] < consumer_outcome(plain, "JPN").use_cost[0]


def test_what_comes_from_outside_is_counted_up_to_nine_tenths_of_use_and_a_note_says_so() -> None:
    result = cleared(OutsideSupply("JPN", 1e6))
    assert result.outside[result.market.consumer("JPN")] == pytest.approx(0.9 * 65.0)
    assert any("JPN" in note and "90%" in note for note in result.notes)
    assert not cleared(OutsideSupply("JPN", 30.0)).notes


def test_tonnes_from_outside_the_market_lower_the_price_for_everybody() -> None:
    loss = OutputChange("AUS", 0.5)
    plain, helped = cleared(loss), cleared(loss, OutsideSupply("JPN", 10.0))
    for buyer in ("JPN", "USA"):
        assert consumer_outcome(helped, buyer).price_paid[0] < consumer_outcome(plain, buyer).price_paid[0]
    assert consumer_outcome(helped, "JPN").use_t[0] > consumer_outcome(plain, "JPN").use_t[0]


def test_a_limit_on_all_buyers_gives_the_same_answer_whatever_lanes_are_split() -> None:
    """A way that is as dear as before splits no lane; one that is a billionth dearer does."""
    cut, split = ExportLimit("CHN", share=0.4), TransportChange("CHN", 1.0 + 1e-9, destinations=("JPN",))
    whole, parts = cleared(cut), cleared(cut, split)
    assert len(parts.lanes.producer) == len(whole.lanes.producer) + 1
    for buyer in ("CHN", "JPN", "USA"):
        one, two = consumer_outcome(whole, buyer), consumer_outcome(parts, buyer)
        np.testing.assert_allclose(two.sources_t, one.sources_t, rtol=1e-6)
        assert two.surplus_change_kusd[0] == pytest.approx(one.surplus_change_kusd[0], rel=1e-6)
    one, two = producer_outcome(whole), producer_outcome(parts)
    np.testing.assert_allclose(two.rent_kusd, one.rent_kusd, rtol=1e-6)
    np.testing.assert_allclose(two.surplus_change_kusd, one.surplus_change_kusd, rtol=1e-6)


def test_licences_of_a_shared_limit_go_to_who_pays_most() -> None:
    cut, dear = ExportLimit("CHN", share=0.4), TransportChange("CHN", 1.5, destinations=("JPN",))
    result = cleared(cut, dear)
    assert shipped(result, "CHN") == pytest.approx(0.6 * 60.0, rel=1e-6)
    china = result.market.producer("CHN")
    left = [consumer_outcome(result, c).sources_t[0, china] / 30.0 for c in ("JPN", "USA")]
    assert left[0] < 0.6 < left[1]
    wedge = result.answer.wedge[0, (result.lanes.producer == china) & ~result.lanes.home]
    assert wedge[0] == pytest.approx(wedge[1])
    assert wedge[0] > 1.0


def test_a_producer_shut_off_from_its_buyers_stops_before_its_price_falls_to_nothing() -> None:
    at = market([[5.0, 95.0], [0.0, 50.0]], ("CHN", "AUS"), ("CHN", "JPN"), None)
    made = producer_outcome(cleared(ExportLimit("CHN", share=1.0), at=at))
    floor = at.rules.shut_in_price
    assert 0.95 * floor < made.price[0, 0] < 1.3 * floor
    assert made.output_t[0, 0] < 10.0
    assert made.surplus_change_kusd[0, 0] > -1000.0 / 1.2


def test_nobody_stops_where_nothing_happens() -> None:
    made = producer_outcome(cleared(DemandChange(1.0 - 1e-12)))
    np.testing.assert_allclose(made.output_t[0], made.base_output_t, rtol=1e-9)
    np.testing.assert_allclose(made.price, 1.0, atol=1e-9)


def test_stocks_lower_the_price_for_everybody() -> None:
    cut = ExportLimit("CHN", share=0.5)
    plain, held = cleared(cut), cleared(cut, stock_days={"JPN": 60.0})
    for buyer in ("JPN", "USA"):
        assert consumer_outcome(held, buyer).price_paid[0] < consumer_outcome(plain, buyer).price_paid[0]


def test_stocks_of_a_country_that_buys_nothing_are_refused() -> None:
    with pytest.raises(NoAnswerError, match="AUS buys no metal"):
        cleared(ExportLimit("CHN", share=0.5), stock_days={"AUS": 30.0})


def test_a_seller_without_idle_capacity_makes_no_more_than_its_ceiling() -> None:
    cut = ExportLimit("CHN", share=0.8)
    free, bound = (cleared(cut, by=draws(eps=1.0), spare=spare) for spare in ({}, {"AUS": 1.05}))
    aus = free.market.producer("AUS")
    assert producer_outcome(free).output_t[0, aus] > 1.05 * 30.0
    assert producer_outcome(bound).output_t[0, aus] == pytest.approx(1.05 * 30.0, rel=1e-6)
    assert consumer_outcome(bound, "JPN").price_paid[0] > consumer_outcome(free, "JPN").price_paid[0]


def test_the_ceiling_holds_for_contracts_and_free_sales_together() -> None:
    result = cleared(ExportLimit("CHN", share=0.8), by=draws(eps=1.0), spare={"AUS": 1.05}, contracted_share=0.5)
    assert producer_outcome(result).output_t[0, 1] == pytest.approx(1.05 * 30.0, rel=1e-6)
