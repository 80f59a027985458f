"""What must hold in every labelled market, tried on random ones. Each docstring gives the reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sogdia.market import Cleared, Draws, Scenario, TradedMarket, clear, consumer_outcome, producer_outcome
from sogdia.market.events import Event, ExportDuty, ExportLimit, OutputChange, TransportChange
from sogdia.market.outcomes import world_welfare_kusd

COUNTRIES = ("AUS", "BRA", "CHN", "DEU", "FRA", "IND", "JPN", "KAZ", "USA", "ZAF")
TOLERANCE = 1e-7
some = settings(max_examples=25, deadline=None)
# Next to all is cut, or all: between, a buyer of one supplier calls for prices of a million and more.
SHARES = st.floats(0.0, 0.999) | st.just(1.0)


@st.composite
def markets(draw: st.DrawFn) -> tuple[TradedMarket, Draws, np.random.Generator]:
    """Up to 6 sellers and 7 buyers with home sales, and one to three draws of elasticities. CHN exports to JPN."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sellers = ("CHN", *(c for c in COUNTRIES if c != "CHN" and rng.random() < 0.5))[:6]
    buyers = ("JPN", *(c for c in COUNTRIES if c != "JPN" and rng.random() < 0.6))[:7]
    flows = np.where(
        rng.random((len(sellers), len(buyers))) < 0.6, rng.lognormal(3, 1.2, (len(sellers), len(buyers))), 0.0
    )
    flows[0, 0] += 5.0
    keep = flows.sum(axis=1) > 0
    price = np.where(flows > 0, rng.lognormal(1, 0.5, flows.shape), np.nan)
    used = flows.sum(axis=0) > 0
    market = TradedMarket(
        "metal", None, (2020,), "processed",
        tuple(np.array(sellers)[keep]), tuple(np.array(buyers)[used]), flows[keep][:, used], price[keep][:, used], (),
    )  # fmt: skip
    count = draw(st.integers(1, 3))
    draws = Draws(rng.uniform(1.5, 7, count), rng.uniform(0.1, 0.9, count), rng.uniform(0.1, 1.5, count))
    return market, draws, rng


def after(market: TradedMarket, draws: Draws, *events: Event, **frictions: object) -> Cleared:
    return clear(market, Scenario("x", events, **frictions), draws)  # type: ignore[arg-type]


def prices(result: Cleared) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.log(result.answer.use_cost)


Drawn = tuple[TradedMarket, Draws, np.random.Generator]


def trading(market: TradedMarket, flows: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> TradedMarket:
    """The market with other flows, without the countries that are then left with none."""
    sells, buys = flows.sum(axis=1) > 0, flows.sum(axis=0) > 0
    return replace(
        market,
        producers=tuple(np.array(market.producers)[sells]),
        consumers=tuple(np.array(market.consumers)[buys]),
        flows=flows[sells][:, buys],
        unit_value=np.where(flows > 0, market.unit_value, np.nan)[sells][:, buys],
    )


def without_home_market(market: TradedMarket) -> TradedMarket:
    """The market without China as a buyer."""
    return trading(market, np.where(np.array(market.consumers) == "CHN", 0.0, market.flows))


@some
@given(markets(), st.floats(0.05, 0.9), st.floats(0.02, 0.08))
def test_a_deeper_cut_never_lowers_a_price_abroad(drawn: Drawn, share: float, more: float) -> None:
    """Gross substitutes: what the cut takes from one buyer, all compete for.

    Not so with a home market of the exporter: fed with what may not leave, it leaves its own imports to the others.
    """
    market, draws, _ = drawn
    at = without_home_market(market)
    mild, deep = (after(at, draws, ExportLimit("CHN", share=s)) for s in (share, share + more))
    assert (prices(deep) >= prices(mild) - TOLERANCE).all()


@some
@given(markets(), st.floats(0.05, 0.9), st.floats(0.02, 0.08))
def test_a_deeper_cut_never_raises_what_the_exporter_is_paid(drawn: Drawn, share: float, more: float) -> None:
    """What may not leave must be sold at home, and the difference abroad is rent of the licences. If the price at home
    rose, those of all rivals would rise too (gross substitutes); then the world would use less and make more, but
    tonnes add up. So also where buyers at home import much.
    """
    market, draws, _ = drawn
    mild, deep = (after(market, draws, ExportLimit("CHN", share=s)) for s in (share, share + more))
    china = market.producers.index("CHN")
    assert (producer_outcome(deep).price[:, china] <= producer_outcome(mild).price[:, china] + TOLERANCE).all()


def test_a_deeper_cut_lowers_the_home_price_of_an_exporter_that_imports_much_too() -> None:
    """Its rivals grow dear and buyers at home turn to the home product, but not by more than the cut adds to it."""
    flows = np.array([[110.0, 28.0], [25.0, 265.0]])
    market = TradedMarket(
        "metal", None, (2020,), "processed", ("CHN", "JPN"), ("JPN", "CHN"), flows, np.ones_like(flows), ()
    )
    draws = Draws(np.array([6.0]), np.array([0.16]), np.array([0.16]))
    cuts = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8)
    paid = [producer_outcome(after(market, draws, ExportLimit("CHN", share=s))).price[0, 0] for s in cuts]
    assert (np.diff(paid) < 0).all()


