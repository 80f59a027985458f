"""Does a lake that is larger than the window come out the same, read in blocks, with its shore in tiles?"""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.hazards.radar import find, lake_area, refine
from sogdia.hazards.radar.scene import ScenePart, opened
from support.radar_scenes import area_of, lake_shape, position_of, speckled, write_scene

SIDE = 400
LAKE = lake_shape(SIDE, 120)
MIDDLE = position_of(200, 200)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return write_scene(tmp_path_factory.mktemp("scene") / "scene.tif", speckled(LAKE, 9, 4, 1))


@pytest.fixture
def small_windows(monkeypatch):
    """Windows and tiles so small that the lake needs many of them."""
    monkeypatch.setattr(find, "FIRST_HALF", 32)
    monkeypatch.setattr(find, "MOST_SIDE", 150)
    monkeypatch.setattr(refine, "TILE", 64)


def test_a_window_within_the_lake_grows_until_it_holds_the_lake(scene, small_windows):
    image = lake_area(scene, MIDDLE)
    assert image.block_pixels > 1
    assert image.area_m2 == pytest.approx(area_of(LAKE), rel=0.02)


def test_blocks_and_tiles_change_the_area_by_less_than_its_uncertainty(scene, small_windows, monkeypatch):
    in_blocks = lake_area(scene, MIDDLE)
    monkeypatch.undo()
    whole = lake_area(scene, MIDDLE)
    assert (whole.block_pixels, whole.decision) == (1, "lake")
    assert abs(in_blocks.area_m2 - whole.area_m2) < whole.area_sigma_m2


def test_tiles_leave_no_seam(scene, small_windows, monkeypatch):
    first = lake_area(scene, MIDDLE)
    monkeypatch.setattr(refine, "TILE", 1000)
    assert lake_area(scene, MIDDLE) == first


def test_a_lake_beyond_the_largest_window_gives_no_decision(scene, small_windows, monkeypatch):
    monkeypatch.setattr(find, "MOST_WINDOW_PIXELS", 100 * 100)
    assert lake_area(scene, MIDDLE).decision == "no decision"


def test_what_is_found_after_the_window_has_grown_must_hold_the_smaller_window(tmp_path, small_windows):
    """Land around the point, and darker land far away: no lake of that size."""
    dark = np.zeros((SIDE, SIDE), dtype=bool)
    dark[:, :150] = True
    path = write_scene(tmp_path / "scene.tif", speckled(dark, 9, 4, 1))
    assert lake_area(path, MIDDLE).decision == "no decision"


def test_a_block_is_the_mean_of_its_known_pixels_where_half_of_them_are_known(tmp_path):
    power = np.arange(1.0, 37.0).reshape(6, 6) / 50
    power[0, 0] = np.nan
    power[3:, 3:] = np.nan
    path = write_scene(tmp_path / "scene.tif", power)
    with opened(path, None, None) as scene:
        blocks = scene.power(ScenePart(0, 0, 6, 6), 3)
    assert blocks.shape == (2, 2)
    assert blocks[0, 0] == pytest.approx(np.nanmean(power[:3, :3]))
    assert np.isnan(blocks[1, 1])
