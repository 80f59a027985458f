"""Are prices, money and shares read from the answer as their definitions say?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sogdia.data.elasticities import Elasticities, Elasticity
from sogdia.errors import NoAnswerError, SogdiaError
from sogdia.market import Cleared, consumer_outcome, draw, producer_outcome
from sogdia.market.draws import NORMAL_95
from sogdia.market.events import DemandChange, Event, ExportDuty, ExportLimit, OutputChange, TransportChange
from sogdia.market.outcomes import world_welfare_kusd
from support.small_markets import cleared, draws, market, one_world

CUT = ExportLimit("CHN", share=0.4)


def test_one_homogeneous_market_has_its_closed_form() -> None:
    """P = (1 - f)^(-1 / (eps + eta)); f = 20 %, eps + eta = 0.2 gives 3.05."""
    result = cleared(OutputChange("AUS", 0.8), at=one_world(), by=draws(eta=0.1, eps=0.1))
    found = consumer_outcome(result, "JPN")
    assert found.price_paid[0] == pytest.approx(0.8 ** (-1 / 0.2), rel=1e-9)
    assert found.import_price[0] == pytest.approx(3.0518, rel=1e-4)
    assert found.reduced_use[0] == pytest.approx(1 - 0.8 ** (0.1 / 0.2), rel=1e-9)


def test_nothing_changes_when_nothing_happens() -> None:
    result = cleared()
    for buyer in result.market.consumers:
        found = consumer_outcome(result, buyer)
        assert found.price_paid[0] == pytest.approx(1.0)
        assert found.reduced_use[0] == pytest.approx(0.0, abs=1e-12)
        assert found.surplus_change_kusd[0] == pytest.approx(0.0, abs=1e-9)
        assert found.import_bill_kusd[0] == pytest.approx(found.base_import_bill_kusd)
        np.testing.assert_allclose(found.sources_t[0], found.base_sources_t, rtol=1e-9)
    made = producer_outcome(result)
    np.testing.assert_allclose(made.output_t[0], made.base_output_t)
    np.testing.assert_allclose(made.surplus_change_kusd, 0.0, atol=1e-9)
    assert (made.rent_kusd == 0).all()


@pytest.mark.parametrize("kept", [0.0, 0.5])
def test_the_bill_is_price_times_quantity_source_by_source(kept: float) -> None:
    result = cleared(CUT, contracted_share=kept)
    found, base = consumer_outcome(result, "USA"), result.market
    j = base.consumer("USA")
    bill = 0.0
    for lane in np.flatnonzero(result.lanes.members[:, j]):
        i = result.lanes.producer[lane]
        bound = kept * min(base.flows[i, j], found.sources_t[0, i])
        free = found.sources_t[0, i] - bound
        bill += base.unit_value[i, j] * (free * result.answer.delivered[0, lane] + bound)
    assert found.import_bill_kusd[0] == pytest.approx(bill, rel=1e-9)
    assert found.import_price[0] == pytest.approx(
        (bill / found.imports_t[0]) / (found.base_import_bill_kusd / found.base_imports_t), rel=1e-9
    )


def test_shares_of_sources_add_up_to_one_and_make_the_concentration() -> None:
    found = consumer_outcome(cleared(CUT), "JPN")
    assert found.shares.sum(axis=1) == pytest.approx(1.0)
    assert found.hhi[0] == pytest.approx((found.shares[0] ** 2).sum())
    assert found.sources_t[0].sum() == pytest.approx(found.imports_t[0])


def test_home_sales_are_no_imports() -> None:
    found = consumer_outcome(cleared(CUT), "JPN")
    assert found.base_imports_t == 50.0
    assert found.base_use_t == 65.0
    assert found.base_sources_t.tolist() == [30.0, 20.0, 0.0]
    assert found.shares[0, 2] == 0.0


def test_the_restricted_exporters_home_price_falls_while_all_others_rise() -> None:
    result = cleared(CUT)
    assert producer_outcome(result).price[0, 0] < 1.0
    assert consumer_outcome(result, "CHN").price_paid[0] < 1.0
    assert all(consumer_outcome(result, c).price_paid[0] > 1.0 for c in ("JPN", "USA"))


def test_scarcity_rent_is_the_wedge_times_what_passes_in_value() -> None:
    result = cleared(CUT)
    lane = int(np.flatnonzero((result.lanes.producer == 0) & ~result.lanes.home)[0])
    answer = result.answer
    margin = (answer.wedge[0, lane] - 1) * answer.price[0, 0]
    assert margin > 0
    rent = producer_outcome(result).rent_kusd[0]
    assert rent[0] == pytest.approx(10.0 * margin * answer.lane_quantity[0, lane], rel=1e-6)
    assert rent[1:].tolist() == [0.0, 0.0]


def test_a_duty_is_revenue_of_its_rate_on_the_export_price_and_no_scarcity_rent() -> None:
    """Buyers pay p (1 + r), the exporter gets p, and the treasury the difference on every tonne that leaves."""
    result = cleared(ExportDuty("CHN", 0.25))
    made = producer_outcome(result)
    sold = sum(consumer_outcome(result, c).sources_t[0, 0] for c in ("JPN", "USA"))
    assert sold < 60.0
    assert made.rent_kusd.tolist() == [[0.0, 0.0, 0.0]]
    assert made.duty_kusd[0].tolist() == pytest.approx([0.25 * made.price[0, 0] * 10.0 * sold, 0.0, 0.0])


def test_a_duty_makes_each_flow_of_its_exporter_dearer_by_the_rate_over_what_the_exporter_gets() -> None:
    result = cleared(ExportDuty("CHN", 0.25, ("JPN",)))
    china = result.market.producer("CHN")
    price = producer_outcome(result).price[0, china]
    assert price < 1.0
    for lane in np.flatnonzero(result.lanes.producer == china):
        taxed = result.lanes.members[lane, result.market.consumer("JPN")]
        assert result.answer.delivered[0, lane] == pytest.approx(price * (1.25 if taxed else 1.0))
    assert consumer_outcome(result, "JPN").shares[0, china] < 30.0 / 50.0
    assert consumer_outcome(result, "USA").shares[0, china] > 30.0 / 45.0


def test_a_duty_is_levied_on_the_price_with_the_licence_and_before_freight() -> None:
    events = (ExportDuty("CHN", 0.25), ExportLimit("CHN", share=0.4), TransportChange("CHN", 1.1))
    result = cleared(*events, at=market(prices=None))
    made = producer_outcome(result)
    lane = int(np.flatnonzero((result.lanes.producer == 0) & ~result.lanes.home)[0])
    paid = 10.0 * result.answer.delivered[0, lane] * 36.0
    earned = 10.0 * made.price[0, 0] * 36.0 + made.rent_kusd[0, 0] + made.duty_kusd[0, 0]
    assert made.rent_kusd[0, 0] > 0
    assert earned == pytest.approx(paid / 1.1, rel=1e-6)
    assert made.duty_kusd[0, 0] == pytest.approx(0.25 * (earned - made.duty_kusd[0, 0]), rel=1e-6)


def welfare(result: Cleared) -> float:
    """What consumers, producers, licence holders and treasuries gain together [kUSD]."""
    made = producer_outcome(result)
    used = sum(consumer_outcome(result, c).surplus_change_kusd[0] for c in result.market.consumers)
    return float(used + (made.surplus_change_kusd + made.rent_kusd + made.duty_kusd)[0].sum())


@pytest.mark.parametrize("kept", [0.0, 0.5])
@pytest.mark.parametrize(
    ("event", "most"),
    [
        (lambda size: ExportDuty("CHN", size), 0.5),
        (lambda size: ExportDuty("CHN", size, ("JPN",)), 0.5),
        (lambda size: ExportLimit("CHN", share=size), 0.45),
    ],
    ids=["duty", "duty on one buyer", "cut"],
)
def test_gains_and_losses_add_up_to_minus_the_deadweight_loss(
    event: Callable[[float], Event], most: float, kept: float
) -> None:
    """The gap between what buyers pay and sellers get, over all tonnes that it drives away."""
    at = market(prices=None)
    results = [cleared(event(size), at=at, contracted_share=kept) for size in np.linspace(0.0, most, 41)[1:]]
    lane = int(np.argmax(results[-1].answer.delivered[0] / results[-1].answer.price[0, results[-1].lanes.producer]))
    gap = [10.0 * (r.answer.delivered[0, lane] - r.answer.price[0, r.lanes.producer[lane]]) for r in results]
    moved = [r.answer.lane_quantity[0, lane] for r in results]
    at_base = at.flows[0, results[-1].lanes.members[lane]].sum()
    loss = -np.trapezoid([0.0, *gap], [at_base, *moved])
    assert loss > 1.0
    assert welfare(results[-1]) == pytest.approx(-loss, rel=1e-3)
    assert world_welfare_kusd(results[-1])[0] == pytest.approx(-loss, rel=1e-3)


def test_the_sellers_who_lose_nothing_gain_from_the_cut() -> None:
    made = producer_outcome(cleared(CUT))
    assert made.surplus_change_kusd[0, 0] < 0
    assert (made.surplus_change_kusd[0, 1:] > 0).all()
    assert (made.output_t[0, 1:] > made.base_output_t[1:]).all()


def test_producer_surplus_is_the_area_left_of_supply() -> None:
    """One seller, eps: V0 (p^(1 + eps) - 1) / (1 + eps) when demand grows."""
    result = cleared(DemandChange(1.2), at=one_world(), by=draws(eta=0.3, eps=0.5))
    price = result.answer.price[0, 0]
    assert price == pytest.approx(1.2 ** (1 / 0.8), rel=1e-9)
    assert producer_outcome(result).surplus_change_kusd[0, 0] == pytest.approx(1000.0 * (price**1.5 - 1) / 1.5)


def test_consumer_surplus_is_the_area_left_of_demand() -> None:
    result = cleared(OutputChange("AUS", 0.8), at=one_world(), by=draws(eta=0.5, eps=0.5))
    assert result.answer.use_cost[0, 0] == pytest.approx(1.25)
    assert consumer_outcome(result, "JPN").surplus_change_kusd[0] == pytest.approx(1000.0 * (1 - 1.25**0.5) / 0.5)


def test_a_buyer_cut_off_from_all_it_had_uses_nothing() -> None:
    at = market([[10.0, 10.0], [0.0, 5.0]], ("CHN", "AUS"), ("JPN", "USA"), None)
    found = consumer_outcome(cleared(ExportLimit("CHN", share=1.0), at=at), "JPN")
    assert found.price_paid[0] == np.inf
    assert found.reduced_use[0] == 1.0
    assert found.surplus_change_kusd[0] == pytest.approx(-100.0 * (10.0**0.8 - 1.0) / 0.8)
    assert np.isnan(found.import_price[0])
    assert np.isnan(found.shares[0]).all()
    assert np.isnan(found.hhi[0])


def test_a_country_that_buys_nothing_has_no_outcome() -> None:
    with pytest.raises(NoAnswerError, match="AUS buys no metal"):
        consumer_outcome(cleared(CUT), "AUS")


def test_a_market_that_cannot_clear_is_no_answer() -> None:
    """Everything lost but what is rigid: supply that is gone meets demand that answers nothing."""
    rigid = draws(eta=0.0, eps=0.0)
    with pytest.raises(SogdiaError):
        cleared(OutputChange("AUS", 0.5), at=one_world(), by=rigid)


LOP_SIDED = Elasticities(
    sigma=Elasticity(1.5, 3.0, 12.0, (), ()),
    eta=Elasticity(0.1, 0.2, 0.3, (), ()),
    eps=Elasticity(0.05, 0.2, 0.4, (), ()),
)


def test_the_first_draw_is_the_centre() -> None:
    found = draw(LOP_SIDED, 50)
    assert (found.sigma[0], found.eta[0], found.eps[0]) == (3.0, 0.2, 0.2)


def test_a_draw_does_not_depend_on_how_many_are_drawn() -> None:
    few, many = draw(LOP_SIDED, 10, seed=3), draw(LOP_SIDED, 100, seed=3)
    np.testing.assert_array_equal(few.sigma, many.sigma[:10])
    np.testing.assert_array_equal(few.eps, many.eps[:10])
    assert not np.array_equal(draw(LOP_SIDED, 10, seed=4).sigma, few.sigma)


def test_low_and_high_are_the_outer_twentieths_of_the_draws() -> None:
    found = draw(LOP_SIDED, 4000)
    for values, wanted in ((found.eta, LOP_SIDED.eta), (found.eps, LOP_SIDED.eps), (found.sigma, LOP_SIDED.sigma)):
        low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
        assert low == pytest.approx(wanted.low, rel=0.1)
        assert middle == pytest.approx(wanted.central, rel=0.1)
        assert high == pytest.approx(wanted.high, rel=0.1)
    assert pytest.approx(1.6449, abs=1e-4) == NORMAL_95


def test_substitution_stays_above_one_and_above_demand() -> None:
    steep = Elasticities(
        Elasticity(1.01, 1.2, 2.0, (), ()), Elasticity(0.5, 1.5, 4.0, (), ()), Elasticity(0.1, 0.2, 0.4, (), ())
    )
    found = draw(steep, 500)
    assert (found.sigma >= 1.05).all()
    assert (found.sigma >= 1.05 * found.eta - 1e-12).all()
