"""A user's own network drawn on a map: a GeoJSON collection of points (places) and lines (links).

The `properties` of a feature have the names of the CSV columns, and positions come from the geometry (longitude
first). A line without km is measured along its points. In faults, the row is the number of the feature, counted from 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from sogdia.errors import Fault, InputError, did_you_mean
from sogdia.network.additions import EMPTY, UserTables, assemble
from sogdia.network.geometry import great_circle_km
from sogdia.network.parse_network import (
    BORDER_COLUMNS,
    BORDER_OPTIONAL,
    LINK_COLUMNS,
    LINK_OPTIONAL,
    PLACE_COLUMNS,
    PLACE_OPTIONAL,
)
from sogdia.network.provenance import source_faults, with_user_provenance
from sogdia.network.records import Network
from sogdia.tabular.rows import UNIT_TRAPS, Row, read_text

KNOWN = {
    "Point": (*PLACE_COLUMNS, *PLACE_OPTIONAL, "source"),
    "LineString": (*LINK_COLUMNS, *LINK_OPTIONAL, "source"),
    None: (*BORDER_COLUMNS, *BORDER_OPTIONAL, "source"),
}
"""Properties by type of geometry; a feature without geometry is a border crossing."""


def read_geojson(path: Path | str, base: Network = EMPTY) -> Network:
    """The network of a GeoJSON file, alone or joined to a base network.

    Raises `InputError` with all faults, and then adds nothing.
    """
    name = str(path)
    text, faults = read_text(path)
    if faults:
        raise InputError(faults)
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        fault = Fault(name, f"the text must be JSON ({error.msg})", "Export it again.", row=error.lineno)
        raise InputError([fault]) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        remedy = "Export it as a FeatureCollection with at least one feature."
        raise InputError([Fault(name, "the file must hold a list of features", remedy)])
    return assemble(base, _tables(features, name))


def _tables(features: Sequence[Any], file: str) -> UserTables:
    rows: dict[str | None, list[Row]] = {kind: [] for kind in KNOWN}
    faults: list[Fault] = []
    for number, feature in enumerate(features, start=1):
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        properties = feature.get("properties") if isinstance(feature, dict) else None
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        if not isinstance(properties, dict) or kind not in KNOWN:
            rule = "a feature must be a Point, a LineString or a border without geometry, with properties"
            faults.append(Fault(file, rule, "Correct or remove it.", row=number, value=str(kind)))
            continue
        faults += _name_faults(properties, KNOWN[kind], file, number)
        cells = dict.fromkeys(KNOWN[kind], "")
        cells |= {key: _text(value) for key, value in properties.items() if key in cells}
        points = _points(geometry.get("coordinates")) if isinstance(geometry, dict) else ()
        if kind is not None and len(points) < (1 if kind == "Point" else 2):
            rule = "the geometry must have longitude and latitude of every point"
            faults.append(Fault(file, rule, "Draw it again.", row=number, column="geometry"))
            continue
        if kind == "Point":
            cells["lon"], cells["lat"] = (repr(degrees) for degrees in points[0])
        elif kind == "LineString" and not cells["km"] and cells["mode"] != "sea":
            cells["km"] = repr(sum(great_circle_km(a[1], a[0], b[1], b[0]) for a, b in pairwise(points)))
        rows[kind].append(Row(file, number, cells))
        faults += source_faults(rows[kind][-1:])
    return UserTables(
        places=tuple(with_user_provenance(rows["Point"])),
        links=tuple(with_user_provenance(rows["LineString"])),
        borders=tuple(with_user_provenance(rows[None])),
        faults=tuple(faults),
    )


def _name_faults(names: Iterable[str], known: Sequence[str], file: str, number: int) -> Iterable[Fault]:
    """Properties that look like a known one in another unit; others are left to the drawing program."""
    for name in names:
        meant = UNIT_TRAPS.get(name.casefold())
        if meant in known and name not in known:
            remedy = f"Convert the figures and name the property {meant}."
            yield Fault(file, "no such property", remedy, row=number, column=name, value=name)
        elif name not in known and (hint := did_you_mean(name, known)):
            yield Fault(file, "no such property", hint, row=number, column=name, value=name)


def _points(coordinates: Any) -> tuple[tuple[float, float], ...]:
    """(lon, lat) of a Point or LineString; empty if any of them is not a pair of numbers."""
    nested = coordinates if coordinates and isinstance(coordinates, list) else []
    points = nested if nested and isinstance(nested[0], list) else [nested]
    try:
        return tuple((float(point[0]), float(point[1])) for point in points)
    except (TypeError, ValueError, IndexError):
        return ()


def _text(value: Any) -> str:
    """A JSON value as a CSV cell would hold it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(str, value))
    return str(value).strip()
