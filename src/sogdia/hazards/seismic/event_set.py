"""The events of many years: which sites each earthquake damages together, and how badly.

Every event has one residual that all its sites share (tau) and residuals within the event (phi) that are alike at
neighbouring sites: `rho(h) = exp(-3 h / b)` (Jayaram and Baker 2009). So one earthquake takes several sites.

The events say which sites fail together; how often each fails stays what its own hazard curve says. At each site the
events are ranked by their motion over the site's capacity, and the strongest of them, up to the site's own rate of a
state of damage, reach that state. Where the zones have too few events for a site, the rest of its rate stands apart.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sogdia.hazards.packaged import figures
from sogdia.hazards.seismic.damage import STATES, stays
from sogdia.hazards.seismic.motion import Measure, bssa14
from sogdia.hazards.seismic.sites import Site
from sogdia.hazards.seismic.zones import Ruptures, SeismicZone, distances_km, ruptures, seismic_zones
from sogdia.network.geometry import EARTH_RADIUS_KM

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
REACH_KM = 300.0
"""Sites farther than this from a zone's box are not shaken by it."""
NUGGET = 1e-9
MEASURES: tuple[Measure, ...] = ("pga", "sa1")
TOGETHER = 256
"""Events worked out at once: few enough that their figures stay near the processor."""
FIRST_RANKED = 256
"""So many of the strongest events of a site are ranked first; few sites need more."""
LEAST_REST = 1e-7
"""A smaller rest of a rate, events a year, is left out."""


@dataclass(frozen=True, slots=True, eq=False)
class ZoneDamage:
    """What the events of one zone do: one entry for each event and site that it damages, in the order of the events.

    event: number of the event within its zone; site: position among the sites; state: position in STATES; rate: of
    the event, a year. All (entries,).
    """

    zone: SeismicZone
    event: Ints
    site: Ints
    state: Ints
    rate: Floats


@dataclass(frozen=True, slots=True, eq=False)
class EventSet:
    """The damage of all zones, and what no event of a zone explains: events a year in each state, (sites, states)."""

    zones: tuple[ZoneDamage, ...]
    rest: Floats


def correlation(site_lat: Floats, site_lon: Floats) -> Floats:
    """Correlation of the residuals within an event between all sites, (sites, sites): `exp(-3 h / b)`, h in km.

    h is taken on one plane for all sites, which makes the matrix one of correlations whatever the sites.
    """
    km = math.radians(1.0) * EARTH_RADIUS_KM
    north = (site_lat[:, None] - site_lat[None, :]) * km
    east = (site_lon[:, None] - site_lon[None, :]) * km * np.cos(np.radians(site_lat.mean()))
    alike: Floats = np.exp(-3.0 * np.hypot(north, east) / figures()["correlation_range_km"].value.central)
    return alike


def event_set(sites: tuple[Site, ...], seed: int) -> EventSet:
    """The events of all zones at these sites."""
    lat, lon = np.array([site.lat for site in sites]), np.array([site.lon for site in sites])
    motions = []
    for zone in seismic_zones():
        near = np.flatnonzero(_near(zone, lat, lon))
        if near.size:
            made = ruptures(zone, seed)
            motions.append((zone, made, near, _demand(made, [sites[at] for at in near], seed)))
    reached = np.array([site.reached for site in sites]).reshape(len(sites), len(STATES))
    states, rest = _ranked(motions, reached)
    damage = []
    for (zone, made, near, _), state in zip(motions, states, strict=True):
        event, column = np.nonzero(state)
        damage.append(
            ZoneDamage(zone, event, near[column], state[event, column].astype(np.int64) - 1, made.rate[event])
        )
    return EventSet(tuple(damage), rest)


def _near(zone: SeismicZone, lat: Floats, lon: Floats) -> NDArray[np.bool_]:
    degrees = math.degrees(REACH_KM / EARTH_RADIUS_KM)
    wide = degrees / np.cos(np.radians(lat))
    inside_lat = (lat > zone.lat[0] - degrees) & (lat < zone.lat[1] + degrees)
    inside: NDArray[np.bool_] = inside_lat & (lon > zone.lon[0] - wide) & (lon < zone.lon[1] + wide)
    return inside


