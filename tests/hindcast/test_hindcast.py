"""Are cases made, baselines drawn, elasticities learnt and errors counted as the pages say?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from statistics import median

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sogdia.data import Store
from sogdia.data.elasticities import class_elasticities
from sogdia.data.events import RestrictionEvent, restriction_events
from sogdia.errors import InputError
from sogdia.hindcast import learn, run
from sogdia.hindcast.bands import Forecast, observation_errors
from sogdia.hindcast.baselines import NAMES, baseline
from sogdia.hindcast.case import Case, cases
from sogdia.hindcast.cycle import log_price_change
from sogdia.hindcast.panel.evidence import log_prior, points
from sogdia.hindcast.predict import predict
from sogdia.hindcast.rows import PAIR_COLUMNS, pair_rows
from sogdia.hindcast.score import metrics
from sogdia.hindcast.size import expected_size
from sogdia.market import Draws

ONE = Draws(np.array([3.0]), np.array([0.4]), np.array([0.6]))


@pytest.fixture(scope="module")
def events(store: Store) -> dict[tuple[str, str | None], RestrictionEvent]:
    return {(event.event_id, event.mineral): event for event in restriction_events(store)}


@pytest.fixture(scope="module")
def nickel(store: Store, events: dict[tuple[str, str | None], RestrictionEvent]) -> Case:
    """Indonesia's ore ban in its first year."""
    return cases(store, events["IDN_NI_BAN_2014", "nickel"], years_after=1)[0]


def test_a_case_is_base_year_event_and_outcome(nickel: Case) -> None:
    assert (nickel.year, nickel.years_since, nickel.market.years) == (2014, 1, (2011, 2012, 2013))
    assert nickel.importers == ("CHN", "JPN", "AUS")
    assert nickel.weighty.tolist() == [True, True, False]
    assert nickel.unscored("conditional") is None
    assert nickel.unscored("ex_ante") is None
    assert nickel.kept == pytest.approx(nickel.realised_t / nickel.base_shipped_t)
    assert 0.1 < nickel.kept < 0.2
    assert nickel.base_sources.shape == nickel.sources.shape == (3, len(nickel.market.producers) + 1)
    assert (nickel.base_sources[:, -1] == 0).all()
    np.testing.assert_allclose(nickel.supplier_share(nickel.base_sources)[:2], [0.598, 0.482], atol=5e-3)


def test_an_event_has_a_case_a_year_while_it_lasts_three_at_most(
    store: Store, events: dict[tuple[str, str | None], RestrictionEvent]
) -> None:
    ban = events["IDN_NI_BAN_2014", "nickel"]
    assert [case.year for case in cases(store, ban)] == [2014, 2015, 2016]
    assert [case.years_since for case in cases(store, ban)] == [1, 2, 3]
    assert [case.year for case in cases(store, replace(ban, last_year=2014))] == [2014]
    strike = events["ZAF_PGM_STRIKE_2012", "platinum"]
    assert [case.year for case in cases(store, strike)] == [2012]


UNSCORED = {
    "no fall": (("AUS_COAL_DEBBIE_2017", "coking_coal"), "not visible in annual data"),
    "nobody large": (("PAN_CU_COBRE_2023", "copper"), "no importer of weight"),
    "more than before": (("COD_CO_MUTANDA_2019", "cobalt"), "shipped 168% of what it did before"),
}


@pytest.mark.parametrize(("which", "reason"), UNSCORED.values(), ids=UNSCORED)
def test_a_case_that_does_not_count_says_why(
    store: Store, events: dict[tuple[str, str | None], RestrictionEvent], which: tuple[str, str], reason: str
) -> None:
    found = cases(store, events[which], years_after=1)
    assert found
    assert all(reason in (case.unscored("conditional") or "") for case in found)


