"""An ensemble has one answer, however it is cut, ordered, interrupted or damaged."""

from __future__ import annotations

import errno
import json
from concurrent.futures import Executor, Future
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from sogdia.answer import KEYS
from sogdia.errors import DataError, FileRefusedError, InputError, NoAnswerError, SolveError
from sogdia.scenarios import run_folder, solving
from sogdia.scenarios.run import RunOptions, resume_ensemble, run_ensemble, run_setup
from sogdia.scenarios.sample import sampled_years
from sogdia.scenarios.setup import ensemble_setup
from sogdia.scenarios.year_losses import loss_figures, tail_weights
from sogdia.study.scenarios import resume
from support.small_ensembles import MINERALS, toy

OPTIONS = RunOptions(years=400, seed=3)


@pytest.fixture(scope="module")
def answer(study, setup):
    return run_setup(study.store, setup, None, OPTIONS)


class Backwards(Executor):
    """An executor that finishes the last submitted call first."""

    def __init__(self):
        self.waiting = []

    def submit(self, call, /, *args, **kwargs):
        future = Future()
        self.waiting.append((future, call, args))
        if len(self.waiting) == 3:
            self.run()
        return future

    def run(self):
        for future, call, args in reversed(self.waiting):
            future.set_result(call(*args))
        self.waiting = []


@pytest.mark.parametrize("block", [1, 7, 1000])
def test_blocks_change_nothing(study, setup, answer, block):
    assert run_setup(study.store, setup, None, replace(OPTIONS, block=block)).hash == answer.hash


def test_the_order_in_which_blocks_are_finished_changes_nothing(study, setup, answer, monkeypatch):
    backwards = Backwards()
    wait = solving.wait

    def waited(futures, **how):
        backwards.run()
        return wait(futures, **how)

    monkeypatch.setattr(solving, "wait", waited)
    found = run_setup(study.store, setup, None, replace(OPTIONS, block=7), executor=backwards)
    assert found.hash == answer.hash


def test_another_seed_is_another_answer(study, setup, answer):
    assert run_setup(study.store, setup, None, replace(OPTIONS, seed=4)).hash != answer.hash


def test_a_new_hazard_moves_no_other(study, setup):
    """Markets that it does not hit have the same states in the same years."""
    more = ensemble_setup(
        study.store, study.importer, study.minerals(MINERALS), study.year(),
        further=(toy(), toy(0.05, "quake:other", "COD")),
    )  # fmt: skip
    before, after = sampled_years(setup, 400, 3), sampled_years(more, 400, 3)
    for number, market in enumerate(setup.markets):
        same = np.array_equal(before.states[number].of_year, after.states[number].of_year)
        assert same == (market.mineral != "cobalt")


def test_one_event_takes_everything_that_it_hits_in_the_same_year(study):
    certain = toy(0.9)
    setup = ensemble_setup(
        study.store, study.importer, study.minerals(MINERALS), study.year(), further=(certain,)
    )  # fmt: skip
    sample = sampled_years(setup, 60, 1)
    hit = [of.of_year > 0 for of in sample.states]
    assert all((column.mean() > 0.5) for column in hit)


def test_frequencies_are_those_of_the_rates(setup):
    sample = sampled_years(setup, 20_000, 9, 1.0)
    error = np.sqrt(sample.expected / 20_000)
    assert (np.abs(sample.frequency - sample.expected) < 4.5 * error).all()


def test_the_headline_has_its_error_and_its_effective_years(answer):
    content = answer.to_dict()
    assert list(content)[:2] == ["run", "hash"]
    assert {"years", "minerals", "distinct_states", "expected_loss_musd", "cvar_musd", "failed", "seconds"} <= set(
        content
    )
    assert content["minerals"] == list(MINERALS)
    assert content["expected_loss_se_musd"] > 0
    assert content["cvar_se_musd"] > 0
    assert 0 < content["effective_years"] < 400
    assert content["cvar_musd"] > content["expected_loss_musd"] > 0
    json.dumps(content, allow_nan=False)


