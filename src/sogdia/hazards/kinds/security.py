"""Security: the onset of armed conflict in a country shuts some of its sites, links and crossings for a while.

An onset comes in SLICES equal slices, and other targets are shut in each: so every target is shut in the assumed share
of all onsets, and several are shut in one of them by chance. What is a state of the corridors already is left out.
"""

from __future__ import annotations

import zlib

import numpy as np

from sogdia.answer import each_once
from sogdia.data import Store
from sogdia.data.provenance import OWN_HAZARDS
from sogdia.hazards.conflict.counted import counted_as
from sogdia.hazards.conflict.onset import Onset, onsets
from sogdia.hazards.kind import HazardGap, HazardKind
from sogdia.hazards.options import HazardOptions
from sogdia.hazards.outage import Outage, TargetKind
from sogdia.hazards.packaged import figures
from sogdia.network.records import LAND_MODES, Network
from sogdia.tabular.evidence import weakest
from sogdia.uncertain import Range

NAME = "security"
SLICES = 20


def targets(network: Network) -> tuple[tuple[TargetKind, str, tuple[str, ...]], ...]:
    """What conflict can shut: places, links on land and crossings, each with its countries."""
    countries = {place.id: place.country for place in network.places}
    found: list[tuple[TargetKind, str, tuple[str, ...]]] = [
        ("place", place.id, (place.country,)) for place in network.places
    ]
    found += [
        ("link", link.id, tuple(dict.fromkeys((countries[link.start], countries[link.end]))))
        for link in network.links
        if link.mode in LAND_MODES
    ]
    found += [("border", border.id, (border.country_a, border.country_b)) for border in network.borders]
    return tuple(found)


def outages(network: Network, store: Store, options: HazardOptions) -> tuple[Outage, ...]:
    """The slices of every country's onset, and a user's own incidents at places."""
    whole = by_target(network, store)
    made = []
    for outage in whole:
        country = outage.cause.rpartition(" ")[2]
        rate = outage.rate_per_year
        slices = _slices(outage, options.seed)
        part = Range(rate.low / slices.size, rate.central / slices.size, rate.high / slices.size)
        made += [_in_slice(outage, part, f"conflict:{country}:{number:02d}") for number in slices.tolist()]
    made.sort(key=lambda outage: outage.event_id or "")
    return (*made, *_incidents(network, options))


def _slices(outage: Outage, seed: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """In which slices of its country's onset a target is shut: the assumed share of them, by keyed random numbers."""
    key = zlib.crc32(f"{outage.cause}/{outage.target_kind}/{outage.target}".encode())
    generator = np.random.Generator(np.random.Philox(key=[seed, key]))
    count = max(round(SLICES * figures()["shut_share"].value.central), 1)
    return np.sort(np.argsort(generator.random(SLICES), kind="stable")[:count])


def _in_slice(outage: Outage, rate: Range, event_id: str) -> Outage:
    return Outage(
        outage.hazard, outage.cause, outage.target_kind, outage.target, rate, outage.days, outage.evidence,
        outage.source_ids, event_id, outage.note,
    )  # fmt: skip


def by_target(network: Network, store: Store) -> tuple[Outage, ...]:
    """One outage for each target and each of its countries: the rate of onset times the chance of being shut."""
    found = onsets(store)
    made = []
    for kind, target, countries in targets(network):
        for country in countries:
            known = found.get(country)
            if known is not None and (country, kind) not in counted_as():
                made.append(_outage(kind, target, known))
    return tuple(made)


def _outage(kind: TargetKind, target: str, known: Onset) -> Outage:
    share, days, length = figures()["shut_share"], figures()["shut_days"], figures()["episode_years"]
    rate = known.rate
    chance = share.value
    return Outage(
        NAME, f"armed conflict in {known.country}", kind, target,
        Range(rate.low * chance.low, rate.central * chance.central, rate.high * chance.high), days.value,
        weakest(known.evidence, share.evidence, days.evidence),
        each_once(known.source_ids, share.source_ids, days.source_ids), None,
        f"onset {known.probability.central:.2%} a year ({known.probability.low:.2%} to {known.probability.high:.2%}), "
        f"political stability {known.stability:.2f} in {known.year}; an episode lasts {length.value.central:g} years "
        f"({length.value.low:g} to {length.value.high:g}); it shuts a given target with a chance of "
        f"{chance.central:g} ({chance.low:g} to {chance.high:g}), an assumption",
    )  # fmt: skip


def _incidents(network: Network, options: HazardOptions) -> tuple[Outage, ...]:
    """A user's own armed incidents near places, each with an assumed chance to shut the place."""
    own = options.incidents
    if own is None:
        return ()
    share, days = figures()["incident_shut_share"], figures()["incident_shut_days"]
    chance = share.value
    return tuple(
        Outage(
            NAME, "armed incidents nearby", "place", place.id,
            Range(*(own.per_year[place.id] * end for end in (chance.low, chance.central, chance.high))), days.value,
            "assumed", each_once((OWN_HAZARDS,), share.source_ids), None,
            f"{own.per_year[place.id]:.3g} incidents a year within {own.radius_km:g} km, {own.years:g} years of "
            f"{own.file}; each shuts the place with a chance of {chance.central:g}, an assumption",
        )
        for place in network.places
        if own.per_year.get(place.id, 0.0) > 0
    )  # fmt: skip


def of_targets(network: Network, store: Store, options: HazardOptions, targets: frozenset[str]) -> tuple[Outage, ...]:
    """One outage for each target and country, and the incidents."""
    whole = (*by_target(network, store), *_incidents(network, options))
    return tuple(outage for outage in whole if outage.target in targets)


def gaps(network: Network, store: Store, options: HazardOptions) -> tuple[HazardGap, ...]:
    """Targets whose conflict is a state of the corridors, and those of a country without an estimate."""
    found, made = onsets(store), []
    for kind, target, countries in targets(network):
        for country in countries:
            states = counted_as().get((country, kind), ())
            if states:
                names = ", ".join(row.state for row in states)
                reason = f"conflict in {country} is counted as the corridor states {names}"
                made.append(HazardGap(NAME, kind, target, "counted", reason, states[0].source_ids))
            elif country not in found:
                reason = f"no estimate of political stability of {country} is in the store"
                made.append(HazardGap(NAME, kind, target, "unknown", reason))
    at_sea = (
        HazardGap(NAME, "link", link.id, "none", "conflict at sea is a state of the corridors")
        for link in network.links
        if link.mode not in LAND_MODES
    )
    return (*made, *at_sea)


KIND = HazardKind(NAME, "Security", 30, outages, gaps, of_targets=of_targets)
