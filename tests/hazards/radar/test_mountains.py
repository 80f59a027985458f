"""Is the lake found among slopes and shadows, and none where there is none?"""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.hazards.radar import lake_area
from support.radar_scenes import area_of, mountains, position_of, write_scene

SCENES = 12


def images(folder, lake):
    """(what an image says, its lake) of several scenes."""
    for seed in range(SCENES):
        power, water = mountains(seed, lake)
        middle = water.shape[0] // 2
        yield lake_area(write_scene(folder / "scene.tif", power), position_of(middle, middle)), water


@pytest.fixture(scope="module")
def with_lake(tmp_path_factory):
    return list(images(tmp_path_factory.mktemp("lake"), lake=True))


def test_most_lakes_among_mountains_are_found_with_a_median_error_below_5_percent(with_lake):
    errors = [abs(image.area_m2 / area_of(water) - 1) for image, water in with_lake if image.decision == "lake"]
    assert len(errors) >= 0.85 * SCENES
    assert np.median(errors) < 0.05


def test_errors_among_mountains_are_as_large_as_the_uncertainty_says(with_lake):
    """Of a normal distribution, 95 % lie within two standard deviations."""
    known = [(i.area_m2 - area_of(w), i.area_sigma_m2) for i, w in with_lake if i.decision == "lake"]
    assert np.mean([abs(error) < 2 * sigma for error, sigma in known]) >= 0.8


def test_mountains_without_a_lake_give_hardly_ever_a_decision(tmp_path):
    wrong = [image for image, _ in images(tmp_path, lake=False) if image.decision == "lake"]
    assert len(wrong) <= 1
