"""A user's own network drawn on a map: a GeoJSON collection of points (places) and lines (links).

The `properties` of a feature have the names of the CSV columns, and positions come from the geometry (longitude
first). A line without km is measured along its points. In faults, the row is the number of the feature, counted from 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from sogdia.errors import MAX_FAULTS_COUNTED, Fault, InputError, did_you_mean
from sogdia.network.additions import EMPTY, UserTables, assemble
from sogdia.network.geometry import great_circle_km
from sogdia.network.parse_network import (
    BORDER_COLUMNS,
    BORDER_FIGURES,
    BORDER_OPTIONAL,
    LINK_COLUMNS,
    LINK_FIGURES,
    LINK_OPTIONAL,
    PLACE_COLUMNS,
    PLACE_FIGURES,
    PLACE_OPTIONAL,
)
from sogdia.network.provenance import source_faults, with_user_provenance
from sogdia.network.records import Network
from sogdia.tabular.documents import read_json
from sogdia.tabular.grid import one_line
from sogdia.tabular.limits import JSON_NAMES, NETWORK_ROWS
from sogdia.tabular.rows import Row, formula_faults
from sogdia.tabular.unit_traps import unit_trap
from sogdia.text import unsafe_character

KNOWN = {
    "Point": (*PLACE_COLUMNS, *PLACE_OPTIONAL, "source"),
    "LineString": (*LINK_COLUMNS, *LINK_OPTIONAL, "source"),
    None: (*BORDER_COLUMNS, *BORDER_OPTIONAL, "source"),
}
"""Properties by type of geometry; a feature without geometry is a border crossing."""
FIGURES = frozenset({*PLACE_FIGURES, *LINK_FIGURES, *BORDER_FIGURES})


def read_geojson(path: Path | str, base: Network = EMPTY) -> Network:
    """The network of a GeoJSON file, alone or joined to a base network.

    Raises `InputError` with all faults, and then adds nothing.
    """
    document, name = read_json(Path(path))
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        remedy = "Export it as a FeatureCollection with at least one feature."
        raise InputError([Fault(name, "the file must hold a list of features", remedy)])
    if len(features) > NETWORK_ROWS:
        rule, remedy = (
            f"a drawn network has {NETWORK_ROWS} features at most",
            "Leave out what the question does not need.",
        )
        raise InputError([Fault(name, rule, remedy, value=f"{len(features)} features")])
    return assemble(base, _tables(features, name))


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of the file. kind: Point, LineString, or None for a border; coordinates: as they stand there."""

    file: str
    number: int
    kind: str | None
    properties: Mapping[str, Any]
    coordinates: Any

    def fault(self, rule: str, remedy: str, column: str, value: str | None = None) -> Fault:
        """What is wrong with one of its properties."""
        return Fault(self.file, rule, remedy, self.number, column, value)


@dataclass(slots=True)
class Names:
    """Names of properties met so far, with the fault that each of them would be, if any."""

    faults: dict[tuple[str | None, str], tuple[str, str] | None] = field(default_factory=dict)

    def problem(self, feature: Feature, name: str) -> tuple[str, str] | None:
        """(rule, remedy) for a property that looks like a known one; others are the drawing program's own."""
        key = (feature.kind, name)
        if key not in self.faults:
            if len(self.faults) >= JSON_NAMES:
                rule, remedy = f"a file has {JSON_NAMES} names of properties at most", "Export fewer of them."
                raise InputError([Fault(feature.file, rule, remedy, feature.number)])
            known = KNOWN[feature.kind]
            remedy = "" if name in known else unit_trap(name, known) or did_you_mean(name, known)
            self.faults[key] = ("no such property", remedy) if remedy else None
        return self.faults[key]


def _tables(features: Sequence[Any], file: str) -> UserTables:
    rows: dict[str | None, list[Row]] = {kind: [] for kind in KNOWN}
    faults: list[Fault] = []
    names = Names()
    for number, content in enumerate(features, start=1):
        if len(faults) >= MAX_FAULTS_COUNTED:
            raise InputError(faults)
        feature = _feature(content, file, number)
        if isinstance(feature, Fault):
            faults.append(feature)
            continue
        cells = dict.fromkeys(KNOWN[feature.kind], "")
        known = {name: value for name, value in feature.properties.items() if name in cells}
        wrong = [*_name_faults(feature, names), *_value_faults(feature, known)]
        cells |= {name: one_line(_text(value)) for name, value in known.items()}
        points = _points(feature.coordinates)
        if feature.kind is not None and len(points) < (1 if feature.kind == "Point" else 2):
            rule = "the geometry must have longitude and latitude of every point"
            wrong.append(feature.fault(rule, "Draw it again.", "geometry"))
        faults += wrong
        if wrong:
            continue
        if feature.kind == "Point":
            cells["lon"], cells["lat"] = (repr(degrees) for degrees in points[0])
        elif feature.kind == "LineString" and not cells["km"] and cells["mode"] != "sea":
            cells["km"] = repr(sum(great_circle_km(a[1], a[0], b[1], b[0]) for a, b in pairwise(points)))
        row = Row(file, number, cells)
        rows[feature.kind].append(row)
        faults += [*formula_faults(row, FIGURES), *source_faults([row])]
    return UserTables(
        places=tuple(with_user_provenance(rows["Point"])),
        links=tuple(with_user_provenance(rows["LineString"])),
        borders=tuple(with_user_provenance(rows[None])),
        faults=tuple(faults),
    )


def _feature(content: Any, file: str, number: int) -> Feature | Fault:
    """One member of the list, or why it is no feature."""
    geometry = content.get("geometry") if isinstance(content, dict) else None
    properties = content.get("properties") if isinstance(content, dict) else None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(properties, dict) or not (kind is None or (isinstance(kind, str) and kind in KNOWN)):
        rule = "a feature must be a Point, a LineString or a border without geometry, with properties"
        return Fault(file, rule, "Correct or remove it.", row=number, value=str(kind))
    return Feature(file, number, kind, properties, geometry.get("coordinates") if isinstance(geometry, dict) else None)


def _name_faults(feature: Feature, names: Names) -> Iterator[Fault]:
    """Properties that look like a known one, misspelt or in another unit."""
    for name in feature.properties:
        problem = names.problem(feature, name)
        if problem:
            yield feature.fault(*problem, name, name)


def _value_faults(feature: Feature, known: Mapping[str, Any]) -> Iterator[Fault]:
    """Properties whose value no cell of a table could hold."""
    for name, value in known.items():
        parts = value if isinstance(value, list) else [value]
        if not all(part is None or isinstance(part, str | int | float) for part in parts):
            yield feature.fault("a property is a text, a number or a list of them", "Write it as one.", name)
        elif unsafe_character(_text(value)):
            rule = f"text has no control characters, and this one has {unsafe_character(_text(value))}"
            yield feature.fault(rule, "Remove the character.", name, _text(value))


def _points(coordinates: Any) -> tuple[tuple[float, float], ...]:
    """(lon, lat) of a Point or LineString; empty if any of them is not a pair of numbers."""
    nested = coordinates if coordinates and isinstance(coordinates, list) else []
    points = nested if nested and isinstance(nested[0], list) else [nested]
    if not all(isinstance(point, list) and len(point) >= 2 and all(map(_is_number, point[:2])) for point in points):
        return ()
    return tuple((float(point[0]), float(point[1])) for point in points)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _text(value: Any) -> str:
    """A JSON value as a CSV cell would hold it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(str, value))
    return str(value).strip(" \t\r\n")
