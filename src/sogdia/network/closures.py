"""What is closed or built, given as ids (CHN, suez, russia_sanctions, customs), turned into effects on the network.

A name is looked up as a corridor state, a country of the network, a chokepoint, a place, a border and a link,
in this order. A name that is given twice counts once: nothing is built twice, and no state holds twice. Two
different names that act on the same border both act, and their factors multiply: what one leaves, the other
lengthens or shortens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from sogdia.errors import unknown
from sogdia.network.changes import NAMED, Effect, State, TargetKind, Upgrade, positions_of
from sogdia.network.records import Network


def effects_of_closing(network: Network, names: Iterable[str], states: Sequence[State] = ()) -> tuple[Effect, ...]:
    """The effects of closing everything named; `UnknownNameError` with the nearest names otherwise."""
    by_id = {state.id: state for state in states}
    kinds = targets(network)
    effects: list[Effect] = []
    for name in once(names):
        if name in by_id:
            effects += by_id[name].effects
            continue
        kind = next((kind for kind, known in kinds.items() if name in known), None)
        if kind is None:
            raise unknown("closure", name, {*by_id, *(known for ids in kinds.values() for known in ids)})
        effects.append(closing(kind, name))
    return tuple(effects)


def effects_of_upgrades(upgrades: Sequence[Upgrade], names: Iterable[str]) -> tuple[Effect, ...]:
    """The effects of everything named being built; `UnknownNameError` with the nearest names otherwise."""
    by_id = {upgrade.id: upgrade for upgrade in upgrades}
    effects: list[Effect] = []
    for name in once(names):
        if name not in by_id:
            raise unknown("upgrade", name, by_id)
        effects += by_id[name].effects
    return tuple(effects)


def once(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in the order of its first mention.

    >>> once(["customs", "suez", "customs"])
    ('customs', 'suez')
    """
    return tuple(dict.fromkeys(names))


def closing(kind: TargetKind, name: str) -> Effect:
    """The effect that closes one target because the user says so."""
    return Effect(kind, name, "closed", None, source_ids=(), evidence="assumed", note="asked for by the user")


def targets(network: Network) -> dict[TargetKind, AbstractSet[str]]:
    """Everything in a network that a closure or an effect may name, by kind."""
    return {kind: positions_of(network, kind).keys() for kind in NAMED}