def test_neither_an_undocumented_size_nor_few_codes_exclude_a_case(
    store: Store, events: dict[tuple[str, str | None], RestrictionEvent]
) -> None:
    (graphite,) = cases(store, events["CHN_GRAPHITE_2023", "graphite"], years_after=1)
    (antimony,) = cases(store, events["CHN_SB_2024", "antimony"], years_after=1)
    assert graphite.event.size is None
    assert graphite.unscored("conditional") is None
    assert "codes" not in (antimony.unscored("conditional") or "")


def test_a_forecast_made_before_the_event_counts_whether_it_shows_or_not(
    store: Store, events: dict[tuple[str, str | None], RestrictionEvent]
) -> None:
    (coal,) = cases(store, events["AUS_COAL_DEBBIE_2017", "coking_coal"], years_after=1)
    assert coal.unscored("conditional") is not None
    assert coal.unscored("ex_ante") is None


def test_an_undocumented_size_is_that_usual_for_the_kind(
    events: dict[tuple[str, str | None], RestrictionEvent],
) -> None:
    licence = events["CHN_GRAPHITE_2023", "graphite"]
    sizes = [e.size for e in events.values() if e.kind == "licensing" and e.size]
    assert expected_size(licence, list(events.values())) == pytest.approx(median(sizes))
    assert expected_size(replace(licence, size=0.3), list(events.values())) == 0.3
    same = replace(licence, event_id="OTHER", size=0.01)
    assert expected_size(licence, [*events.values(), same]) == pytest.approx(median(sizes))
    assert expected_size(licence, []) == 1.0


def test_a_loss_too_small_for_the_world_is_not_scored(
    store: Store, events: dict[tuple[str, str | None], RestrictionEvent]
) -> None:
    """Jamaica shipped a quarter less bauxite in 2016, a hundredth of world trade."""
    ban = events["IDN_BAUX_BAN_2014", "bauxite"]
    (case,) = cases(store, replace(ban, country="JAM", first_year=2016, last_year=2016))
    assert case.kept < 0.8
    assert case.unscored("conditional") == "too small to move the market: 1.2% of world trade went missing"


def test_an_event_nobody_depended_on_has_no_case(
    store: Store, events: dict[tuple[str, str | None], RestrictionEvent]
) -> None:
    assert cases(store, replace(events["IDN_BAUX_BAN_2014", "bauxite"], country="ISL")) == ()
    assert cases(store, replace(events["IDN_BAUX_BAN_2014", "bauxite"], mineral=None)) == ()


def test_destinations_limit_the_event_to_them(
    store: Store, events: dict[tuple[str, str | None], RestrictionEvent]
) -> None:
    """A destination that buys nothing anywhere does not stop the hindcast."""
    embargo = events["CHN_REE_JPN_EMBARGO_2010", "rare_earths"]
    (case,) = cases(store, replace(embargo, destinations=("JPN", "ATA")))
    assert case.importers == ("JPN",)
    found = predict(case, "conditional", ONE)
    japan, shipped = case.market.consumer("JPN"), found.sources[0, case.supplier, 0]
    assert case.base_shipped_t == pytest.approx(case.market.flows[case.supplier, japan])
    assert shipped == pytest.approx(case.realised_t, rel=1e-6)


def test_conditional_mode_ships_what_was_shipped_and_ex_ante_what_was_announced(nickel: Case) -> None:
    conditional, ex_ante = (predict(nickel, mode, ONE) for mode in ("conditional", "ex_ante"))
    to_all = nickel.market.exports()[nickel.supplier]
    assert nickel.base_shipped_t == pytest.approx(to_all)
    assert conditional.share[0, 0] > 0.05
    np.testing.assert_allclose(ex_ante.share, 0.0, atol=1e-12)
    assert ex_ante.sources[0].sum() < conditional.sources[0].sum()


def test_a_supplier_that_ships_more_than_before_is_given_more_to_ship(nickel: Case) -> None:
    more = replace(nickel, realised_t=1.5 * nickel.base_shipped_t)
    found = predict(more, "conditional", ONE)
    assert found.share[0, 0] > nickel.supplier_share(nickel.base_sources)[0]
    assert found.log_price[0, 0] < 0


