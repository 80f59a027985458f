"""The network as plain arrays for a path search, in the order of the records."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from sogdia.network.records import Network, once_for


@dataclass(frozen=True, slots=True)
class NetworkArrays:
    """Arrays over links, and over arcs: each two-way link is two arcs.

    place_ids, link_ids: labels, in order;
    start, end: position of the ends of each link, shape (links,);
    km, hours: shape (links,) [km, h]; capacity_t_per_year: shape (links,) [t/yr], NaN where unknown;
    planned: shape (links,), True for links that do not exist yet;
    tail, head, arc_link: shape (2 links,): the first half runs start to end, the second half back.
    """

    place_ids: tuple[str, ...]
    link_ids: tuple[str, ...]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    km: NDArray[np.float64]
    hours: NDArray[np.float64]
    capacity_t_per_year: NDArray[np.float64]
    planned: NDArray[np.bool_]
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    arc_link: NDArray[np.int64]


def to_arrays(network: Network) -> NetworkArrays:
    """The network as arrays, made once and not to be written to; positions are those of its places and links."""
    return once_for(network, "arrays", lambda: _arrays(network))


def _arrays(network: Network) -> NetworkArrays:
    position = {place.id: index for index, place in enumerate(network.places)}
    start = np.array([position[link.start] for link in network.links], dtype=np.int64)
    end = np.array([position[link.end] for link in network.links], dtype=np.int64)
    capacity = [np.nan if link.capacity_t_per_year is None else link.capacity_t_per_year for link in network.links]
    index = np.arange(len(network.links), dtype=np.int64)
    arrays = NetworkArrays(
        place_ids=tuple(position),
        link_ids=tuple(link.id for link in network.links),
        start=start,
        end=end,
        km=np.array([link.km for link in network.links], dtype=np.float64),
        hours=np.array([link.hours for link in network.links], dtype=np.float64),
        capacity_t_per_year=np.array(capacity, dtype=np.float64),
        planned=np.array([link.status == "planned" for link in network.links], dtype=np.bool_),
        tail=np.concatenate([start, end]),
        head=np.concatenate([end, start]),
        arc_link=np.concatenate([index, index]),
    )
    for field in fields(arrays):
        if isinstance(column := getattr(arrays, field.name), np.ndarray):
            column.setflags(write=False)
    return arrays