@some
@given(markets(), SHARES, st.floats(0.0, 0.9))
def test_no_more_leaves_than_a_cut_allows_contracts_or_not(drawn: Drawn, share: float, kept: float) -> None:
    """A limit counts tonnes, whoever has bought them and when."""
    market, draws, _ = drawn
    result = after(market, draws, ExportLimit("CHN", share=share), contracted_share=kept)
    china = market.producers.index("CHN")
    left = sum(consumer_outcome(result, c).sources_t[:, china] for c in market.consumers)
    assert (left <= (1 - share) * market.exports()[china] * (1 + 1e-6) + 1e-9).all()


@some
@given(markets(), st.floats(0.0, 0.9), st.floats(0.1, 1.0))
def test_what_is_made_is_what_is_delivered(drawn: Drawn, kept: float, factor: float) -> None:
    """Mass balance over the world: output equals imports and home sales."""
    market, draws, _ = drawn
    events = (OutputChange("CHN", factor), ExportDuty("CHN", 0.2))
    result = after(market, draws, *events, contracted_share=kept)
    delivered = result.answer.lane_quantity.sum(axis=1)
    np.testing.assert_allclose(producer_outcome(result).output_t.sum(axis=1), delivered, rtol=1e-8)
    abroad = sum(consumer_outcome(result, c).imports_t for c in market.consumers)
    home = result.answer.lane_quantity[:, result.lanes.home].sum(axis=1)
    np.testing.assert_allclose(abroad + home, delivered, rtol=1e-6)


@some
@given(markets(), st.floats(0.1, 0.9), st.floats(1.0, 200.0))
def test_stocks_never_raise_a_price(drawn: Drawn, share: float, days: float) -> None:
    """Who draws stocks buys less, and what it leaves is there for the others."""
    market, draws, _ = drawn
    loss = OutputChange("CHN", 1 - share)
    plain, held = after(market, draws, loss), after(market, draws, loss, stock_days={"JPN": days})
    assert (prices(held) <= prices(plain) + TOLERANCE).all()


@some
@given(markets(), st.floats(1.01, 2.0))
def test_a_dearer_way_ships_less(drawn: Drawn, factor: float) -> None:
    """Substitution: the lane whose cost rises loses to all others."""
    market, draws, _ = drawn
    result = after(market, draws, TransportChange("CHN", factor, destinations=("JPN",)))
    china = market.producers.index("CHN")
    found = consumer_outcome(result, "JPN")
    assert (found.sources_t[:, china] <= found.base_sources_t[china] * (1 + TOLERANCE)).all()


@some
@given(markets(), st.floats(0.1, 0.9))
def test_the_order_of_countries_does_not_matter(drawn: Drawn, share: float) -> None:
    """Labels are labels."""
    market, draws, rng = drawn
    rows, columns = rng.permutation(len(market.producers)), rng.permutation(len(market.consumers))
    other = replace(
        market,
        producers=tuple(np.array(market.producers)[rows]),
        consumers=tuple(np.array(market.consumers)[columns]),
        flows=market.flows[rows][:, columns],
        unit_value=market.unit_value[rows][:, columns],
    )
    event = ExportLimit("CHN", share=share, destinations=("JPN",))
    one, two = after(market, draws, event), after(other, draws, event)
    np.testing.assert_allclose(prices(two), prices(one)[:, columns], atol=1e-7)
    np.testing.assert_allclose(
        consumer_outcome(one, "JPN").import_bill_kusd, consumer_outcome(two, "JPN").import_bill_kusd, rtol=1e-6
    )


