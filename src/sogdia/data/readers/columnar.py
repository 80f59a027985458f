"""Large CSV files of trade are read column by column in blocks, every needed cell as text and then as what it is.

The header alone decides what a file is, so that a file of gigabytes is recognised at once.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from sogdia.codes import hs6_problem
from sogdia.data.readers.csv_head import HEAD_BYTES, Head
from sogdia.data.readers.line_widths import first_misfit
from sogdia.errors import MAX_FAULTS_SHOWN, Fault, InputError
from sogdia.tabular.checks import two_readings
from sogdia.text import UNSAFE

JSON_BYTES = 512 * 2**20
UNSAFE_IN_CELL = UNSAFE.pattern.replace("\ud800-\udfff", "")
POINTS = r"^[+-]?[1-9]\d{0,2}(\.\d{3})+$"
UNKNOWN_WEIGHT = ("", "NA", "N/A", "null")


def read_columns(path: Path, name: str, head: Head, columns: Mapping[str, str]) -> tuple[pl.DataFrame, list[str]]:
    """(`row` and the columns as text, stripped; what to tell). columns: the title in the file by the name wanted.

    InputError where lines have more or fewer cells than the header, or cells hold characters without a place in data.
    """
    twice = {title for title in columns.values() if head.titles.count(title) > 1}
    if twice:
        raise InputError([Fault(name, "a column stands once", "Keep one of them.", 1, min(twice), "2 times")])
    cells = [pl.col(title).str.strip_chars().fill_null("").alias(key) for key, title in columns.items()]
    trailing = _trailing_separator(path, head)
    misfit = first_misfit(path, head, trailing=trailing)
    if misfit is not None:
        rule = f"a line has {len(head.titles)} cells, as the header"
        remedy = "A cell is missing, a figure holds a separator, or the file was cut: get it again."
        raise InputError([Fault(name, rule, remedy, misfit[0], value=f"{misfit[1]} cells")])
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
                truncate_ragged_lines=trailing,
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
    blank = pl.all_horizontal(pl.col(key) == "" for key in columns)
    filled = frame.filter(~blank)
    told = unfinished(path, name)
    if filled.height < frame.height:
        told.append(f"{name}: {frame.height - filled.height} rows without any cell that is read are passed over.")
    return filled, told


def unfinished(path: Path, name: str) -> list[str]:
    """What to tell about a text file whose last line has no end: it may have been cut.

    The last figure of such a file may lack digits, and rows may be missing under it.
    """
    with path.open("rb") as stream:
        stream.seek(-1, 2)
        if stream.read(1) in (b"\n", b"\r"):
            return []
    return [f"{name}: the last line has no line end. Is the file whole? Compare its last row with the publisher's."]


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
    columns = tuple(columns)
    _must_have_all_fields(name, records, columns)
    fields = {key: [_text(record.get(key)) for record in records] for key in columns}
    frame = pl.DataFrame({"row": range(1, len(records) + 1), **fields}, schema_overrides={"row": pl.UInt32})
    if frame.is_empty():
        raise InputError([Fault(name, "there are records", "Get the file again.", value="none")])
    return frame


def _must_have_all_fields(name: str, records: list[dict[str, Any]], columns: Iterable[str]) -> None:
    """InputError where a field is missing in some of the records."""
    for key in columns:
        lacking = [at for at, record in enumerate(records, 1) if key not in record]
        if 0 < len(lacking) < len(records):
            rule, remedy = "every record has all fields", "Get the file again."
            raise InputError([Fault(name, rule, remedy, lacking[0], key, "no such field")], len(lacking))


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
    faults += _two_readings(frame, name, column, title)
    return pl.select(pl.when(good).then(values)).to_series().alias(column), faults


def _two_readings(frame: pl.DataFrame, name: str, column: str, title: str) -> list[Fault]:
    """The fault of a column whose every point has three digits behind it, and may separate thousands.

    A whole number of four digits or more shows that thousands are not separated.
    """
    pointed = frame.filter(pl.col(column).str.contains(".", literal=True)).select("row", column)
    if pointed.is_empty() or not pointed[column].str.contains(POINTS).all():
        return []
    if frame[column].str.contains(r"^\d{4,}$").any():
        return []
    row, cell = pointed.row(0)
    problem = two_readings(cell.replace(".", ""), f"{cell}0")
    return [Fault(name, problem.rule, problem.remedy, row, title, cell)]


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
