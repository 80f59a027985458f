"""Rows of tables read as inland seas and as the courses of sea legs."""

from __future__ import annotations

from sogdia.errors import Fault
from sogdia.network.sea import InlandSea
from sogdia.tabular.rows import Cells, Row

INLAND_SEA_COLUMNS = (
    "id",
    "name",
    "lat_min",
    "lat_max",
    "lon_min",
    "lon_max",
    "source_id",
    "evidence",
    "note",
)
SEA_PATH_COLUMNS = ("link", "path")

SeaPath = tuple[str, tuple[tuple[float, float], ...]]
"""Link id and its course, (lon, lat) in degrees."""


def inland_sea_of(row: Row) -> tuple[InlandSea | None, list[Fault]]:
    """One box around a closed water, or the faults of its row."""
    cells = Cells(row)
    sea = InlandSea(
        id=cells.text("id"),
        name=cells.text("name"),
        lat_min=cells.number("lat_min", at_least=-90.0, at_most=90.0),
        lat_max=cells.number("lat_max", at_least=-90.0, at_most=90.0),
        lon_min=cells.number("lon_min", at_least=-180.0, at_most=180.0),
        lon_max=cells.number("lon_max", at_least=-180.0, at_most=180.0),
    )
    return (None if cells.faults else sea), cells.faults


def sea_path_of(row: Row) -> tuple[SeaPath | None, list[Fault]]:
    """The course of one sea leg, written `lon lat;lon lat;...`, or the faults of its row."""
    cells = Cells(row)
    link = cells.text("link")
    try:
        points = tuple((float(lon), float(lat)) for lon, lat in (point.split() for point in cells.names("path")))
    except ValueError:
        cells.fault("path", "a path must be pairs of numbers, `lon lat;lon lat`", "Rebuild the table.")
        return None, cells.faults
    return (None if cells.faults else (link, points)), cells.faults
