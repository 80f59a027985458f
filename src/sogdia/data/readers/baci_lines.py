"""Lines of a yearly BACI file read as text, cell by cell, so that each fault has its row.

Mended without doubt are: blank lines, quotes around cells, blanks around numbers, and five-digit codes that the
release's own product list knows with a leading zero. Everything else is a fault.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from sogdia.codes import baci_codes, baci_iso3, hs6_problem
from sogdia.data.readers.country_labels import aggregates
from sogdia.errors import MAX_FAULTS_SHOWN, Fault
from sogdia.tabular.checks import Problem, formula
from sogdia.text import UNSAFE, unsafe_character

COLUMNS = ("t", "i", "j", "k", "v", "q")
NOT_REPORTED = ("NA", "           NA")
CODE_DIGITS, COUNTRY_DIGITS = 6, 3
LEGACY_UNSPECIFIED = "9999AA"
# Polars' regular expressions know no surrogates, which UTF-8 cannot hold either.
UNSAFE_IN_LINE = UNSAFE.pattern.replace("\ud800-\udfff", "")


@dataclass(frozen=True, slots=True)
class Expected:
    """What the lines of a file must fit: its name and year, the order of its columns, the release's product list."""

    file: str
    year: int
    order: tuple[str, ...]
    products: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Lines:
    """The good lines (t, i, j, k, v, q as numbers, and row), the faults of the others (50 at most) and their number."""

    frame: pl.DataFrame
    faults: tuple[Fault, ...] = ()
    total: int = 0
    repaired: tuple[Fault, ...] = ()


def read(block: bytes, first_row: int, expected: Expected) -> Lines:
    """Every line of a block checked; `first_row` is the row of its first line."""
    text = pl.Series("line", [block.decode("utf-8", "replace").removesuffix("\n")]).str.split("\n").explode()
    lines = pl.DataFrame({"row": pl.Series(range(first_row, first_row + text.len()), dtype=pl.UInt32), "line": text})
    lines = lines.filter(pl.col("line").str.strip_chars() != "").with_columns(cells=pl.col("line").str.split(","))
    unsafe = lines.filter(pl.col("line").str.contains(UNSAFE_IN_LINE))
    lines = lines.filter(~pl.col("line").str.contains(UNSAFE_IN_LINE))
    ragged = lines.filter(pl.col("cells").list.len() != len(COLUMNS))
    cells = lines.filter(pl.col("cells").list.len() == len(COLUMNS)).select(
        "row", *(_unquoted(pl.col("cells").list.get(at)).alias(name) for at, name in enumerate(expected.order))
    )
    faults = [_ragged(expected, *line) for line in ragged.select("row", "line").head(MAX_FAULTS_SHOWN).iter_rows()]
    faults += [_unsafe(expected, *line) for line in unsafe.select("row", "line").head(MAX_FAULTS_SHOWN).iter_rows()]
    cells, repaired = _mended_codes(cells, expected)
    judged = cells.with_columns(_good_cells(name, cells[name], expected).alias(f"{name}_good") for name in COLUMNS)
    bad = {name: judged.filter(~pl.col(f"{name}_good")).select("row", name) for name in COLUMNS}
    for name, cell in bad.items():
        faults += [_fault(expected, name, *found) for found in cell.head(MAX_FAULTS_SHOWN).iter_rows()]
    total = unsafe.height + ragged.height + sum(cell.height for cell in bad.values())
    good = judged.filter(pl.all_horizontal(f"{name}_good" for name in COLUMNS))
    frame = good.select("row", *(_typed(name) for name in COLUMNS))
    within = frame.filter(pl.col("i") == pl.col("j"))
    faults += [_within(expected, *found) for found in within.select("row", "i").head(MAX_FAULTS_SHOWN).iter_rows()]
    total += within.height
    frame = frame.filter(pl.col("i") != pl.col("j"))
    faults.sort(key=lambda fault: fault.row or 0)
    return Lines(frame, tuple(faults[:MAX_FAULTS_SHOWN]), total, repaired)


def _unquoted(cell: pl.Expr) -> pl.Expr:
    """A cell without blanks and quotes around it. A quote inside is left where it is, to be named."""
    return cell.str.strip_chars().str.replace('^"([^"]*)"$', "${1}").str.strip_chars()


