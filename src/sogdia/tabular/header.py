"""The header of a table: where it stands, which columns it names, and what is wrong with it and the lines under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from sogdia.errors import MAX_FAULTS_COUNTED, Fault, InputError, Near
from sogdia.tabular.grid import CellColumn, CellTable, Grid, Line, fold
from sogdia.tabular.limits import HEADER_LINES
from sogdia.tabular.unit_traps import unit_trap


@dataclass(frozen=True, slots=True)
class Header:
    """The line that names the columns. at: its position among the lines of the grid; positions: of the columns that are
    read, by the names asked for; width: cells up to its last name; faults: of the header itself.
    """

    at: int
    line: Line
    positions: dict[str, int]
    width: int
    faults: tuple[Fault, ...]


def header_at(grid: Grid, names: tuple[str, ...]) -> int | None:
    """Position in `grid.lines` of the first line that holds at least half of the names (two at least)."""
    wanted = {fold(name) for name in names}
    needed = min(len(wanted), max(2, (len(wanted) + 1) // 2))
    for at, line in enumerate(grid.lines[:HEADER_LINES]):
        if len(wanted & {fold(cell) for cell in line.cells}) >= needed:
            return at
    return None


def header_of(
    grid: Grid,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
    *,
    further: bool = False,
    title_lines: bool = False,
    help_with_header: str = "",
) -> Header:
    """The header with these columns; InputError where no line can be meant as one.

    further: whether other columns may stand there, and are read under their own names; title_lines: whether the
    publisher's own layout puts lines above the header; help_with_header: one more sentence for whoever has none.
    """
    at = _needed(grid, required, help_with_header)
    line = grid.lines[at]
    known = (*required, *optional)
    if further:
        folded = {fold(name) for name in known}
        known = (*known, *dict.fromkeys(cell for cell in line.cells if cell and fold(cell) not in folded))
    faults = [*_missing(grid, line, required, known), *_doubled(grid, line), *_unknown(grid, line, known)]
    if at and not title_lines:
        remedy = f"Delete what stands above row {line.number}."
        faults.append(Fault(grid.place, "the header is the first line", remedy, line.number, value=line.shown))
    filled = {fold(cell): index for index, cell in reversed(list(enumerate(line.cells))) if cell}
    positions = {name: filled[fold(name)] for name in known if fold(name) in filled}
    return Header(at, line, positions, max(filled.values(), default=-1) + 1, tuple(faults))


def table(
    grid: Grid,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
    *,
    further: bool = False,
    title_lines: bool = False,
    help_with_header: str = "",
) -> CellTable:
    """The columns under the header line, with the faults of the header and of lines that do not fit it.

    The options are those of `header_of`. Keys of the columns are the names asked for.
    """
    header = header_of(
        grid, required, optional, further=further, title_lines=title_lines, help_with_header=help_with_header
    )
    body = grid.lines[header.at + 1 :]
    rows = tuple(line.number for line in body)
    columns = {
        name: CellColumn(grid.place, header.line.cells[at], rows, column_of(body, at))
        for name, at in header.positions.items()
    }
    return CellTable(columns, (*header.faults, *line_faults(grid, header)))


def line_faults(grid: Grid, header: Header) -> tuple[Fault, ...]:
    """Lines that are longer or shorter than the header; a thousand at most."""
    usual = {header.width} & {len(header.line.cells)}
    odd = (line for line in grid.lines[header.at + 1 :] if len(line.cells) not in usual)
    faults = (fault for line in odd for fault in chain(_beyond(grid, header, line), _short(grid, header, line)))
    return tuple(islice(faults, MAX_FAULTS_COUNTED))


def column_of(lines: Sequence[Line], at: int) -> tuple[str, ...]:
    """The cells at one position of all lines; "" where a line is shorter."""
    return tuple([line.cells[at] if at < len(line.cells) else "" for line in lines])


def _beyond(grid: Grid, header: Header, line: Line) -> Iterator[Fault]:
    """The fault of a line with a cell that stands under no header."""
    cell = next(filter(None, line.cells[header.width :]), None)
    if cell is not None:
        remedy = "Remove the cell beyond the header, or quote text that holds a separator."
        yield Fault(grid.place, f"a line has no more than {header.width} cells", remedy, line.number, value=cell)


def _short(grid: Grid, header: Header, line: Line) -> Iterator[Fault]:
    """The fault of a line of CSV that lacks separators; a row of a sheet just ends with its last filled cell."""
    needed = len(header.line.cells)
    if len(line.cells) < needed and not grid.sheet:
        remedy = "Write separators (commas) for empty cells too; a file cut short lacks some."
        yield Fault(grid.place, f"a line has {needed} cells", remedy, line.number, value=line.shown)


def _needed(grid: Grid, required: tuple[str, ...], help_with_header: str) -> int:
    """Position of the header among the lines; InputError where there is none."""
    listed = ", ".join(required)
    if not grid.lines:
        rule, remedy = "the file holds a header and data", f"Give a file with content; its columns are {listed}."
        raise InputError([Fault(grid.place, rule, remedy, value="nothing")])
    at = header_at(grid, required)
    if at is None:
        first = grid.lines[0]
        remedy = f"Put this header above the data. {help_with_header}".strip()
        fault = Fault(grid.place, f"the first line names the columns {listed}", remedy, first.number, value=first.shown)
        raise InputError([fault])
    return at


def _missing(grid: Grid, line: Line, required: tuple[str, ...], known: tuple[str, ...]) -> Iterator[Fault]:
    """Columns that have to be there and are not."""
    folded = {fold(name) for name in known}
    there = {fold(cell) for cell in line.cells if cell}
    for name in required:
        if fold(name) not in there:
            add = "Add the column."
            yield Fault(
                grid.place,
                "this column is required",
                add,
                line.number,
                name,
                "no such column",
                Near(name, sorted(there - folded), add),
            )


def _doubled(grid: Grid, line: Line) -> Iterator[Fault]:
    """Columns that stand there more than once."""
    times = Counter(fold(cell) for cell in line.cells if cell)
    for name in sorted(name for name, count in times.items() if count > 1):
        yield Fault(grid.place, "a column stands once", "Keep one of them.", line.number, name, f"{times[name]} times")


def _unknown(grid: Grid, line: Line, known: tuple[str, ...]) -> Iterator[Fault]:
    """Columns that are not read."""
    folded = {fold(name): name for name in known}
    for name in dict.fromkeys(fold(cell) for cell in line.cells if cell):
        if name not in folded:
            trap, remedy = unit_trap(name, known), "Remove or rename it."
            hint = None if trap else Near(name, known, remedy)
            yield Fault(grid.place, "only known columns are read", trap or remedy, line.number, name, name, hint)
