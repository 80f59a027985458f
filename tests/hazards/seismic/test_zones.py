"""Ruptures of the zones: their rates sum to the zone's, and nothing depends on another zone."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from sogdia import UnknownNameError
from sogdia.hazards.curve import packaged_curves
from sogdia.hazards.seismic.motion import bssa14
from sogdia.hazards.seismic.zones import (
    LEAST_MAGNITUDE,
    RATES_AT_MOST,
    distances_km,
    magnitude_bins,
    named_ruptures,
    rupture_named,
    ruptures,
    seismic_zones,
)


@pytest.mark.parametrize("zone", seismic_zones(), ids=lambda zone: zone.id)
def test_the_ruptures_of_a_zone_sum_to_its_rate_and_lie_inside_it(zone):
    made = ruptures(zone, 1)
    assert made.rate.sum() == pytest.approx(zone.rate, rel=1e-12)
    assert sum(rate for *_, rate in magnitude_bins(zone)) == pytest.approx(zone.rate, rel=1e-12)
    assert made.rate.max() <= max(RATES_AT_MOST)
    assert (made.magnitude >= LEAST_MAGNITUDE - 1e-9).all()
    assert (made.magnitude <= zone.largest + 1e-9).all()
    inside = (made.lat >= zone.lat[0]) & (made.lat <= zone.lat[1] + 0.5)
    assert inside.all()


@pytest.mark.parametrize("zone", seismic_zones(), ids=lambda zone: zone.id)
def test_the_rate_of_a_zone_is_that_of_its_a_and_b_within_six_percent(zone):
    assert 10 ** (zone.a - zone.b * LEAST_MAGNITUDE) == pytest.approx(zone.rate, rel=0.065)


def test_the_zones_and_bssa14_give_the_published_shaking_of_four_cities(network):
    """Acceleration at 475 years: Almaty 0.20, Bishkek 0.22, Tashkent 0.17, Dushanbe 0.18 g; the curves have 0.2, 0.21,
    0.1 and 0.2 g.
    """
    cities = [network.place(name) for name in ("KAZ:Almaty", "KGZ:Bishkek", "UZB:Tashkent", "TJK:Dushanbe")]
    lat, lon = (np.array([getattr(city, side) for city in cities]) for side in ("lat", "lon"))
    above = np.zeros((2, len(cities)))
    ranges = [packaged_curves()[city.id].a475 for city in cities]
    ends = np.array([[a475.low for a475 in ranges], [a475.high for a475 in ranges]])
    for zone in seismic_zones():
        made = ruptures(zone, 1)
        km = distances_km(made.lat, made.lon, made.magnitude, made.strike, lat, lon)
        motion = bssa14(made.magnitude[:, None], km, "pga", mechanism="unspecified")
        for row, a in enumerate(ends):
            above[row] += made.rate @ norm.sf(np.log(a / motion.median) / motion.sigma)
    assert (above[0] > 1 / 475).all()
    assert (above[1] < 1 / 475).all()


def test_magnitudes_follow_gutenberg_and_richter():
    zone = next(zone for zone in seismic_zones() if zone.id == "pamir")
    made = ruptures(zone, 1)
    above = made.rate[made.magnitude >= 6.5].sum() / zone.rate
    span = zone.largest - LEAST_MAGNITUDE
    expected = (10 ** (-zone.b * 1.0) - 10 ** (-zone.b * span)) / (1 - 10 ** (-zone.b * span))
    assert above == pytest.approx(expected, rel=1e-6)


def test_equal_seeds_give_equal_ruptures_and_others_do_not():
    zone = seismic_zones()[0]
    first, again, other = ruptures(zone, 1), ruptures(zone, 1), ruptures(zone, 2)
    assert np.array_equal(first.magnitude, again.magnitude)
    assert not np.array_equal(first.magnitude, other.magnitude)


def test_a_rupture_is_a_line_along_its_strike():
    one = np.array([43.0]), np.array([77.0]), np.array([7.0])
    degree_north = np.array([44.0]), np.array([77.0])
    along = distances_km(*one, np.zeros(1), *degree_north)[0, 0]
    across = distances_km(*one, np.full(1, math.pi / 2), *degree_north)[0, 0]
    assert across == pytest.approx(111.2, abs=0.1)
    assert across - along == pytest.approx(10 ** (-3.22 + 0.69 * 7.0) / 2, abs=1e-6)


def test_an_earthquake_of_the_past_is_found_by_its_id_its_name_or_its_place():
    assert {rupture_named(text).id for text in ("kemin_1911", "Kemin 1911", "kemin")} == {"kemin_1911"}
    assert len(named_ruptures()) == 16
    with pytest.raises(UnknownNameError, match="kemin_1911"):
        rupture_named("Kemyn 1911")
