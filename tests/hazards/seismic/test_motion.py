"""BSSA14 gives the values of another program at all their digits (pyGMM 0.8.0, MIT licence)."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from sogdia.hazards.seismic.motion import Measure, bssa14

VALUES = list(csv.DictReader(Path(__file__).with_name("gmm_test_values.csv").read_text().splitlines()))


@pytest.mark.parametrize("measure", ["pga", "sa1"])
def test_bssa14_agrees_with_pygmm_at_five_digits_after_the_point(measure: Measure) -> None:
    asked = {name: np.array([float(row[name]) for row in VALUES]) for name in ("magnitude", "rjb_km", "vs30_m_s")}
    motion = bssa14(asked["magnitude"], asked["rjb_km"], measure, vs30_m_s=asked["vs30_m_s"], mechanism="reverse")
    assert len(VALUES) == 24
    assert np.allclose(motion.median, [float(row[f"{measure}_g"]) for row in VALUES], rtol=0, atol=5.01e-6)
    assert np.allclose(motion.sigma, [float(row[f"ln_sigma_{measure}"]) for row in VALUES], rtol=0, atol=5.01e-6)


def test_motion_falls_with_distance_and_grows_with_magnitude() -> None:
    median = bssa14(np.array([5.5, 6.5, 7.5])[:, None], np.array([0.0, 20.0, 100.0, 300.0]), "pga").median
    assert (np.diff(median, axis=0) > 0).all()
    assert (np.diff(median, axis=1) < 0).all()


def test_the_spread_grows_far_away_and_on_soft_ground_is_smaller() -> None:
    near, far = bssa14(7.0, 50.0, "pga"), bssa14(7.0, 250.0, "pga")
    assert far.phi > near.phi
    assert bssa14(7.0, 50.0, "pga", vs30_m_s=200.0).phi < near.phi
