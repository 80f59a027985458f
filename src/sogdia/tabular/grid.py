"""What does a small table look like before anybody has judged it? Lines of text cells with their line numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sogdia.errors import Fault, InputError, did_you_mean

HEADER_SOUGHT_IN = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One line. number: 1-based, as an editor or spreadsheet shows it; cells: stripped text, "" where empty."""

    number: int
    cells: tuple[str, ...]

    def cell(self, at: int) -> str:
        """The cell at a position; lines may be shorter than the header."""
        return self.cells[at] if at < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A CSV file or one sheet of a workbook. Lines without any text are left out; the others keep their numbers.

    file: name shown in faults; sheet: "" for CSV; formulas: how many cells hold a formula with a stored result;
    repaired: what was put right while decoding.
    """

    file: str
    sheet: str
    lines: tuple[Line, ...]
    formulas: int = 0
    repaired: tuple[Fault, ...] = ()

    @property
    def place(self) -> str:
        """The file, with the sheet where there is one."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file


@dataclass(frozen=True, slots=True)
class CellColumn:
    """One column under a header: the cells of every data line and their line numbers."""

    place: str
    name: str
    rows: tuple[int, ...]
    cells: tuple[str, ...]

    def fault(self, at: int, rule: str, remedy: str) -> Fault:
        """The fault of the cell with that position in the column."""
        return Fault(self.place, rule, remedy, self.rows[at], self.name, self.cells[at])

    def only(self, positions: Sequence[int]) -> CellColumn:
        """The column with some of its lines."""
        rows = tuple(self.rows[at] for at in positions)
        return CellColumn(self.place, self.name, rows, tuple(self.cells[at] for at in positions))


@dataclass(frozen=True, slots=True)
class CellTable:
    """A grid whose header has been found: columns by the names the reader asked for."""

    columns: dict[str, CellColumn]
    faults: tuple[Fault, ...] = ()

    @property
    def height(self) -> int:
        """Number of data lines."""
        return max((len(column.cells) for column in self.columns.values()), default=0)

    def only(self, positions: Sequence[int]) -> CellTable:
        """The table with some of its lines."""
        return CellTable({name: column.only(positions) for name, column in self.columns.items()}, self.faults)


def fold(name: str) -> str:
    """A header without case, quotes or doubled blanks, so that "Data  Source" is "data source"."""
    return " ".join(name.strip().strip('"').casefold().split())


def header_at(grid: Grid, names: tuple[str, ...]) -> int | None:
    """Position in `grid.lines` of the first line that holds at least half of the names (two at least)."""
    wanted = {fold(name) for name in names}
    needed = min(len(wanted), max(2, (len(wanted) + 1) // 2))
    for at, line in enumerate(grid.lines[:HEADER_SOUGHT_IN]):
        if len(wanted & {fold(cell) for cell in line.cells}) >= needed:
            return at
    return None


def table(
    grid: Grid,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
    *,
    further: bool = False,
    title_lines: bool = False,
) -> CellTable:
    """The columns under the header line, with the faults of the header and of lines that do not fit it.

    Keys of the columns are the names asked for. further: whether other columns may stand there, and are read under
    their own names; title_lines: whether the publisher's own layout puts lines above the header.
    """
    if not grid.lines:
        rule, remedy = "the file holds a header and data", "Give a file with content."
        raise InputError([Fault(grid.place, rule, remedy, value="nothing")])
    at = header_at(grid, required)
    if at is None:
        first = grid.lines[0]
        fault = Fault(
            grid.place,
            f"the first line names the columns {', '.join(required)}",
            "Put this header above the data, or take the template that `sogdia data template` writes.",
            first.number,
            value=", ".join(first.cells)[:80],
        )
        raise InputError([fault])
    header = grid.lines[at]
    others = tuple(dict.fromkeys(cell for cell in header.cells if cell)) if further else ()
    others = tuple(cell for cell in others if fold(cell) not in {fold(name) for name in (*required, *optional)})
    optional = (*optional, *others)
    faults = _header_faults(grid, header, required, optional)
    if at and not title_lines:
        remedy = f"Delete what stands above row {header.number}."
        faults.append(
            Fault(grid.place, "the header is the first line", remedy, header.number, value=", ".join(header.cells)[:80])
        )
    position = {fold(cell): index for index, cell in reversed(list(enumerate(header.cells))) if cell}
    body = grid.lines[at + 1 :]
    width = max((index + 1 for index in position.values()), default=0)
    faults += [
        Fault(
            grid.place,
            f"a line has no more than {width} cells",
            "Remove the cell beyond the header, or quote text that holds a separator.",
            line.number,
            value=next(cell for cell in line.cells[width:] if cell),
        )
        for line in body
        if any(line.cells[width:])
    ]
    if not grid.sheet:  # a line of CSV has all its separators; a row of a sheet ends with its last filled cell
        rule, remedy = (
            f"a line has {width} cells",
            "Write separators for empty cells too; a file cut short lacks some.",
        )
        faults += [
            Fault(grid.place, rule, remedy, line.number, value=", ".join(line.cells)[:80])
            for line in body
            if len(line.cells) < width
        ]
    rows = tuple(line.number for line in body)
    columns = {
        name: CellColumn(
            grid.place,
            header.cells[position[fold(name)]],
            rows,
            tuple(line.cell(position[fold(name)]) for line in body),
        )
        for name in (*required, *optional)
        if fold(name) in position
    }
    return CellTable(columns, tuple(faults))


def _header_faults(grid: Grid, header: Line, required: tuple[str, ...], optional: tuple[str, ...]) -> list[Fault]:
    """Missing, extra and doubled columns."""
    found = [fold(cell) for cell in header.cells if cell]
    known = {fold(name): name for name in (*required, *optional)}
    faults = []
    for name in required:
        if fold(name) not in found:
            remedy = f"Add the column. {did_you_mean(name, [f for f in found if f not in known])}".strip()
            faults.append(Fault(grid.place, "this column is required", remedy, header.number, name, "no such column"))
    for name in sorted({name for name in found if found.count(name) > 1}):
        remedy = "Keep one of them."
        faults.append(
            Fault(grid.place, "a column stands once", remedy, header.number, name, f"{found.count(name)} times")
        )
    extra = dict.fromkeys(name for name in found if name not in known)
    rule = "only known columns are read"
    return faults + [Fault(grid.place, rule, _extra(name, known), header.number, name, name) for name in extra]


def _extra(name: str, known: dict[str, str]) -> str:
    if name.endswith("_kg"):
        return f"Quantities are in tonnes: divide by 1000 and name the column {name[:-3]}_t."
    if name.endswith("_usd"):
        return f"Values are in thousand US dollars: divide by 1000 and name the column {name[:-4]}_kusd."
    return f"Remove or rename it. {did_you_mean(name, known.values())}".strip()
