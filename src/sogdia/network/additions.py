"""A user's own links, places or whole network, read from CSV with all faults of all files reported together.

A user's table has the columns of the packaged one. What has a default may be left out: km, hours, the evidence (then
assumed) and the source (then the user's own file; see `provenance`). A sea link without km is measured along the sea
lanes, and brings the alternatives that closures of straits would force.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sogdia.errors import Fault, InputError, NoAnswerError
from sogdia.network.checks import Origin, disconnected_faults, record_faults
from sogdia.network.embedded import embedded_conversions, embedded_rules, embedded_sea_rules
from sogdia.network.parse_network import (
    BORDER_COLUMNS,
    BORDER_OPTIONAL,
    LINK_COLUMNS,
    LINK_OPTIONAL,
    PLACE_COLUMNS,
    PLACE_OPTIONAL,
    border_of,
    link_of,
    place_of,
)
from sogdia.network.provenance import USER_OPTIONAL, source_faults, with_user_provenance
from sogdia.network.records import Border, Link, Network, Place
from sogdia.network.sea import voyages
from sogdia.tabular.rows import Row, read_rows, read_text

EMPTY = Network(places=(), links=(), borders=())


@dataclass(frozen=True, slots=True)
class UserTables:
    """Rows of a user's tables and the faults of the shape of the files."""

    places: tuple[Row, ...] = ()
    links: tuple[Row, ...] = ()
    borders: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()


def add_links(
    network: Network, links: Path | str, places: Path | str | None = None, borders: Path | str | None = None
) -> Network:
    """The network with a user's links, and where given the places and borders that they need.

    Raises `InputError` with all faults of all files, and then adds nothing.
    """
    return assemble(network, read_tables(links, places, borders))


def read_network(source: Path | str, links: Path | str | None = None, borders: Path | str | None = None) -> Network:
    """A user's own network: a folder with nodes.csv, links.csv and, where links cross borders, borders.csv;
    or the table of places and the table of links (and of borders) as files.

    Raises `InputError` with all faults of all files.
    """
    if links is not None:
        return assemble(EMPTY, read_tables(links, source, borders))
    folder = Path(source)
    if not folder.is_dir():
        remedy = "Give a folder with nodes.csv and links.csv, or both files."
        raise InputError([Fault(str(folder), "the folder must exist", remedy)])
    border_file = folder / "borders.csv"
    tables = read_tables(folder / "links.csv", folder / "nodes.csv", border_file if border_file.exists() else None)
    return assemble(EMPTY, tables)


def read_tables(links: Path | str, places: Path | str | None, borders: Path | str | None) -> UserTables:
    """The rows of a user's files."""
    tables = [
        _file_rows(links, LINK_COLUMNS, LINK_OPTIONAL),
        _file_rows(places, PLACE_COLUMNS, PLACE_OPTIONAL),
        _file_rows(borders, BORDER_COLUMNS, BORDER_OPTIONAL),
    ]
    (link_rows, _), (place_rows, _), (border_rows, _) = tables
    faults = tuple(fault for _, of_file in tables for fault in of_file)
    return UserTables(place_rows, link_rows, border_rows, faults)


def assemble(base: Network, tables: UserTables) -> Network:
    """The base network with the records of the tables, if they have no fault; else `InputError`."""
    faults = list(tables.faults)
    places: list[Place] = []
    borders: list[Border] = []
    links: list[Link] = []
    by_id: dict[str, Place | None] = {place.id: place for place in base.places}
    origins: dict[str, Origin] = {}
    for row in tables.places:
        place, faults_of_row = place_of(row)
        faults += faults_of_row
        by_id[row.cells["id"]] = place
        if place is not None:
            places.append(place)
            origins[place.id] = (row.file, row.line)
    for row in tables.borders:
        border, faults_of_row = border_of(row)
        faults += faults_of_row
        if border is not None:
            borders.append(border)
            origins[border.id] = (row.file, row.line)
    conversions = embedded_conversions()
    for row in tables.links:
        for each, measured in _sea_measured(row, by_id):
            link, faults_of_row = link_of(each, by_id, conversions) if not measured else (None, measured)
            faults += faults_of_row
            if link is not None:
                links.append(link)
                origins[link.id] = (row.file, row.line)
    network = Network(places=(*base.places, *places), links=(*base.links, *links), borders=(*base.borders, *borders))
    whole = not faults
    faults += record_faults(network, embedded_rules(), origins)
    if whole:
        faults += disconnected_faults(network, origins)
    if faults:
        raise InputError(faults)
    return network


def _sea_measured(row: Row, places: Mapping[str, Place | None]) -> Iterator[tuple[Row, list[Fault]]]:
    """The row itself, or, for a sea link without km, a row for each voyage between its ports."""
    start, end = places.get(row.cells["from"]), places.get(row.cells["to"])
    if row.cells["mode"] != "sea" or row.cells["km"] or start is None or end is None or start == end:
        yield row, []
        return
    try:
        legs = voyages(start, end, embedded_sea_rules())
    except NoAnswerError as error:
        remedy = "State km if the voyage exists, or use rail, road or ferry."
        yield row, [Fault(row.file, str(error).rstrip("."), remedy, row=row.line, column="to", value=end.id)]
        return
    for leg in legs:
        cells = {**row.cells, "km": f"{leg.km:.0f}", "chokepoints": ";".join(leg.chokepoints)}
        yield replace(row, cells=cells), []


def _file_rows(
    path: Path | str | None, columns: Sequence[str], optional: Sequence[str]
) -> tuple[tuple[Row, ...], list[Fault]]:
    if path is None:
        return (), []
    return user_rows(path, columns, optional)


def user_rows(
    path: Path | str, columns: Sequence[str], optional: Sequence[str] = ()
) -> tuple[tuple[Row, ...], list[Fault]]:
    """The rows of one of a user's files, and the faults of its shape and of its sources.

    columns, optional: those of the packaged table; the columns of provenance may be left out.
    """
    text, faults = read_text(path)
    if faults:
        return (), faults
    required = [column for column in columns if column not in USER_OPTIONAL]
    others = tuple(dict.fromkeys((*optional, *USER_OPTIONAL)))
    rows, faults = read_rows(text, str(path), required, others)
    return tuple(with_user_provenance(rows)), faults + source_faults(rows)
