"""The registry of events: every kind with its key in a scenario file and its options, one file for each kind.

A module of this package that holds an EventKind called KIND is found by itself; `register` adds a kind from elsewhere.
Scenario files, the command line and `Study.shock` read nothing but this list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from sogdia.declarations import declarations
from sogdia.market import events as package
from sogdia.market.events.clause import Clause, Percent
from sogdia.market.events.effects import Event


@dataclass(frozen=True, slots=True)
class EventOption:
    """One way to write an event in a line of text.

    name: of the option and the keyword. help: one line with an example. make: the event that a clause says. number,
    destinations: whether the clause takes "=NUMBER" and ":BUYER,BUYER". percent: what a percentage means.
    """

    name: str
    help: str
    make: Callable[[Clause], Event]
    number: bool = True
    destinations: bool = True
    percent: Percent = "no"


@dataclass(frozen=True, slots=True)
class EventKind:
    """A kind of event. key: its name in a scenario file, where it takes the fields of the record `event`.

    order: where it stands among the others in lists and help.
    """

    key: str
    event: type[Event]
    options: tuple[EventOption, ...]
    order: int = 100


_FURTHER: list[EventKind] = []


def register(kind: EventKind) -> None:
    """Add a kind from outside this package; ValueError where its key or an option is taken."""
    taken = {other.key for other in kinds()} | {option.name for option in options()}
    repeated = sorted(taken & {kind.key, *(option.name for option in kind.options)})
    if repeated:
        raise ValueError(f"there is a kind of event or an option called {repeated[0]}")
    _FURTHER.append(kind)


@contextmanager
def registered(kind: EventKind) -> Iterator[None]:
    """A kind that is there inside a `with` block only."""
    register(kind)
    try:
        yield
    finally:
        _FURTHER.remove(kind)


def kinds() -> tuple[EventKind, ...]:
    """Every kind of event, in its order."""
    return tuple(sorted([*_own_kinds(), *_FURTHER], key=lambda kind: (kind.order, kind.key)))


def options() -> tuple[EventOption, ...]:
    """Every option of every kind, in their order."""
    return tuple(option for kind in kinds() for option in kind.options)


@cache
def _own_kinds() -> tuple[EventKind, ...]:
    return declarations(package, "KIND", among_others=True)
