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
    BORDER_FIGURES,
    BORDER_OPTIONAL,
    LINK_COLUMNS,
    LINK_FIGURES,
    LINK_OPTIONAL,
    PLACE_COLUMNS,
    PLACE_FIGURES,
    PLACE_OPTIONAL,
    border_of,
    link_of,
    place_of,
)
from sogdia.network.provenance import USER_OPTIONAL, source_faults, with_user_provenance
from sogdia.network.records import Border, Link, Network, Place
from sogdia.network.sea import voyages
from sogdia.tabular.limits import MEASURED_SEA_LINKS, NETWORK_ROWS
from sogdia.tabular.rows import Row, RowTable, file_rows

EMPTY = Network(places=(), links=(), borders=())


@dataclass(frozen=True, slots=True)
class UserTables:
    """Rows of a user's tables, the faults found so far in the shape of the files, and what was put right in them."""

    places: tuple[Row, ...] = ()
    links: tuple[Row, ...] = ()
    borders: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    repaired: tuple[Fault, ...] = ()


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
    of_links = user_rows(links, LINK_COLUMNS, LINK_OPTIONAL, sheet="links", figures=LINK_FIGURES)
    of_places = user_rows(places, PLACE_COLUMNS, PLACE_OPTIONAL, sheet="nodes", figures=PLACE_FIGURES)
    of_borders = user_rows(borders, BORDER_COLUMNS, BORDER_OPTIONAL, sheet="borders", figures=BORDER_FIGURES)
    files = (of_links, of_places, of_borders)
    return UserTables(
        of_places.rows,
        of_links.rows,
        of_borders.rows,
        tuple(fault for file in files for fault in file.faults),
        tuple(repair for file in files for repair in file.repaired),
    )


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
    for link, origin, found in _links(tables.links, by_id):
        faults += found
        if link is not None:
            links.append(link)
            origins[link.id] = origin
    network = Network(
        (*base.places, *places), (*base.links, *links), (*base.borders, *borders), (*base.repaired, *tables.repaired)
    )
    whole = not faults
    faults += record_faults(network, embedded_rules(), origins)
    if whole:
        faults += disconnected_faults(network, origins)
    if faults:
        raise InputError(faults)
    return network


def _links(
    rows: Sequence[Row], places: Mapping[str, Place | None]
) -> Iterator[tuple[Link | None, Origin, list[Fault]]]:
    """(link, where its row stands, faults) of every row; several where a sea link has to be measured."""
    unmeasured = [row for row in rows if row.cells["mode"] == "sea" and not row.cells["km"]]
    if len(unmeasured) > MEASURED_SEA_LINKS:
        rule, remedy = f"{MEASURED_SEA_LINKS} sea links at most are measured", "State the km of the others."
        first, value = unmeasured[0], f"{len(unmeasured)} without km"
        yield None, (first.file, first.line), [Fault(first.file, rule, remedy, column="km", value=value)]
        return
    conversions = embedded_conversions()
    for row in rows:
        for each, faults in _sea_measured(row, places):
            link, found = link_of(each, places, conversions) if not faults else (None, faults)
            yield link, (row.file, row.line), found


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


def user_rows(
    path: Path | str | None,
    columns: Sequence[str],
    optional: Sequence[str] = (),
    *,
    sheet: str,
    figures: Sequence[str],
) -> RowTable:
    """The rows of one of a user's files, with the faults of its shape and of its sources; none where there is no file.

    columns, optional: those of the packaged table; the columns of provenance may be left out. sheet: of a workbook;
    figures: columns whose decimal marks are read by the column.
    """
    if path is None:
        return RowTable()
    required = [column for column in columns if column not in USER_OPTIONAL]
    others = tuple(dict.fromkeys((*optional, *USER_OPTIONAL)))
    read = file_rows(path, required, others, sheet=sheet, figures=figures, most=NETWORK_ROWS)
    return replace(read, rows=tuple(with_user_provenance(read.rows)), faults=(*read.faults, *source_faults(read.rows)))