def test_minerals_add_up_to_the_whole(answer):
    assert sum(each.expected for each in answer.by_mineral.values()) == pytest.approx(answer.figures.expected)
    table = answer.table()
    assert table.columns[: len(KEYS)] == list(KEYS)
    parts = table.filter(pl.col("mineral").is_not_null(), variable="expected_loss", stat="value")["value"].sum()
    assert parts == pytest.approx(answer.figures.expected / 1000)


def test_standard_errors_shrink_with_the_root_of_the_years(study, setup, answer):
    more = run_setup(study.store, setup, None, replace(OPTIONS, years=6400))
    assert more.figures.expected_se == pytest.approx(answer.figures.expected_se / 4, rel=0.6)
    assert abs(more.figures.expected - answer.figures.expected) < 4 * answer.figures.expected_se


def test_the_odds_of_rare_events_change_the_error_and_not_the_expectation(study, setup):
    plain, raised = (
        run_setup(study.store, setup, None, replace(OPTIONS, years=6400, odds_factor=odds)).figures
        for odds in (1.0, 2.0)
    )  # fmt: skip
    assert plain.effective_years == pytest.approx(6400)
    assert raised.effective_years < 6400
    assert abs(plain.expected - raised.expected) < 4 * (plain.expected_se + raised.expected_se)


def test_surges_of_demand_are_part_of_the_years_on_request_alone(study, answer):
    asked = study.ensemble(MINERALS, years=400, seed=3, with_demand=True)
    assert not any(stream.hazard == "demand_surge" for stream in answer.setup.streams)
    assert any(stream.hazard == "demand_surge" for stream in asked.setup.streams)
    assert asked.figures.expected > answer.figures.expected


def test_minerals_without_an_answer_are_listed_and_not_zero(study):
    found = study.ensemble(["cobalt", "antimony", "lithium"], years=50)
    content = found.to_dict()
    assert content["minerals"] == ["cobalt"]
    assert {one["mineral"] for one in content["unanswered"]} == {"antimony", "lithium"}
    assert all(one["reason"] for one in content["unanswered"])
    assert any("not zero" in note for note in content["notes"])
    with pytest.raises(NoAnswerError, match="antimony"):
        study.ensemble("antimony", years=50)


def test_a_run_is_kept_and_resumed(study, tmp_path):
    folder = tmp_path / "run"
    first = study.ensemble(MINERALS, years=300, out=folder, block=16)
    assert pl.read_parquet(folder / run_folder.YEARS).height == 300
    states = pl.read_parquet(folder / run_folder.STATES)
    assert states.height == first.distinct_states
    assert states.group_by("mineral").agg(pl.col("probability").sum())["probability"].to_list() == pytest.approx(
        [1.0] * 3
    )
    assert json.loads((folder / run_folder.SUMMARY).read_text())["hash"] == first.hash
    parts = sorted((folder / "parts").iterdir())
    parts[0].unlink()
    parts[-1].unlink()
    told = []
    again = resume(folder, progress=told.append)
    assert again.hash == first.hash
    assert again.run == first.run
    assert any(f"{len(parts) - 2} of {len(parts)} blocks were finished before" in line for line in told)
    assert sorted((folder / "parts").iterdir()) == parts


def test_a_damaged_part_is_computed_again_and_told(study, tmp_path):
    folder = tmp_path / "run"
    first = study.ensemble(MINERALS[0], years=300, out=folder, block=16)
    part = sorted((folder / "parts").iterdir())[1]
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(bytes(content))
    again = resume(folder)
    assert again.hash == first.hash
    assert any(part.name in note and "damaged" in note for note in again.notes)
    assert not any("damaged" in note for note in resume(folder).notes)


