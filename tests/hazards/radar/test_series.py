"""Is the alarm given for a tenth and no less, between accepted images alone, in the order of time?"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sogdia import Study
from sogdia.answer import KEYS
from sogdia.errors import InputError
from sogdia.hazards.radar import avoided_loss_musd, drainage_called, lake_area, lake_series, warning_effect
from sogdia.hazards.radar.series import changes_of
from support.cli import run
from support.radar_scenes import lake_shape, position_of, speckled, write_scene

SIDE, MIDDLE = 140, position_of(70, 70)
PLACE = "{:.6f},{:.6f}".format(*MIDDLE)


@pytest.fixture(scope="module")
def scenes(tmp_path_factory):
    """A lake in June, no decision in July, a quarter larger in August."""
    folder = tmp_path_factory.mktemp("scenes")
    small, large = lake_shape(SIDE, 28), lake_shape(SIDE, 31.3)
    return [
        write_scene(folder / f"lake_{day}.tif", speckled(water, contrast, 4, seed))
        for day, water, contrast, seed in
        (("20240801", large, 9, 1), ("20240701", small, 1, 2), ("20240601", small, 9, 3))
    ]  # fmt: skip


@pytest.fixture(scope="module")
def series(scenes):
    return lake_series(scenes, MIDDLE)


def test_images_stand_in_the_order_of_their_dates(series):
    assert [image.when for image in series.images] == ["2024-06-01", "2024-07-01", "2024-08-01"]


def test_the_alarm_compares_accepted_images_and_skips_those_without_a_decision(series):
    assert [image.decision for image in series.images] == ["lake", "no decision", "lake"]
    (change,) = series.changes
    assert (change.before, change.after) == ("2024-06-01", "2024-08-01")
    assert change.share == pytest.approx(31.3**2 / 28**2 - 1, abs=0.04)
    assert change.alarm
    assert series.alarm
    assert drainage_called(series)


@pytest.mark.parametrize(("share", "alarm"), [(0.0, False), (0.099, False), (0.101, True), (-0.101, True)])
def test_a_tenth_up_or_down_is_an_alarm(series, share, alarm):
    first = replace(series.images[0], area_m2=1000.0, area_sigma_m2=30.0)
    last = replace(first, area_m2=1000.0 * (1 + share))
    (change,) = changes_of([first, last])
    assert change.alarm == alarm
    assert change.sigma == pytest.approx((1 + share) * (0.03**2 + (30 / last.area_m2) ** 2) ** 0.5)


def test_a_lake_that_runs_out_of_its_scene_is_compared_with_none(series):
    cut = replace(series.images[0], complete=False)
    assert changes_of([cut, series.images[2]]) == ()


def test_one_image_has_no_alarm_rather_than_false(scenes):
    answer = lake_series(scenes[0], MIDDLE)
    assert answer.alarm is None
    assert drainage_called(answer) is None


def test_a_shrinking_lake_calls_for_no_drainage(series):
    back = replace(series, changes=changes_of(series.images[::-1]))
    assert back.alarm
    assert drainage_called(back) is False


def test_an_undated_series_stays_in_the_order_given(scenes, tmp_path):
    copies = [tmp_path / "b.tif", tmp_path / "a.tif"]
    for path, copy in zip(scenes, copies, strict=False):
        copy.write_bytes(path.read_bytes())
    answer = lake_series(copies, MIDDLE)
    assert [image.scene for image in answer.images] == ["b.tif", "a.tif"]
    assert any("order given" in note for note in answer.notes)


def test_the_faults_of_all_scenes_are_told_at_once(scenes, tmp_path):
    with pytest.raises(InputError) as error:
        lake_series([tmp_path / "one.tif", scenes[0], tmp_path], MIDDLE)
    assert len(error.value.faults) == 2


def test_no_scene_at_all_is_refused():
    with pytest.raises(InputError, match="at least one scene"):
        lake_series([], MIDDLE)


def test_the_table_is_tidy_and_a_missing_figure_is_null(series):
    table = series.table()
    assert list(table.columns[: len(KEYS)]) == list(KEYS)
    july = table.filter((table["date"] == "2024-07-01") & (table["variable"] == "area_m2"))
    assert july["value"].to_list() == [None]
    assert table.filter(table["variable"] == "area_change")["value"].to_list() == [series.changes[0].share]


def test_a_study_asks_the_same(scenes, series):
    assert Study("JPN").radar(scenes, MIDDLE).to_dict() == series.to_dict()


def test_the_command_prints_the_figures_of_the_last_image_at_the_top(capsys, scenes):
    status, out, _ = run(capsys, "radar", scenes[0], "--lake", PLACE, "--json")
    answer = json.loads(out)
    image = lake_area(scenes[0], MIDDLE)
    assert status == 0
    assert answer["decision"] == "lake"
    for name in ("area_m2", "area_sigma_m2", "threshold_db", "separability"):
        assert answer[name] == pytest.approx(getattr(image, name), rel=1e-6)
    assert {"looks", "method", "date", "unit", "unit_told_by", "images", "alarm"} <= set(answer)


def test_the_command_shows_a_series_and_writes_the_outlines(capsys, scenes, tmp_path):
    out_file = tmp_path / "lake.geojson"
    status, out, _ = run(capsys, "radar", *scenes, "--lake", PLACE, "--out", out_file, "--full")
    assert status == 0
    assert "ALARM" in out
    assert "not separable" in out
    collection = json.loads(out_file.read_text())
    assert [feature["properties"]["date"] for feature in collection["features"]] == ["2024-06-01", "2024-08-01"]
    assert all(feature["geometry"]["type"] == "Polygon" for feature in collection["features"])


def test_no_decision_is_an_answer_and_its_figures_are_null(capsys, scenes):
    status, out, _ = run(capsys, "radar", scenes[1], "--lake", PLACE, "--json")
    answer = json.loads(out)
    assert (status, answer["decision"], answer["area_m2"]) == (0, "no decision", None)
    assert answer["reason"]


@pytest.mark.parametrize(
    ("options", "told"),
    [(["--lake", "here"], "--lake"), (["--lake", PLACE, "--unit", "watt"], "--unit"),
     (["--lake", PLACE, "--method", "canny"], "--method"), (["--lake", "0,0"], "the scene covers")],
)  # fmt: skip
def test_the_command_refuses_with_the_option(capsys, scenes, options, told):
    status, out, err = run(capsys, "radar", scenes[0], *options)
    assert (status, out) == (2, "")
    assert told in err


def test_a_warning_avoids_5_to_15_percent_of_the_asset_loss_and_most_of_the_surprise():
    effect = warning_effect()
    assert effect.evidence == "assumed"
    assert effect.source_ids
    assert (effect.asset_loss.low, effect.asset_loss.high) == pytest.approx((0.85, 0.95))
    assert effect.surprise.high < 0.5
    assert 0 < effect.rate.low < effect.rate.central < effect.rate.high < 1


def test_an_unwatched_lake_and_an_alarm_without_drainage_save_nothing():
    none = warning_effect(watched=False)
    assert (none.rate.low, none.asset_loss.central, none.surprise.low) == (1, 1, 1)
    assert warning_effect(drains=False).rate.low == 1


def test_the_avoided_loss_is_in_proportion_to_the_loss():
    assert avoided_loss_musd(200).high == pytest.approx(2 * avoided_loss_musd(100).high)
    with pytest.raises(InputError, match="loss_musd"):
        avoided_loss_musd(-1)
