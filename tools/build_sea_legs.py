"""Measure every voyage between the ocean ports of the network, and write the two packaged tables.

Run once after a port is added or moved: `python tools/build_sea_legs.py`. Takes a few minutes; the package
itself never measures its own sea legs.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import combinations
from math import cos, hypot, radians
from pathlib import Path

from sogdia.network.embedded import embedded_places, embedded_sea_rules
from sogdia.network.geometry import EARTH_RADIUS_KM, great_circle_km
from sogdia.network.parse_network import SEA_LEG_COLUMNS
from sogdia.network.parse_sea import SEA_PATH_COLUMNS
from sogdia.network.records import Place, link_id
from sogdia.network.sea import Voyage, voyages

TABLES = Path(__file__).parents[1] / "src/sogdia/network/tables"
DRAWING_TOLERANCE_KM = 15.0
"""No point of the sea lane lies farther from the drawn course than this, before its bends are rounded."""
LONGEST_DRAWN_KM = 1500.0
"""A longer stretch is halved: a map may draw it as a great circle, as a rhumb line, or straight in degrees."""

SEAROUTE, SOURCE_ID = "1.6.0", "SEAROUTE_1_6_0"
"""The version that measures, and its row in the table of sources."""

NEIGHBOURS_KM = 3000.0
"""Destinations of two countries are joined when they are no farther apart, by great circle."""

Point = tuple[float, float]


def legs() -> Iterator[tuple[str, str, Voyage]]:
    """Both ports and the voyage, for all pairs that `joined` names and all alternatives."""
    places, rules = embedded_places(), embedded_sea_rules()
    ports = [place for kind in ("port_ocean", "destination") for place in places if place.kind == kind]
    for start, end in combinations(ports, 2):
        if joined(start, end):
            for leg in voyages(start, end, rules):
                yield start.id, end.id, leg


def joined(start: Place, end: Place) -> bool:
    """All pairs of ports but destinations of two far countries: nothing here sails from importer to importer."""
    near = great_circle_km(start.lat, start.lon, end.lat, end.lon) <= NEIGHBOURS_KM
    return near or start.country == end.country or "port_ocean" in (start.kind, end.kind)


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
    with (
        (TABLES / "sea_legs.csv").open("w", newline="", encoding="utf-8") as leg_file,
        (TABLES / "sea_paths.csv").open("w", newline="", encoding="utf-8") as path_file,
    ):
        leg_table = csv.writer(leg_file, lineterminator="\n")
        path_table = csv.writer(path_file, lineterminator="\n")
        leg_table.writerow(SEA_LEG_COLUMNS)
        path_table.writerow(SEA_PATH_COLUMNS)
        for start, end, leg in legs():
            snaps = (round(leg.snap_start_km, 1), round(leg.snap_end_km, 1))
            chokepoints = ";".join(leg.chokepoints)
            leg_table.writerow((start, end, round(leg.km), chokepoints, *snaps, SOURCE_ID, "derived"))
            points = ";".join(f"{lon:.1f} {lat:.1f}" for lon, lat in simplified(leg.path))
            path_table.writerow((link_id(start, end, "sea", leg.chokepoints), points))
            print(start, end, round(leg.km), chokepoints or "open sea")


if __name__ == "__main__":
    main()