FLOWS = np.array([[60.0, 20.0, 20.0], [0.0, 10.0, 0.0], [10.0, 0.0, 0.0]])


def test_the_baselines_are_what_their_names_say() -> None:
    np.testing.assert_array_equal(baseline("no_change", FLOWS, 0, 0.5), FLOWS)
    np.testing.assert_allclose(baseline("pro_rata", FLOWS, 0, 0.5), [[30, 20, 20], [0, 10, 0], [5, 0, 0]])
    np.testing.assert_allclose(baseline("reallocation", FLOWS, 0, 0.5), [[30, 35, 35], [0, 10, 0], [5, 0, 0]])
    assert set(NAMES) == {"no_change", "pro_rata", "reallocation"}


def test_baselines_leave_what_they_are_given_alone() -> None:
    before = FLOWS.copy()
    baseline("reallocation", FLOWS, 0, 0.1)
    np.testing.assert_array_equal(FLOWS, before)


def test_the_cycle_is_the_change_of_a_codes_world_price() -> None:
    world = pl.DataFrame(
        {
            "hs6": ["a", "a", "a", "b", "b"],
            "year": [2006, 2007, 2011, 2007, 2011],
            "value_kusd": [10.0, 30.0, 60.0, 5.0, 5.0],
            "quantity_t": [10.0, 10.0, 10.0, 1.0, 1.0],
        }
    )
    found = dict(log_price_change(world, [2006, 2007], 2011).iter_rows())
    assert found == {"a": pytest.approx(np.log(6.0 / 2.0))}


def test_without_evidence_the_posterior_is_the_prior(store: Store) -> None:
    """As near as a grid of four values comes to it."""
    table = class_elasticities(store, "bulk_ore", 1.0, prior=True)
    found = learn.posterior(log_prior(table), {}, "bulk_ore", None, ())
    np.testing.assert_allclose(found.centre(), [table.sigma.central, table.eta.central, table.eps.central], rtol=0.35)
    assert found.weight.sum() == pytest.approx(1.0)
    assert (found.episodes, found.events) == (0, ())


def test_what_events_teach_is_counted_by_class_and_the_own_mineral_left_out(nickel: Case) -> None:
    likes_low = 4 * np.log(points()[:, 1])
    known = learn.evidence([nickel], likes_low[np.newaxis])
    assert list(known) == [("bulk_ore", "nickel")]
    prior = np.zeros(len(points()))
    with_it, without = (learn.posterior(prior, known, "bulk_ore", name, ("a",)) for name in (None, "nickel"))
    assert with_it.centre()[1] < without.centre()[1]
    np.testing.assert_allclose(without.weight, 1.0 / len(points()))


def test_the_loss_of_a_case_is_least_where_the_model_is_right(nickel: Case) -> None:
    """A case whose outcome is the model's own answer at a set prefers that set to all others."""
    true = int(np.argmin(np.abs(np.log(points() / [4.0, 0.5, 1.0])).sum(axis=1)))
    answer = predict(nickel, "conditional", Draws(*points()[[true]].T))
    told = np.zeros_like(nickel.sources)
    told[:, :-1] = answer.sources[:, :, 0]
    made_up = replace(nickel, sources=told, price=answer.log_price[:, 0])
    loss = learn.losses([made_up])[0]
    assert int(np.argmin(loss)) == true
    assert loss[true] == pytest.approx(0.0, abs=1e-9)


def pairs(*rows: dict[str, object]) -> pl.DataFrame:
    """Scored pairs with chosen figures."""
    common: dict[str, object] = {
        "event_id": "A", "mineral": "tin", "mode": "conditional", "scored": True, "years_since": 1,
        "share_no_change": 0.5, "share_pro_rata": 0.4, "share_reallocation": 0.3, "share_predicted": 0.2,
        "share_observed": 0.2, "log_price_predicted": 0.5, "log_price_observed": 0.5, "beyond": False,
        "share_low": 0.1, "share_high": 0.3, "log_price_low": 0.0, "log_price_high": 1.0, "price_status": "judged",
    }  # fmt: skip
    frame = pl.DataFrame([common | row for row in rows])
    missing = [pl.lit(None, kind).alias(name) for name, kind in PAIR_COLUMNS.items() if name not in frame.columns]
    return frame.with_columns(*missing)


