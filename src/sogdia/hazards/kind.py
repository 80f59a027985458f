"""A kind of hazard: a name, and functions that give its outages and say where nothing is known of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sogdia.data import Store
from sogdia.hazards.options import HazardOptions
from sogdia.hazards.outage import Outage, TargetKind
from sogdia.network.records import Network
from sogdia.tabular.evidence import Evidence
from sogdia.uncertain import Range

Outages = Callable[[Network, Store, HazardOptions], tuple[Outage, ...]]


@dataclass(frozen=True, slots=True)
class HazardGap:
    """A target of which a kind of hazard gives no outages, and why: nothing is known, or it is counted elsewhere.

    status: `unknown` where the data are missing, `counted` where the same hazard is a state of the corridors,
    `none` where the kind of hazard cannot happen to such a target.
    """

    hazard: str
    target_kind: TargetKind
    target: str
    status: str
    reason: str
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HazardAction:
    """Something that makes outages rarer or shorter, by its name in `HazardOptions.actions`.

    rate_factor, days_factor: what is left of the rate and of the days, None where the kind computes it itself;
    cost: what it costs in `cost_unit`, None where unknown.
    """

    name: str
    hazard: str
    label: str
    rate_factor: Range | None
    days_factor: Range | None
    cost: Range | None
    cost_unit: str
    evidence: Evidence
    source_ids: tuple[str, ...]
    note: str = ""


OutagesOfTargets = Callable[[Network, Store, HazardOptions, frozenset[str]], tuple[Outage, ...]]
Gaps = Callable[[Network, Store, HazardOptions], tuple[HazardGap, ...]]


@dataclass(frozen=True, slots=True)
class HazardKind:
    """One kind of hazard. `outages` gives every outage of the network's places, links and borders that is known.

    name: as in `Outage.hazard`; label: for reading; order: its place in lists; gaps: the targets without outages, and
    why; actions: what can be done against it; of_targets: the same rates for some targets, without the events that they
    share, where that is cheaper or says more than `outages`.
    """

    name: str
    label: str
    order: int
    outages: Outages
    gaps: Gaps = lambda network, store, options: ()
    actions: Callable[[], tuple[HazardAction, ...]] = lambda: ()
    of_targets: OutagesOfTargets | None = None