def test_a_part_of_a_worker_that_lies_about_its_states_is_not_taken(study, setup, tmp_path):
    run_setup(study.store, setup, tmp_path / "run", replace(OPTIONS, block=16))
    other = run_folder.StateBlock(0, "cobalt", 3, 9)
    losses = solving.BlockLosses(np.zeros(6), np.ones(6), np.zeros(6, dtype=np.int8))
    run_folder.write_part(tmp_path / "run", other, losses)
    blocks = solving.blocks_of(setup, sampled_years(setup, 400, 3), 16)
    found = run_folder.finished_parts(tmp_path / "run", blocks)
    assert len(found.damaged) == 1
    assert len(found.losses) == len(blocks)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_disk_that_refuses_is_told_and_nothing_stands_under_a_final_name(study, tmp_path, monkeypatch, number):
    folder = tmp_path / "run"

    def refuse(path):
        raise OSError(number, "refused")

    with monkeypatch.context() as broken:
        broken.setattr("sogdia.files.sync", refuse)
        with pytest.raises(FileRefusedError) as refused:
            study.ensemble(MINERALS[0], years=100, out=folder)
    assert str(folder) in str(refused.value)
    assert refused.value.errno == number
    assert not [path for path in folder.rglob("*") if path.is_file() and path.suffix in (".parquet", ".json")]
    assert study.ensemble(MINERALS[0], years=100, out=folder).failed == 0


def test_a_folder_with_something_else_is_left_alone(study, setup, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError) as refused:
        run_setup(study.store, setup, tmp_path, OPTIONS)
    assert "other files" in str(refused.value)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_with_another_run_is_left_alone(study, setup, tmp_path):
    run_setup(study.store, setup, tmp_path / "run", replace(OPTIONS, years=20))
    with pytest.raises(InputError) as refused:
        run_setup(study.store, setup, tmp_path / "run", replace(OPTIONS, years=21))
    assert "other settings" in str(refused.value)
    assert "resume" in str(refused.value)


def test_a_folder_without_a_run_cannot_be_resumed(tmp_path):
    with pytest.raises(DataError, match="holds no run"):
        resume_ensemble(tmp_path)
    (tmp_path / "run.json").write_text("{")
    with pytest.raises(DataError, match="damaged"):
        resume_ensemble(tmp_path)


def test_a_run_whose_data_have_changed_is_not_resumed(study, tmp_path):
    folder = tmp_path / "run"
    study.ensemble(MINERALS[0], years=20, out=folder)
    settings = json.loads((folder / "run.json").read_text())
    (folder / "run.json").write_text(json.dumps({**settings, "fingerprint": "0" * 64}))
    with pytest.raises(DataError, match="begun with other data"):
        resume(folder)


def test_states_without_an_answer_are_counted_and_end_a_run_when_many(study, setup, answer, monkeypatch):
    def failing(problem, codes):
        found = solving_block(problem, codes)
        loss = found.loss_kusd.copy()
        loss[-1] = np.nan
        return replace(found, loss_kusd=loss)

    solving_block = solving.solve_block
    monkeypatch.setattr(solving, "solve_block", failing)
    with pytest.raises(SolveError, match=r"3 of \d+ states"):
        run_setup(study.store, setup, None, OPTIONS)
    monkeypatch.setattr(solving, "MAX_FAILED_SHARE", 0.5)
    found = run_setup(study.store, setup, None, OPTIONS)
    assert found.failed == 3
    assert found.figures.unknown_years > 0
    assert np.isnan(found.year_loss_kusd).sum() == found.figures.unknown_years
    assert any("no answer" in note for note in found.notes)


@pytest.mark.parametrize(
    ("keyword", "value"),
    [("years", 0), ("years", 2.5), ("seed", -1), ("odds_factor", 0), ("tail", 1.0), ("block", 0), ("workers", 0)],
)
def test_a_keyword_that_makes_no_sense_is_named(study, keyword, value):
    with pytest.raises(InputError) as refused:
        study.ensemble(MINERALS[0], **{"years": 10, keyword: value})
    assert refused.value.faults[0].file == keyword


def test_the_tail_is_the_worst_part_of_the_weight():
    loss, weight = np.array([1.0, 5.0, 3.0, 2.0]), np.array([1.0, 1.0, 2.0, 4.0])
    inside, at = tail_weights(loss, weight, 0.75)
    assert inside.tolist() == [0.0, 1.0, 1.0, 0.0]
    assert at == 3.0
    assert loss_figures(loss, weight, 0.75).cvar == 4.0


def test_regions_buy_as_one(study):
    from sogdia import Study

    found = Study("EU27").ensemble("cobalt", years=50)
    assert found.figures.expected > 0
    with pytest.raises(NoAnswerError):
        run_ensemble(study.store, study.importer, (), study.year(), None, OPTIONS)
