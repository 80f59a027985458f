"""Are the markets of a chain cleared together, and do they answer as processing makes them?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from sogdia.market import Scenario, clear
from sogdia.market.chain.clear import clear_chain
from sogdia.market.chain.coupling import base_input_t
from sogdia.market.events import ExportLimit, OutputChange
from support.small_chains import COUNTRIES, DOWN, ELASTICITIES, UP, cleared, coupled, markets, prices, repeated, stage

losses = st.floats(0.1, 1.0)
sizes = st.floats(0.5, 50.0)
elasticity_sets = st.tuples(st.floats(1.5, 6.0), st.floats(0.15, 0.8), st.floats(0.15, 0.8))
seeds = st.integers(0, 10_000)


def random_chain(seed: int, density: float = 0.6) -> tuple:
    """Two stages among four countries with random flows; every country is a processor or not as it falls."""
    rng = np.random.default_rng(seed)
    up = rng.lognormal(2.0, 1.0, (4, 4)) * (rng.random((4, 4)) < density)
    down = rng.lognormal(0.0, 1.0, (4, 4)) * (rng.random((4, 4)) < density)
    up[0, 0], up[1, 2], down[0, 1], down[2, 3] = 30.0, 5.0, 3.0, 1.0
    both = stage("compound", up, 4.0, COUNTRIES), stage("metal", down, 16.0, COUNTRIES)
    return both, coupled(both, rng.uniform(1.0, 3.0), rng.uniform(0.5, 0.9))


def test_without_a_shock_nothing_changes() -> None:
    chain = cleared()
    for found in chain.stages:
        assert found.answer.price == pytest.approx(1.0, abs=1e-12)
        assert found.answer.use_cost == pytest.approx(1.0, abs=1e-12)
    assert chain.sweeps.tolist() == [1]


def test_a_cut_link_leaves_two_separate_markets() -> None:
    events = (OutputChange("CHN", 0.5),), (ExportLimit("CHN", share=0.3),)
    both = markets()
    chain = cleared(*events, stages=both, coupling=coupled(both, share=0.0))
    for market, some, found in zip(both, events, chain.stages, strict=True):
        alone = clear(market, Scenario("alone", some), repeated(ELASTICITIES))
        assert found.answer.use_cost == pytest.approx(alone.answer.use_cost, abs=1e-10)
        assert found.answer.output == pytest.approx(alone.answer.output, abs=1e-9)


@pytest.mark.parametrize("left", [0.9, 0.5, 0.1, 0.01])
@pytest.mark.parametrize("eps", [0.1, 0.5])
def test_one_country_one_buyer_is_the_root_of_one_equation(left: float, eps: float) -> None:
    """All input is home made, all output sold to one buyer: z = m^e, p = z^(-1/eta), P = (z / a)^(1/e)."""
    both = (
        stage("compound", [[100.0, 0.0], [0.0, 0.0]], 1.0, ("CHN", "JPN")),
        stage("metal", [[0.0, 50.0], [0.0, 0.0]], 4.0, ("CHN", "JPN")),
    )
    coupling = coupled(both, 2.0, 0.8)
    assert coupling.input_share.tolist() == [[0.5]]
    eta = 0.2
    chain = cleared((OutputChange("CHN", left),), stages=both, coupling=coupling, elasticities=(3.0, eta, eps))

    def excess(log_z: float) -> float:
        z = np.exp(log_z)
        margin = (z ** (-1 / eta) - 0.8 - 0.5 * ((z / left) ** (1 / eps) - 1)) / 0.2
        return margin - z ** (1 / eps)

    z = np.exp(brentq(excess, -20.0, 1e-9, xtol=1e-14))
    assert chain.stages[1].answer.price[0, 0] == pytest.approx(z ** (-1 / eta), rel=1e-6)
    assert chain.stages[0].answer.price[0, 0] == pytest.approx((z / left) ** (1 / eps), rel=1e-6)


@settings(max_examples=10, deadline=None)
@given(seed=seeds, left=losses, elasticities=elasticity_sets)
def test_the_answer_meets_the_curves_it_was_asked_to_meet(
    seed: int, left: float, elasticities: tuple[float, float, float]
) -> None:
    """Output from the margin, and tonnes of input, by the formulas and not by the tangents.

    A processor at work is paid what it costs to make its output; one that has stopped would be paid less.
    """
    both, coupling = random_chain(seed)
    _, eta, eps = elasticities
    chain = cleared((OutputChange("CHN", left),), stages=both, coupling=coupling, elasticities=elasticities)
    up, down = (found.answer for found in chain.stages)
    paid, price = up.use_cost[0, coupling.buyer], down.price[0, coupling.producer]
    k, i, use = coupling.cost_share[0], coupling.input_share[0], coupling.use[0]
    made = down.output[0, coupling.producer] / both[1].flows.sum(axis=1)[coupling.producer]
    bought = up.purchases[0, coupling.buyer] / both[0].flows.sum(axis=0)[coupling.buyer]
    cost = k + i * (paid - 1) + (1 - k) * made ** (1 / eps)
    at_work = made > 1e-9
    assert cost[at_work] == pytest.approx(price[at_work], rel=1e-6)
    assert (cost[~at_work] >= price[~at_work]).all()
    assert (1 - use) * paid**-eta + use * made == pytest.approx(bought, abs=1e-7)


@settings(max_examples=10, deadline=None)
@given(seed=seeds, left=losses, elasticities=elasticity_sets)
def test_an_output_loss_upstream_lowers_no_price_anywhere(
    seed: int, left: float, elasticities: tuple[float, float, float]
) -> None:
    """Gross substitutes along the chain: dearer input raises costs, dearer output raises demand for input.

    A theorem because both stages share one sigma: costs of the output rise by no more than the input does, both in
    units of base, so that a processor loses no more customers by sigma downstream than its other suppliers gain by
    sigma upstream. Not so where sources downstream are closer substitutes: see the next test.
    """
    both, coupling = random_chain(seed)
    chain = cleared((OutputChange("CHN", left),), stages=both, coupling=coupling, elasticities=elasticities)
    assert prices(chain, 0).min() >= 1 - 1e-7
    assert prices(chain, 1).min() >= 1 - 1e-7


@pytest.mark.parametrize(("sigmas", "falls"), [((1.5, 8.0), True), ((8.0, 1.5), False), ((3.0, 3.0), False)])
def test_an_output_loss_upstream_can_lower_a_price_there_only_if_sources_downstream_are_closer_substitutes(
    sigmas: tuple[float, float], falls: bool
) -> None:
    """Japan's input from China gets dear; Vietnam, which needs none, takes its customers; America sells Japan less."""
    up, down = np.zeros((4, 4)), np.zeros((4, 4))
    up[0, 1], up[2, 1], up[2, 2] = 50.0, 50.0, 5.0
    down[1, 2], down[3, 2] = 25.0, 75.0
    both = stage("compound", up, 4.0, COUNTRIES), stage("metal", down, 16.0, COUNTRIES)
    draws = [repeated((sigma, 0.2, eps)) for sigma, eps in zip(sigmas, (0.3, 1.0), strict=True)]
    loss = Scenario("up", (OutputChange("CHN", 0.5),)), Scenario("down", ())
    chain = clear_chain(both, [coupled(both, 4.0, 0.95)], loss, draws)
    america = COUNTRIES.index("USA")
    paid = chain.stages[0].answer.use_cost[0, america]
    assert chain.stages[0].answer.price[0, america] == pytest.approx(paid)
    assert (paid < 0.96) if falls else (paid > 1)
    assert prices(chain, 1).min() > 1


