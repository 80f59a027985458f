"""The backtest of a small store finds the falls that were planted in it, and judges the model by what came of them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sogdia import Study
from sogdia.data import Store
from sogdia.errors import NoAnswerError, UnknownNameError
from sogdia.hindcast.panel import learn
from sogdia.hindcast.panel.backtest import Backtest, backtest, codes_of
from sogdia.hindcast.panel.build import EpisodePanel, build
from sogdia.hindcast.panel.evidence import set_weights
from sogdia.hindcast.panel.pairs import (
    LAST_YEAR,
    LOG_PRICE,
    NO_CHANGE,
    PRO_RATA,
    REALLOCATION,
    SHARE,
    TONNES,
    Pairs,
    pairs_of,
)
from sogdia.hindcast.panel.score import COLUMNS
from sogdia.market import Draws
from support.planted_trade import BUYERS, CODES, FALL, SELLERS, planted_rows, planted_store

SETS = Draws(np.array([4.0, 8.0]), np.array([0.5, 1.0]), np.array([1.0, 1.0]))
KEPT = 0.4


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return planted_store(tmp_path_factory.mktemp("planted") / "store", planted_rows(KEPT))


@pytest.fixture(scope="module")
def panel(planted: Store) -> EpisodePanel:
    return build(planted, sets=SETS)


@pytest.fixture(scope="module")
def pairs(panel: EpisodePanel) -> Pairs:
    return pairs_of(panel)


@pytest.fixture(scope="module")
def judged(planted: Store) -> Backtest:
    return backtest(planted)


def test_every_planted_fall_is_found_and_nothing_else(panel: EpisodePanel) -> None:
    found = [(one.episode.hs6, one.episode.exporter, one.episode.year) for one in panel.judged]
    assert sorted(found) == sorted((code, seller, FALL) for code, seller in zip(CODES, SELLERS, strict=True))
    for one in panel.judged:
        assert one.episode.kept == pytest.approx(KEPT)
        assert one.episode.rivals_grew == pytest.approx(0.1)
        assert one.episode.supply_part > 0.5
        assert set(one.importers) == set(BUYERS)


def test_the_supplier_ships_in_the_model_what_it_shipped(panel: EpisodePanel) -> None:
    """All three buyers together, since nobody else buys: tonnes of the supplier add up to what it really shipped."""
    for one in panel.judged:
        tonnes = np.exp(one.predicted.tonnes) * one.now.base_t[:, np.newaxis]
        assert (tonnes * one.predicted.share).sum(axis=0) == pytest.approx(one.episode.shipped_t, rel=1e-6)


def test_a_lost_supplier_raises_the_price_and_lowers_tonnes_and_share(panel: EpisodePanel) -> None:
    for one in panel.judged:
        assert (one.predicted.paid > 0).all()
        assert (one.predicted.paid_others > 0).all()
        assert (one.predicted.tonnes < 0).all()
        assert (one.predicted.share < one.now.base_share[:, np.newaxis]).all()


def test_prices_are_seen_without_the_commodity_cycle(pairs: Pairs) -> None:
    """All four codes rise alike in the year of the falls, so that the cycle takes the rise away."""
    assert np.abs(pairs.by[LOG_PRICE].observed).max() < 0.15


def test_the_simple_forecasts_have_their_closed_forms(pairs: Pairs) -> None:
    held = pairs.by[SHARE].simple[NO_CHANGE]
    assert pairs.by[SHARE].simple[PRO_RATA] == pytest.approx(held * KEPT / (1 - held + held * KEPT))
    assert pairs.by[SHARE].simple[REALLOCATION] == pytest.approx(held * KEPT)
    assert pairs.by[TONNES].simple[PRO_RATA] == pytest.approx(np.log(1 - held * (1 - KEPT)))
    assert pairs.by[SHARE].simple[LAST_YEAR] == pytest.approx(held)
    assert not pairs.by[TONNES].simple[REALLOCATION].any()


def test_flow_errors_of_simple_forecasts_are_those_of_the_planted_flows(pairs: Pairs) -> None:
    """Pro rata misses the tenth that the others grew by, and nothing else."""
    held = pairs.by[SHARE].simple[NO_CHANGE]
    simple, model = pairs.flow_errors
    assert simple[:, 2] == pytest.approx(0.1 * (1 - held))
    assert simple[:, 0] == pytest.approx((1 - KEPT) * held + 0.1 * (1 - held))
    assert model.shape == (len(held), len(SETS.sigma))


def test_a_mineral_never_teaches_itself(pairs: Pairs) -> None:
    """The weights are those that follow where the own mineral's episodes had never been."""
    known, weight = learn.evidence(pairs), learn.weights(pairs)
    assert len(known) == len(CODES)
    for number, one in enumerate(pairs.panel.judged):
        name, mineral = one.episode.market_class, one.episode.mineral
        others = {key: found for key, found in known.items() if key[1] != mineral}
        assert weight[number] == pytest.approx(set_weights(pairs.panel.priors[name], others, name, None))
        assert weight[number].sum() == pytest.approx(1.0)