def volumes(**errors: float) -> pl.DataFrame:
    row = {"event_id": "A", "mineral": "tin", "years_since": 1, "mode": "conditional", "scored": True}
    return pl.DataFrame(
        [row | {"predicted": 1.0, "no_change": 2.0, "pro_rata": 2.0, "reallocation": 2.0, "observed_t": 10.0} | errors]
    )


def value(found: pl.DataFrame, metric: str) -> float:
    return float(found.filter(pl.col("metric") == metric, pl.col("years") == "first")["value"].item())


def test_errors_are_counted_by_their_definitions() -> None:
    some = pairs(
        {"share_predicted": 0.25, "log_price_predicted": 0.6, "log_price_observed": 0.4},
        {"share_predicted": 0.20, "log_price_predicted": 0.1, "log_price_observed": 0.1},
        {"share_predicted": 0.10, "log_price_predicted": 0.9, "log_price_observed": 1.5},
        {"share_predicted": 0.99, "scored": False},
    )
    found = metrics(some, volumes())
    assert value(found, "pairs") == 3
    assert value(found, "share_error_median") == pytest.approx(0.05)
    assert value(found, "share_error_median_no_change") == pytest.approx(0.3)
    assert value(found, "price_error_mean") == pytest.approx((0.2 + 0.0 + 0.6) / 3)
    assert value(found, "price_error_mean_no_change") == pytest.approx((0.4 + 0.1 + 1.5) / 3)
    assert value(found, "price_rank_correlation") == pytest.approx(1.0)
    assert value(found, "price_band_coverage") == pytest.approx(2 / 3)
    assert value(found, "volume_error_median") == pytest.approx(0.1)
    assert value(found, "volumes_beat_no_change_and_reallocation") == 1.0


def test_prices_that_are_none_are_not_judged_and_those_without_a_quotation_apart() -> None:
    some = pairs(
        {"log_price_predicted": 0.6, "log_price_observed": 0.4},
        {"log_price_predicted": 0.1, "log_price_observed": 0.4, "price_status": "no benchmark"},
        {"log_price_predicted": 9.0, "log_price_observed": 0.0, "price_status": "no price"},
    )
    found = metrics(some, volumes())
    assert (value(found, "pairs"), value(found, "price_pairs"), value(found, "price_pairs_quoted")) == (3, 2, 1)
    assert value(found, "price_error_mean") == pytest.approx(0.25)
    assert value(found, "price_error_mean_quoted") == pytest.approx(0.2)
    assert value(found, "price_error_mean_unquoted") == pytest.approx(0.3)
    assert value(found, "price_error_mean_unquoted_no_change") == pytest.approx(0.4)


def test_a_baseline_that_is_better_is_said_to_be() -> None:
    found = metrics(pairs({}), volumes(reallocation=0.5))
    assert value(found, "volumes_beat_no_change") == 1.0
    assert value(found, "volumes_beat_reallocation") == 0.0
    assert value(found, "volumes_beat_no_change_and_reallocation") == 0.0


def test_a_price_forecast_beyond_the_models_range_covers_nothing() -> None:
    """However wide its band; its share is judged like any other."""
    found = metrics(pairs({"beyond": True}, {}), volumes())
    assert value(found, "price_band_coverage") == 0.5
    assert value(found, "share_band_coverage") == 1.0


def test_errors_of_prices_that_nobody_is_left_to_ask_are_unknown() -> None:
    found = metrics(pairs(*[{"log_price_predicted": float("nan"), "beyond": True}] * 3), volumes())
    assert np.isnan(value(found, "price_error_mean"))
    assert "price_rank_correlation" not in found["metric"].to_list()