@some
@given(markets(), st.floats(0.1, 0.9))
def test_an_answer_does_not_depend_on_the_draws_beside_it(drawn: Drawn, share: float) -> None:
    """A batch is scenarios side by side; the first draw, the central one, is in all of them."""
    market, draws, _ = drawn
    cut = ExportLimit("CHN", share=share)
    whole = after(market, draws, cut)
    for k in range(1, len(draws.sigma)):
        pair = after(market, Draws(draws.sigma[[0, k]], draws.eta[[0, k]], draws.eps[[0, k]]), cut)
        np.testing.assert_allclose(pair.answer.price, whole.answer.price[[0, k]], rtol=1e-9)
        np.testing.assert_allclose(pair.answer.use_cost, whole.answer.use_cost[[0, k]], rtol=1e-9)


@some
@given(markets(), SHARES)
def test_shares_add_up_and_concentration_lies_between_equal_and_single(drawn: Drawn, share: float) -> None:
    """1/n for n equal sources, 1 for one; nothing imported has neither."""
    market, draws, _ = drawn
    result = after(market, draws, ExportLimit("CHN", share=share))
    for country in market.consumers:
        found = consumer_outcome(result, country)
        bought = found.imports_t > 0
        np.testing.assert_allclose(found.shares.sum(axis=1)[bought], 1.0, rtol=1e-9)
        sources = max(int((found.base_sources_t > 0).sum()), 1)
        assert (found.hhi[bought] >= 1 / sources - 1e-9).all()
        assert (found.hhi[bought] <= 1 + 1e-9).all()
        assert np.isnan(found.hhi[~bought]).all()


@some
@given(markets(), st.floats(0.0, 0.99))
def test_a_lost_producer_loses_its_whole_surplus_contracts_or_not(drawn: Drawn, kept: float) -> None:
    """V0 / (1 + eps): without output there is no contract to keep and no price that helps."""
    market, draws, _ = drawn
    if len(market.producers) == 1:
        return
    result = after(market, draws, OutputChange("CHN", 0.0), contracted_share=kept)
    sales = np.nansum(market.flows[0] * market.unit_value[0])
    np.testing.assert_allclose(producer_outcome(result).surplus_change_kusd[:, 0], -sales / (1 + draws.eps), rtol=1e-9)


@some
@given(markets(), st.floats(0.0, 0.95), st.floats(0.1, 0.9))
def test_contracts_leave_output_as_it_is(drawn: Drawn, kept: float, factor: float) -> None:
    """A contract says at which price some tonnes are paid, not what the last one costs."""
    market, draws, _ = drawn
    free, bound = (after(market, draws, OutputChange("CHN", factor), contracted_share=c) for c in (0.0, kept))
    np.testing.assert_array_equal(bound.answer.output, free.answer.output)


@some
@given(markets(), st.floats(0.05, 0.9))
def test_a_vanishing_share_under_contract_changes_nothing(drawn: Drawn, share: float) -> None:
    """Curves and flows depend smoothly on the share under contract."""
    market, draws, _ = drawn
    loss = OutputChange("CHN", 1 - share)
    free, bound = after(market, draws, loss), after(market, draws, loss, contracted_share=1e-8)
    np.testing.assert_allclose(prices(bound), prices(free), atol=1e-5)
    one, two = producer_outcome(free).surplus_change_kusd, producer_outcome(bound).surplus_change_kusd
    np.testing.assert_allclose(
        two, one, atol=1e-5 * np.nansum(market.flows * market.unit_value) * np.exp(prices(free).max())
    )


