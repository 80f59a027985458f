"""Do contracts, stocks and idle capacity work as the scenario says?"""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.errors import NoAnswerError
from sogdia.market import Cleared, consumer_outcome, producer_outcome
from sogdia.market.events import DemandChange, Event, ExportLimit, OutputChange, TransportChange
from support.small_markets import cleared, draws, market, one_world

SMALL = 1e-4


def shipped(result: Cleared, seller: str) -> float:
    """Exports of a seller after the event [t]."""
    i = result.market.producer(seller)
    return float(sum(consumer_outcome(result, c).sources_t[0, i] for c in result.market.consumers))


@pytest.mark.parametrize("event", [OutputChange("AUS", 1 - SMALL), DemandChange(1 + SMALL)], ids=["loss", "surge"])
def test_half_under_contract_halves_the_rise_of_the_mean_import_price(event: Event) -> None:
    """To first order the free price rises as before: its elasticities are 1 / (1 - c) times as large."""
    free = consumer_outcome(cleared(event, at=one_world()), "JPN")
    bound = consumer_outcome(cleared(event, at=one_world(), contracted_share=0.5), "JPN")
    assert bound.price[0] - 1 == pytest.approx(free.price[0] - 1, rel=1e-2)
    assert bound.import_price[0] - 1 == pytest.approx((free.import_price[0] - 1) / 2, rel=1e-2)
    assert bound.shortage[0] == pytest.approx(free.shortage[0], rel=1e-2)


def test_half_under_contract_halves_the_shift_between_suppliers() -> None:
    """Equal sellers of fixed prices: shares answer by sigma on the free half alone."""
    at = market([[50.0], [50.0]], ("CHN", "AUS"), ("JPN",), None)
    by = draws(sigma=3.0, eta=0.2, eps=1e4)
    event = TransportChange("CHN", 1 + SMALL)
    free, bound = (
        consumer_outcome(cleared(event, at=at, by=by, contracted_share=kept), "JPN").shares[0, 0] - 0.5
        for kept in (0.0, 0.5)
    )
    assert free == pytest.approx(-3.0 * SMALL / 4, rel=1e-2)
    assert bound == pytest.approx(free / 2, rel=1e-2)


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


def test_contracts_are_honoured_as_far_as_a_loss_allows() -> None:
    result = cleared(OutputChange("AUS", 0.3), contracted_share=0.5)
    aus = result.market.producer("AUS")
    for buyer in ("JPN", "USA"):
        base = result.market.flows[aus, result.market.consumer(buyer)]
        assert consumer_outcome(result, buyer).sources_t[0, aus] >= 0.3 * base
    np.testing.assert_array_equal(result.contracts.kept[result.lanes.producer == aus], 0.3)


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("factor", [0.3, 0.7, 1.4])
def test_output_is_that_of_the_whole_supply_whatever_is_under_contract(kept: float, factor: float) -> None:
    """a Y0 p^eps at the price of the last tonne; a power law of the free part alone would grow without bound."""
    made = producer_outcome(cleared(ExportLimit("CHN", share=0.9), OutputChange("AUS", factor), contracted_share=kept))
    supply = np.array([1.0, factor, 1.0]) * made.base_output_t * made.price[0] ** 0.2
    np.testing.assert_allclose(made.output_t[0], supply, rtol=1e-7)


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


def test_demand_for_broken_contracts_is_as_stiff_as_without_them() -> None:
    """A buyer whose only supplier is under embargo has no contract left: its demand and loss are those of c = 0."""
    at = market([[50.0, 0.0], [10.0, 60.0]], ("CHN", "AUS"), ("JPN", "USA"), None)
    embargo = ExportLimit("CHN", share=1.0)
    result = cleared(embargo, at=at, contracted_share=0.9)
    bought = 10.0 - 9.0 + 50.0
    assert result.eta[0, 0] == pytest.approx(0.2 * 60.0 / bought)
    free, bound = (consumer_outcome(cleared(embargo, at=at, contracted_share=c), "JPN") for c in (0.0, 0.9))
    assert bound.price[0] > free.price[0]
    assert bound.shortage[0] > free.shortage[0]
    assert bound.surplus_change_kusd[0] < free.surplus_change_kusd[0]


