"""The question about the hazards of a target: its outages by cause, one row for each target and cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from sogdia import arguments
from sogdia.data import Store
from sogdia.errors import wrong_argument
from sogdia.hazards.climate import effects
from sogdia.hazards.code_level import CODE_LEVELS, CodeLevel
from sogdia.hazards.conflict.incidents import RADIUS_KM, user_incidents
from sogdia.hazards.kind import HazardAction, HazardKind
from sogdia.hazards.options import TODAY_C, HazardOptions
from sogdia.hazards.outage import Outage
from sogdia.hazards.outburst.basins import peak_formulas
from sogdia.hazards.outburst.user_paths import user_paths
from sogdia.hazards.profile import ActionValue, HazardProfile, PeakFlow, days_per_year
from sogdia.hazards.registry import checked, hazards
from sogdia.hazards.seismic.user_curves import user_curves
from sogdia.hazards.targets import HazardTarget, target_named
from sogdia.network.changes import State
from sogdia.network.corridors import Corridors
from sogdia.network.records import Network
from sogdia.uncertain import Range

ACTION_NOTE = (
    "An action's days a year are those of its hazard at everything asked about, before and after it; its cost is an "
    "assumption with a wide range."
)
UNKNOWN_NOTE = "Unknown is not none: a hazard that is listed as unknown may happen here, and no figure of it is known."
LOSS_NOTE = (
    "The loss of glaciers at a level of warming is committed: it is reached over centuries. A figure such as -78 % for "
    "Central Asia is such a loss, not one for 2100."
)


SMALLEST_M3, LARGEST_M3 = 1e3, 2e10
"""Of lakes that can burst: the largest is Sarez, 17 km3."""


def options_of(
    network: Network, *, code_level: str | None = None, asset: str | None = None, warming: float | None = None,
    actions: str | Sequence[str] = (), curves: Path | str | None = None, flow_paths: Path | str | None = None,
    incidents: Path | str | None = None, radius_km: float | None = None,
) -> HazardOptions:  # fmt: skip
    """The options as a user states them, with files read; InputError or UnknownNameError for what is wrong."""
    return checked(
        HazardOptions(
            code_level=_level(code_level),
            asset=None if asset is None else _asset(arguments.name("asset", asset, "process_plant")),
            warming_c=TODAY_C if warming is None else arguments.number("warming", warming, 2.0),
            actions=tuple(dict.fromkeys(arguments.names("actions", actions, "drainage"))),
            curves={} if curves is None else user_curves(arguments.path("curves", curves), network),
            flow_paths=() if flow_paths is None else user_paths(arguments.path("flow_paths", flow_paths), network),
            incidents=None if incidents is None else user_incidents(
                arguments.path("incidents", incidents), network,
                RADIUS_KM if radius_km is None else arguments.number("radius_km", radius_km, RADIUS_KM),
            ),
        )
    )  # fmt: skip


def _level(name: str | None) -> CodeLevel | None:
    if name is None:
        return None
    for level in CODE_LEVELS:
        if level == name:
            return level
    raise wrong_argument("code_level", f"a code level is one of {', '.join(CODE_LEVELS)}", "Name one of them.", name)


def _asset(name: str) -> str:
    from sogdia.hazards.seismic.damage import fragilities_up_to

    return fragilities_up_to(name, "low")[0].asset


def peak_flows(volume_m3: float | None) -> tuple[PeakFlow, ...]:
    """The peak discharge of an outburst of this volume, by each formula."""
    if volume_m3 is None:
        return ()
    volume = arguments.number("lake_volume_m3", volume_m3, 1e6)
    if not SMALLEST_M3 <= volume <= LARGEST_M3:
        rule = f"the volume of a lake is {SMALLEST_M3:g} to {LARGEST_M3:g} m3"
        raise wrong_argument("lake_volume_m3", rule, "Is it in million m3? E.g. 1000000.", volume_m3)
    return tuple(PeakFlow(formula, volume, formula.discharge(volume)) for formula in peak_formulas())


def profile(
    corridors: Corridors, store: Store, text: str, options: HazardOptions, lake_volume_m3: float | None = None
) -> HazardProfile:
    """The hazards of the place, link, border or country of this id or name."""
    network = corridors.network
    target, peaks = target_named(corridors, text), peak_flows(lake_volume_m3)
    by_kind = {kind.name: outages_of(kind, network, store, options, target) for kind in hazards()}
    found = sorted(
        (outage for outages in by_kind.values() for outage in outages),
        key=lambda o: (-o.days_per_year, o.hazard, o.target, o.cause),
    )
    gaps = tuple(
        gap for kind in hazards() for gap in kind.gaps(network, store, options) if gap.target in target.members
    )
    climate = tuple(effects(target.countries[0], options.warming_c)) if target.countries else ()
    actions = tuple(
        ActionValue(action, days_per_year(by_kind[kind.name]), _after(kind, action, network, store, options, target))
        for kind in hazards()
        for action in kind.actions()
        if by_kind[kind.name] and action.name not in options.actions
    )
    notes = [ACTION_NOTE] if actions else []
    notes += [UNKNOWN_NOTE] if any(gap.status == "unknown" for gap in gaps) else []
    notes += [LOSS_NOTE] if climate else []
    states = tuple(state for state in corridors.states if _closes(network, state, target))
    return HazardProfile(target, options, tuple(found), gaps, states, climate, actions, peaks, tuple(notes))


def outages_of(
    kind: HazardKind, network: Network, store: Store, options: HazardOptions, target: HazardTarget
) -> tuple[Outage, ...]:
    """The outages of one kind at a target, those of one cause and length as one."""
    if kind.of_targets is not None:
        return merged(kind.of_targets(network, store, options, target.members))
    return merged(outage for outage in kind.outages(network, store, options) if outage.target in target.members)


def merged(outages: Iterable[Outage]) -> tuple[Outage, ...]:
    """Outages that differ in their events alone as one, with the sum of their rates and no event."""
    found: dict[tuple[object, ...], Outage] = {}
    for outage in outages:
        key = (outage.cause, outage.target_kind, outage.target, outage.days, outage.note)
        before = found.get(key)
        rate = outage.rate_per_year
        if before is not None:
            so_far = before.rate_per_year
            rate = Range(so_far.low + rate.low, so_far.central + rate.central, so_far.high + rate.high)
        found[key] = replace(outage, rate_per_year=rate, event_id=None)
    return tuple(found.values())


def _after(
    kind: HazardKind, action: HazardAction, network: Network, store: Store, options: HazardOptions,
    target: HazardTarget,
) -> Range:  # fmt: skip
    done = replace(options, actions=(*options.actions, action.name))
    return days_per_year(outages_of(kind, network, store, done, target))


def _closes(network: Network, state: State, target: HazardTarget) -> bool:
    """Whether a state shuts what is asked about: the target, its country, or the crossing or strait of a link."""
    names = {target.id, *target.countries}
    if target.kind == "link":
        link = network.link(target.id)
        names |= {link.start, link.end, *link.chokepoints, *(() if link.border is None else (link.border,))}
    if target.kind == "country":
        names |= target.members
    return any(effect.attribute == "closed" and effect.target in names for effect in state.effects)
