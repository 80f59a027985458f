"""Countries, straits, borders and ports as groups of arcs that close together, and that routes may share."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from sogdia.corridors.conditions import BoolArray
from sogdia.corridors.platforms import Platforms
from sogdia.network import Link, Network
from sogdia.network.changes import TargetKind
from sogdia.network.records import FERRY_PORT_KINDS


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """kind and name of each group; members: shape (groups, arcs), the arcs that its closure shuts."""

    kinds: tuple[TargetKind, ...]
    names: tuple[str, ...]
    members: BoolArray


def countries(network: Network, split: Platforms, without: Collection[str] = ()) -> Groups:
    """Every country that links need, except those named."""
    return _groups(network, split, "country", lambda link: link.countries, without)


def chokepoints(network: Network, split: Platforms) -> Groups:
    """Every strait, canal or closed sea that links pass."""
    return _groups(network, split, "chokepoint", lambda link: link.chokepoints)


def borders(network: Network, split: Platforms) -> Groups:
    """Every border crossing."""
    return _groups(network, split, "border", lambda link: () if link.border is None else (link.border,))


def ports(network: Network, split: Platforms, without: Collection[str] = ()) -> Groups:
    """Every port where ships call, as the links that end there, except those named."""
    is_port = {place.id for place in network.places if place.kind in FERRY_PORT_KINDS}
    at_sea = {end for link in network.links if link.mode in ("sea", "ferry") for end in (link.start, link.end)}

    def calls(link: Link) -> tuple[str, ...]:
        return tuple(end for end in (link.start, link.end) if end in is_port & at_sea)

    return _groups(network, split, "place", calls, without)


def only(part: Groups, names: Collection[str]) -> Groups:
    """The groups with these names."""
    kept = [i for i, name in enumerate(part.names) if name in names]
    return Groups(tuple(part.kinds[i] for i in kept), tuple(part.names[i] for i in kept), part.members[kept])


def together(*parts: Groups) -> Groups:
    """Several kinds of groups as one."""
    return Groups(
        tuple(kind for part in parts for kind in part.kinds),
        tuple(name for part in parts for name in part.names),
        np.concatenate([part.members for part in parts]),
    )


def _groups(
    network: Network,
    split: Platforms,
    kind: TargetKind,
    of: Callable[[Link], tuple[str, ...]],
    without: Collection[str] = (),
) -> Groups:
    names = sorted({name for link in network.links for name in of(link)} - set(without))
    by_link = np.zeros((len(names), len(network.links) + 1), dtype=np.bool_)
    row = {name: i for i, name in enumerate(names)}
    for position, link in enumerate(network.links):
        for name in set(of(link)) & set(names):
            by_link[row[name], position] = True
    return Groups((kind,) * len(names), tuple(names), by_link[:, split.arc_link])