def test_contracts_are_honoured_before_a_limit_bites() -> None:
    """A cut of 40 % leaves a contracted half whole: every buyer still gets that half, at base prices."""
    result = cleared(ExportLimit("CHN", share=0.4), contracted_share=0.5)
    china = result.market.producer("CHN")
    for buyer in ("JPN", "USA"):
        base = result.market.flows[china, result.market.consumer(buyer)]
        assert consumer_outcome(result, buyer).sources_t[0, china] >= 0.5 * base
    np.testing.assert_array_equal(result.contracts.kept, 0.5)


def test_an_embargo_breaks_contracts() -> None:
    result = cleared(ExportLimit("CHN", share=1.0), contracted_share=0.5)
    assert shipped(result, "CHN") == 0.0
    assert result.contracts.kept[(result.lanes.producer == 0) & ~result.lanes.home].tolist() == [0.0]


@pytest.mark.parametrize("kept", [0.0, 0.5])
def test_what_sellers_make_is_what_buyers_get(kept: float) -> None:
    result = cleared(ExportLimit("CHN", share=0.4), OutputChange("AUS", 0.7), contracted_share=kept)
    lane_t = result.answer.lane_quantity[0] + result.contracts.kept * np.where(
        result.lanes.members, result.market.flows[result.lanes.producer], 0.0
    ).sum(axis=1)
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
    assert consumer_outcome(held, "JPN").consumption_t[0] == pytest.approx(
        consumer_outcome(plain, "JPN").consumption_t[0], rel=1e-6
    )


def test_no_more_is_drawn_than_the_event_takes() -> None:
    result = cleared(ExportLimit("CHN", share=0.5), stock_days={"JPN": 365.0})
    assert result.released[result.market.consumer("JPN")] == pytest.approx(15.0)
    assert cleared(DemandChange(1.5), stock_days={"JPN": 365.0}).released.tolist() == [0.0, 0.0, 0.0]


def test_stocks_lower_the_price_for_everybody() -> None:
    cut = ExportLimit("CHN", share=0.5)
    plain, held = cleared(cut), cleared(cut, stock_days={"JPN": 60.0})
    for buyer in ("JPN", "USA"):
        assert consumer_outcome(held, buyer).price[0] < consumer_outcome(plain, buyer).price[0]


def test_stocks_of_a_country_that_buys_nothing_are_refused() -> None:
    with pytest.raises(NoAnswerError, match="AUS buys no metal"):
        cleared(ExportLimit("CHN", share=0.5), stock_days={"AUS": 30.0})


def test_a_seller_without_idle_capacity_makes_no_more_than_its_ceiling() -> None:
    cut = ExportLimit("CHN", share=0.8)
    free, bound = (cleared(cut, by=draws(eps=1.0), spare=spare) for spare in ({}, {"AUS": 1.05}))
    aus = free.market.producer("AUS")
    assert producer_outcome(free).output_t[0, aus] > 1.05 * 30.0
    assert producer_outcome(bound).output_t[0, aus] == pytest.approx(1.05 * 30.0, rel=1e-6)
    assert consumer_outcome(bound, "JPN").price[0] > consumer_outcome(free, "JPN").price[0]


def test_the_ceiling_holds_for_contracts_and_free_sales_together() -> None:
    result = cleared(ExportLimit("CHN", share=0.8), by=draws(eps=1.0), spare={"AUS": 1.05}, contracted_share=0.5)
    assert producer_outcome(result).output_t[0, 1] == pytest.approx(1.05 * 30.0, rel=1e-6)