@settings(max_examples=10, deadline=None)
@given(seed=seeds, share=st.floats(0.05, 0.95), elasticities=elasticity_sets)
def test_an_export_cut_upstream_by_a_country_without_a_home_market_lowers_no_price_downstream(
    seed: int, share: float, elasticities: tuple[float, float, float]
) -> None:
    """Then it is a loss of output to everybody, and one sigma at both stages makes the sign certain as above. With a
    home market what may not leave stays, and somebody gains.
    """
    both, _ = random_chain(seed)
    up, down = both[0].flows.copy(), both[1].flows.copy()
    up[1, 1], down[1] = 0.0, 0.0
    both = stage("compound", up, 4.0, COUNTRIES), stage("metal", down, 16.0, COUNTRIES)
    cut = (ExportLimit("JPN", share=share),)
    chain = cleared(cut, stages=both, coupling=coupled(both), elasticities=elasticities)
    assert prices(chain, 1).min() >= 1 - 1e-7


def test_a_country_that_keeps_its_input_at_home_makes_more_and_cheaper_of_it() -> None:
    """China buys only its own: an export cut lowers its home price, which is what such cuts are often for, and where
    nobody else processes, prices downstream fall.
    """
    alone = np.array(DOWN)
    alone[1:] = 0.0
    both = markets()[0], stage("metal", alone, 16.0, COUNTRIES)
    chain = cleared((ExportLimit("CHN", share=0.5),), stages=both, coupling=coupled(both))
    china = COUNTRIES.index("CHN")
    assert chain.stages[0].answer.use_cost[0, china] < 1
    assert chain.stages[1].answer.output[0, china] > both[1].flows[china].sum()
    assert prices(chain, 1).max() < 1