@some
@given(markets(), st.floats(0.0, 0.95), st.floats(0.0, 0.9))
def test_an_exporter_paid_less_after_a_cut_never_gains_surplus(drawn: Drawn, kept: float, share: float) -> None:
    """What it sells freely earns less, what it sells under contract the same, and it sells less."""
    market, draws, _ = drawn
    uniform = replace(market, unit_value=np.where(market.flows > 0, 1.0, np.nan))
    made = producer_outcome(after(uniform, draws, ExportLimit("CHN", share=share), contracted_share=kept))
    cheaper = made.price[:, 0] <= 1.0
    assert (made.surplus_change_kusd[cheaper, 0] <= 1e-6 * market.flows.sum()).all()


@settings(max_examples=10, deadline=None)
@given(markets(), st.floats(0.0, 1.5), st.floats(0.0, 0.9), st.floats(0.0, 0.9))
def test_nobody_together_gains_from_a_duty_or_a_cut(drawn: Drawn, rate: float, share: float, kept: float) -> None:
    """The base year is efficient at one unit value: what buyers, sellers, licence holders and the treasury gain adds up
    to at most nothing.
    """
    market, draws, _ = drawn
    at = replace(market, unit_value=np.where(market.flows > 0, 1.0, np.nan))
    result = after(at, draws, ExportDuty("CHN", rate, ("JPN",)), ExportLimit("CHN", share=share), contracted_share=kept)
    made = producer_outcome(result)
    used = [consumer_outcome(result, country).surplus_change_kusd for country in at.consumers]
    parts = np.concatenate([np.array(used).T, made.surplus_change_kusd, made.rent_kusd, made.duty_kusd], axis=1)
    rounding = 1e-6 * np.abs(parts).sum(axis=1) + 1e-9
    within = (np.exp(prices(result)) <= at.rules.backstop_price).all(axis=1)
    assert (parts.sum(axis=1) <= rounding)[within].all()
    assert (world_welfare_kusd(result) <= rounding).all()


@some
@given(markets(), SHARES, st.floats(0.0, 1.5))
def test_the_world_never_gains_from_a_loss_a_cut_or_a_duty(drawn: Drawn, share: float, rate: float) -> None:
    """Whatever unit values are: tonnes count at one price for all."""
    market, draws, _ = drawn
    for events in ((ExportLimit("CHN", share=share), ExportDuty("CHN", rate)), (OutputChange("CHN", 1.0 - share),)):
        result = after(market, draws, *events)
        assert (world_welfare_kusd(result) <= 1e-7 * np.nansum(market.flows * market.unit_value)).all()


@some
@given(markets(), SHARES)
def test_no_importer_gains_tonnes_from_a_cut_or_a_loss(drawn: Drawn, share: float) -> None:
    """Tonnes add up to use, and use falls with its cost. A cut by an exporter with a home market is another matter: its
    own buyers gain, and what they no longer import is there for others.
    """
    market, draws, _ = drawn
    cut, loss = ExportLimit("CHN", share=share), OutputChange("CHN", 1.0 - share)
    for at, event in ((without_home_market(market), cut), (market, loss)):
        result = after(at, draws, event)
        for country in at.consumers:
            if country != "CHN" and country not in at.producers:
                found = consumer_outcome(result, country)
                assert (found.imports_t <= found.base_imports_t * (1 + TOLERANCE)).all()


def test_licences_shared_by_taxed_and_untaxed_buyers_keep_the_limit_where_nobody_buys_at_home() -> None:
    """A deep cut and a duty of the base price on Japan: a price of licences is found and the limit leaves."""
    flows = np.array([[53.0, 11.0, 5.5, 60.0], [0.0, 21.0, 6.0, 0.0], [0.0, 0.0, 0.0, 87.0], [50.0, 0.0, 13.0, 3.4]])
    market = TradedMarket(
        "metal", None, (2020,), "processed", ("CHN", "DEU", "IND", "USA"), ("JPN", "AUS", "DEU", "IND"), flows,
        np.where(flows > 0, 1.0, np.nan), (),
    )  # fmt: skip
    draws = Draws(np.array([3.5]), np.array([0.46]), np.array([0.61]))
    result = after(market, draws, ExportDuty("CHN", 1.0, ("JPN",)), ExportLimit("CHN", share=0.75))
    leaves = result.answer.lane_quantity[0, result.lanes.producer == 0].sum()
    np.testing.assert_allclose(leaves, 0.25 * flows[0].sum(), rtol=1e-6)