def _demand(made: Ruptures, sites: list[Site], seed: int) -> NDArray[np.float32]:
    """ln of motion over capacity, but for the site's constant, (ruptures, sites), with all residuals."""
    lat, lon = np.array([site.lat for site in sites]), np.array([site.lon for site in sites])
    generator = np.random.Generator(np.random.Philox(key=[seed, zlib.crc32(f"{made.zone.id}/motion".encode())]))
    between = generator.standard_normal(made.rate.size)[:, None]
    root = np.linalg.cholesky(correlation(lat, lon) + NUGGET * np.eye(lat.size))
    within = generator.standard_normal((made.rate.size, lat.size)) @ root.T
    beta = np.array([site.beta for site in sites])
    by_measure = [(measure, np.flatnonzero([site.intensity == measure for site in sites])) for measure in MEASURES]
    demand = np.empty(within.shape, dtype=np.float32)
    for start in range(0, made.rate.size, TOGETHER):
        some = slice(start, start + TOGETHER)
        km = distances_km(made.lat[some], made.lon[some], made.magnitude[some], made.strike[some], lat, lon)
        own = beta * generator.standard_normal(km.shape)
        for measure, of in by_measure:
            if of.size:
                motion = bssa14(made.magnitude[some, None], km[:, of], measure, mechanism="unspecified")
                own[:, of] += motion.ln_median + motion.tau * between[some] + motion.phi * within[some][:, of]
        demand[some] = own
    return demand


def _ranked(
    motions: list[tuple[SeismicZone, Ruptures, NDArray[np.intp], NDArray[np.float32]]], reached: Floats
) -> tuple[list[NDArray[np.int8]], Floats]:
    """The state that every event of a zone brings each of its sites into, 0 for none, and the rest of each rate."""
    states = [np.zeros(demand.shape, dtype=np.int8) for *_, demand in motions]
    by_site = [np.ascontiguousarray(demand.T) for *_, demand in motions]
    columns: list[list[tuple[int, int]]] = [[] for _ in reached]
    for at, (_, _, near, _) in enumerate(motions):
        for column, site in enumerate(near.tolist()):
            columns[site].append((at, column))
    rest = np.zeros_like(reached)
    for site, rates in enumerate(reached):
        parts = columns[site]
        rate = np.concatenate([np.zeros(0), *(motions[at][1].rate for at, _ in parts)])
        demand = np.concatenate([np.zeros(0, dtype=np.float32), *(by_site[at][column] for at, column in parts)])
        order, above = _strongest(demand, rate, float(rates.max()))
        state = np.zeros(rate.size, dtype=np.int8)
        middle = above - rate[order] / 2
        state[order] = np.sum(middle[:, None] <= rates, axis=1)
        rest[site] = stays(np.maximum(rates - (above[-1] if above.size else 0.0), 0.0))
        begin = 0
        for at, column in parts:
            end = begin + motions[at][1].rate.size
            states[at][:, column] = state[begin:end]
            begin = end
    return states, np.where(rest > LEAST_REST, rest, 0.0)


def _strongest(demand: NDArray[np.float32], rate: Floats, most: float) -> tuple[NDArray[np.intp], Floats]:
    """The strongest events, and the rate of each with all stronger ones: as many as come `most` times a year together,
    all of them where they come less often.
    """
    count = FIRST_RANKED
    while count < len(demand):
        least = np.partition(demand, len(demand) - count)[len(demand) - count]
        some = np.flatnonzero(demand >= least)
        order = some[np.argsort(-demand[some], kind="stable")]
        above = np.cumsum(rate[order])
        if above[-1] > most * (1.0 + NUGGET):
            return order, above
        count *= 4
    order = np.argsort(-demand, kind="stable")
    return order, np.cumsum(rate[order])
