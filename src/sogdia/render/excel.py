"""The tables as one workbook: contents, a summary that prints on a few pages, notes, then a sheet for each table.

Every sheet of a table has its title, its sources and the date of its data above the header. The header has two rows:
what a column is, with its unit, and its name in the data files. Bands stand as numbers, low and high beside the
central figure. Each sheet prints in landscape, as wide as a page, with its header on every page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, each_once
from sogdia.files import atomic
from sogdia.render.blocks import Section, Table, stacked
from sogdia.render.excel_sheet import WIDEST, Book, cited, height, page_of, put, write_sheet

NAME_LIMIT = 31
SUMMARY = "summary"
WIDTHS_OF_SUMMARY = (32.0, 22.0, 16.0, 16.0, 18.0, 16.0)
COLUMNS_OF_SUMMARY = len(WIDTHS_OF_SUMMARY)
SOURCES_OF_SUMMARY = 4


def sheet_name(key: str) -> str:
    """The sheet of a table: its key, cut to Excel's limit of 31 characters."""
    return key[:NAME_LIMIT]


def write_workbook(
    path: Path, sections: Sequence[Section], *, title: str, notes: Sequence[str], dated: str = "",
    front: Sequence[Table] = (),
) -> Path:  # fmt: skip
    """Write tables.xlsx. Text is written as text, so that a cell that begins with = + - @ is never a formula.

    dated: what each sheet says of the date of its data; front: tables of the summary, each of six columns at most.
    """
    import xlsxwriter

    shown = stacked(tuple(sections))
    with atomic(path) as part:
        book = xlsxwriter.Workbook(
            str(part), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        # A fixed date keeps equal reports equal byte for byte.
        book.set_properties({"title": title, "comments": "Written by Sogdia", "created": _epoch()})
        made = Book(book, title, dated)
        _contents(made, shown, bool(front))
        if front:
            _summary(made, front)
        _notes(made, notes, shown)
        for file, group in shown.items():
            write_sheet(made, sheet_name(file), tidy(group), group)
        book.close()
    return path


def tidy(group: Sequence[Table]) -> pl.DataFrame:
    """What the tables of one file hold, stacked: the link column (the key) first, then every column."""
    return pl.concat([_tidy(table) for table in group], how="vertical_relaxed")


def _tidy(table: Table) -> pl.DataFrame:
    names = [column.name for column in table.columns]
    keys = [table.link_column] if table.link and table.link_column not in names else []
    return table.frame.select(*keys, *names)


def _contents(made: Book, shown: Mapping[str, Sequence[Table]], with_summary: bool) -> None:
    sheet = made.sheet("contents")
    sheet.write_string(0, 0, made.title, made.titles)
    sheet.write_string(1, 0, made.dated, made.small)
    for place, name in enumerate(("sheet", "rows", "what it holds")):
        sheet.write_string(2, place, name, made.header)
    rows: list[tuple[str, int | None, str]] = []
    if with_summary:
        rows.append((SUMMARY, None, "The main figures, to print."))
    rows.append(("notes", None, "What a reader has to know; every column with its unit and definition."))
    for file, group in shown.items():
        more = f" And {len(group) - 1} more tables of the same kind." if len(group) > 1 else ""
        rows.append((sheet_name(file), sum(table.frame.height for table in group), group[0].caption + more))
    for row, (name, count, caption) in enumerate(rows, start=3):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", made.link, name)
        if count is not None:
            sheet.write_number(row, 1, count, made.number("#,##0"))
        sheet.write_string(row, 2, caption, made.indented)
        sheet.set_row(row, height([caption], [1.9 * WIDEST]))
    sheet.set_column(0, 0, WIDEST / 2)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, 2, 2 * WIDEST)
    page_of(sheet, made, len(rows) + 2, 2, 2)


def _summary(made: Book, front: Sequence[Table]) -> None:
    """The main tables below each other, with their sources."""
    sheet = made.sheet(SUMMARY)
    sheet.write_string(0, 0, made.title, made.titles)
    sheet.write_string(1, 0, made.dated, made.small)
    row = 3
    for table in front:
        row = _block(made, sheet, table, row)
    for place, width in enumerate(WIDTHS_OF_SUMMARY):
        sheet.set_column(place, place, width)
    page_of(sheet, made, row, COLUMNS_OF_SUMMARY - 1, None)


def _block(made: Book, sheet: Any, table: Table, row: int) -> int:
    """A table of the summary from a row on: caption, header, rows, sources. Returns the row below it."""
    across = sum(WIDTHS_OF_SUMMARY)
    _across(sheet, row, table.caption, made.wrapped_bold, height([table.caption], [across]))
    columns = table.columns[:COLUMNS_OF_SUMMARY]
    for place, column in enumerate(columns):
        sheet.write_string(row + 1, place, made.label(column), made.header_of(column, place))
    sheet.set_row(row + 1, height([made.label(column) for column in columns], WIDTHS_OF_SUMMARY[: len(columns)]))
    frame = table.frame.select(column.name for column in columns).head(table.rows_shown or table.frame.height)
    for number, values in enumerate(frame.iter_rows(), row + 2):
        texts = [value if isinstance(value, str) else "" for value in values]
        sheet.set_row(number, height(texts, WIDTHS_OF_SUMMARY[: len(columns)]))
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            put(sheet, made, number, place, column, value)
    end, sources = row + 2 + frame.height, cited((table,), SOURCES_OF_SUMMARY)
    _across(sheet, end, sources, made.small_wrapped, height([sources], [1.3 * across]))
    return end + 2


def _across(sheet: Any, row: int, text: str, style: Any, points: float) -> None:
    sheet.merge_range(row, 0, row, COLUMNS_OF_SUMMARY - 1, "", style)
    sheet.write_string(row, 0, text, style)
    sheet.set_row(row, points)


def _notes(made: Book, notes: Sequence[str], shown: Mapping[str, Sequence[Table]]) -> None:
    """General notes, then every column with its unit and definition."""
    sheet = made.sheet("notes")
    for row, note in enumerate(notes):
        sheet.write_string(row, 0, note)
    start = len(notes) + 1
    for place, name in enumerate(("sheet", "column", "label", "unit", "definition", "source_ids")):
        sheet.write_string(start, place, name, made.header)
    ids = {file: SEPARATOR.join(each_once(*(table.source_ids for table in group))) for file, group in shown.items()}
    lines = [
        (sheet_name(file), c.name, c.label, c.unit, c.definition, ids[file])
        for file, group in shown.items()
        for c in group[0].columns
    ]
    for row, line in enumerate(lines, start=start + 1):
        for place, value in enumerate(line):
            sheet.write_string(row, place, value, made.wrapped if place > 3 else None)
    sheet.set_column(0, 3, WIDEST / 2)
    sheet.set_column(4, 5, WIDEST)
    page_of(sheet, made, start + len(lines), 5, start)


def _epoch() -> Any:
    from datetime import datetime

    return datetime(2000, 1, 1)
