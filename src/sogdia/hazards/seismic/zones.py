"""Zones of seismicity and the ruptures that they make: by bins of magnitude over a grid of locations.

In a zone `log10 N(M) = a - b M` up to its largest magnitude (Gutenberg and Richter). The rates of a zone's ruptures sum
to its rate of events of magnitude 5.5 and above.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import unknown
from sogdia.hazards.packaged import figures, packaged
from sogdia.network.geometry import EARTH_RADIUS_KM
from sogdia.network.naming import record_named
from sogdia.tabular.evidence import Evidence, provenance_of
from sogdia.tabular.rows import Cells

Floats = NDArray[np.float64]
LEAST_MAGNITUDE = 5.5
BIN_WIDTH = 0.5
LARGE_ZONE_KM2 = 400_000.0
FINE_DEGREES, COARSE_DEGREES = 0.5, 1.0
STRONG_MAGNITUDE = 6.5
RATES_AT_MOST = (1e-4, 3e-5)
"""The largest rate a year of one event below and above STRONG_MAGNITUDE: a rupture is repeated until it is below."""


@dataclass(frozen=True, slots=True)
class SeismicZone:
    """A box on the map with its own seismicity.

    rate: events a year of magnitude 5.5 and above; rate_sigma: its standard error; largest_observed: magnitude.
    """

    id: str
    name: str
    lat: tuple[float, float]
    lon: tuple[float, float]
    a: float
    b: float
    rate: float
    rate_sigma: float
    largest_observed: float
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str

    @property
    def largest(self) -> float:
        """The largest magnitude that is thought possible: the observed one and a margin."""
        return self.largest_observed + figures()["m_max_margin"].value.central

    @property
    def km2(self) -> float:
        """The area of the box."""
        bands = math.sin(math.radians(self.lat[1])) - math.sin(math.radians(self.lat[0]))
        return EARTH_RADIUS_KM**2 * bands * math.radians(self.lon[1] - self.lon[0])


@dataclass(frozen=True, slots=True)
class NamedRupture:
    """An earthquake of the past that can be asked for again, by name."""

    id: str
    name: str
    lat: float
    lon: float
    magnitude: float
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Ruptures:
    """Ruptures of one zone as arrays, all (ruptures,): degrees, magnitude, radians from north, events a year."""

    zone: SeismicZone
    lat: Floats
    lon: Floats
    magnitude: Floats
    strike: Floats
    rate: Floats


@cache
def seismic_zones() -> tuple[SeismicZone, ...]:
    """The zones of the packaged table."""
    columns = (
        "id", "name", "lat_min", "lat_max", "lon_min", "lon_max", "a_value", "b_value", "rate_m55_per_year",
        "rate_sigma", "m_max_observed",
    )  # fmt: skip

    def record(cells: Cells) -> SeismicZone:
        return SeismicZone(
            cells.text("id"), cells.text("name"), (cells.number("lat_min"), cells.number("lat_max")),
            (cells.number("lon_min"), cells.number("lon_max")), cells.number("a_value"),
            cells.number("b_value", above=0.0), cells.number("rate_m55_per_year", above=0.0),
            cells.number("rate_sigma", at_least=0.0), cells.number("m_max_observed"), **provenance_of(cells),
        )  # fmt: skip

    return packaged("seismic_zones.csv", columns, record)


@cache
def named_ruptures() -> tuple[NamedRupture, ...]:
    """Earthquakes of the past."""

    def record(cells: Cells) -> NamedRupture:
        return NamedRupture(
            cells.text("id"), cells.text("name"), cells.number("lat"), cells.number("lon"),
            cells.number("magnitude"), **provenance_of(cells),
        )  # fmt: skip

    return packaged("ruptures.csv", ("id", "name", "lat", "lon", "magnitude"), record)


def rupture_named(text: str) -> NamedRupture:
    """The earthquake of this id, name, or name without the year; UnknownNameError with the nearest names otherwise."""
    by_place = [row for row in named_ruptures() if row.name.rpartition(" ")[0].casefold() == text.strip().casefold()]
    if len(by_place) == 1:
        return by_place[0]
    if by_place:
        raise unknown("earthquake", text, [row.name for row in by_place])
    return record_named("earthquake", named_ruptures(), text)


def magnitude_bins(zone: SeismicZone) -> tuple[tuple[float, float, float], ...]:
    """Lower magnitude, upper magnitude and events a year of each bin; their sum is the zone's rate.

    The share of a bin is that of the exponential distribution cut at the largest magnitude.
    """
    edges = np.append(np.arange(LEAST_MAGNITUDE, zone.largest - 1e-9, BIN_WIDTH), zone.largest)
    beyond = 10.0 ** (-zone.b * (edges - LEAST_MAGNITUDE))
    shares = (beyond[:-1] - beyond[1:]) / (beyond[0] - beyond[-1])
    return tuple(
        (float(low), float(high), zone.rate * float(share))
        for low, high, share in zip(edges[:-1], edges[1:], shares, strict=True)
    )


def grid(zone: SeismicZone) -> tuple[Floats, Floats, Floats, float]:
    """Latitudes and longitudes of the middles of a zone's cells, their shares of its area, and their size in degrees.

    Each (cells,).
    """
    step = COARSE_DEGREES if zone.km2 > LARGE_ZONE_KM2 else FINE_DEGREES
    lats = np.arange(zone.lat[0] + step / 2, zone.lat[1], step)
    lons = np.arange(zone.lon[0] + step / 2, zone.lon[1], step)
    lat, lon = (side.ravel() for side in np.meshgrid(lats, lons, indexing="ij"))
    area = np.cos(np.radians(lat))
    return lat, lon, area / area.sum(), step


def ruptures(zone: SeismicZone, seed: int) -> Ruptures:
    """The ruptures of a zone: at least one for each bin of magnitude and cell, more where one would be too frequent.

    Within its bin and cell each has a magnitude, a place and a strike of its own, from random numbers that are keyed by
    seed and zone: they depend on no other zone.
    """
    generator = np.random.Generator(np.random.Philox(key=[seed, zlib.crc32(zone.id.encode())]))
    lat, lon, share, step = grid(zone)
    lats, lons, magnitudes, rates = [], [], [], []
    for low, high, rate in magnitude_bins(zone):
        most = RATES_AT_MOST[low >= STRONG_MAGNITUDE]
        times = np.maximum(np.ceil(rate * share / most).astype(int), 1)
        cell = np.repeat(np.arange(share.size), times)
        u = generator.random((3, cell.size))
        ends = 10.0 ** (-zone.b * np.array([low, high]))
        magnitudes.append(-np.log10(ends[0] + u[0] * (ends[1] - ends[0])) / zone.b)
        lats.append(lat[cell] + (u[1] - 0.5) * step)
        lons.append(lon[cell] + (u[2] - 0.5) * step)
        rates.append((rate * share / times)[cell])
    count = sum(part.size for part in rates)
    return Ruptures(
        zone, np.concatenate(lats), np.concatenate(lons), np.concatenate(magnitudes),
        generator.random(count) * math.pi, np.concatenate(rates),
    )  # fmt: skip


def distances_km(
    lat: Floats, lon: Floats, magnitude: Floats, strike: Floats, site_lat: Floats, site_lon: Floats
) -> Floats:
    """Distance of every site to the surface trace of every rupture, (ruptures, sites).

    The trace is a straight line through the rupture's place along its strike; its length in km is `10^(a + b M)`
    (Wells and Coppersmith 1994). On a plane that touches the Earth there: good to a few per cent within 400 km.
    """
    values: Mapping[str, float] = {name: figure.value.central for name, figure in figures().items()}
    half = 10.0 ** (values["rupture_length_a"] + values["rupture_length_b"] * magnitude) / 2
    km = math.radians(1.0) * EARTH_RADIUS_KM
    north = (site_lat[None, :] - lat[:, None]) * km
    east = (site_lon[None, :] - lon[:, None]) * km * np.cos(np.radians(lat))[:, None]
    along = north * np.cos(strike)[:, None] + east * np.sin(strike)[:, None]
    across = east * np.cos(strike)[:, None] - north * np.sin(strike)[:, None]
    distance: Floats = np.hypot(across, np.maximum(np.abs(along) - half[:, None], 0.0))
    return distance
