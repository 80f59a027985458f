"""What theory says of every market, tried on random ones. Each docstring gives the reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sogdia.equilibrium import Market, Shocks, base_output, flows, solve
from sogdia.equilibrium.invariants import cost_gap, demand_gap, imbalance, lost_tonnes, slackness

thorough = settings(max_examples=100, deadline=None)


@st.composite
def markets(draw: st.DrawFn) -> tuple[Market, np.random.Generator]:
    """A market of up to 8 producers, 12 lanes and 8 consumers, and random numbers for its shocks.

    A cap of a fifth calls for a price of 3,000 at eta = 0.2 and of 1e14 at 0.05, where lanes cannot be told apart.
    Supply that answers no price is drawn for producers with one lane: docs/equilibrium.md tells of the others.
    """
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    producers = draw(st.integers(1, 8))
    lanes = producers + draw(st.integers(0, 4))
    consumers = draw(st.integers(1, 8))
    quantity = np.where(rng.random((lanes, consumers)) < 0.6, rng.lognormal(0, 1.5, (lanes, consumers)), 0.0)
    quantity[0] += 0.01
    owner = np.concatenate([np.arange(producers), rng.integers(0, producers, lanes - producers)])
    eta = rng.choice([0.2, 0.35, 0.6, 1.0], consumers)
    eps = rng.choice([0.0, 0.1, 0.5, 2.0], producers)
    eps[owner[producers:]] += 0.1
    return Market(quantity, owner, draw(st.sampled_from([1.5, 2.5, 5.0, 9.0])), eta, eps), rng


def losses(market: Market, rng: np.random.Generator, scenarios: int = 4) -> Shocks:
    """Supply losses and caps, some total, of producers with one lane and several."""
    supply = np.where(rng.random((scenarios, market.producers)) < 0.5, rng.uniform(0.2, 1, market.producers), 1.0)
    cap = np.where(rng.random((scenarios, market.lanes)) < 0.4, rng.uniform(0.2, 1.2, market.lanes), np.inf)
    cap[rng.random(cap.shape) < 0.05] = 0.0
    return Shocks(scenarios, supply=supply, cap=cap)


@thorough
@given(markets())
def test_no_shock_changes_nothing(drawn: tuple[Market, np.random.Generator]) -> None:
    """The base year is an equilibrium by calibration, and there is only one."""
    market, _ = drawn
    answer = solve(market, Shocks(1))
    for hats in (answer.price, answer.wedge, answer.delivered, answer.use_cost):
        np.testing.assert_allclose(hats, 1.0, rtol=0, atol=1e-12)
    np.testing.assert_allclose(flows(market, Shocks(1), answer, 0), market.flows, rtol=1e-11)


@thorough
@given(markets(), st.sampled_from([1e-6, 7.0, 1e6]))
def test_the_unit_of_quantity_does_not_matter(drawn: tuple[Market, np.random.Generator], scale: float) -> None:
    """Prices depend on shares and elasticities only."""
    market, rng = drawn
    shocks = losses(market, rng)
    answer, scaled = solve(market, shocks), solve(replace(market, flows=scale * market.flows), shocks)
    np.testing.assert_allclose(scaled.price, answer.price, rtol=1e-7)
    np.testing.assert_allclose(scaled.use_cost, answer.use_cost, rtol=1e-7)
    np.testing.assert_allclose(scaled.output, scale * answer.output, rtol=1e-7)


@thorough
@given(markets())
def test_an_output_loss_lowers_no_price_and_raises_the_losers_most(drawn: tuple[Market, np.random.Generator]) -> None:
    """Gross substitutes: scarcity of one good raises the price of every other, but by less than its own."""
    market, rng = drawn
    lost = int(rng.integers(market.producers))
    supply = np.ones((1, market.producers))
    supply[0, lost] = rng.uniform(0.1, 0.95)
    answer = solve(market, Shocks(1, supply=supply))
    assert (answer.price >= 1 - 1e-9).all()
    assert (answer.use_cost >= 1 - 1e-9).all()
    if base_output(market)[lost] > 0:
        assert answer.price[0, lost] >= answer.price.max() * (1 - 1e-9)


@thorough
@given(markets())
def test_a_tightened_cap_never_raises_the_flow_through_it(drawn: tuple[Market, np.random.Generator]) -> None:
    """The cap's shadow price cannot fall when the cap does, and demand for a lane falls in its delivered price.

    Where a cap leaves a consumer next to nothing, prices beyond all digits may end without an answer, and say so.
    """
    market, rng = drawn
    lane = int(rng.integers(market.lanes))
    shocks = losses(market, rng, 1)
    caps = np.repeat(np.where(shocks.cap == 0, np.inf, shocks.cap), 6, axis=0)
    caps[:, lane] = [np.inf, 1.2, 0.9, 0.5, 0.1, 0.0]
    answer = solve(market, Shocks(6, supply=np.repeat(shocks.supply, 6, axis=0), cap=caps))
    assert answer.solved[:3].all()
    quantity = answer.lane_quantity[answer.solved, lane]
    assert (np.diff(quantity) <= 1e-8 * market.flows[lane].sum()).all()


@thorough
@given(markets())
def test_order_does_not_matter(drawn: tuple[Market, np.random.Generator]) -> None:
    """Numbering is ours, not the market's."""
    market, rng = drawn
    shocks = losses(market, rng)
    p, k, c = (rng.permutation(n) for n in (market.producers, market.lanes, market.consumers))
    moved = Market(
        market.flows[np.ix_(k, c)], np.argsort(p)[market.producer[k]], market.sigma, market.eta[c], market.eps[p]
    )
    answer = solve(market, shocks)
    other = solve(moved, Shocks(shocks.scenarios, supply=shocks.supply[:, p], cap=shocks.cap[:, k]))
    np.testing.assert_allclose(other.price, answer.price[:, p], rtol=1e-7)
    np.testing.assert_allclose(other.lane_quantity, answer.lane_quantity[:, k], rtol=1e-7, atol=1e-9)
    np.testing.assert_allclose(other.use_cost, answer.use_cost[:, c], rtol=1e-7)


