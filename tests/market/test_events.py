"""Does each kind of event do to the market what it says, and refuse what it cannot mean?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sogdia.errors import InputError, NoAnswerError
from sogdia.market import Scenario, TradedMarket, consumer_outcome, producer_outcome
from sogdia.market.events import (
    DemandChange,
    Effects,
    Event,
    ExportDuty,
    ExportLimit,
    OutputChange,
    TransportChange,
    combine,
)
from sogdia.market.lanes import Lanes, lanes_of
from support.small_markets import cleared, draws, market


def effects(event: Event, at: TradedMarket | None = None) -> tuple[TradedMarket, Lanes, Effects]:
    """The event's effects on the hand-made market, with the lanes it needs."""
    found = at or market()
    lanes = lanes_of(found, event.splits(found))
    return found, lanes, event.effects(found, lanes)


def test_home_sales_and_exports_are_two_lanes_of_a_seller() -> None:
    found = market()
    lanes = lanes_of(found)
    assert lanes.producer.tolist() == [0, 0, 1, 2, 2]
    assert lanes.home.tolist() == [False, True, False, False, True]
    np.testing.assert_array_equal(lanes.members[0], [False, True, True])
    np.testing.assert_array_equal(lanes.members[1], [True, False, False])


def test_lanes_hold_every_flow_once() -> None:
    found = market()
    lanes = lanes_of(found, [(0, frozenset({1})), (0, frozenset({1, 2}))])
    for producer in range(3):
        served = lanes.members[lanes.producer == producer].sum(axis=0)
        np.testing.assert_array_equal(served, found.flows[producer] > 0)


def test_named_destinations_get_a_lane_of_their_own() -> None:
    found, lanes, effect = effects(ExportLimit("CHN", share=0.4, destinations=("JPN",)))
    limited = np.flatnonzero(np.isfinite(effect.cap))
    assert effect.cap[limited].tolist() == [0.6]
    assert [found.consumers[j] for j in np.flatnonzero(lanes.members[limited[0]])] == ["JPN"]


def test_two_events_may_split_the_same_exports() -> None:
    events = (
        ExportLimit("CHN", share=0.4, destinations=("JPN",)),
        ExportLimit("CHN", share=0.1, destinations=("USA",)),
    )
    result = cleared(*events)
    china = result.market.producer("CHN")
    for buyer, left in (("JPN", 0.6), ("USA", 0.9)):
        assert consumer_outcome(result, buyer).sources_t[0, china] == pytest.approx(left * 30.0, rel=1e-6)


def test_a_cut_limits_exports_and_leaves_home_sales_alone() -> None:
    _, lanes, effect = effects(ExportLimit("CHN", share=0.4))
    np.testing.assert_array_equal(effect.cap[lanes.home], np.inf)
    assert effect.cap[(lanes.producer == 0) & ~lanes.home].tolist() == [0.6]
    assert np.isinf(effect.cap[lanes.producer != 0]).all()


def test_a_quota_is_the_tonnes_that_leave() -> None:
    result = cleared(ExportLimit("CHN", quota_t=24.0))
    shipped = sum(consumer_outcome(result, c).sources_t[0, 0] for c in result.market.consumers)
    assert shipped == pytest.approx(24.0, rel=1e-6)


def test_a_quota_for_some_holds_for_their_sum() -> None:
    _, lanes, effect = effects(ExportLimit("CHN", quota_t=15.0, destinations=("JPN", "USA")))
    assert effect.cap[(lanes.producer == 0) & ~lanes.home].tolist() == [0.25]


def test_an_embargo_moves_nothing() -> None:
    result = cleared(ExportLimit("CHN", share=1.0))
    assert sum(consumer_outcome(result, c).sources_t[0, 0] for c in ("JPN", "USA")) == 0.0


def test_a_quota_above_base_exports_binds_nobody() -> None:
    np.testing.assert_allclose(cleared(ExportLimit("CHN", quota_t=1000.0)).answer.price, 1.0, atol=1e-9)


def test_a_duty_makes_exports_dearer_by_its_rate() -> None:
    _, lanes, effect = effects(ExportDuty("CHN", 0.25))
    assert effect.duty[(lanes.producer == 0) & ~lanes.home].tolist() == [0.25]
    assert effect.duty[lanes.home].tolist() == [0.0, 0.0]
    result = cleared(ExportDuty("CHN", 0.25))
    assert producer_outcome(result).price[0, 0] < 1.0
    assert consumer_outcome(result, "JPN").price_paid[0] > 1.0


