"""Sites: where an earthquake can put a place or a link out of service, with its curve, its asset and its code level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sogdia.answer import each_once
from sogdia.hazards.code_level import CODE_LEVELS, CodeLevel
from sogdia.hazards.curve import HazardCurve, between, packaged_curves
from sogdia.hazards.kind import HazardGap
from sogdia.hazards.options import HazardOptions
from sogdia.hazards.packaged import packaged
from sogdia.hazards.seismic.damage import (
    STATES,
    DamageState,
    Restoration,
    fragilities_up_to,
    reached_rates,
    restorations,
    spread,
)
from sogdia.network.records import LAND_MODES, Network
from sogdia.tabular.evidence import Evidence, provenance_of, weakest
from sogdia.tabular.rows import Cells
from sogdia.uncertain import Range

NAME = "earthquake"
HARDENING = "hardening"
EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class AssetRule:
    """What a table says of a kind of place or of link, or of a country: its asset, or its code level."""

    keys: tuple[str, ...]
    value: str
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One place, or the middle of one link.

    reached: events a year that reach each state of damage or a worse one, (states,); beta: to rank events by; factors:
    of all these rates at the low and the high end of the curve; intensity: the measure of motion.
    """

    target_kind: str
    target: str
    lat: float
    lon: float
    asset: str
    level: CodeLevel
    intensity: str
    reached: NDArray[np.float64]
    beta: float
    factors: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str

    def restoration(self, state: DamageState) -> Restoration | None:
        """How long this state lasts; None where the asset has no such state."""
        return restorations().get((self.asset, state))

    def evidence_in(self, state: DamageState) -> tuple[Evidence, tuple[str, ...]]:
        """The evidence and the sources of an outage in this state."""
        days = restorations()[self.asset, state]
        return weakest(self.evidence, days.evidence), each_once(self.source_ids, days.source_ids)


@cache
def _assets() -> Mapping[tuple[str, ...], AssetRule]:
    return _rules("assets.csv", ("target_kind", "kind"), "asset")


@cache
def _levels() -> Mapping[tuple[str, ...], AssetRule]:
    return _rules("code_levels.csv", ("country",), "code_level")


def _rules(file: str, keys: tuple[str, ...], value: str) -> Mapping[tuple[str, ...], AssetRule]:
    def record(cells: Cells) -> AssetRule:
        return AssetRule(tuple(map(cells.text, keys)), cells.text(value), **provenance_of(cells))

    return {rule.keys: rule for rule in packaged(file, (*keys, value), record)}


def level_of(country: str, options: HazardOptions) -> tuple[CodeLevel, AssetRule | None]:
    """The code level of a country's stock and the row that says so; the row is None where the options say it."""
    if HARDENING in options.actions:
        return CODE_LEVELS[-1], None
    if options.code_level is not None:
        return options.code_level, None
    rule = _levels().get((country,)) or _levels()[EVERYWHERE,]
    return next(level for level in CODE_LEVELS if level == rule.value), rule


def sites(
    network: Network, options: HazardOptions, targets: frozenset[str] | None = None
) -> tuple[tuple[Site, ...], tuple[HazardGap, ...]]:
    """The sites of every place and every link on land, and the targets for which nothing is known.

    targets: the ids of those that are wanted, by default all.
    """
    curves = {**packaged_curves(), **options.curves}
    places = {place.id: place for place in network.places}
    found: list[Site] = []
    gaps: list[HazardGap] = []
    for place in network.places:
        if targets is not None and place.id not in targets:
            continue
        curve = curves.get(place.id)
        if curve is None:
            gaps.append(_no_curve("place", place.id, place.id))
            continue
        asset = _assets()["place", place.kind]
        kept = _site("place", place.id, (place.lat, place.lon), curve, asset, place.country, options, options.asset)
        found += [kept] if isinstance(kept, Site) else []
        gaps += [kept] if isinstance(kept, HazardGap) else []
    for link in network.links:
        if targets is not None and link.id not in targets:
            continue
        if link.mode not in LAND_MODES:
            gaps.append(HazardGap(NAME, "link", link.id, "none", "ships are not hit; see the ports at its ends"))
            continue
        ends = places[link.start], places[link.end]
        missing = next((end.id for end in ends if end.id not in curves), None)
        if missing is not None:
            gaps.append(_no_curve("link", link.id, missing))
            continue
        middle = ((ends[0].lat + ends[1].lat) / 2, (ends[0].lon + ends[1].lon) / 2)
        curve = between(curves[link.start], curves[link.end])
        asset = _assets()["link", link.mode]
        kept = _site("link", link.id, middle, curve, asset, ends[0].country, options, None)
        found += [kept] if isinstance(kept, Site) else []
        gaps += [kept] if isinstance(kept, HazardGap) else []
    return tuple(found), tuple(gaps)


def _site(
    kind: str, target: str, at: tuple[float, float], curve: HazardCurve, rule: AssetRule, country: str,
    options: HazardOptions, own_asset: str | None,
) -> Site | HazardGap:  # fmt: skip
    level, level_rule = level_of(country, options)
    asset = own_asset or rule.value
    rows = fragilities_up_to(asset, level)
    reached = reached_rates(curve, rows)
    if reached is None:
        reason = "its hazard curve has no acceleration at a period of 1 s"
        return HazardGap(NAME, "place" if kind == "place" else "link", target, "unknown", reason, curve.source_ids)
    known = np.array([(asset, state) in restorations() for state in STATES])
    said = [row for row in (None if own_asset else rule, level_rule) if row is not None]
    return Site(
        kind, target, *at, asset, level, rows[-1].intensity, np.where(known, reached, 0.0), spread(rows),
        curve.rate_factors(), each_once(curve.source_ids, rows[-1].source_ids, *(row.source_ids for row in said)),
        weakest(curve.evidence, rows[-1].evidence, *(row.evidence for row in said)),
        f"{rows[-1].label}, {level} code; {curve.note}",
    )  # fmt: skip


def _no_curve(kind: str, target: str, place: str) -> HazardGap:
    reason = f"no hazard curve of {place} is known; give one of your own"
    return HazardGap(NAME, "place" if kind == "place" else "link", target, "unknown", reason)