@thorough
@given(markets())
def test_identical_producers_get_identical_answers(drawn: tuple[Market, np.random.Generator]) -> None:
    """The equilibrium is unique, so exchanging twins cannot change it."""
    market, rng = drawn
    shocks = losses(market, rng)
    twins = Market(
        np.vstack([market.flows, market.flows]),
        np.concatenate([market.producer, market.producers + market.producer]),
        market.sigma,
        market.eta,
        np.concatenate([market.eps, market.eps]),
    )
    answer = solve(twins, Shocks(4, supply=np.tile(shocks.supply, 2), cap=np.tile(shocks.cap, 2)))
    half, lanes = market.producers, market.lanes
    np.testing.assert_allclose(answer.price[:, :half], answer.price[:, half:], rtol=1e-9)
    np.testing.assert_allclose(answer.wedge[:, :lanes], answer.wedge[:, lanes:], rtol=1e-9)


@thorough
@given(markets())
def test_every_answer_is_an_equilibrium(drawn: tuple[Market, np.random.Generator]) -> None:
    """Markets clear to 1e-9, caps are complementary to 1e-8, consumers are on their demand and pay what they buy."""
    market, rng = drawn
    shocks = losses(market, rng)
    answer = solve(market, shocks)
    assert answer.solved.all()
    assert (imbalance(market, shocks, answer) <= 1e-9).all()
    assert (slackness(market, shocks, answer) <= 1e-8).all()
    assert (demand_gap(market, shocks, answer) <= 1e-9).all()
    assert (lost_tonnes(market, shocks, answer) <= 1e-9).all()
    assert (cost_gap(market, shocks, answer) <= 1e-9).all()


@thorough
@given(markets())
def test_a_shock_to_a_producer_who_sells_nothing_changes_nothing(drawn: tuple[Market, np.random.Generator]) -> None:
    """Its goods have no weight in any index and no share of any lane."""
    market, rng = drawn
    wider = Market(
        np.vstack([market.flows, np.zeros(market.consumers)]),
        np.append(market.producer, market.producers),
        market.sigma,
        market.eta,
        np.append(market.eps, 1.0),
    )
    answer = solve(wider, Shocks(1, supply=np.append(np.ones(market.producers), rng.uniform(0, 2))[None, :], cap=None))
    np.testing.assert_allclose(answer.price, 1.0, atol=1e-12)
    np.testing.assert_allclose(answer.use_cost, 1.0, atol=1e-12)


