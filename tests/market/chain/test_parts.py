"""Links, processors, scenarios by stage and outcomes of a chain."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sogdia.cli import main
from sogdia.data import Store, catalogue, open_store, source
from sogdia.data.schema import conform
from sogdia.errors import DataError, InputError, NoAnswerError, SogdiaError
from sogdia.market import Scenario
from sogdia.market.chain.calibrate import calibrate_chain, nodes_of
from sogdia.market.chain.link import Node, chain_of, draw_links
from sogdia.market.chain.margin import price_at, slope, state_of_price
from sogdia.market.chain.mixing import Memory, mixed
from sogdia.market.chain.outcomes import chain_consumer, chain_producers
from sogdia.market.chain.scenario import stage_scenarios
from sogdia.market.events import AtStage, DemandChange, ExportLimit, OutputChange
from sogdia.market.scenario_file import read_scenario
from sogdia.shock.chain_shock import chain_shock
from sogdia.study import Study
from support.small_chains import COUNTRIES, ELASTICITIES, cleared, coupled, markets, stage

ROW = {
    "mineral_up": "tin", "stage_up": "ore", "mineral_down": "tin", "stage_down": "metal", "input_low_t_per_t": 1.0,
    "input_t_per_t": 2.0, "input_high_t_per_t": 3.0, "cost_share_low": 0.5, "cost_share": 0.6, "cost_share_high": 0.7,
    "source_id": "SOGDIA_ASSUMPTION", "evidence": "assumed", "note": None,
}  # fmt: skip
NODES = (Node("metal", "compound"), Node("metal", "metal"))
CUT = ExportLimit("CHN", share=0.4)


def store_with(folder: Path, *rows: dict[str, object]) -> Store:
    """The embedded data with other chains."""
    frame = conform(pl.DataFrame([ROW | row for row in rows]), "chains")
    frame.write_csv(folder / "chains.csv")
    entry = catalogue.entry_for(folder, "chains.csv", table="chains", rows=frame.height, source_ids=("CEPII_BACI",))
    catalogue.write(folder, (entry,))
    return open_store(folder)


def test_every_link_joins_stages_that_are_traded_and_names_its_source(store: Store) -> None:
    for row in store.scan("chains").collect().iter_rows(named=True):
        assert row["stage_up"] in store.mineral(row["mineral_up"]).stages
        assert row["stage_down"] in store.mineral(row["mineral_down"]).stages
        assert source(row["source_id"]).source_id == row["source_id"]
        assert row["evidence"] == "assumed"


def test_bauxite_and_aluminium_are_one_chain(store: Store) -> None:
    assert nodes_of(chain_of(store, "aluminium")) == (Node("bauxite", "ore"), Node("aluminium", "metal"))
    assert chain_of(store, "bauxite") == chain_of(store, "aluminium")


def test_a_mineral_without_a_chain_names_those_that_have_one(store: Store) -> None:
    with pytest.raises(NoAnswerError, match=r"lithium has no chain of stages.*rare_earths"):
        chain_of(store, "lithium")


def test_a_chain_of_the_user_may_have_three_stages(tmp_path: Path) -> None:
    found = chain_of(store_with(tmp_path, {"stage_up": "metal", "stage_down": "alloy"}, {}), "tin")
    assert [node.stage for node in nodes_of(found)] == ["ore", "metal", "alloy"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{}, {"stage_down": "alloy"}], "2 uses of tin ore"),
        ([{}, {"stage_up": "compound"}], "2 inputs of tin metal"),
        ([{}, {"stage_up": "metal", "stage_down": "ore"}], "circle at tin"),
        ([{"cost_share_high": 1.0}], "below 1"),
        ([{"input_low_t_per_t": 2.5}], "input_low_t_per_t <= input_t_per_t"),
    ],
)
def test_a_table_of_chains_that_is_no_line_is_refused(tmp_path: Path, rows: list[dict[str, object]], said: str) -> None:
    with pytest.raises(DataError, match=said):
        chain_of(store_with(tmp_path, *rows), "tin")


def test_draws_of_a_link_keep_to_its_ends_and_do_not_depend_on_their_number(store: Store) -> None:
    links = chain_of(store, "rare_earths")
    few, many = draw_links(links, 5)[0], draw_links(links, 400)[0]
    assert few.cost_share.tolist() == many.cost_share[:5].tolist()
    assert (few.input_t_per_t[0], few.cost_share[0]) == (1.64, pytest.approx(0.8))
    low, high = np.quantile(many.input_t_per_t, [0.05, 0.95])
    assert (low, high) == (pytest.approx(1.17, rel=0.1), pytest.approx(3.03, rel=0.1))
    assert 0 <= many.cost_share.min() <= many.cost_share.max() < 1


def test_production_is_counted_once_along_the_stages_of_one_mineral(store: Store) -> None:
    compound, metal = calibrate_chain(store, chain_of(store, "rare_earths"), [2022])
    assert np.where(compound.home(), compound.flows, 0.0).sum() > 0
    assert np.where(metal.home(), metal.flows, 0.0).sum() == 0


def test_a_processor_without_recorded_input_is_a_producer_like_any_other() -> None:
    up, down = markets()
    without = replace(up, flows=up.flows * (np.arange(4) != 2))
    assert COUNTRIES.index("USA") not in coupled((without, down)).buyer


def test_input_that_seems_to_cost_more_than_the_output_is_taken_as_all_of_the_costs() -> None:
    coupling = coupled(markets(prices=(40.0, 16.0)), 2.0, 0.8)
    assert coupling.input_share == pytest.approx(coupling.cost_share)


def test_the_curves_go_through_the_base_year_and_slope_by_the_margin() -> None:
    coupling = coupled(markets(), 2.0, 0.8)
    base, eps = np.zeros_like(coupling.linked), np.full_like(coupling.linked, 0.3)
    assert price_at(coupling, base, 1.0 + base, eps) == pytest.approx(1.0)
    step = 1e-6
    by_price = state_of_price(coupling, np.full_like(base, 1 + step), 1.0 + base, eps)
    assert by_price / np.log1p(step) == pytest.approx(slope(coupling, base, 1.0 + base, eps), rel=1e-4)
    assert slope(coupling, base, 1.0 + base, eps)[coupling.linked == 1] == pytest.approx(0.3 / 0.2)


def test_mixing_finds_the_fixed_point_of_a_linear_map_in_as_many_steps_as_unknowns() -> None:
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(3, 3)) * 0.5
    x, memory, shift = np.zeros((1, 3)), Memory(), rng.normal(size=3)
    for _ in range(6):
        x, memory = mixed(memory, x, x @ matrix + shift, np.array([True]), 10.0)
    assert x[0] == pytest.approx(np.linalg.solve(np.eye(3) - matrix.T, shift), abs=1e-6)


def test_an_event_without_a_stage_happens_wherever_it_has_an_effect() -> None:
    up, down = markets()
    down = replace(down, flows=down.flows * (np.arange(4) != 0)[:, np.newaxis])
    first, second = stage_scenarios(Scenario("x", (CUT, DemandChange(1.1))), NODES, (up, down))
    assert first.events == (CUT, DemandChange(1.1))
    assert second.events == (DemandChange(1.1),)


def test_an_event_with_a_stage_happens_there_only() -> None:
    first, second = stage_scenarios(Scenario("x", (AtStage(CUT, "metal"),)), NODES, markets())
    assert (first.events, second.events) == ((), (CUT,))


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        (Scenario("x", (AtStage(CUT, "ore"),)), "the chain has no such stage.*compound, metal"),
        (Scenario("x", (ExportLimit("CHN", quota_t=10.0),)), "holds at one stage.*CHN=10@compound"),
        (Scenario("x", (CUT,), contracted_share=0.2), "contracts are not followed"),
        (Scenario("x", (CUT, AtStage(CUT, "metal"))), "two events set exports of CHN"),
        (Scenario("x", (OutputChange("KAZ", 0.5),)), "KAZ sells no metal"),
        (Scenario("x", (CUT,), stock_days={"KAZ": 30.0}), "KAZ buys no metal"),
        (Scenario("x", (CUT,), spare={"KAZ": 1.0}), "KAZ sells no metal"),
    ],
)
def test_a_scenario_that_does_not_fit_the_chain_says_why(scenario: Scenario, said: str) -> None:
    with pytest.raises(SogdiaError, match=said):
        stage_scenarios(scenario, NODES, markets())


def test_a_staged_event_in_a_market_of_another_stage_says_what_to_ask_for() -> None:
    with pytest.raises(NoAnswerError, match="Ask for the stage ore, or for the chain"):
        AtStage(CUT, "ore").splits(markets()[0])
    with pytest.raises(InputError, match="unknown stage"):
        AtStage(CUT, "ingot")


def test_a_scenario_file_names_stages(tmp_path: Path) -> None:
    file = tmp_path / "cut.toml"
    file.write_text('[[event]]\nkind = "export_limit"\ncountry = "CHN"\nshare = 0.4\nstage = "compound"\n')
    assert read_scenario(file).scenario.events == (AtStage(CUT, "compound"),)


def test_nobodys_loss_is_counted_twice() -> None:
    """All consumption upstream goes into processing: consumers lose nothing there, the processor loses its margin."""
    both = (
        stage("compound", [[100.0, 0.0], [0.0, 0.0]], 1.0, ("CHN", "JPN")),
        stage("metal", [[0.0, 50.0], [0.0, 0.0]], 4.0, ("CHN", "JPN")),
    )
    chain = cleared((OutputChange("CHN", 0.5),), stages=both, coupling=coupled(both))
    assert chain_consumer(chain, 0, "CHN").surplus_change_kusd[0] == 0
    assert chain_consumer(chain, 1, "JPN").surplus_change_kusd[0] < 0
    eps, made = ELASTICITIES[2], chain.stages[1].answer.output[0, 0] / 50.0
    lost = 200.0 * 0.2 * (made ** ((1 + eps) / eps) - 1) / (1 + eps)
    assert chain_producers(chain, 1).surplus_change_kusd[0, 0] == pytest.approx(lost, rel=1e-4)


def test_real_chains_clear_and_say_what_they_rest_on(store: Store) -> None:
    study = Study("JPN", store=store)
    found = chain_shock(
        store, "rare_earths", [2009], Scenario("x", (AtStage(CUT, "compound"),)), study.importer, draws=3
    )
    assert [(s.mineral, s.stage) for s in found.stages] == [("rare_earths", "compound"), ("rare_earths", "metal")]
    price = found.table().filter(country="JPN", role="importer", variable="price_paid", stat="central")
    assert price["value"].to_list()[0] > 1.05
    assert "made of recorded rare_earths compound" in found.notes[0]


def test_a_chain_has_all_its_stages(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["sogdia", "shock", "rare_earths", "--year", "2009", "--cut", "CHN=0.4", "--stage", "metal", "--chain"]
    monkeypatch.setattr("sys.argv", arguments)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert "CHN=0.4@metal" in capsys.readouterr().err


def test_a_chain_that_does_not_clear_is_an_error_not_a_table(store: Store) -> None:
    importer = Study("JPN", store=store).importer
    with pytest.raises(SogdiaError, match="did not clear together in 2 of 2 draws"):
        chain_shock(store, "rare_earths", [2009], Scenario("x", (CUT,)), importer, draws=2, max_sweeps=1)
