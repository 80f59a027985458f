"""The graph on which cargo moves: places split by mode and gauge, so that changing trains has a cost.

Handling depends on the link before and the link after, which a plain graph of places cannot price. So each
place has an entry (where cargo is loaded), an exit (where it is unloaded), and a platform for every mode and
track gauge that meets there; for ships one where they arrive and one where they leave, as each voyage is
loaded anew. Moving between platforms is an arc with its operation; a train or truck that stays on one platform
runs on at no cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sogdia.network import Link, Network, operation_between, to_arrays
from sogdia.network.rates import OPERATIONS
from sogdia.network.records import MODES, once_for
from sogdia.routing import Graph

IntArray = NDArray[np.int64]
Kind = tuple[str, int | None]
"""Mode and gauge in mm: what runs on over one platform."""

LOAD, UNLOAD = OPERATIONS.index("load"), OPERATIONS.index("unload")


@dataclass(frozen=True, slots=True, eq=False)
class Platforms:
    """The graph on which cargo moves.

    The entry of place p is node p, its exit is node places + p, platforms follow. Arcs of handling come first, then
    each link's arc onwards and back.
    arc_link: shape (arcs,), position in `network.links` of the link that an arc runs on, -1 for handling;
    arc_place: shape (arcs,), position in `network.places` of handling, -1 on a link;
    arc_operation: shape (arcs,), position in `rates.OPERATIONS` of handling, -1 on a link;
    arc_boards: shape (arcs,), position in `records.MODES` of what handling boards, -1 on a link and where it unloads;
    place_of: shape (nodes,), the place that each node belongs to.
    """

    graph: Graph
    places: int
    arc_link: IntArray
    arc_place: IntArray
    arc_operation: IntArray
    arc_boards: IntArray
    place_of: IntArray

    @property
    def handled(self) -> slice:
        """The arcs of handling."""
        return slice(0, int(np.searchsorted(self.arc_link, 0)))

    @property
    def on_link(self) -> slice:
        """The arcs on links."""
        return slice(self.handled.stop, self.graph.arcs)

    def entry(self, place: int) -> int:
        """The node where cargo of this place is loaded."""
        return place

    def exit(self, place: int) -> int:
        """The node where cargo for this place has been unloaded."""
        return self.places + place


class _Arc(NamedTuple):
    tail: int
    head: int
    link: int = -1
    place: int = -1
    operation: int = -1
    boards: int = -1


def platforms(network: Network) -> Platforms:
    """Split the places of a network, once; every link, open or not, gets an arc each way."""
    return once_for(network, "platforms", lambda: _platforms(network))


def _platforms(network: Network) -> Platforms:
    count = len(network.places)
    meeting: list[dict[Kind, Link]] = [{} for _ in network.places]
    arrays = to_arrays(network)
    for link, start, end in zip(network.links, arrays.start.tolist(), arrays.end.tolist(), strict=True):
        for place in (start, end):
            meeting[place].setdefault((link.mode, link.gauge_mm), link)
    arrive: dict[tuple[int, Kind], int] = {}
    leave: dict[tuple[int, Kind], int] = {}
    place_of = [*range(count), *range(count)]
    for place, kinds in enumerate(meeting):
        for kind, link in kinds.items():
            runs_on = operation_between(link, link) is None
            arrive[place, kind] = len(place_of)
            leave[place, kind] = len(place_of) if runs_on else len(place_of) + 1
            place_of += [place] if runs_on else [place, place]
    arcs = [arc for place, kinds in enumerate(meeting) for arc in _handling(place, kinds, arrive, leave, count)]
    for position, (link, start, end) in enumerate(
        zip(network.links, arrays.start.tolist(), arrays.end.tolist(), strict=True)
    ):
        kind = (link.mode, link.gauge_mm)
        arcs.append(_Arc(leave[start, kind], arrive[end, kind], link=position))
        arcs.append(_Arc(leave[end, kind], arrive[start, kind], link=position))
    columns = dict(zip(_Arc._fields, zip(*arcs, strict=True), strict=True)) if arcs else dict.fromkeys(_Arc._fields, ())
    return Platforms(
        graph=Graph(len(place_of), columns["tail"], columns["head"]),
        places=count,
        arc_link=np.array(columns["link"], dtype=np.int64),
        arc_place=np.array(columns["place"], dtype=np.int64),
        arc_operation=np.array(columns["operation"], dtype=np.int64),
        arc_boards=np.array(columns["boards"], dtype=np.int64),
        place_of=np.array(place_of, dtype=np.int64),
    )


def _handling(
    place: int,
    kinds: dict[Kind, Link],
    arrive: dict[tuple[int, Kind], int],
    leave: dict[tuple[int, Kind], int],
    count: int,
) -> list[_Arc]:
    """Loading, unloading, and the changes between the platforms of one place."""
    arcs = []
    for kind, link in kinds.items():
        arcs.append(_Arc(place, leave[place, kind], place=place, operation=LOAD, boards=MODES.index(link.mode)))
        arcs.append(_Arc(arrive[place, kind], count + place, place=place, operation=UNLOAD))
        for other, leaving in kinds.items():
            operation = operation_between(link, leaving)
            if operation is not None:
                code = OPERATIONS.index(operation)
                boards = MODES.index(leaving.mode)
                arcs.append(_Arc(arrive[place, kind], leave[place, other], place=place, operation=code, boards=boards))
    return arcs