@thorough
@given(st.floats(0.05, 0.9), st.floats(0.05, 1.0), st.floats(0.05, 2.0))
def test_one_homogeneous_market_has_its_closed_form(lost: float, eta: float, eps: float) -> None:
    """A single good, share f of supply lost everywhere: `(1 - f) P^eps = P^-eta`, so `P = (1 - f)^(-1/(eps + eta))`."""
    market = Market(np.ones((3, 4)), np.arange(3), 2.5, np.full(4, eta), np.full(3, eps))
    answer = solve(market, Shocks(1, supply=np.full((1, 3), 1 - lost)))
    np.testing.assert_allclose(answer.use_cost, (1 - lost) ** (-1 / (eps + eta)), rtol=1e-9)


@thorough
@given(markets())
def test_close_substitutes_have_one_world_price(drawn: tuple[Market, np.random.Generator]) -> None:
    """As sigma grows, nobody pays more for one source than for another, so within a market all prices meet."""
    market, rng = drawn
    joined = Market(market.flows + 0.01, market.producer, 4000.0, market.eta, np.maximum(market.eps, 0.1))
    supply = rng.uniform(0.6, 1, (1, market.producers))
    answer = solve(joined, Shocks(1, supply=supply))
    assert answer.solved.all()
    assert answer.use_cost.max() / answer.use_cost.min() < 1.01


@thorough
@given(markets())
def test_a_cap_at_base_quantity_without_a_shock_earns_no_rent(drawn: tuple[Market, np.random.Generator]) -> None:
    """The cap just holds at base prices, so its price is that of having no cap."""
    market, _ = drawn
    answer = solve(market, Shocks(1, cap=np.ones((1, market.lanes))))
    np.testing.assert_allclose(answer.wedge, 1.0, atol=1e-12)
    np.testing.assert_allclose(answer.price, 1.0, atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(markets(), st.floats(0.0, 0.9))
def test_whatever_reaches_consumers_from_outside_what_is_left_is_a_market(
    drawn: tuple[Market, np.random.Generator], most: float
) -> None:
    """The programme stays convex up to the 90 % of use that a scenario may bring: there is an answer, and it balances.

    Supply answers prices: docs/equilibrium.md says what becomes of a glut where it does not.
    """
    market, rng = drawn
    market = replace(market, eps=np.maximum(market.eps, 0.1))
    shocks = losses(market, rng)
    share = rng.uniform(0.0, most, (shocks.scenarios, market.consumers))
    helped = replace(shocks, outside=share * market.flows.sum(axis=0))
    answer = solve(market, helped)
    assert answer.solved.all(), answer.hint
    assert imbalance(market, helped, answer).max() <= 1e-9
    assert demand_gap(market, helped, answer).max() <= 1e-8


def test_a_supply_that_hardly_answers_prices_sells_what_its_last_buyers_take_at_next_to_nothing() -> None:
    """Its main buyer stops: the price falls until supply does, `p = (sold / base)^(1 / eps)`, some 1e-32."""
    market = Market(np.array([[90.0, 4.0], [0.0, 10.0]]), np.arange(2), 2.0, np.ones(2), np.array([0.02, 0.2]))
    shocks = Shocks(1, demand=np.array([[0.0, 1.0]]))
    answer = solve(market, shocks)
    assert answer.solved.all(), answer.hint
    np.testing.assert_allclose(answer.price[0, 0], (answer.output[0, 0] / 94.0) ** 50, rtol=1e-6)
    assert answer.price[0, 0] < 1e-30
    assert imbalance(market, shocks, answer).max() <= 1e-9


@settings(max_examples=40, deadline=None)
@given(markets())
def test_a_scenario_without_an_answer_says_so_in_every_field(drawn: tuple[Market, np.random.Generator]) -> None:
    """Demand that hardly answers under hard caps: equilibria are equilibria, and the rest is NaN with a remedy."""
    market, rng = drawn
    stiff = replace(market, eta=market.eta / 10, eps=0.1 * market.eps)
    shocks = losses(stiff, rng)
    answer = solve(stiff, shocks, max_iterations=120)
    lost = ~answer.solved
    assert set(answer.hint) == set(np.flatnonzero(lost))
    for name in (
        "price",
        "wedge",
        "delivered",
        "price_paid",
        "use_cost",
        "purchases",
        "use",
        "lane_quantity",
        "output",
    ):
        values = getattr(answer, name)
        assert np.isnan(values[lost]).all()
        assert not np.isnan(values[~lost]).any()
    assert (imbalance(stiff, shocks, answer)[~lost] <= 1e-6).all()
