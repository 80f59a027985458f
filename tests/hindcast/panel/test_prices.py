"""A price change is found where it is planted, and a mix of grades misleads the mean alone."""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.data import Store
from sogdia.errors import UnknownNameError
from sogdia.hindcast.panel.price_measure import JUDGED, NO_BENCHMARK, NO_PRICE, follows, measures_of, price_measures
from sogdia.hindcast.panel.prices import ESTIMATORS, LARGEST, MATCHED, MEAN, price_change, world_change
from sogdia.hindcast.panel.trade import CodeTrade
from sogdia.market.traded import Floats

BUYERS = np.array([0, 1])


def trade_of(value: Floats, quantity: Floats, hs6: str = "260900", reported: Floats | None = None) -> CodeTrade:
    """Trade of a code from arrays (years, exporters, importers), from 2001."""
    years, exporters, importers = value.shape
    names = tuple(f"E{n}" for n in range(exporters)), tuple(f"I{n}" for n in range(importers))
    known = quantity > 0 if reported is None else reported.astype(bool)
    return CodeTrade(hs6, tuple(range(2001, 2001 + years)), *names, quantity, value, known)


def steady(price: Floats, exporters: int = 3) -> CodeTrade:
    """Everybody sells 100 t at the year's price to two buyers."""
    quantity = np.full((len(price), exporters, 2), 100.0)
    return trade_of(quantity * price[:, np.newaxis, np.newaxis], quantity)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_a_price_that_doubles_everywhere_is_found_by_all(estimator: str) -> None:
    trade = steady(np.array([1.0, 1.0, 1.0, 2.0]))
    found = price_change(trade, slice(0, 3), 2004, BUYERS, estimator=estimator)
    assert found == pytest.approx([np.log(2.0)] * 2)
    assert world_change(trade, slice(0, 3), 2004, estimator) == pytest.approx(np.log(2.0))


def test_a_change_of_sources_moves_the_mean_and_no_matched_change() -> None:
    """E0 sells at 1 and E1 at 10, before and after; the buyer turns from one to the other."""
    quantity = np.array([[[90.0], [10.0]], [[10.0], [90.0]]])
    trade = trade_of(quantity * np.array([[1.0], [10.0]]), quantity)
    found = {e: float(price_change(trade, slice(0, 1), 2002, BUYERS[:1], estimator=e)[0]) for e in ESTIMATORS}
    assert found[MATCHED] == found[LARGEST] == 0.0
    assert found[MEAN] == pytest.approx(np.log(9.1 / 1.9))


def test_a_small_flow_decides_neither_the_matched_nor_the_largest() -> None:
    quantity = np.array([[[50.0], [40.0], [1.0]]] * 2)
    price = np.array([[[1.0], [1.0], [1.0]], [[1.5], [1.5], [90.0]]])
    trade = trade_of(quantity * price, quantity)
    for estimator in (MATCHED, LARGEST):
        assert price_change(trade, slice(0, 1), 2002, BUYERS[:1], estimator=estimator) == pytest.approx(np.log(1.5))


def test_weights_that_were_repaired_enter_the_mean_alone() -> None:
    quantity = np.full((2, 2, 1), 10.0)
    price = np.array([[[1.0], [1.0]], [[1.2], [5.0]]])
    trade = trade_of(quantity * price, quantity, reported=np.array([[[1], [1]], [[1], [0]]]))
    assert price_change(trade, slice(0, 1), 2002, BUYERS[:1], estimator=MATCHED) == pytest.approx(np.log(1.2))
    assert price_change(trade, slice(0, 1), 2002, BUYERS[:1], estimator=MEAN) == pytest.approx(np.log(3.1))


def test_the_price_of_the_others_leaves_the_supplier_out() -> None:
    quantity = np.full((2, 2, 1), 10.0)
    trade = trade_of(quantity * np.array([[[1.0], [1.0]], [[4.0], [1.5]]]), quantity)
    for estimator in ESTIMATORS:
        found = price_change(trade, slice(0, 1), 2002, BUYERS[:1], without=0, estimator=estimator)
        assert found == pytest.approx(np.log(1.5))


def test_a_buyer_without_a_matched_flow_has_no_price() -> None:
    quantity = np.array([[[10.0], [0.0]], [[0.0], [10.0]]])
    trade = trade_of(quantity, quantity)
    assert np.isnan(price_change(trade, slice(0, 1), 2002, BUYERS[:1], estimator=LARGEST)).all()


def test_an_estimator_that_is_none_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="median"):
        price_change(steady(np.ones(2)), slice(0, 1), 2002, BUYERS, estimator="median")


def test_the_estimator_that_follows_the_quotation_is_found() -> None:
    """Grades swing from year to year, so that the mean is noise where matched flows are the market's price."""
    rng = np.random.default_rng(3)
    years = 20
    market = np.exp(np.cumsum(rng.normal(0.0, 0.2, years)))
    quantity = rng.uniform(1.0, 100.0, (years, 6, 2))
    grade = np.array([1.0, 1.0, 20.0, 20.0, 1.0, 20.0])[:, np.newaxis]
    trade = trade_of(quantity * market[:, np.newaxis, np.newaxis] * grade, quantity)
    quoted = {2001 + n: float(np.log(market[n] / market[n - 1])) for n in range(1, years)}
    found = follows(trade, quoted)
    scores = dict(zip(ESTIMATORS, found.importers, strict=True))
    assert found.changes == years - 1
    assert scores[MATCHED] == pytest.approx(1.0)
    assert scores[MEAN] < 0.9


def test_codes_are_judged_by_a_quotation_or_say_why_not(store: Store) -> None:
    """Gold ore that is made up of noise follows nothing, and bauxite has no quotation."""
    rng = np.random.default_rng(1)
    quantity = np.full((20, 3, 2), 100.0)
    noise = trade_of(quantity * np.exp(rng.normal(0.0, 1.0, quantity.shape)), quantity, "261690")
    measures = measures_of(store, [noise])
    assert measures["261690"].status == NO_PRICE
    assert measures["261690"].changes == 19
    assert measures["260600"].status == NO_BENCHMARK
    assert measures["260600"].correlation is None


@pytest.mark.slow
def test_in_the_embedded_trade_tin_ore_has_a_price_and_gold_ore_has_none(store: Store) -> None:
    measures = price_measures(store)
    assert measures["260900"].status == JUDGED
    assert measures["260900"].world_correlation == pytest.approx(0.97, abs=0.01)
    assert measures["261690"].status == NO_PRICE
    assert measures["711021"].status == NO_BENCHMARK
    assert measures["711021"].changes == 3