def test_an_output_loss_is_the_supply_that_is_gone_at_base_prices() -> None:
    _, _, effect = effects(OutputChange("AUS", 0.8))
    assert effect.supply.tolist() == [1.0, 0.8, 1.0]


def test_more_output_lowers_every_price() -> None:
    assert (cleared(OutputChange("AUS", 1.5)).answer.use_cost < 1.0).all()


def test_a_demand_surge_is_its_own_buyers_or_the_worlds() -> None:
    assert effects(DemandChange(1.2, ("JPN",)))[2].demand.tolist() == [1.0, 1.2, 1.0]
    assert effects(DemandChange(1.2))[2].demand.tolist() == [1.2, 1.2, 1.2]


def test_a_closed_way_is_an_embargo_and_a_dear_way_a_duty() -> None:
    closed = cleared(TransportChange("CHN", capacity=0.0))
    embargo = cleared(ExportLimit("CHN", share=1.0))
    np.testing.assert_allclose(closed.answer.price, embargo.answer.price, rtol=1e-9)
    dear = cleared(TransportChange("CHN", cost_factor=1.25))
    duty = cleared(ExportDuty("CHN", 0.25))
    np.testing.assert_allclose(dear.answer.price, duty.answer.price, rtol=1e-9)


def test_a_way_to_one_buyer_leaves_the_others_base_price() -> None:
    found, lanes, effect = effects(TransportChange("CHN", cost_factor=1.3, destinations=("JPN",)))
    dear = np.flatnonzero(effect.cost > 1)
    assert [found.consumers[j] for j in np.flatnonzero(lanes.members[dear[0]])] == ["JPN"]
    assert len(dear) == 1


def test_effects_multiply_limits_tighten_and_duties_add() -> None:
    found = market()
    lanes = lanes_of(found)
    none = Effects.none(found, lanes)
    first = OutputChange("CHN", 0.5).effects(found, lanes)
    second = ExportDuty("CHN", 0.5).effects(found, lanes)
    third = TransportChange("CHN", cost_factor=2.0, capacity=0.7).effects(found, lanes)
    fourth = ExportLimit("CHN", share=0.4).effects(found, lanes)
    both = combine([none, first, first, second, third, fourth])
    assert both.supply[0] == 0.25
    assert (both.cost[0], both.duty[0]) == (2.0, 0.5)
    assert both.cap[0] == 0.6
    assert combine([none]) is none


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda: ExportLimit("CHN"), "either a share or a quota"),
        (lambda: ExportLimit("CHN", share=0.4, quota_t=5.0), "either a share or a quota"),
        (lambda: ExportLimit("CHN", share=1.4), "between 0 and 1"),
        (lambda: ExportLimit("CHN", share=-0.1), "between 0 and 1"),
        (lambda: ExportLimit("CHN", share=float("nan")), "between 0 and 1"),
        (lambda: ExportLimit("CHN", share="0.4"), "between 0 and 1"),  # type: ignore[arg-type]
        (lambda: ExportLimit("CHN", quota_t=-1.0), "above 0"),
        (lambda: ExportLimit("CHN", quota_t=float("inf")), "above 0"),
        (lambda: ExportDuty("CHN", -0.1), "not negative"),
        (lambda: ExportDuty("CHN", float("nan")), "not negative"),
        (lambda: OutputChange("CHN", -0.1), "not negative"),
        (lambda: OutputChange("CHN", float("inf")), "not negative"),
        (lambda: DemandChange(0.0), "above 0"),
        (lambda: DemandChange(float("nan")), "above 0"),
        (lambda: TransportChange("CHN", cost_factor=0.0), "above 0"),
        (lambda: TransportChange("CHN", capacity=-1.0), "not negative"),
        (lambda: TransportChange("CHN", capacity=float("nan")), "not negative"),
    ],
)
def test_an_event_that_cannot_be_meant_is_refused(make: Callable[[], Event], rule: str) -> None:
    with pytest.raises(InputError, match=rule):
        make()


