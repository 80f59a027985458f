"""Make src/sogdia/basemap/countries.json from the npm package world-atlas (Natural Earth 1:110m, public domain).

    python tools/build_basemap.py [FOLDER]     FOLDER: an unpacked package; without it, `npm pack` fetches the package

Country outlines are simplified arc by arc (so that neighbours keep a common border), rounded to a tenth of a degree
and named by the codes of Sogdia: M49 to ISO alpha-3; Kosovo, which has no M49 code, by its name. Somaliland is drawn
with Somalia, whose trade figures include it; Antarctica is left out; Northern Cyprus stays without a code.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from sogdia.codes import countries

PACKAGE = "world-atlas@2.0.2"
FILE = "countries-110m.json"
TARGET = Path(__file__).parents[1] / "src" / "sogdia" / "basemap" / "countries.json"
TOLERANCE_DEGREES = 0.4
DIGITS = 1
CODE_BY_NAME = {"Kosovo": "XKX", "Somaliland": "SOM"}
LEFT_OUT = {"Antarctica"}
SOURCE_ID = "NATURAL_EARTH"
RING_POINTS = 4

Point = tuple[float, float]
Line = list[Point]


def main(arguments: list[str]) -> None:
    """Write the basemap and say how large it is."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(arguments[0]) if arguments else fetch(Path(scratch))
        topology = json.loads((folder / FILE).read_text(encoding="utf-8"))
    outlines = features(topology)
    content = {"type": "FeatureCollection", "source_id": SOURCE_ID, "features": outlines}
    TARGET.write_text(json.dumps(content, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(outlines)} outlines, {TARGET.stat().st_size / 1000:.0f} kB")


def fetch(scratch: Path) -> Path:
    """Download and unpack the package."""
    subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=scratch, check=True)
    with tarfile.open(next(scratch.glob("*.tgz"))) as archive:
        archive.extractall(scratch, filter="data")
    return scratch / "package"


def features(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """GeoJSON features by country code, the property iso3 ("" where an outline has none)."""
    by_m49 = {c.m49: c.iso3 for c in countries().values() if c.m49}
    arcs = [simplified(line) for line in decoded(topology)]
    made: dict[str, list[Any]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [[ring for part in polygon if (ring := joined(part, arcs))] for polygon in polygons]
        coordinates = [polygon for polygon in rings if polygon]
        if name in LEFT_OUT or not coordinates:
            continue
        code = by_m49.get(shape.get("id", ""), CODE_BY_NAME.get(name, ""))
        made.setdefault(code, []).extend(coordinates)
    return [
        {
            "type": "Feature",
            "properties": {"iso3": code},
            "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
        }
        for code, coordinates in sorted(made.items())
    ]


def decoded(topology: dict[str, Any]) -> list[Line]:
    """The arcs of a TopoJSON topology in degrees: delta-coded whole numbers times scale plus offset."""
    (scale_x, scale_y), (offset_x, offset_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale_x + offset_x, y * scale_y + offset_y))
        lines.append(line)
    return lines


def simplified(line: Line) -> Line:
    """Douglas-Peucker: points nearer than the tolerance to the chord of their neighbours are dropped."""
    if len(line) <= RING_POINTS:
        return line
    first, last = line[0], line[-1]
    if first == last:
        middle = len(line) // 2
        return [*simplified(line[: middle + 1])[:-1], *simplified(line[middle:])]
    distances = [distance(point, first, last) for point in line[1:-1]]
    farthest = max(range(len(distances)), key=distances.__getitem__)
    if distances[farthest] <= TOLERANCE_DEGREES:
        return [first, last]
    cut = farthest + 1
    return [*simplified(line[: cut + 1])[:-1], *simplified(line[cut:])]


def distance(point: Point, first: Point, last: Point) -> float:
    """Distance of a point from the segment between two others, in degrees."""
    (x, y), (ax, ay), (bx, by) = point, first, last
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return float(((x - ax - along * (bx - ax)) ** 2 + (y - ay - along * (by - ay)) ** 2) ** 0.5)


def joined(part: list[int], arcs: list[Line]) -> Line:
    """A ring from its arcs (a negative number is an arc walked backwards); empty when too small to draw."""
    ring: Line = []
    for number in part:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += line[1:] if ring else line
    rounded = [(round(x, DIGITS), round(y, DIGITS)) for x, y in ring]
    thinned = [point for i, point in enumerate(rounded) if i == 0 or point != rounded[i - 1]]
    return thinned if len(thinned) >= RING_POINTS else []


if __name__ == "__main__":
    main(sys.argv[1:])
