"""Is the threshold Otsu's, and is one heap told from two?"""

from __future__ import annotations

import numpy as np
import pytest

from sogdia.hazards.radar.threshold import BIN_DB, CENTRES, EDGES, histogram, otsu, valley_per_peak


def heaps(*heaps_of: tuple[float, float, int], seed: int = 1) -> np.ndarray:
    """Values in dB: (mean, standard deviation, number) of each heap."""
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.normal(mean, spread, number) for mean, spread, number in heaps_of])


def test_the_threshold_lies_midway_between_two_equal_heaps():
    assert otsu(histogram(heaps((-20, 1, 5000), (-10, 1, 5000)))) == pytest.approx(-15, abs=2 * BIN_DB)


def test_the_threshold_has_the_largest_variance_between_the_classes():
    """Against the variance written out for every threshold."""
    values = heaps((-18, 2, 3000), (-9, 3, 6000))
    counts = histogram(values)

    def between(edge: float) -> float:
        below = edge > CENTRES
        shares = counts[below].sum(), counts[~below].sum()
        if not all(shares):
            return 0.0
        means = (counts[side] @ CENTRES[side] / counts[side].sum() for side in (below, ~below))
        low, high = means
        return float(shares[0] * shares[1] * (high - low) ** 2)

    assert between(otsu(counts)) == pytest.approx(max(map(between, EDGES[1:-1])), rel=1e-9)


def test_between_two_narrow_heaps_the_threshold_is_in_the_middle_of_the_gap():
    assert otsu(histogram(np.array([-20.1] * 10 + [-10.1] * 10))) == pytest.approx(-15, abs=2 * BIN_DB)


@pytest.mark.parametrize("values", [np.array([]), np.full(9, np.nan), np.full(9, -12.0)])
def test_one_value_alone_has_no_threshold(values):
    assert otsu(histogram(values)) is None


def test_missing_values_and_those_outside_count_nothing():
    assert histogram(np.array([np.nan, -9999.0, 500.0, -10.0])).sum() == 1


@pytest.mark.parametrize(("apart", "accepted"), [(2, False), (8, True), (12, True)])
def test_two_heaps_are_separable_from_some_distance_on(apart, accepted):
    counts = histogram(heaps((-20, 1.2, 4000), (-20 + apart, 1.5, 4000)))
    assert (valley_per_peak(counts, -20 + apart / 2) <= 0.6) == accepted


def test_one_heap_has_no_valley():
    values = heaps((-10, 1.5, 5000))
    assert valley_per_peak(histogram(values), otsu(histogram(values))) == pytest.approx(1.0, abs=0.05)


def test_a_threshold_outside_the_histogram_parts_nothing():
    assert valley_per_peak(histogram(heaps((-10, 1, 100))), -90.0) == 1.0