def test_two_pairs_have_no_rank_correlation() -> None:
    found = metrics(pairs({}, {}), volumes())
    assert "price_rank_correlation" not in found["metric"].to_list()


def test_nothing_scored_gives_no_metrics(store: Store) -> None:
    assert metrics(pairs({"scored": False}), volumes()).is_empty()
    nothing = run(store, [])
    assert (nothing.pairs.height, nothing.metrics.height, nothing.posteriors) == (0, 0, {})


def test_a_forecast_beyond_the_models_range_is_marked_and_widens_no_band(nickel: Case) -> None:
    """A made-up price of twenty times base for the first importer, and one right forecast for the others."""
    answer = predict(nickel, "conditional", ONE)
    far = replace(answer, log_price=np.where(np.arange(3)[:, np.newaxis] == 0, np.log(20.0), answer.log_price))
    wild = Forecast(nickel, "conditional", far)
    assert wild.beyond().tolist() == [True, False, False]
    assert [row["beyond"] for row in pair_rows(wild, 0.1, 0.1)] == [True, False, False]
    other = replace(nickel, event=replace(nickel.event, event_id="X", country="PHL", mineral="bauxite"))
    tame = Forecast(other, "conditional", replace(answer, log_price=nickel.price[:, np.newaxis]))
    _, error = observation_errors([wild, tame])[1]
    assert error == pytest.approx(abs(float(answer.log_price[1, 0] - nickel.price[1])))


def test_an_event_under_a_second_name_neither_teaches_itself_nor_sets_its_band(
    store: Store, events: dict[tuple[str, str | None], RestrictionEvent]
) -> None:
    """A band moves a little all the same: the copies teach other events, whose errors make it."""
    quota, bans = events["CHN_REE_QUOTA_2010", "rare_earths"], events["IDN_NI_BAN_2014", "nickel"]
    copies = [replace(quota, event_id="COPY", start="2010-08"), replace(quota, event_id="LATER", first_year=2012)]
    judge = partial(run, store, modes=("conditional",), years_after=1)
    once = judge([quota, bans]).pairs.filter(event_id=quota.event_id)
    thrice = judge([quota, bans, *copies]).pairs.filter(event_id=quota.event_id)
    ends = ["share_low", "share_high", "log_price_low", "log_price_high"]
    assert_frame_equal(once.drop(ends), thrice.drop(ends), rel_tol=1e-9)
    assert_frame_equal(once.select(ends), thrice.select(ends), abs_tol=2e-3)


@pytest.mark.parametrize("share", [-1.0, 2.0, float("nan"), float("inf")])
def test_a_least_share_that_is_none_is_refused(store: Store, share: float) -> None:
    with pytest.raises(InputError, match="between 0 and 1"):
        run(store, [], min_share_of_world=share)


def test_an_event_that_withheld_nothing_is_not_judged(
    store: Store, events: dict[tuple[str, str | None], RestrictionEvent]
) -> None:
    nothing = replace(events["IDN_NI_BAN_2014", "nickel"], size=0.0, size_low=None, size_high=None)
    found = run(store, [nothing], years_after=1)
    assert found.pairs.is_empty()
    assert found.left_out["reason"].str.starts_with("Nothing was withheld").all()


def test_an_event_that_cannot_be_judged_is_left_out_with_its_reason(
    store: Store, events: dict[tuple[str, str | None], RestrictionEvent]
) -> None:
    found = run(store, [events["COD_CO_BAN_2025", "cobalt"], events["CHN_GA_2023", "gallium"]])
    assert dict(found.left_out.select("event_id", "reason").iter_rows()) == {
        "COD_CO_BAN_2025": "No trade for 2025: the store holds 1995-2024.",
        "CHN_GA_2023": "None of its codes (811291) is mapped to gallium in this store.",
    }
