"""Is an importer of several countries one buyer, whose members' trade with each other is no import?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.market import Cleared, Draws, Scenario, TradedMarket, clear, consumer_outcome
from sogdia.market.events import ExportLimit
from sogdia.shock.importer import importer_outcome
from sogdia.shock.market_shock import Shock
from sogdia.shock.rows import LARGEST
from sogdia.study import Study

CUT = Scenario("x", (ExportLimit("CHN", share=0.4),), contracted_share=0.2)
UNION = Region("UNION", "Union", ("DEU", "FRA", "AUT"))


@pytest.fixture(scope="module")
def cleared() -> Cleared:
    """China and the USA sell to Germany, France and Japan; Germany and France sell each other; Austria buys nothing."""
    sellers, buyers = ("CHN", "USA", "DEU", "FRA"), ("DEU", "FRA", "JPN")
    flows = np.array([[60.0, 20.0, 30.0], [10.0, 20.0, 10.0], [5.0, 8.0, 0.0], [4.0, 0.0, 2.0]])
    price = np.where(flows > 0, np.array([[2.0], [3.0], [4.0], [5.0]]), np.nan)
    market = TradedMarket("metal", None, (2020,), "processed", sellers, buyers, flows, price, ())
    return clear(market, CUT, Draws(np.array([3.0, 2.0]), np.array([0.3, 0.2]), np.array([0.4, 0.2])))


def test_a_country_is_its_own_outcome(cleared: Cleared) -> None:
    japan = consumer_outcome(cleared, "JPN")
    found = importer_outcome(cleared, Region("JPN", "Japan", ("JPN",)), [japan])
    assert found.total is japan
    assert (found.internal_t.tolist(), found.base_internal_t) == ([0.0, 0.0], 0.0)


def test_imports_of_a_region_come_from_outside_and_the_rest_is_internal(cleared: Cleared) -> None:
    members = [consumer_outcome(cleared, c) for c in ("DEU", "FRA")]
    found = importer_outcome(cleared, UNION, members)
    total = found.total
    assert (total.country, total.base_imports_t, found.base_internal_t) == ("UNION", 110.0, 12.0)
    assert total.base_import_bill_kusd == pytest.approx(80 * 2.0 + 30 * 3.0)
    assert total.base_sources_t.tolist() == [80.0, 30.0, 0.0, 0.0]
    np.testing.assert_allclose(total.imports_t + found.internal_t, sum(m.imports_t for m in members), rtol=1e-12)
    np.testing.assert_allclose(total.shares.sum(axis=1), 1.0)
    np.testing.assert_allclose(total.sources_t.sum(axis=1), total.imports_t)


def test_money_and_tonnes_add_up_and_the_price_is_weighted_by_what_each_buys(cleared: Cleared) -> None:
    germany, france = (consumer_outcome(cleared, c) for c in ("DEU", "FRA"))
    total = importer_outcome(cleared, UNION, [germany, france]).total
    weights = np.array([germany.bought_t, france.bought_t])
    mean = (weights * [germany.price_paid, france.price_paid]).sum(axis=0) / weights.sum(axis=0)
    np.testing.assert_allclose(total.price_paid, mean)
    np.testing.assert_allclose(total.use_t, germany.use_t + france.use_t)
    np.testing.assert_allclose(total.surplus_change_kusd, germany.surplus_change_kusd + france.surplus_change_kusd)


def test_a_member_that_is_cut_off_does_not_decide_the_price_of_the_region(cleared: Cleared) -> None:
    """A member that bought next to nothing, all of it from the lost supplier."""
    flows = np.vstack([cleared.market.flows.T, [0.001, 0.0, 0.0, 0.0]]).T
    price = np.where(flows > 0, 2.0, np.nan)
    market = replace(cleared.market, consumers=("DEU", "FRA", "JPN", "AUT"), flows=flows, unit_value=price)
    lost = clear(market, Scenario("x", (ExportLimit("CHN", share=1.0),)), cleared.draws)
    members = [consumer_outcome(lost, c) for c in UNION.members]
    assert (members[2].price_paid == np.inf).all()
    total = importer_outcome(lost, UNION, members).total
    assert (total.price_paid < max(m.price_paid.max() for m in members[:2]) + 1e-9).all()
    alone = importer_outcome(lost, Region("AUT", "Austria", ("AUT", "POL")), members[2:]).total
    assert (alone.price_paid == np.inf).all()


def test_the_bill_of_a_region_without_internal_trade_is_the_sum_of_its_members(cleared: Cleared) -> None:
    """Then it is what `consumer_outcome` says, contracts included, and the import price the unit value of both."""
    members = [consumer_outcome(cleared, c) for c in ("DEU", "JPN")]
    apart = importer_outcome(cleared, Region("R", "R", ("DEU", "JPN")), members[1:] + members[:1])
    inside = cleared.market.flows[cleared.market.producer("DEU"), cleared.market.consumer("JPN")]
    home = cleared.market.flows[cleared.market.producer("DEU"), cleared.market.consumer("DEU")]
    assert (inside, home) == (0.0, 5.0)
    bill = sum(m.import_bill_kusd for m in members)
    np.testing.assert_allclose(apart.total.import_bill_kusd, bill, rtol=1e-12)
    unit = bill / sum(m.imports_t for m in members)
    before = sum(m.base_import_bill_kusd for m in members) / sum(m.base_imports_t for m in members)
    np.testing.assert_allclose(apart.total.import_price, unit / before)


@pytest.fixture(scope="module")
def europe(store: Store) -> Shock:
    return Study("EU27", store=store).shock("cobalt", cut="COD", share=0.5, year=2019, draws=2)


def test_a_shock_tells_the_region_first_and_its_members_after_it(europe: Shock) -> None:
    roles = europe.rows.filter(pl.col("role") != "producer")
    assert roles["country"][0] == "EU27"
    assert roles.filter(role="importer")["country"].unique().to_list() == ["EU27"]
    assert {"BEL", "FIN", "DEU"} <= set(roles.filter(role="member")["country"])
    assert not set(roles.filter(role="consumer")["country"]) & set(roles.filter(role="member")["country"])


def test_sources_of_a_region_lie_outside_it_and_internal_trade_stands_apart(europe: Shock, store: Store) -> None:
    members = set(Study("EU27", store=store).importer.members)
    sources = europe.rows.filter(role="importer").filter(pl.col("partner").is_not_null())
    assert not set(sources["partner"]) & members
    internal = sources.filter(partner="EU27")
    assert internal["variable"].to_list() == ["source"]
    assert internal["base"][0] > 0
    added = europe.rows.filter(role="member", variable="imports")
    own = europe.rows.filter(role="importer", variable="imports")
    assert added["base"].sum() == pytest.approx(own["base"][0] + internal["base"][0])
    assert any("Imports of EU27 are those from outside" in note for note in europe.notes)


@pytest.mark.parametrize("importer", ["JPN", "EU27"])
def test_ten_other_consumers_are_shown_whoever_the_importer_is(store: Store, importer: str) -> None:
    found = Study(importer, store=store).shock("cobalt", cut="COD", share=0.5, year=2019, draws=2)
    assert found.rows.filter(role="consumer")["country"].n_unique() == LARGEST
