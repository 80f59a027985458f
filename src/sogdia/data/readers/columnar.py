"""Large CSV files of trade are read column by column in blocks, every needed cell as text and then as what it is.

The header alone decides what a file is, so that a file of gigabytes is recognised at once.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from sogdia.codes import hs6_problem
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError
from sogdia.tabular.grid import fold
from sogdia.text import UNSAFE

HEAD_BYTES = 2**16
JSON_BYTES = 512 * 2**20
SEPARATORS = ",;\t"
UNSAFE_IN_CELL = UNSAFE.pattern.replace("\ud800-\udfff", "")
UNKNOWN_WEIGHT = ("", "NA", "N/A", "null")


@dataclass(frozen=True, slots=True)
class Head:
    """The first line of a file: the titles as they stand there, and what separates them."""

    titles: tuple[str, ...]
    separator: str

    def has(self, *names: str) -> bool:
        """Whether all these columns are there, whatever their case."""
        folded = {fold(title) for title in self.titles}
        return all(fold(name) in folded for name in names)

    def title(self, *names: str) -> str | None:
        """The title of the first of these columns that is there."""
        by_folded = {fold(title): title for title in reversed(self.titles)}
        return next((by_folded[fold(name)] for name in names if fold(name) in by_folded), None)


def head_of(path: Path) -> Head | None:
    """The head of a text file; None for folders, archives and what is no text."""
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        raw = stream.read(HEAD_BYTES)
    if b"\0" in raw[:4]:
        return None
    line = raw.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace").rstrip("\r")
    separator = max(SEPARATORS, key=line.count)
    try:
        titles = next(csv.reader(io.StringIO(line), delimiter=separator), [])
    except csv.Error:
        return None
    return Head(tuple(title.strip() for title in titles), separator)


def read_columns(path: Path, name: str, head: Head, columns: Mapping[str, str]) -> pl.DataFrame:
    """`row` and the columns as text, stripped. columns: the title in the file by the name wanted.

    InputError where lines have more or fewer cells than the header, or cells hold characters without a place in data.
    """
    twice = {title for title in columns.values() if head.titles.count(title) > 1}
    if twice:
        raise InputError([Fault(name, "a column stands once", "Keep one of them.", 1, min(twice), "2 times")])
    last = head.titles[-1]
    cells = [pl.col(title).str.strip_chars().fill_null("").alias(key) for key, title in columns.items()]
    if last:
        cells.append((pl.col(last).fill_null("") == "").alias("_cut"))
    try:
        frame = (
            pl.scan_csv(
                path,
                separator=head.separator,
                infer_schema=False,
                encoding="utf8-lossy",
                glob=False,
                row_index_name="row",
                row_index_offset=2,
                truncate_ragged_lines=_trailing_separator(path, head),
            )
            .rename(str.strip)
            .select("row", *cells)
            .collect(engine="streaming")
        )
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as why:
        raise _ragged(path, name, head, str(why)) from why
    if frame.is_empty():
        raise InputError([Fault(name, "there are rows under the header", "Get the file again.", value="no rows")])
    unsafe = [key for key in columns if frame[key].str.contains(UNSAFE_IN_CELL).any()]
    if unsafe:
        row = frame.filter(pl.col(unsafe[0]).str.contains(UNSAFE_IN_CELL)).row(0, named=True)
        rule, remedy = "text has no control characters", "Remove the character, or get the file again."
        raise InputError([Fault(name, rule, remedy, row["row"], columns[unsafe[0]], row[unsafe[0]])])
    _must_have_all_cells(name, frame, last)
    return frame.drop("_cut", strict=False)


def _must_have_all_cells(name: str, frame: pl.DataFrame, title: str) -> None:
    """InputError where some rows end before the last column and most do not: a cell is missing, or the file was cut."""
    if "_cut" not in frame.columns:
        return
    empty = frame.filter("_cut").select("row")
    if 0 < empty.height < frame.height / 2:
        rule, remedy = "every line reaches the last column", "A cell is missing, or the file was cut: get it again."
        raise InputError([Fault(name, rule, remedy, empty["row"][0], title, "nothing")], empty.height)


def _trailing_separator(path: Path, head: Head) -> bool:
    """Whether the first line of data has one empty cell more than the header, as some downloads write every line."""
    with path.open("rb") as stream:
        lines = stream.read(HEAD_BYTES).decode("utf-8", "replace").splitlines()
    try:
        rows = list(csv.reader(lines[1:2], delimiter=head.separator))
    except csv.Error:
        return False
    return bool(rows) and len(rows[0]) == len(head.titles) + 1 and not rows[0][-1].strip()


def _ragged(path: Path, name: str, head: Head, why: str) -> InputError:
    """The error for a file that is no table throughout, with the first line that does not fit."""
    rule = f"a line has {len(head.titles)} cells"
    remedy = "A separator inside a cell, an open quote or a cut file: get the file again."
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=head.separator)
        try:
            for number, cells in enumerate(reader, 1):
                if len(cells) > len(head.titles):
                    return InputError([Fault(name, rule, remedy, number, value=f"{len(cells)} cells")])
        except csv.Error as error:
            why = str(error)
    return InputError([Fault(name, rule, remedy, value=why.splitlines()[0][:120] if why else "no table")])


def read_json(path: Path, name: str, columns: Iterable[str]) -> pl.DataFrame:
    """`row` and the named fields of the records of a JSON file, a list or an object with the list `data`."""
    if path.stat().st_size > JSON_BYTES:
        rule = f"a file of JSON is {JSON_BYTES // 2**20} MiB at most"
        raise InputError([Fault(name, rule, "Take the same data as CSV.", value=f"{path.stat().st_size} bytes")])
    records = records_of(path, name)
    fields = {key: [_text(record.get(key)) for record in records] for key in columns}
    frame = pl.DataFrame({"row": range(1, len(records) + 1), **fields}, schema_overrides={"row": pl.UInt32})
    if frame.is_empty():
        raise InputError([Fault(name, "there are records", "Get the file again.", value="none")])
    return frame


def records_of(path: Path, name: str) -> list[dict[str, Any]]:
    """The records of a JSON file."""
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as why:
        remedy = "It was probably cut short: get the file again."
        raise InputError([Fault(name, "the file is whole JSON", remedy, value=str(why)[:120])]) from why
    listed = _listed(content) if isinstance(content, dict) else content
    if not isinstance(listed, list) or not all(isinstance(record, dict) for record in listed):
        raise InputError([Fault(name, "the file is a list of records", "Get the file again.", value="something else")])
    return listed


def _listed(content: dict[str, Any]) -> Any:
    """The list in an object: `data` or `dataset`, or the properties of the `features` of GeoJSON."""
    features = content.get("features")
    if isinstance(features, list):
        return [feature.get("properties") if isinstance(feature, dict) else None for feature in features]
    return content.get("data", content.get("dataset"))


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def amounts(
    frame: pl.DataFrame, name: str, column: str, title: str, *, required: bool
) -> tuple[pl.Series, list[Fault]]:
    """A column as finite numbers of 0 or more, null where empty, and the faults of other cells."""
    cells = frame[column]
    empty = cells.is_in(UNKNOWN_WEIGHT)
    values = cells.cast(pl.Float64, strict=False)
    good = (values.is_finite() & (values >= 0)).fill_null(value=False)
    bad = frame.filter(~(good | (empty & (not required)))).select("row", column).head(MAX_FAULTS_SHOWN)
    rule, remedy = "a figure is a number of 0 or more with a decimal point", "Correct it, or get the file again."
    faults = [Fault(name, rule, remedy, row, title, cell) for row, cell in bad.iter_rows()]
    return pl.select(pl.when(good).then(values)).to_series().alias(column), faults


def codes(frame: pl.DataFrame, name: str, column: str, title: str) -> list[Fault]:
    """The faults of cells that are no six-digit code."""
    problems = {cell: p for cell in frame[column].unique() if (p := hs6_problem(cell))}
    bad = frame.filter(pl.col(column).is_in(list(problems))).select("row", column).head(MAX_FAULTS_SHOWN)
    return [Fault(name, *problems[cell], row, title, cell) for row, cell in bad.iter_rows()]


def years(frame: pl.DataFrame, name: str, column: str, title: str) -> list[Fault]:
    """The faults of cells that are no year from 1962 to 2050."""
    rule, remedy = "data are of whole calendar years from 1962 on", "Take annual data, or add the months up."
    good = pl.col(column).str.contains(r"^(19[6-9]\d|20[0-4]\d|2050)$")
    bad = frame.filter(~good).select("row", column).head(MAX_FAULTS_SHOWN)
    return [Fault(name, rule, remedy, row, title, cell) for row, cell in bad.iter_rows()]