@pytest.mark.parametrize(
    "event",
    [
        ExportLimit("USA", share=0.4),
        ExportDuty("USA", 0.1),
        OutputChange("USA", 0.5),
        TransportChange("USA", cost_factor=1.2),
        DemandChange(1.2, ("AUS",)),
        ExportLimit("AUS", share=0.4, destinations=("CHN",)),
        TransportChange("AUS", cost_factor=1.2, destinations=("CHN",)),
    ],
    ids=lambda event: event.describe(),
)
def test_an_event_where_nothing_is_traded_says_that_it_has_no_effect(event: Event) -> None:
    with pytest.raises(NoAnswerError, match="no effect"):
        cleared(event)


def test_a_country_that_sells_only_at_home_has_no_exports_to_cut() -> None:
    at = market([[5.0, 0.0], [0.0, 10.0]], ("CHN", "AUS"), ("CHN", "JPN"), None)
    for event in (ExportLimit("CHN", share=0.4), ExportDuty("CHN", 0.1), TransportChange("CHN", 1.5)):
        with pytest.raises(NoAnswerError, match="CHN exports no metal"):
            cleared(event, at=at)


def test_buyers_outside_the_market_are_passed_over_when_a_region_is_named() -> None:
    one = cleared(ExportLimit("CHN", share=0.4, destinations=("JPN", "SOM")))
    other = cleared(ExportLimit("CHN", share=0.4, destinations=("JPN",)))
    np.testing.assert_array_equal(one.answer.price, other.answer.price)


@pytest.mark.parametrize(
    ("event", "clause"),
    [
        (ExportLimit("CHN", share=0.4), "CHN exports 40% less"),
        (ExportLimit("CHN", share=1.0, destinations=("JPN",)), "CHN stops exports to JPN"),
        (ExportLimit("CHN", quota_t=30000.0), "CHN limits exports to 30,000 t"),
        (ExportDuty("IDN", 0.25), "IDN taxes exports at 25%"),
        (ExportDuty("IDN", 0.25, ("JPN",)), "IDN taxes exports to JPN at 25%"),
        (OutputChange("ZAF", 0.8), "output of ZAF falls by 20%"),
        (OutputChange("AUS", 1.1), "output of AUS grows by 10%"),
        (DemandChange(1.1), "demand of the world grows by 10%"),
        (DemandChange(0.9, ("JPN", "KOR")), "demand of JPN, KOR falls by 10%"),
        (TransportChange("KAZ", 1.1), "the way out of KAZ costs +10%"),
        (TransportChange("KAZ", 1.00046), "the way out of KAZ costs +0.046%"),
        (TransportChange("KAZ", capacity=0.0, destinations=("JPN",)), "the way out of KAZ to JPN is closed"),
        (TransportChange("KAZ", capacity=0.5), "the way out of KAZ costs +0%, at most 50% of base passes"),
    ],
)
def test_an_event_says_in_plain_words_what_it_is(event: Event, clause: str) -> None:
    assert event.describe() == clause


CONTRADICTIONS = {
    "same exporter twice": (ExportLimit("CHN", share=0.4), ExportLimit("CHN", quota_t=5.0)),
    "all and some": (ExportLimit("CHN", share=0.4), ExportLimit("CHN", share=0.9, destinations=("JPN",))),
    "same buyer twice": (
        ExportLimit("CHN", share=0.4, destinations=("JPN", "USA")),
        ExportLimit("CHN", share=0.9, destinations=("JPN",)),
    ),
    "two duties": (ExportDuty("CHN", 0.1), ExportDuty("CHN", 0.2)),
    "two outputs": (OutputChange("CHN", 0.1), OutputChange("CHN", 1.2)),
    "world and one": (DemandChange(1.1), DemandChange(1.2, ("JPN",))),
    "two ways": (TransportChange("CHN", 1.1), TransportChange("CHN", 1.2)),
}


