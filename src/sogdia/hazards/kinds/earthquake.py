"""Earthquakes: one event takes every site that it damages, each for as long as its state of damage lasts."""

from __future__ import annotations

from sogdia.data import Store
from sogdia.hazards.actions import packaged_actions
from sogdia.hazards.kind import HazardAction, HazardGap, HazardKind
from sogdia.hazards.options import HazardOptions
from sogdia.hazards.outage import Outage, TargetKind
from sogdia.hazards.seismic.damage import STATES, stays
from sogdia.hazards.seismic.event_set import event_set
from sogdia.hazards.seismic.sites import NAME, Site, sites
from sogdia.network.records import Network
from sogdia.uncertain import Range


def outages(network: Network, store: Store, options: HazardOptions) -> tuple[Outage, ...]:
    """The events of all zones, event by event, and then what no zone's event explains, site by site."""
    found, _ = sites(network, options)
    events = event_set(found, options.seed)
    prototypes = {(at, state): _Stay(site, state) for at, site in enumerate(found) for state in range(len(STATES))}
    made = []
    for damage in events.zones:
        cause = f"earthquake in {damage.zone.name}"
        for number, at, state, rate in zip(
            damage.event.tolist(), damage.site.tolist(), damage.state.tolist(), damage.rate.tolist(), strict=True
        ):
            made.append(prototypes[at, state].outage(cause, rate, f"{NAME}:{damage.zone.id}:{number:06d}"))
    for at in range(len(found)):
        for state, rate in enumerate(events.rest[at].tolist()):
            if rate > 0:
                made.append(prototypes[at, state].outage("earthquake outside the zones", rate, None))
    return tuple(made)


def of_targets(network: Network, store: Store, options: HazardOptions, targets: frozenset[str]) -> tuple[Outage, ...]:
    """The same rates in closed form, without drawing events: one outage for each target and state of damage."""
    made = []
    for site in sites(network, options, targets)[0]:
        for state, rate in enumerate(stays(site.reached).tolist()):
            if rate > 0 and site.restoration(STATES[state]) is not None:
                made.append(_Stay(site, state).outage(f"earthquake, {STATES[state]} damage", rate, None))
    return tuple(made)


def gaps(network: Network, store: Store, options: HazardOptions) -> tuple[HazardGap, ...]:
    """Places without a hazard curve, links with such an end, and ships."""
    return sites(network, options)[1]


def actions() -> tuple[HazardAction, ...]:
    """Hardening: a higher code level."""
    return packaged_actions(NAME)


class _Stay:
    """What the outages of one site in one state of damage have in common."""

    __slots__ = ("days", "evidence", "factors", "kind", "note", "source_ids", "target")

    def __init__(self, site: Site, state: int) -> None:
        restoration = site.restoration(STATES[state])
        self.days = restoration.days if restoration is not None else Range(0.0, 0.0, 0.0)
        self.factors, self.target = site.factors, site.target
        self.kind: TargetKind = "place" if site.target_kind == "place" else "link"
        self.evidence, self.source_ids = ("assumed", ()) if restoration is None else site.evidence_in(STATES[state])
        self.note = f"{STATES[state]} damage; {site.note}"

    def outage(self, cause: str, rate: float, event_id: str | None) -> Outage:
        rates = Range(rate * self.factors.low, rate, rate * self.factors.high)
        return Outage(
            NAME, cause, self.kind, self.target, rates, self.days, self.evidence, self.source_ids, event_id, self.note
        )


KIND = HazardKind(NAME, "Earthquake", 10, outages, gaps, actions, of_targets)
