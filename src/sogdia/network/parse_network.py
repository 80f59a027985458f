"""Rows of tables read as places, links and borders: one function per table, each returning its faults.

A link may leave km empty (then great circle x the factor of its detour class) and hours empty (then km /
speed of its speed class): the two small tables of factors and speeds are data too, see `Conversions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sogdia.errors import Fault
from sogdia.network.geometry import great_circle_km
from sogdia.network.records import (
    GAUGES_MM,
    MODES,
    PLACE_KINDS,
    STATUSES,
    Border,
    Link,
    Mode,
    Place,
    link_id,
)
from sogdia.tabular.evidence import provenance_of
from sogdia.tabular.rows import Cells, Row, range_columns
from sogdia.uncertain import Range

PLACE_COLUMNS = ("id", "name", "country", "lat", "lon", "kind", "source_id", "evidence")
PLACE_OPTIONAL = ("chokepoint", "note")
LINK_COLUMNS = ("from", "to", "mode", "source_id", "evidence")
LINK_OPTIONAL = (
    "km",
    "hours",
    "detour_class",
    "speed_class",
    "capacity_t_per_year",
    "gauge_mm",
    "countries",
    "status",
    "border",
    "chokepoints",
    "co2_class",
    "note",
)
BORDER_COLUMNS = (
    "id",
    "name",
    "country_a",
    "country_b",
    "mode",
    *range_columns("hours"),
    *range_columns("usd_per_t"),
    "source_id",
    "evidence",
)
BORDER_OPTIONAL = (*range_columns("hours_back"), "note")
PLACE_FIGURES = ("lat", "lon")
LINK_FIGURES = ("km", "hours", "capacity_t_per_year", "gauge_mm")
BORDER_FIGURES = (*range_columns("hours"), *range_columns("hours_back"), *range_columns("usd_per_t"))
SEA_LEG_COLUMNS = ("from", "to", "km", "chokepoints", "snap_from_km", "snap_to_km", "source_id", "evidence")

SEA_SPEED_CLASS = "sea"
SEA_CO2_CLASS = "sea"
DEFAULT_CLASS: Mapping[Mode, str] = {
    "rail": "rail_1520",
    "road": "road",
    "sea": SEA_SPEED_CLASS,
    "ferry": "ferry",
}
"""Speed class of a link that names none, by mode."""
DEFAULT_DETOUR: Mapping[Mode, str] = {"rail": "rail", "road": "road", "ferry": "ferry"}
"""Detour class of a link that gives neither km nor a class; a sea leg must state its km."""
DEFAULT_CO2: Mapping[Mode, str] = {
    "rail": "rail_diesel",
    "road": "road",
    "sea": SEA_CO2_CLASS,
    "ferry": "ferry",
}


@dataclass(frozen=True, slots=True)
class Conversions:
    """detour_factor: line length / great circle, by class; speed_km_per_h: mean running speed, by class."""

    detour_factor: Mapping[str, Range]
    speed_km_per_h: Mapping[str, Range]


def place_of(row: Row) -> tuple[Place | None, list[Fault]]:
    """One place, or the faults of its row."""
    cells = Cells(row)
    place_id = cells.name("id")
    country = cells.country("country")
    if place_id and not (place_id.startswith(f"{country}:") and re.fullmatch(r"[A-Z]{3}:[^\s:;+]+", place_id)):
        cells.fault("id", "an id must be the country, a colon and a name without spaces", "As KAZ:Khromtau.")
    place = Place(
        id=place_id,
        name=cells.name("name"),
        country=country,
        lat=cells.number("lat", at_least=-90.0, at_most=90.0),
        lon=cells.number("lon", at_least=-180.0, at_most=180.0),
        kind=cells.choice("kind", PLACE_KINDS),
        chokepoint=cells.optional_text("chokepoint"),
        **provenance_of(cells),
    )
    return (None if cells.faults else place), cells.faults


def border_of(row: Row) -> tuple[Border | None, list[Fault]]:
    """One border crossing, or the faults of its row."""
    cells = Cells(row)
    border = Border(
        id=cells.name("id"),
        name=cells.name("name"),
        country_a=cells.country("country_a"),
        country_b=cells.country("country_b"),
        mode=cells.choice("mode", MODES),
        hours=cells.range("hours"),
        usd_per_t=cells.range("usd_per_t"),
        hours_back=cells.optional_range("hours_back"),
        **provenance_of(cells),
    )
    return (None if cells.faults else border), cells.faults


def link_of(row: Row, places: Mapping[str, Place | None], conversions: Conversions) -> tuple[Link | None, list[Fault]]:
    """One link between known places, or the faults of its row.

    places: by id; None stands for a place whose own row is faulty, so that its links are not blamed for it.
    """
    cells = Cells(row)
    ends = [_known_place(cells, column, places) for column in ("from", "to")]
    mode = cells.choice("mode", MODES)
    stated_km = cells.optional_number("km", above=0.0)
    stated_hours = cells.optional_number("hours", above=0.0)
    capacity = cells.optional_number("capacity_t_per_year", above=0.0)
    gauge = _gauge(cells)
    status = cells.choice("status", STATUSES) if row.cells["status"] else STATUSES[0]
    provenance = provenance_of(cells)
    factor = speed = detour_class = speed_class = None
    if stated_km is None:
        if mode == "sea":
            cells.fault("km", "a sea leg must state its km", "Measure it along the sea lane.")
        detour_class = row.cells["detour_class"] or DEFAULT_DETOUR.get(mode, "")
        factor = _factor(cells, "detour_class", detour_class, conversions.detour_factor)
    if stated_hours is None:
        speed_class = row.cells["speed_class"] or DEFAULT_CLASS[mode]
        speed = _factor(cells, "speed_class", speed_class, conversions.speed_km_per_h)
    start, end = ends
    if cells.faults or start is None or end is None:
        return None, cells.faults
    km = stated_km
    if km is None and factor is not None:
        km = great_circle_km(start.lat, start.lon, end.lat, end.lon) * factor
    hours = stated_hours
    if hours is None and speed is not None and km is not None:
        hours = km / speed
    if km is None or hours is None:
        return None, cells.faults
    chokepoints = cells.names("chokepoints")
    link = Link(
        id=link_id(start.id, end.id, mode, chokepoints),
        start=start.id,
        end=end.id,
        mode=mode,
        km=km,
        hours=hours,
        capacity_t_per_year=capacity,
        gauge_mm=gauge,
        countries=cells.names("countries") or tuple(dict.fromkeys((start.country, end.country))),
        status=status,
        border=cells.optional_text("border"),
        chokepoints=chokepoints,
        co2_class=row.cells["co2_class"] or DEFAULT_CO2[mode],
        **provenance,
        detour_class=detour_class,
        speed_class=speed_class,
    )
    return link, []


def sea_leg_of(
    row: Row, places: Mapping[str, Place | None], conversions: Conversions
) -> tuple[Link | None, list[Fault]]:
    """One row of the computed table of sea legs: a sea link."""
    empty = dict.fromkeys((*LINK_COLUMNS, *LINK_OPTIONAL), "")
    cells = {**empty, **{name: value for name, value in row.cells.items() if name in empty}, "mode": "sea"}
    return link_of(Row(row.file, row.line, cells), places, conversions)


def _gauge(cells: Cells) -> int | None:
    """A track gauge that exists, in mm; None for an empty cell."""
    gauge = cells.optional_number("gauge_mm", above=0.0)
    if gauge is None or gauge in GAUGES_MM:
        return None if gauge is None else int(gauge)
    if not cells.faults or cells.faults[-1].column != "gauge_mm":
        known = ", ".join(f"{mm} ({name})" if str(mm) not in name else str(mm) for mm, name in GAUGES_MM.items())
        cells.fault("gauge_mm", "a track gauge must be one that exists, in whole mm", f"Known: {known}.")
    return None


def _known_place(cells: Cells, column: str, places: Mapping[str, Place | None]) -> Place | None:
    name = cells.text(column)
    if name and name not in places:
        cells.fault(column, "the place must exist", "Add it to the table of places first.", places)
    return places.get(name)


def _factor(cells: Cells, column: str, name: str, table: Mapping[str, Range]) -> float | None:
    """Central value of a class of the table; a name that it lacks is a fault of the column."""
    if name in table:
        return table[name].central
    if name:
        cells.fault(column, f"the class {name!r} must exist", f"Known: {', '.join(table)}.", table)
    return None