@pytest.mark.parametrize("events", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_two_events_that_set_the_same_thing_contradict_each_other(events: tuple[Event, ...]) -> None:
    with pytest.raises(InputError, match=r"two events set .* Join them into one event"):
        Scenario("both", events)


def test_events_on_different_things_go_together() -> None:
    events = (
        ExportLimit("CHN", share=0.4),
        ExportDuty("CHN", 0.1),
        OutputChange("CHN", 0.9),
        TransportChange("CHN", 1.1),
        DemandChange(1.1, ("JPN",)),
        DemandChange(0.9, ("USA",)),
        ExportLimit("AUS", share=0.1),
    )
    assert Scenario("together", events).describe().count(";") == 6


@pytest.mark.parametrize(
    "frictions",
    [
        {"horizon_years": 0.0},
        {"horizon_years": float("nan")},
        {"horizon_years": float("inf")},
        {"contracted_share": 1.0},
        {"contracted_share": -0.1},
        {"stock_days": {"JPN": -1.0}},
        {"stock_days": {"JPN": float("nan")}},
        {"spare": {"CHN": 0.0}},
    ],
    ids=str,
)
def test_a_friction_out_of_range_is_named(frictions: dict[str, object]) -> None:
    with pytest.raises(InputError, match=next(iter(frictions))):
        Scenario("x", (), **frictions)  # type: ignore[arg-type]


def test_every_fault_of_a_scenario_is_told_at_once() -> None:
    with pytest.raises(InputError) as error:
        Scenario("x", CONTRADICTIONS["two duties"], horizon_years=-1.0, contracted_share=2.0)
    assert len(error.value.faults) == 3


def test_nothing_happens_when_no_event_does() -> None:
    assert Scenario("x", ()).describe() == "nothing happens"
    np.testing.assert_allclose(cleared(by=draws(4.0)).answer.price, 1.0, atol=1e-12)


def test_a_duty_on_one_buyer_leaves_the_others_free_of_it() -> None:
    found, lanes, effect = effects(ExportDuty("CHN", 0.25, ("JPN",)))
    taxed = np.flatnonzero(effect.duty)
    assert effect.duty[taxed].tolist() == [0.25]
    assert [found.consumers[j] for j in np.flatnonzero(lanes.members[taxed[0]])] == ["JPN"]
    with pytest.raises(InputError, match="two events set duty of CHN"):
        Scenario("both", (ExportDuty("CHN", 0.1), ExportDuty("CHN", 0.2, ("JPN",))))


IDLE = {
    "way": TransportChange("CHN", destinations=("JPN",)),
    "duty": ExportDuty("CHN", 0.0, ("JPN",)),
    "output": OutputChange("AUS", 1.0),
    "demand": DemandChange(1.0),
}


@pytest.mark.parametrize("idle", IDLE.values(), ids=IDLE)
def test_an_event_that_changes_nothing_leaves_the_answer_as_it_is_and_says_so(idle: Event) -> None:
    """The limit on all exports stays one licence for their sum."""
    cut = ExportLimit("CHN", share=0.4)
    plain, both = cleared(cut), cleared(cut, idle)
    np.testing.assert_array_equal(both.answer.delivered, plain.answer.delivered)
    assert plain.notes == ()
    assert both.notes == (f"{idle.describe()}: changes nothing.",)


def test_an_event_that_changes_nothing_still_needs_a_flow() -> None:
    for event in (TransportChange("AUS", destinations=("CHN",)), ExportDuty("AUS", 0.0, ("CHN",))):
        with pytest.raises(NoAnswerError, match="no effect"):
            cleared(event)


LOOSE = {
    "quota above base": (ExportLimit("CHN", quota_t=1e6), "base exports are 60 t, so that it binds only where"),
    "no cut": (ExportLimit("CHN", share=0.0), "base exports are 60 t, so that it binds only where"),
    "roomy way": (TransportChange("CHN", 1.1, 1.5, ("JPN",)), "base exports are 30 t, so that it binds only where"),
    "buyer of nothing": (
        ExportLimit("CHN", share=1.0, destinations=("PRK", "JPN")), "CHN exports no metal to PRK in the data for 2020"
    ),
    "untaxed buyer": (ExportDuty("CHN", 0.1, ("PRK", "JPN")), "CHN exports no metal to PRK in the data for 2020"),
    "demand of nobody": (DemandChange(1.1, ("PRK", "JPN")), "PRK: no metal bought in 2020"),
}  # fmt: skip


@pytest.mark.parametrize(("event", "note"), LOOSE.values(), ids=LOOSE)
def test_what_has_no_effect_is_noted(event: Event, note: str) -> None:
    notes = cleared(event).notes
    assert len(notes) == 1
    assert note in notes[0]