def summary(repaired: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The first repair of each sort; a file is read in many blocks."""
    return tuple({fault.rule: fault for fault in reversed(repaired)}.values())


def byte_order_mark(file: str) -> Fault:
    """The record of a mark that was taken off."""
    return Fault(file, "text is UTF-8 without a byte-order mark", "The mark was taken off.", 1, value="BOM")


def _mended_codes(cells: pl.DataFrame, expected: Expected) -> tuple[pl.DataFrame, tuple[Fault, ...]]:
    """Codes with their leading zero again, and without the legacy code that no country's tariff knows."""
    if expected.products is None:
        return cells, ()
    repaired = []
    short = (pl.col("k").str.len_bytes() == CODE_DIGITS - 1) & ("0" + pl.col("k")).is_in(list(expected.products))
    found = cells.filter(short)
    if found.height:
        rule = "an HS code has six digits"
        remedy = "Read with a leading zero, as the release's product list has it; so are all codes like it."
        repaired.append(Fault(expected.file, rule, remedy, found["row"][0], "k", found["k"][0]))
        cells = cells.with_columns(k=pl.when(short).then("0" + pl.col("k")).otherwise(pl.col("k")))
    legacy = cells.filter(pl.col("k") == LEGACY_UNSPECIFIED)
    if legacy.height and LEGACY_UNSPECIFIED in expected.products:
        rule = "a product has a code of the Harmonised System"
        remedy = "Left out: CEPII's legacy code for goods that are not specified."
        repaired.append(Fault(expected.file, rule, remedy, legacy["row"][0], "k", LEGACY_UNSPECIFIED))
        cells = cells.filter(pl.col("k") != LEGACY_UNSPECIFIED)
    return cells, tuple(repaired)


def _good_cells(name: str, cells: pl.Series, expected: Expected) -> pl.Series:
    """Which cells of a column are right."""
    if name == "t":
        return cells == str(expected.year)
    if name in ("i", "j"):
        numbers = [number for number in baci_codes() if baci_iso3(number, expected.year)]
        return cells.is_in([str(number) for number in numbers] + [f"{number:03d}" for number in numbers])
    if name == "k" and expected.products is not None:
        return cells.is_in([code for code in expected.products if code.isdigit()])
    if name == "k":
        return pl.Series([hs6_problem(cell) is None for cell in cells], dtype=pl.Boolean)
    amount = cells.cast(pl.Float64, strict=False)
    plain = (amount.is_finite() & (amount >= 0)).fill_null(value=False)
    return plain | cells.is_in(["", *NOT_REPORTED]) if name == "q" else plain


def _typed(name: str) -> pl.Expr:
    """The cells of a column as numbers; a quantity that is not reported is null."""
    if name in ("v", "q"):
        return pl.col(name).cast(pl.Float64, strict=False)
    return pl.col(name).cast(pl.UInt32)


def _ragged(expected: Expected, row: int, line: str) -> Fault:
    remedy = "A decimal comma or a separator of thousands adds a cell, a truncated file lacks some."
    return Fault(expected.file, f"a line has {len(COLUMNS)} cells", remedy, row, value=line.strip()[:80])


def _unsafe(expected: Expected, row: int, line: str) -> Fault:
    """The fault of a line that holds a character without a place in data."""
    at, cell = next((at, cell) for at, cell in enumerate(line.split(",")) if unsafe_character(cell))
    rule = f"text has no control characters, and this cell has {unsafe_character(cell)}"
    column = expected.order[at] if at < len(expected.order) else str(at + 1)
    return Fault(expected.file, rule, "Remove the character, or get the file again.", row, column, cell)


def _within(expected: Expected, row: int, number: int) -> Fault:
    remedy = "Delete the row, or correct one of the two numbers."
    return Fault(expected.file, "a flow is between two countries", remedy, row, "i, j", f"{number}, {number}")


def _fault(expected: Expected, name: str, row: int, cell: str) -> Fault:
    """The fault of one cell."""
    if name == "t":
        problem = Problem(f"the year is {expected.year}, as in the file's name", "Correct the year or the file's name.")
    else:
        problem = formula(cell) or {"i": _country, "j": _country, "k": _code}.get(name, _amount)(cell, expected)
    return Fault(expected.file, problem.rule, problem.remedy, row, name, cell)


def _country(cell: str, expected: Expected) -> Problem:
    """Why a cell is no country number of this year."""
    if cell.casefold() in aggregates():
        remedy = "Delete the rows of sums: beside their members they count twice."
        return Problem(f"a flow is between countries, not {aggregates()[cell.casefold()]}", remedy)
    if not (cell.isascii() and cell.isdigit() and len(cell) <= COUNTRY_DIGITS):
        return Problem("a country is a BACI number", "Use the release as CEPII publishes it, with country numbers.")
    entry = baci_codes().get(int(cell))
    if entry is None:
        return Problem("this number names no country", "Compare it with the release's country_codes file.")
    remedy = f"{entry.note}." if entry.note else "Compare it with the release's country_codes file."
    return Problem(f"this number names no country in {expected.year}", remedy)


def _code(cell: str, expected: Expected) -> Problem:
    """Why a cell is no product code of this release."""
    problem = hs6_problem(cell)
    if problem:
        return Problem(*problem)
    return Problem("the code is in the release's product list", "Are revisions mixed? Use files of one release only.")


def _amount(cell: str, expected: Expected) -> Problem:
    """Why a cell is no value or quantity."""
    if cell in ("", *NOT_REPORTED):
        return Problem("a flow has a value", f"Delete the row, or get the file of {expected.year} again.")
    try:
        number = float(cell)
    except ValueError:
        return Problem("a value or quantity is a number", "Write digits and a decimal point only.")
    if number < 0:
        return Problem("a value or quantity is not negative", "Correct the sign.")
    return Problem("a value or quantity is finite", "Write NA where a quantity is unknown.")
