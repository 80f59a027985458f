"""An atlas shares the losses out over suppliers and causes, and loses nothing on the way."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from sogdia.answer import KEYS
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.atlas import atlas
from sogdia.scenarios.attribution import attribution, single_losses, supplier_of
from sogdia.scenarios.run import RunOptions, run_setup


@pytest.fixture(scope="module")
def ensemble(study, setup):
    return run_setup(study.store, setup, None, RunOptions(years=600, seed=5))


@pytest.fixture(scope="module")
def answer(ensemble):
    return atlas([ensemble])


def test_causes_add_up_to_the_expected_and_the_tail_loss(ensemble, answer):
    total = answer.totals[0]
    assert answer.rows["expected_loss_musd"].sum() == pytest.approx(total["expected_loss_musd"])
    assert answer.rows["tail_loss_musd"].sum() == pytest.approx(total["tail_loss_musd"])
    assert total["expected_loss_musd"] == pytest.approx(ensemble.figures.expected / 1000)


def test_minerals_keep_their_own_losses(ensemble, answer):
    by = dict(answer.by("mineral").select("mineral", "expected_loss_musd").iter_rows())
    for mineral, figures in ensemble.by_mineral.items():
        assert by[mineral] == pytest.approx(figures.expected / 1000)


def test_a_year_hit_by_one_stream_alone_is_that_streams(study, setup):
    only = replace(setup, streams=tuple(s for s in setup.streams if s.name == "restriction:COD:cobalt"))
    found = attribution(run_setup(study.store, only, None, RunOptions(years=300, seed=5)))
    assert found.height == 1
    row = found.row(0, named=True)
    assert (row["mineral"], row["supplier"], row["hazard"]) == ("cobalt", "COD", "restriction")
    assert row["expected_loss_musd"] > 0


def test_the_made_up_hazard_has_the_share_of_its_part(answer):
    quake = answer.rows.filter(hazard="earthquake")
    assert set(quake["supplier"]) == {"CHN", "COD"}
    assert (quake.filter(supplier="COD")["mineral"] == "cobalt").all()


def test_a_slot_alone_costs_more_in_a_higher_class(setup):
    for market in setup.markets:
        losses = single_losses(market)
        exports = [i for i, slot in enumerate(market.slots) if slot.kind == SlotKind.EXPORTS]
        assert (np.diff(losses[exports], axis=1) >= -1e-9).all()
        assert (losses[:, 0] == 0).all()


def test_a_way_of_one_seller_is_that_sellers(setup):
    graphite = next(market for market in setup.markets if market.mineral == "graphite")
    names = [slot.name for slot in graphite.slots]
    assert supplier_of(graphite, names.index("china_dispute")) == "CHN"


def test_surges_of_demand_stand_apart(answer):
    assert (answer.surges["expected_loss_musd"] > 0).all()
    assert "demand_surge" not in set(answer.rows["hazard"])
    assert set(answer.table().filter(variable="surge_loss")["mineral"]) == {"cobalt", "graphite", "rare_earths"}


def test_the_atlas_is_an_answer(answer):
    table = answer.table()
    assert table.columns[: len(KEYS)] == list(KEYS)
    assert {"hazard", "cause"} <= set(table.columns)
    content = answer.to_dict()
    json.dumps(content, allow_nan=False)
    assert content["totals"][0]["effective_years"] > 0
    assert content["by_cause"][0]["expected_loss_musd"] == max(row["expected_loss_musd"] for row in content["by_cause"])
    assert answer.rows["expected_loss_musd"].is_sorted(descending=True)


def test_several_importers_stand_side_by_side(study):
    found = study.atlas(["JPN", "KOR"], "cobalt", years=60)
    assert [total["importer"] for total in found.totals] == ["JPN", "KOR"]
    assert set(found.rows["importer"]) == {"JPN", "KOR"}
    assert found.by("importer")["expected_loss_musd"].len() == 2


def test_the_heat_map_has_a_cell_for_each_pair_and_cause(answer):
    from sogdia.brief.atlas_chart import atlas_figure

    figure = atlas_figure(answer)
    assert figure.frame["value"].sum() == pytest.approx(answer.rows["expected_loss_musd"].sum(), rel=0.01)
    assert figure.frame.filter(pl.col("row") == "Cobalt, DR Congo").height >= 2