@settings(max_examples=10, deadline=None)
@given(seed=seeds, grown=st.floats(1.1, 3.0), elasticities=elasticity_sets)
def test_new_capacity_downstream_raises_the_partners_output_and_takes_more_input(
    seed: int, grown: float, elasticities: tuple[float, float, float]
) -> None:
    both, coupling = random_chain(seed)
    chain = cleared((), (OutputChange("CHN", grown),), stages=both, coupling=coupling, elasticities=elasticities)
    assert chain.stages[1].answer.output[0, 0] >= both[1].flows[0].sum() * (1 - 1e-7)
    assert chain.stages[1].answer.price[0, 0] <= 1 + 1e-7
    assert prices(chain, 0).max() >= 1 - 1e-7


def test_new_capacity_downstream_lowers_the_importers_price() -> None:
    chain = cleared((), (OutputChange("VNM", 2.0),))
    japan = COUNTRIES.index("JPN")
    assert chain.stages[1].answer.use_cost[0, japan] < 1
    assert chain.stages[0].answer.use_cost[0, COUNTRIES.index("VNM")] > 1


def test_a_loss_of_processing_lowers_the_price_of_what_is_processed() -> None:
    chain = cleared((), (OutputChange("CHN", 0.3),))
    assert chain.stages[0].answer.use_cost[0, 0] < 1


def test_who_is_cut_off_from_input_makes_nothing() -> None:
    up = np.array(UP)
    up[2:, 1] = 0.0
    both = stage("compound", up, 4.0, COUNTRIES), markets()[1]
    chain = cleared((ExportLimit("CHN", share=1.0, destinations=("JPN",)),), stages=both, coupling=coupled(both))
    japan = COUNTRIES.index("JPN")
    assert chain.solved.all()
    assert chain.stages[0].answer.purchases[0, japan] == 0
    assert chain.stages[1].answer.output[0, japan] == 0


def test_an_embargo_at_both_stages_has_an_answer() -> None:
    cut = (ExportLimit("CHN", share=1.0),)
    chain = cleared(cut, cut)
    assert chain.solved.all()
    assert chain.stages[1].answer.output[0, 0] == 0
    assert chain.residual.max() <= 1e-8


@settings(max_examples=5, deadline=None)
@given(seed=seeds)
def test_a_draw_does_not_depend_on_the_draws_beside_it(seed: int) -> None:
    rng = np.random.default_rng(seed)
    both = markets()
    draws = [repeated(ELASTICITIES, 5) for _ in both]
    for some in draws:
        some.eta[:] = rng.uniform(0.1, 0.5, 5)
    scenarios = [Scenario("up", (OutputChange("CHN", 0.4),)), Scenario("down", ())]
    whole = clear_chain(both, [coupled(both, count=5)], scenarios, draws)
    first = [type(d)(d.sigma[:2], d.eta[:2], d.eps[:2]) for d in draws]
    part = clear_chain(both, [coupled(both, count=2)], scenarios, first)
    for k in range(2):
        few, all_of_them = part.stages[k].answer.price, whole.stages[k].answer.price[:2]
        assert few == pytest.approx(all_of_them, rel=1e-12)


def test_input_used_is_yield_times_output_and_never_more_than_was_bought() -> None:
    both = markets()
    coupling = coupled(both, 2.0)
    need = 2.0 * np.array(DOWN).sum(axis=1)
    assert base_input_t(coupling, both[0])[0] == pytest.approx(
        np.minimum(need, np.array(UP).sum(axis=0))[coupling.buyer]
    )
    assert coupled(both, 200.0).use.max() == 1.0


def test_what_did_not_settle_is_said_and_left_empty() -> None:
    chain = cleared((OutputChange("CHN", 0.3),), max_sweeps=2)
    assert not chain.solved.any()
    assert "within 2 sweeps" in chain.hint[0]
    assert np.isnan(chain.stages[1].answer.price).all()
