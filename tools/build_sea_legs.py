"""Measure every voyage from the loading ports to the destinations, and write the two packaged tables.

Run once after a port is added or moved: `python tools/build_sea_legs.py`. Takes a few minutes; the package
itself never measures its own sea legs.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

from sogdia.corridors.network.embedded import embedded_places, embedded_sea_rules
from sogdia.corridors.network.geometry import great_circle_km
from sogdia.corridors.network.parse_network import SEA_LEG_COLUMNS
from sogdia.corridors.network.parse_sea import SEA_PATH_COLUMNS
from sogdia.corridors.network.records import link_id
from sogdia.corridors.network.sea import Voyage, voyages

TABLES = Path(__file__).parents[1] / "src/sogdia/corridors/network/tables"
DRAWING_TOLERANCE_KM = 15.0
"""A point is left out of the drawn course if that shortens the course by no more than this."""
LONGEST_DRAWN_KM = 1500.0
"""A longer stretch keeps its points, or it would leave its great circle on a map."""

Point = tuple[float, float]


def legs() -> Iterator[tuple[str, str, Voyage]]:
    """Loading port, destination and voyage, for all pairs and all alternatives."""
    places, rules = embedded_places(), embedded_sea_rules()
    for start in (place for place in places if place.kind == "port_ocean"):
        for end in (place for place in places if place.kind == "destination"):
            for leg in voyages(start, end, rules):
                yield start.id, end.id, leg


def simplified(path: Sequence[Point]) -> tuple[Point, ...]:
    """The course with fewer points: those are dropped that lie near the great circle of their neighbours."""
    kept = [path[0]]
    for point, following in pairwise(path[1:]):
        before = kept[-1]
        detour = _km(before, point) + _km(point, following) - _km(before, following)
        if detour > DRAWING_TOLERANCE_KM or _km(before, following) > LONGEST_DRAWN_KM:
            kept.append(point)
    return (*kept, path[-1])


def _km(a: Point, b: Point) -> float:
    return great_circle_km(a[1], a[0], b[1], b[0])


def main() -> None:
    source = f"searoute {version('searoute')}, computed by tools/build_sea_legs.py"
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
            leg_table.writerow((start, end, round(leg.km), chokepoints, *snaps, source, "derived"))
            points = ";".join(f"{lon:.1f} {lat:.1f}" for lon, lat in simplified(leg.path))
            path_table.writerow((link_id(start, end, "sea", leg.chokepoints), points))
            print(start, end, round(leg.km), chokepoints or "open sea")


if __name__ == "__main__":
    main()
