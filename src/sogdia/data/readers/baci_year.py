"""The flows of one yearly file of BACI, every row checked, in blocks of bounded size.

A block that is right in all its cells goes through typed columns at full speed (`_quick`). A block with anything
unusual is read again line by line as text (`baci_lines`), which either mends it or names each fault with its row.

A flow is packed into one whole number, key = k 2^20 + i 2^10 + j, from product code k and the BACI numbers of
exporter i and importer j (each below 1024): sorting and the search for doubled flows then touch one column only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import IO

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sogdia.codes import baci_codes, baci_iso3
from sogdia.data.readers import baci_lines
from sogdia.data.readers.baci_lines import COLUMNS, NOT_REPORTED, Expected, Lines
from sogdia.data.readers.trade_checks import trade_problems, world_unit_values
from sogdia.errors import MAX_FAULTS_COUNTED, MAX_FAULTS_SHOWN, Fault, InputError
from sogdia.tabular import archive
from sogdia.tabular.checks import refuse
from sogdia.tabular.grid import Grid
from sogdia.tabular.header import header_at, table
from sogdia.tabular.text import parse

HEAD_BYTES = 2**16
BLOCK_BYTES = 2**25
PIECE_BYTES = 2**20
SHOWN_BYTES = 60
BITS = 10
NUMBERS, CODES = 2**BITS, 10**6
BOM = b"\xef\xbb\xbf"
TYPES = {"t": pl.Int16, "i": pl.Int16, "j": pl.Int16, "k": pl.String, "v": pl.Float64, "q": pl.Float64}
FIRST_CODE, LAST_CODE = 10_000, 979_999


@dataclass(frozen=True, slots=True)
class YearFile:
    """One yearly file. products: the codes of the release's own list, None where it has none."""

    name: str
    year: int
    open: Callable[[], IO[bytes]]
    products: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class YearFlows:
    """The flows of a year, sorted by key. flows: key (u64), value_kusd, quantity_t (null where not reported)."""

    year: int
    flows: pl.DataFrame
    repaired: tuple[Fault, ...] = ()
    parts: None = None

    def labelled(self) -> pl.LazyFrame:
        """The flows in the columns of the table `trade`."""
        iso3 = pl.lit(pl.Series([baci_iso3(number, self.year) for number in range(NUMBERS)], dtype=pl.String))
        codes = pl.lit(pl.select(pl.int_range(CODES).cast(pl.String).str.zfill(6)).to_series())
        key = pl.col("key")
        return self.flows.lazy().select(
            year=pl.lit(self.year, pl.Int16),
            exporter=iso3.gather(key // NUMBERS % NUMBERS),
            importer=iso3.gather(key % NUMBERS),
            hs6=codes.gather(key // NUMBERS**2),
            value_kusd="value_kusd",
            quantity_t="quantity_t",
        )


def read_year(file: YearFile, hs6: Sequence[int] | None = None) -> YearFlows:
    """The flows of one yearly file, all or those of some codes; InputError with up to 50 faults and their number."""
    with archive.intact(file.name), file.open() as stream:
        return _read(file, stream, hs6)


def _read(file: YearFile, stream: IO[bytes], hs6: Sequence[int] | None) -> YearFlows:
    head = stream.read(HEAD_BYTES)
    order, first_row, rest, repaired = _header(file, head)
    expected = Expected(file.name, file.year, order, file.products)
    wanted = None if hs6 is None else np.asarray(hs6, dtype=np.uint32)
    blocks: list[pl.DataFrame] = []
    faults: list[Fault] = []
    total = rows = 0
    for part in _parsed(_blocks(file.name, stream, rest, first_row), expected, _allowed(file.products)):
        total += part.total
        faults += part.faults[: MAX_FAULTS_SHOWN - len(faults)]
        repaired = (*repaired, *part.repaired)
        rows += part.frame.height
        blocks.append(_packed(part.frame, wanted))
        if total >= MAX_FAULTS_COUNTED:
            break
    if not rows and not total:
        faults.append(Fault(file.name, "there is a row for every flow", "Get the file again.", value="no rows"))
    refuse(faults, max(total, len(faults)))
    flows = pl.concat(blocks).sort("key")
    refuse(*_doubled(file.name, flows))
    refuse(*_doubled_countries(file.name, flows, file.year))
    result = YearFlows(file.year, flows.drop("row"), baci_lines.summary(repaired))
    _must_fit_the_embedded(file.name, result)
    return result


def _parsed(blocks: Iterator[tuple[int, bytes]], expected: Expected, allowed: NDArray[np.bool_]) -> Iterator[Lines]:
    """The lines of every block; one with anything unusual in it is read in pieces, and these line by line."""
    for row, block in blocks:
        frame = _quick(block, expected, allowed, row)
        if frame is not None:
            yield Lines(frame)
            continue
        for piece_row, piece in _pieces(expected.file, block, row):
            frame = _quick(piece, expected, allowed, piece_row)
            yield baci_lines.read(piece, piece_row, expected) if frame is None else Lines(frame)


def _pieces(name: str, block: bytes, row: int) -> Iterator[tuple[int, bytes]]:
    """(row of the first line, whole lines) of a block, in pieces that can be read as text in little memory."""
    at = 0
    while at < len(block):
        cut = block.rfind(b"\n", at, at + PIECE_BYTES) + 1
        if not cut:
            raise _no_lines(name, row)
        yield row, block[at:cut]
        row, at = row + block.count(b"\n", at, cut), cut


def _no_lines(name: str, row: int) -> InputError:
    rule, remedy = "a line has six short cells", "This is no text file; get the file again."
    return InputError([Fault(name, rule, remedy, row, value=f"a line of {PIECE_BYTES // 2**20} MiB or more")])


def _header(file: YearFile, head: bytes) -> tuple[tuple[str, ...], int, bytes, tuple[Fault, ...]]:
    """(columns in the order of the file, row of the first data line, bytes after the header, repairs)."""
    repaired = (baci_lines.byte_order_mark(file.name),) if head.startswith(BOM) else ()
    body = head.removeprefix(BOM)
    grid = parse(body.rpartition(b"\n")[0].decode("utf-8", "replace") or body.decode("utf-8", "replace"), file.name)
    at = header_at(grid, COLUMNS) or 0
    _must_have_names(file.name, grid, at)
    found = table(Grid(file.name, "", grid.lines[: at + 1]), COLUMNS)
    separators = [Fault(f.file, f.rule, "Separate cells by commas.", f.row, value=f.value) for f in grid.repaired]
    refuse([*found.faults, *separators])
    number = grid.lines[at].number
    order = tuple(cell.strip().casefold() for cell in grid.lines[at].cells if cell)
    lines = body.split(b"\n", number)
    return order, number + 1, lines[number] if len(lines) > number else b"", repaired


def _must_have_names(name: str, grid: Grid, at: int) -> None:
    """InputError where the header has a column without a name, as programs write that number the rows."""
    if at >= len(grid.lines):
        return
    cells = grid.lines[at].cells
    nameless = next((place for place, cell in enumerate(cells, 1) if not cell.strip('"')), None)
    if nameless is not None and len(cells) > len(COLUMNS):
        rule, remedy = "every column has a name", f"Delete column {nameless}, which numbers the rows, and its cells."
        raise InputError(
            [Fault(name, rule, remedy, grid.lines[at].number, value=f"a column {nameless} without a name")]
        )


def _blocks(name: str, stream: IO[bytes], rest: bytes, row: int) -> Iterator[tuple[int, bytes]]:
    """(row of the first line, whole lines) until the file ends."""
    while data := stream.read(BLOCK_BYTES):
        cut = data.rfind(b"\n") + 1
        if not cut and len(rest) > BLOCK_BYTES:
            raise _no_lines(name, row)
        if cut:
            block = _unix(rest + data[:cut])
            yield row, block
            row, rest = row + block.count(b"\n"), data[cut:]
        else:
            rest += data
    if rest and not rest.endswith(b"\n"):
        rule, remedy = "the file ends with a line end", "It was cut short in its last row: get the file again."
        value = rest.rpartition(b"\n")[2][-SHOWN_BYTES:].decode("utf-8", "replace")
        raise InputError([Fault(name, rule, remedy, row + rest.count(b"\n"), value=value)])
    if rest:
        yield row, _unix(rest)


def _unix(block: bytes) -> bytes:
    """The block with plain line ends."""
    return block.replace(b"\r\n", b"\n") if b"\r" in block else block


def _quick(block: bytes, expected: Expected, allowed: NDArray[np.bool_], row: int) -> pl.DataFrame | None:
    """The block as typed columns with the row of each line, None where any cell needs a closer look."""
    order, year = expected.order, expected.year
    characters = np.frombuffer(block, dtype=np.uint8)
    rows = int(np.count_nonzero(characters == ord("\n")))
    commas = int(np.count_nonzero(characters == ord(",")))
    if commas != rows * (len(order) - 1) or b'"' in block or b"+" in block:
        return None
    try:
        frame = pl.read_csv(
            block, has_header=False, schema={name: TYPES[name] for name in order}, null_values=list(NOT_REPORTED)
        )
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return None
    if frame.height != rows or any(frame[name].null_count() for name in "tijkv"):
        return None
    codes = frame["k"].cast(pl.UInt32, strict=False)
    good = (
        not codes.null_count()
        and frame["k"].str.len_bytes().min() == frame["k"].str.len_bytes().max() == baci_lines.CODE_DIGITS
        and bool(allowed[codes.to_numpy()].all())
        and frame["t"].min() == frame["t"].max() == year
        and all(_numbers_name_countries(frame[side], year) for side in "ij")
        and not bool((frame["i"] == frame["j"]).any())
        and all(_plain_amounts(frame[name]) for name in "vq")
    )
    numbers = pl.Series("row", np.arange(row, row + rows, dtype=np.uint32))
    return frame.with_columns(numbers, k=codes) if good else None


def _numbers_name_countries(numbers: pl.Series, year: int) -> bool:
    values = numbers.to_numpy()
    return bool(((values >= 0) & (values < NUMBERS)).all()) and bool(_known(year)[values].all())


def _plain_amounts(amounts: pl.Series) -> bool:
    known = amounts.drop_nulls()
    return bool(known.is_finite().all()) and bool((known >= 0).all())


@cache
def _known(year: int) -> NDArray[np.bool_]:
    """Which BACI numbers name a country in a year."""
    known = np.zeros(NUMBERS, dtype=np.bool_)
    known[[number for number in baci_codes() if baci_iso3(number, year)]] = True
    return known


def _allowed(products: frozenset[str] | None) -> NDArray[np.bool_]:
    """Which whole numbers below a million are product codes: those of the release's list, else chapters 01 to 97."""
    allowed = np.zeros(CODES, dtype=np.bool_)
    if products is None:
        allowed[FIRST_CODE : LAST_CODE + 1] = True
    else:
        allowed[[int(code) for code in products if code.isdigit()]] = True
    return allowed


def _packed(frame: pl.DataFrame, wanted: NDArray[np.uint32] | None) -> pl.DataFrame:
    """Key, value, quantity and row of the flows of a block."""
    k, i, j = (frame[name].to_numpy().astype(np.uint64) for name in "kij")
    key = pl.Series("key", (k * NUMBERS + i) * NUMBERS + j)
    packed = pl.DataFrame([key, frame["v"].alias("value_kusd"), frame["q"].alias("quantity_t"), frame["row"]])
    return packed if wanted is None else packed.filter(pl.Series(np.isin(k, wanted)))


def _doubled(name: str, flows: pl.DataFrame) -> tuple[list[Fault], int]:
    """Flows that stand in the file more than once: faults and their number."""
    key = pl.col("key")
    same = flows.filter((key == key.shift()) | (key == key.shift(-1))).sort("row")
    twice = same.filter(~key.is_first_distinct())
    first = dict(same.filter(key.is_first_distinct()).select("key", "row").rows())
    faults = []
    for flow, row in twice.select("key", "row").head(MAX_FAULTS_SHOWN).iter_rows():
        code, i, j = flow // NUMBERS**2, flow // NUMBERS % NUMBERS, flow % NUMBERS
        rule = f"a flow stands once in a year; this one is also in row {first[flow]}"
        faults.append(Fault(name, rule, "Delete one of the rows.", row, "i, j, k", f"{i}, {j}, {code:06d}"))
    return faults, twice.height


def _doubled_countries(name: str, flows: pl.DataFrame, year: int) -> tuple[list[Fault], int]:
    """Flows that are one, or run within one country, once two numbers of a country are read as that country."""
    several = [number for number in range(NUMBERS) if (iso3 := baci_iso3(number, year)) and iso3 in _several(year)]
    sides = flows.select(
        "row", i=pl.col("key") // NUMBERS % NUMBERS, j=pl.col("key") % NUMBERS, k=pl.col("key") // NUMBERS**2
    )
    touched = sides.filter(pl.col("i").is_in(several) | pl.col("j").is_in(several))
    if touched.is_empty():
        return [], 0
    by_number = {number: baci_iso3(number, year) for number in range(NUMBERS)}
    first: dict[tuple[str | None, str | None, int], int] = {}
    faults = []
    for row, i, j, k in touched.sort("row").iter_rows():
        flow = (by_number[i], by_number[j], k)
        shown = f"{i}, {j}, {k:06d}"
        if flow[0] == flow[1]:
            rule = f"a flow is between two countries; both numbers are {flow[0]}"
            faults.append(Fault(name, rule, "Delete the row, or keep one of the two numbers.", row, "i, j", shown))
        elif flow in first:
            rule = f"a flow stands once in a year; as {flow[0]} to {flow[1]} this one is also in row {first[flow]}"
            remedy = "Two numbers of one country stand for one another: keep one of the rows."
            faults.append(Fault(name, rule, remedy, row, "i, j, k", shown))
        first.setdefault(flow, row)
    return faults[:MAX_FAULTS_SHOWN], len(faults)


@cache
def _several(year: int) -> frozenset[str]:
    """The countries that have more than one number in a year."""
    meant = [iso3 for number in baci_codes() if (iso3 := baci_iso3(number, year))]
    return frozenset(iso3 for iso3 in meant if meant.count(iso3) > 1)


def _must_fit_the_embedded(name: str, year: YearFlows) -> None:
    """InputError when the year is in the wrong unit or the wrong way round."""
    known = [int(code) for code in world_unit_values()]
    flows = year.flows.filter((pl.col("key") // NUMBERS**2).is_in(known))
    found = trade_problems(YearFlows(year.year, flows).labelled().collect(), year.year)
    refuse([Fault(name, each.rule, each.remedy, column=column, value="the whole column") for column, each in found])
