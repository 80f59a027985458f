"""One earthquake: what it does to each site around it, by name (`chilik_1889`) or by place and magnitude."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from scipy.stats import norm

from sogdia.answer import SEPARATOR, Answer, each_once, tidy
from sogdia.data.provenance import source
from sogdia.errors import wrong_argument
from sogdia.hazards.seismic.damage import STATES, fragilities_up_to, stays
from sogdia.hazards.seismic.event_set import MEASURES, REACH_KM
from sogdia.hazards.seismic.motion import bssa14
from sogdia.hazards.seismic.sites import Site
from sogdia.hazards.seismic.zones import NamedRupture, distances_km, rupture_named
from sogdia.tabular.evidence import Evidence, weakest

MAGNITUDES = (5.0, 8.5)
NOTE = (
    "Chances of each site on its own: the residual of the earthquake is common to all, so that if one site does worse "
    "than expected, its neighbours do too. Motion on rock by BSSA14; the rupture is a line from west to east through "
    "the place named, as most ranges here run."
)


@dataclass(frozen=True, slots=True)
class ShakenSite:
    """What one earthquake does to one site.

    km: to the rupture; motion_g: median of the measure that its asset answers to (pga or sa1); reached: chance to reach
    each state of damage or a worse one; expected_days: out of service.
    """

    target_kind: str
    target: str
    asset: str
    km: float
    measure: str
    motion_g: float
    reached: tuple[float, ...]
    expected_days: float
    source_ids: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RuptureDamage(Answer):
    """The answer to `Study.earthquake`: the sites within 300 km, those with the most expected days first."""

    rupture: NamedRupture
    sites: tuple[ShakenSite, ...]
    notes: tuple[str, ...] = (NOTE,)

    @property
    def title(self) -> str:
        """What was asked."""
        quake = self.rupture
        return f"Earthquake {quake.name}: magnitude {quake.magnitude:g} at {quake.lat:g} N {quake.lon:g} E"

    def table(self) -> pl.DataFrame:
        """Long table: distance, motion, chance of each state and expected days of each site."""
        rows = []
        for site in self.sites:
            place = (SEPARATOR.join(site.source_ids), site.target_kind, site.target, site.evidence)
            rows.append(("distance", "km", site.km, *place))
            rows.append((site.measure, "g", site.motion_g, *place))
            rows += [
                (f"reaches_{state}", "probability", chance, *place)
                for state, chance in zip(STATES, site.reached, strict=True)
            ]
            rows.append(("expected_days", "days", site.expected_days, *place))
        names = ("variable", "unit", "value", "source_id", "target_kind", "target", "evidence")
        kinds = {name: pl.Float64 if name == "value" else pl.String for name in names}
        return tidy(pl.DataFrame(rows, schema=kinds, orient="row"), stat="value")

    def sources(self) -> tuple[str, ...]:
        """The ids of all sources."""
        return each_once(self.rupture.source_ids, *(site.source_ids for site in self.sites))

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values."""
        quake = self.rupture
        return {
            "earthquake": quake.id, "name": quake.name, "lat": quake.lat, "lon": quake.lon,
            "magnitude": quake.magnitude, "evidence": quake.evidence,
            "sites": [
                {"target_kind": site.target_kind, "target": site.target, "asset": site.asset, "km": site.km,
                 "measure": site.measure, "motion_g": site.motion_g,
                 "reached": dict(zip(STATES, site.reached, strict=True)), "expected_days": site.expected_days,
                 "evidence": site.evidence, "source_ids": list(site.source_ids)}
                for site in self.sites
            ],
            "notes": list(self.notes),
            "sources": {name: source(name).citation() for name in self.sources()},
        }  # fmt: skip


def rupture_of(text: str) -> NamedRupture:
    """The earthquake of this name, or of `lat,lon,magnitude`; InputError or UnknownNameError otherwise."""
    parts = text.split(",")
    if len(parts) != 3:
        return rupture_named(text)
    rule = f"an earthquake is a name or lat,lon,magnitude, the magnitude from {MAGNITUDES[0]:g} to {MAGNITUDES[1]:g}"
    try:
        lat, lon, magnitude = (float(part) for part in parts)
    except ValueError:
        raise wrong_argument("rupture", rule, "E.g. 43.2,78.6,8.3.", text) from None
    if not (abs(lat) <= 90 and abs(lon) <= 180 and MAGNITUDES[0] <= magnitude <= MAGNITUDES[1]):
        raise wrong_argument("rupture", rule, "E.g. 43.2,78.6,8.3.", text)
    return NamedRupture(text, f"at {lat:g},{lon:g}", lat, lon, magnitude, (), "assumed", "as asked for")


def shaken(rupture: NamedRupture, sites: tuple[Site, ...]) -> RuptureDamage:
    """The chance of each state of damage at every site within 300 km: `Phi(ln(motion / median) / sqrt(beta^2 +
    sigma^2))`.
    """
    lat, lon = np.array([site.lat for site in sites]), np.array([site.lon for site in sites])
    along = np.full(1, math.pi / 2)
    one = np.array([rupture.lat]), np.array([rupture.lon]), np.array([rupture.magnitude]), along
    km = distances_km(*one, lat, lon)[0]
    near = np.flatnonzero(km <= REACH_KM).tolist()
    motions = {measure: bssa14(rupture.magnitude, km, measure, mechanism="unspecified") for measure in MEASURES}
    found = []
    for at in near:
        site = sites[at]
        measure = next(name for name in MEASURES if name == site.intensity)
        median, sigma = float(motions[measure].median[at]), float(motions[measure].sigma[at])
        reached = _reached(site, median, sigma)
        days = [site.restoration(state) for state in STATES]
        lasting = [0.0 if row is None else row.days.central for row in days]
        found.append(
            ShakenSite(
                site.target_kind, site.target, site.asset, float(km[at]), measure, median,
                tuple(float(chance) for chance in reached), float(stays(reached) @ lasting),
                each_once(site.source_ids, *(row.source_ids for row in days if row is not None)),
                weakest(site.evidence, *(row.evidence for row in days if row is not None)),
            )
        )  # fmt: skip
    return RuptureDamage(rupture, tuple(sorted(found, key=lambda site: (-site.expected_days, site.target))))


def _reached(site: Site, median: float, sigma: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    chances = []
    for row in fragilities_up_to(site.asset, site.level):
        of_row = [
            0.0
            if theta is None or beta is None or site.restoration(state) is None
            else float(norm.cdf(math.log(median / theta) / math.hypot(beta, sigma)))
            for state, theta, beta in zip(STATES, row.medians, row.betas, strict=True)
        ]
        chances.append(np.maximum.accumulate(of_row[::-1])[::-1])
    return np.asarray(np.min(chances, axis=0), dtype=np.float64)
