"""Measure every voyage between the ocean ports of the network, and write the two packaged tables.

Run once after a port is added: `python tools/build_sea_legs.py`. Pairs that the tables have already are kept as they
are; the package itself never measures its own sea legs.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.metadata import version
from itertools import combinations
from math import cos, hypot, radians
from pathlib import Path

import numpy as np

from sogdia.network.embedded import embedded_places, embedded_sea_rules
from sogdia.network.geometry import EARTH_RADIUS_KM, great_circle_km
from sogdia.network.parse_network import SEA_LEG_COLUMNS
from sogdia.network.parse_sea import SEA_PATH_COLUMNS
from sogdia.network.records import Place, link_id
from sogdia.network.sea import Voyage, voyages
from sogdia.routing import Graph, shortest_trees

TABLES = Path(__file__).parents[1] / "src/sogdia/network/tables"
DRAWING_TOLERANCE_KM = 15.0
"""No point of the sea lane lies farther from the drawn course than this, before its bends are rounded."""
LONGEST_DRAWN_KM = 1500.0
"""A longer stretch is halved: a map may draw it as a great circle, as a rhumb line, or straight in degrees."""

SEAROUTE, SOURCE_ID = "1.6.0", "SEAROUTE_1_6_0"
"""The version that measures, and its row in the table of sources."""

NEIGHBOURS_KM = 3000.0
"""Destinations of two countries are joined when they are no farther apart, by great circle."""

LONGEST_OVER_SHORTEST = 4.5
"""A way round that is longer than this many times the shortest voyage is no alternative to it."""

Point = tuple[float, float]
Measured = tuple[tuple[str, ...], tuple[str, ...]]
"""A voyage as its rows of `sea_legs.csv` and `sea_paths.csv`."""


def legs(known: Mapping[frozenset[str], Sequence[Measured]]) -> Iterator[Measured]:
    """Every voyage of every pair that `joined` names: as it stands in the tables, measured where they lack the pair."""
    places, rules = embedded_places(), embedded_sea_rules()
    ports = [place for kind in ("port_ocean", "destination") for place in places if place.kind == kind]
    for start, end in combinations(ports, 2):
        pair = frozenset((start.id, end.id))
        if pair in known:
            yield from known[pair] if joined(start, end) else ()
        elif joined(start, end):
            print(start.id, end.id)
            found = voyages(start, end, rules)
            for leg in found:
                if leg.km <= LONGEST_OVER_SHORTEST * found[0].km:
                    yield measured(start.id, end.id, leg)


def measured(start: str, end: str, leg: Voyage) -> Measured:
    """A voyage as a row of each table."""
    chokepoints = ";".join(leg.chokepoints)
    snaps = (f"{leg.snap_start_km:.1f}", f"{leg.snap_end_km:.1f}")
    points = ";".join(f"{lon:.1f} {lat:.1f}" for lon, lat in simplified(leg.path))
    row = (start, end, str(round(leg.km)), chokepoints, *snaps, SOURCE_ID, "derived")
    return row, (link_id(start, end, "sea", leg.chokepoints), points)


def in_the_tables() -> dict[frozenset[str], list[Measured]]:
    """The rows of both tables by pair of ports; a port that has moved must have its rows deleted first."""
    rows = [list(csv.reader((TABLES / name).open(encoding="utf-8")))[1:] for name in ("sea_legs.csv", "sea_paths.csv")]
    known: dict[frozenset[str], list[Measured]] = {}
    for leg, path in zip(*rows, strict=True):
        known.setdefault(frozenset(leg[:2]), []).append((tuple(leg), tuple(path)))
    return known


def joined(start: Place, end: Place) -> bool:
    """All near pairs, and of the far ones those of which one end buys: a port of destination, or one of China.

    Nothing here sails from importer to importer, nor from one far exporter to another.
    """
    near = great_circle_km(start.lat, start.lon, end.lat, end.lon) <= NEIGHBOURS_KM
    buys = [place.kind == "destination" or place.country == "CHN" for place in (start, end)]
    sells = [place.kind == "port_ocean" for place in (start, end)]
    return near or start.country == end.country or (any(buys) and any(sells))


def share_searches() -> None:
    """Let searoute look up its shortest ways in trees from one port, one tree for each set of barred passages."""
    from searoute.classes.marnet import Marnet
    from searoute.searoute import setup_M

    lanes = setup_M(None)
    nodes = list(lanes.nodes)
    position = {node: index for index, node in enumerate(nodes)}
    edges = list(lanes.edges(data=True))
    ends = [[position[edge[side]] for edge in edges] for side in (0, 1)]
    graph = Graph(len(nodes), ends[0] + ends[1], ends[1] + ends[0])
    km = np.array([float(data["weight"]) for _, _, data in edges] * 2)
    passage = np.array([str(data.get("passage")) for _, _, data in edges] * 2)

    @cache
    def tree(start: int, barred: frozenset[str]) -> object:
        return shortest_trees(graph, np.where(np.isin(passage, sorted(barred)), np.inf, km), [start])

    def shortest_path(self: Marnet, start: Sequence[float], end: Sequence[float], _: object = None) -> object:
        ends = [position[self.kdtree.query(place)] for place in (start, end)]
        path = tree(ends[0], frozenset(map(str, self.restrictions))).path(0, ends[1])
        return (path.cost, [nodes[i] for i in path.nodes]) if path.found else (float("inf"), None)

    Marnet.shortest_path = shortest_path


def simplified(path: Sequence[Point]) -> tuple[Point, ...]:
    """Douglas-Peucker: the course with those bends alone that it needs to stay within the tolerance of the path.

    path: (lon, lat) in degrees; a stretch is cut at its point farthest from the chord while that is too far off.
    """
    kept = [path[0]]
    stretches = [(0, len(path) - 1)]
    while stretches:
        first, last = stretches.pop()
        between = range(first + 1, last)
        apart = [off_chord_km(path[i], path[first], path[last]) for i in between]
        long = great_circle_km(path[first][1], path[first][0], path[last][1], path[last][0]) > LONGEST_DRAWN_KM
        if apart and (long or max(apart) > DRAWING_TOLERANCE_KM):
            far = max(apart) > DRAWING_TOLERANCE_KM
            cut = between[apart.index(max(apart))] if far else (first + last) // 2
            stretches += [(cut, last), (first, cut)]
        else:
            kept.append(path[last])
    return tuple(kept)


def off_chord_km(point: Point, first: Point, last: Point) -> float:
    """Distance in km of a point from the line between two others, straight in degrees as maps draw it."""
    per_lat = radians(EARTH_RADIUS_KM)
    per_lon = per_lat * cos(radians(point[1]))
    (ax, ay), (bx, by) = (
        (((end[0] - point[0] + 180) % 360 - 180) * per_lon, (end[1] - point[1]) * per_lat) for end in (first, last)
    )
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    along = max(0.0, min(1.0, -(ax * dx + ay * dy) / square)) if square else 0.0
    return hypot(ax + along * dx, ay + along * dy)


def main() -> None:
    if version("searoute") != SEAROUTE:
        raise SystemExit(f"the table of sources names searoute {SEAROUTE}: install it, or add the source you have")
    share_searches()
    rows = list(legs(in_the_tables()))
    for name, header, column in (("sea_legs.csv", SEA_LEG_COLUMNS, 0), ("sea_paths.csv", SEA_PATH_COLUMNS, 1)):
        with (TABLES / name).open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(header)
            table.writerows(row[column] for row in rows)


if __name__ == "__main__":
    main()
