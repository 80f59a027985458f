"""Do the bands of a shock hold the model's own error, as wide as the panel says and around an untouched centre?"""

from __future__ import annotations

import numpy as np
import pytest

from sogdia import Study
from sogdia.data import Store
from sogdia.market import consumer_outcome
from sogdia.market.events import ExportLimit
from sogdia.shock.own_error import LEAST_ERRORS, OwnError, own_error, with_error
from support.small_markets import cleared, draws


@pytest.fixture(scope="module")
def error(store: Store) -> OwnError:
    return own_error(store, store.mineral("tin"), None, 1)


def outcome(*events: ExportLimit):
    """Of Japan in the hand-made market, one draw."""
    return consumer_outcome(cleared(*events, by=draws(sigma=4.0, eta=1.0, eps=0.5)), "JPN")


CUT = ExportLimit("CHN", share=0.4)


def test_the_first_draw_is_the_central_answer(error: OwnError) -> None:
    plain, wide = outcome(CUT), with_error(outcome(CUT), error)
    for name in ("price_paid", "use_t", "imports_t", "import_bill_kusd", "surplus_change_kusd"):
        assert getattr(wide, name)[0] == getattr(plain, name)[0]
        assert len(getattr(wide, name)) == LEAST_ERRORS


def test_a_band_is_as_wide_as_the_panels_errors(error: OwnError) -> None:
    plain, wide = outcome(CUT), with_error(outcome(CUT), error)
    scale = float(error.price.scale(error.volatility[0], np.log(plain.price_paid[0])))
    logs = np.log(np.quantile(wide.price_paid, [0.05, 0.95]) / plain.price_paid[0])
    wanted = scale * np.interp([0.05, 0.95], error.price.levels, error.price.quantiles)
    np.testing.assert_allclose(logs, wanted, rtol=0.25)


def test_a_larger_loss_has_a_wider_band(error: OwnError) -> None:
    small, large = (
        np.log(with_error(outcome(ExportLimit("CHN", share=share)), error).price_paid).std() for share in (0.05, 0.95)
    )
    assert large > 1.2 * small


def test_money_follows_the_errors_of_price_and_tonnes(error: OwnError) -> None:
    plain, wide = outcome(CUT), with_error(outcome(CUT), error)
    rise, grows = wide.price_paid / plain.price_paid[0], wide.imports_t / plain.imports_t[0]
    np.testing.assert_allclose(wide.import_bill_kusd, plain.import_bill_kusd[0] * rise * grows)
    dearer = rise > 1
    assert (wide.surplus_change_kusd[dearer] <= plain.surplus_change_kusd[0]).all()


def test_a_small_error_of_price_costs_what_is_bought_at_it(error: OwnError) -> None:
    plain, wide = outcome(CUT), with_error(outcome(CUT), error)
    step = wide.use_cost / plain.use_cost[0] - 1.0
    near = (np.abs(step) < 0.01) & (step != 0)
    lost = wide.surplus_change_kusd - plain.surplus_change_kusd[0]
    bought = plain.base_value_kusd * plain.bought_t[0] / plain.base_use_t * plain.use_cost[0]
    np.testing.assert_allclose(lost[near], -bought * step[near], rtol=0.02)


def test_only_the_supplier_of_an_event_takes_the_error_of_shares(error: OwnError) -> None:
    concerned = np.array([1.0, 0.0, 0.0])
    wide = with_error(outcome(CUT), error, concerned)
    np.testing.assert_allclose(wide.shares.sum(axis=1), 1.0)
    assert ((wide.shares >= 0) & (wide.shares <= 1)).all()
    assert wide.shares[:, 0].std() > 0.02
    free = with_error(outcome(CUT), error)
    assert free.shares.std(axis=0).max() < 1e-12


def test_a_supplier_under_embargo_stays_without_a_share(error: OwnError) -> None:
    wide = with_error(outcome(ExportLimit("CHN", share=1.0)), error, np.array([1.0, 0.0, 0.0]))
    assert (wide.shares[:, 0] == 0).all()


def test_errors_do_not_depend_on_how_many_are_drawn(store: Store) -> None:
    few, many = (own_error(store, store.mineral("tin"), None, count) for count in (LEAST_ERRORS, 2 * LEAST_ERRORS))
    np.testing.assert_array_equal(few.uniforms, many.uniforms[:LEAST_ERRORS])


def test_the_bands_of_a_shock_and_of_a_loss_are_the_same() -> None:
    """A loss is a shock without stocks, at the horizon of a year; only the number of draws differs."""
    study = Study("JPN")
    shock = study.shock("zinc", embargo="AUS", year=2022, draws=40).rows
    loss = study.supplier_losses("zinc", year=2022, draws=40).rows.filter(supplier="AUS")
    row = shock.filter(role="importer", variable="price_paid").row(0, named=True)
    for end, name in (("low", "price_paid_low"), ("central", "price_paid"), ("high", "price_paid_high")):
        assert loss[name].item() == pytest.approx(row[end])
    assert row["high"] / row["low"] > 1.5
