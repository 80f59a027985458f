"""Does the Lee filter smooth what is even and keep what is not, and are the looks of an image told from it?"""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.hazards.radar.speckle import box_mean, estimated_looks, lee, side_for
from support.radar_scenes import lake_shape, speckled

NOWHERE = np.zeros((150, 150), dtype=bool)


@pytest.mark.parametrize("looks", [1, 3, 10])
def test_looks_of_pure_speckle_are_estimated_within_a_tenth(looks):
    assert estimated_looks(speckled(NOWHERE, 10, looks, 1)) == pytest.approx(looks, rel=0.1)


def test_texture_and_a_lake_leave_the_estimate_of_looks_near():
    power = speckled(lake_shape(150, 40), 10, 5, 2)
    power[:, :40] *= np.random.default_rng(3).uniform(0.2, 5, (150, 40))
    assert estimated_looks(power) == pytest.approx(5, rel=0.25)


def test_even_ground_gets_the_mean_of_its_window():
    power = np.full((20, 20), 0.3)
    np.testing.assert_allclose(lee(power, 4, 5), power, rtol=1e-12)


def test_the_filter_keeps_the_mean_and_lowers_the_variance_of_speckle():
    power = speckled(NOWHERE, 10, 4, 4)
    filtered = lee(power, 4, 5)
    assert filtered.mean() == pytest.approx(power.mean(), rel=0.01)
    assert filtered.var() < 0.12 * power.var()


def test_a_sharp_edge_stays_sharp():
    power = np.where(np.arange(40) < 20, 0.01, 1.0) * np.ones((40, 1))
    filtered = lee(power, 30, 5)
    assert filtered[20, 19] < 0.1
    assert filtered[20, 20] > 0.9


def test_a_missing_pixel_gets_the_mean_around_it_and_a_missing_area_stays_missing():
    power = np.full((30, 30), 0.3)
    power[5, 5] = np.nan
    power[15:25, 15:25] = np.nan
    filtered = lee(power, 4, 3)
    assert filtered[5, 5] == pytest.approx(0.3)
    assert np.isnan(filtered[16:24, 16:24]).all()


def test_a_mean_counts_known_pixels_alone():
    power = np.array([[1.0, 3.0, np.nan]] * 3)
    mean, share = box_mean(power, 3)
    assert mean[1, 1] == pytest.approx(2.0)
    assert share[1, 1] == pytest.approx(2 / 3)


@pytest.mark.parametrize(("looks", "side"), [(1, 7), (3, 5), (6, 3), (20, 3)])
def test_more_looks_need_a_smaller_window(looks, side):
    assert side_for(looks) == side
