"""The registry of hazards: every module of `hazards/kinds`, and what a program adds for a while.

Samples of years, answers, command line and documentation all read it, so that a new file in `hazards/kinds` with a
`KIND` is all that a new kind of hazard needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sogdia.data import Store
from sogdia.declarations import added, declarations
from sogdia.errors import Fault, InputError, unknown
from sogdia.hazards import kinds as package
from sogdia.hazards.kind import HazardAction, HazardGap, HazardKind
from sogdia.hazards.options import HazardOptions
from sogdia.hazards.outage import Outage
from sogdia.network.records import Network

_added: list[HazardKind] = []


@cache
def _shipped() -> tuple[HazardKind, ...]:
    return declarations(package, "KIND")


def hazards() -> tuple[HazardKind, ...]:
    """Every kind of hazard, by its order."""
    return tuple(sorted((*_shipped(), *_added), key=lambda kind: (kind.order, kind.name)))


@contextmanager
def register(kind: HazardKind) -> Iterator[None]:
    """Add a kind of hazard as long as the `with` block runs; InputError where another one has its name."""
    if any(kind.name == other.name for other in hazards()):
        rule, remedy = "another kind of hazard has this name", "Choose another name."
        raise InputError([Fault("hazard", rule, remedy, value=kind.name)])
    with added(_added, kind):
        yield


def outages(network: Network, store: Store, options: HazardOptions | None = None) -> tuple[Outage, ...]:
    """The outages of every kind of hazard, kind by kind in their order."""
    asked = checked(options)
    return tuple(outage for kind in hazards() for outage in kind.outages(network, store, asked))


def gaps(network: Network, store: Store, options: HazardOptions | None = None) -> tuple[HazardGap, ...]:
    """Where no kind of hazard gives an outage, and why."""
    asked = checked(options)
    return tuple(gap for kind in hazards() for gap in kind.gaps(network, store, asked))


def hazard_actions() -> dict[str, HazardAction]:
    """Everything that can be done against any hazard, by its name."""
    return {action.name: action for kind in hazards() for action in kind.actions()}


def checked(options: HazardOptions | None) -> HazardOptions:
    """The options, by default those of today; UnknownNameError for an action that no kind of hazard has."""
    asked = options or HazardOptions()
    if asked.actions:
        known = hazard_actions()
        for name in asked.actions:
            if name not in known:
                raise unknown("action against hazards", name, known)
    return asked