def test_the_object_has_the_shape_that_was_agreed(judged: Backtest) -> None:
    whole = judged.to_dict()
    assert {"episodes", "pairs", "metrics"} <= set(whole)
    assert json.loads(json.dumps(whole, allow_nan=False)) == whole
    assert list(COLUMNS)[:3] == ["filter", "mode", "measure"]
    agreed = {"filter", "mode", "measure", "model", "no_change", "last_year", "pro_rata", "reallocation", "naive",
              "gain_low", "gain_high", "n_episodes", "n_pairs"}  # fmt: skip
    assert all(agreed <= set(row) for row in whole["metrics"])
    measures = {row["measure"] for row in whole["metrics"] if row["filter"] == "all"}
    named = {"log_price", "log_price_others", "share", "tonnes", "crps", "interval_score", "coverage", "width",
             "rank_correlation", "slope"}  # fmt: skip
    assert named <= measures
    first = next(row for row in whole["metrics"] if row["measure"] == "share" and row["filter"] == "all")
    assert (first["n_episodes"], first["n_pairs"], first["naive"]) == (4, 12, None)


def test_the_placebo_has_no_last_year(judged: Backtest) -> None:
    placebo = judged.metrics.filter(pl.col("filter") == "placebo")
    assert placebo.height
    assert placebo["last_year"].is_null().all()


def test_a_choice_of_codes_changes_what_is_shown_and_not_what_is_learnt(planted: Store, judged: Backtest) -> None:
    alone = backtest(planted, ["282200"])
    key = ["episode", "importer"]
    whole = judged.pairs.filter(pl.col("hs6") == "282200").sort(key)
    assert alone.pairs.sort(key).equals(whole)
    assert alone.metrics["n_episodes"].max() == 1


def test_tables_are_tidy_and_cited(judged: Backtest) -> None:
    table = judged.table()
    assert table.columns[:3] == ["importer", "mineral", "stage"]
    assert "CEPII_BACI" in judged.sources()
    assert table.filter(pl.col("stat") == "model").height == judged.metrics.height


def test_unknown_names_are_refused_and_nothing_to_judge_is_said(planted: Store) -> None:
    with pytest.raises(UnknownNameError, match="makers"):
        backtest(planted, only="maker")
    with pytest.raises(UnknownNameError, match="282200"):
        codes_of(planted, None, "282201")
    with pytest.raises(NoAnswerError):
        backtest(planted, ["250410"])


def test_the_study_asks_by_mineral(planted: Store, judged: Backtest, tmp_path: Path) -> None:
    found = Study("JPN", store=planted).backtest(minerals="cobalt", only="all")
    assert set(found.pairs["mineral"]) == {"cobalt"}
    assert set(found.metrics["filter"]) == {"all"}
