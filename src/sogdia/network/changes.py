"""Changes of the network: states, which close or slow links, and upgrades, which open or ease them.

Both are lists of effects on named targets; one function, `links_touched`, says which links an effect means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from sogdia.errors import unknown
from sogdia.network.records import Link, Network
from sogdia.tabular.evidence import Evidence
from sogdia.uncertain import Range

TargetKind = Literal["country", "chokepoint", "place", "link", "border"]
Attribute = Literal[
    "closed",
    "opened",
    "hours_factor",
    "cost_factor",
    "capacity_factor",
    "capacity_t_per_year",
    "border_hours_factor",
    "border_cost_factor",
    "handling_hours_factor",
    "handling_cost_factor",
    "trade_cost_factor",
    "formalities_factor",
]
Standing = Literal["open", "limited", "shut"]
UpgradeKind = Literal["customs", "logistics", "second_track", "new_line", "terminal"]

TARGET_KINDS: tuple[TargetKind, ...] = get_args(TargetKind)
ATTRIBUTES: tuple[Attribute, ...] = get_args(Attribute)
STANDINGS: tuple[Standing, ...] = get_args(Standing)
UPGRADE_KINDS: tuple[UpgradeKind, ...] = get_args(UpgradeKind)
SWITCHES: frozenset[Attribute] = frozenset({"closed", "opened"})
"""Attributes without a figure: the link is shut, or a planned link exists."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One change to every link that touches the target.

    value: None for the switches; a factor multiplies (1 = as today); capacity_t_per_year replaces;
    trade_cost_factor multiplies freight, fees and dues on the links touched; formalities_factor, of a country alone,
    the export papers of what originates there.
    """

    target_kind: TargetKind
    target: str
    attribute: Attribute
    value: Range | None
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class State:
    """A condition the corridors can be in.

    common_cause: states of one cause depend on one draw; supply_countries: whose export supply the
    same cause cuts; duration_days: how long; events_per_year: how often it begins, None if unknown; holds_now: whether
    it shuts or limits its targets today, None where nobody knows, since when, and for which blocs of importers it does
    not (usable_by); now_note: what that rests on.
    """

    id: str
    name: str
    common_cause: str
    supply_countries: tuple[str, ...]
    duration_days: Range
    events_per_year: Range | None
    effects: tuple[Effect, ...]
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str
    holds_now: Standing | None = None
    since: str | None = None
    usable_by: tuple[str, ...] = ()
    now_note: str = ""

    def standing(self, bloc: str) -> Standing | None:
        """How its targets stand today for importers of a bloc, None where nobody knows."""
        return "open" if bloc in self.usable_by else self.holds_now


@dataclass(frozen=True, slots=True)
class Upgrade:
    """Something that can be built or reformed; cost_musd and build_years are None if unknown."""

    id: str
    name: str
    kind: UpgradeKind
    cost_musd: Range | None
    build_years: Range | None
    effects: tuple[Effect, ...]
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


NAMED: Mapping[TargetKind, Callable[[Link], tuple[str, ...]]] = {
    "country": lambda link: link.countries,
    "chokepoint": lambda link: link.chokepoints,
    "place": lambda link: (link.start, link.end),
    "border": lambda link: () if link.border is None else (link.border,),
    "link": lambda link: (link.id,),
}
"""By what a target of each kind finds its links."""


def links_touched(network: Network, target_kind: TargetKind, target: str) -> tuple[int, ...]:
    """Positions in `network.links` of the links that a target names, `UnknownNameError` where there is none.

    country: links that need its soil or port; chokepoint: links through it; place: links that end there;
    border: links that cross it; link: the link itself.
    """
    by_name = positions_of(network, target_kind)
    if target not in by_name:
        raise unknown(target_kind, target, set(by_name))
    return by_name[target]


def positions_of(network: Network, target_kind: TargetKind) -> Mapping[str, tuple[int, ...]]:
    """Positions in `network.links` of the links that every target of a kind names, by the target."""
    by_name = network.positions.get(target_kind)
    if by_name is None:
        found: dict[str, dict[int, None]] = {}
        for index, link in enumerate(network.links):
            for name in NAMED[target_kind](link):
                found.setdefault(name, {})[index] = None
        by_name = network.positions[target_kind] = {name: tuple(indices) for name, indices in found.items()}
    return by_name
