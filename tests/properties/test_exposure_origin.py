"""What must hold of traced origin whatever the trade is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sogdia.exposure.origin import trace

CLOSE = 1e-7


@st.composite
def networks(draw, most: int = 6):
    """Production of each country and trade[importer, exporter]; nobody exports more than passes through it.

    Countries are put in a line and sell only down the line or back by less than they have, so that every part of the
    throughput comes from a mine.
    """
    count = draw(st.integers(2, most))
    production = draw(arrays(np.float64, count, elements=st.floats(1, 1e6)))
    shares = draw(arrays(np.float64, (count, count), elements=st.floats(0, 0.9)))
    trade = np.zeros((count, count))
    held = production.copy()
    for exporter in range(count):
        for importer in range(count):
            if importer != exporter:
                sent = shares[importer, exporter] * held[exporter] / count
                trade[importer, exporter] = sent
                held[exporter] -= sent
                held[importer] += sent
    return production, trade


@st.composite
def mines_and_users(draw):
    """Mines that only sell and users that only buy: nothing is sold twice."""
    mines, users = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    sold = draw(arrays(np.float64, (users, mines), elements=st.floats(0, 1e6)))
    kept = draw(arrays(np.float64, mines, elements=st.floats(1, 1e6)))
    trade = np.zeros((mines + users, mines + users))
    trade[mines:, :mines] = sold
    return np.concatenate([sold.sum(axis=0) + kept, np.zeros(users)]), trade


@given(networks())
def test_consumption_by_origin_sums_to_consumption(network):
    production, trade = network
    consumed = production + trade.sum(axis=1) - trade.sum(axis=0)
    assert trace(production, trade).consumption_by_origin.sum(axis=1) == pytest.approx(consumed, rel=CLOSE)


@given(networks())
def test_every_tonne_mined_is_consumed_once(network):
    production, trade = network
    answer = trace(production, trade)
    assert answer.consumption_by_origin.sum(axis=0) == pytest.approx(production, rel=CLOSE)
    assert answer.added_production == pytest.approx(np.zeros(len(production)), abs=1e-6)
    assert (answer.consumption_by_origin >= -1e-6).all()


@given(mines_and_users())
def test_without_re_exports_origin_is_the_trade_itself(network):
    production, trade = network
    expected = trade + np.diag(production - trade.sum(axis=0))
    assert trace(production, trade).consumption_by_origin == pytest.approx(expected, rel=CLOSE, abs=CLOSE)


@given(networks(), st.floats(1, 1e6))
def test_a_pure_hub_vanishes(network, through):
    """One more country mines nothing, uses nothing and passes on what country 0 sells to country 1."""
    production, trade = network
    count = len(production)
    roomy = production.copy()
    roomy[0] += through
    direct = trade.copy()
    direct[1, 0] += through
    hub = np.zeros((count + 1, count + 1))
    hub[:count, :count] = trade
    hub[count, 0] = hub[1, count] = through
    by_hub = trace(np.append(roomy, 0.0), hub).consumption_by_origin
    assert by_hub[count] == pytest.approx(np.zeros(count + 1), abs=1e-6)
    assert by_hub[:, count] == pytest.approx(np.zeros(count + 1), abs=1e-6)
    assert by_hub[:count, :count] == pytest.approx(trace(roomy, direct).consumption_by_origin, rel=1e-6, abs=1e-6)


@given(networks(), st.floats(1e-3, 1e3))
def test_the_unit_does_not_matter(network, factor):
    production, trade = network
    scaled = trace(production * factor, trade * factor).consumption_by_origin
    assert scaled == pytest.approx(trace(production, trade).consumption_by_origin * factor, rel=CLOSE, abs=1e-9)


@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_countries_does_not_matter(network, random):
    production, trade = network
    order = list(range(len(production)))
    random.shuffle(order)
    moved = trace(production[order], trade[np.ix_(order, order)]).consumption_by_origin
    assert moved == pytest.approx(
        trace(production, trade).consumption_by_origin[np.ix_(order, order)], rel=CLOSE, abs=1e-6
    )


@given(networks(), st.floats(1, 1e6))
def test_exports_beyond_what_a_country_has_become_production_that_is_reported(network, excess):
    production, trade = network
    more = trade.copy()
    stays = production[0] + trade[0].sum() - trade[:, 0].sum()
    more[1, 0] += stays + excess
    answer = trace(production, more)
    assert answer.added_production[0] == pytest.approx(excess, rel=1e-6)
    assert answer.consumption_by_origin.sum() == pytest.approx(production.sum() + answer.added_production.sum())
