"""How do the tables become one workbook? Contents, notes, a tidy sheet for each table, sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from sogdia.brief.blocks import Column, Section, Table, source_ids, tables
from sogdia.brief.formats import FORMATS
from sogdia.data import source
from sogdia.data.provenance import Source
from sogdia.files import atomic

NAME_LIMIT = 31
WIDEST, NARROWEST = 48, 9
HEADER = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
SOURCE_FIELDS = ("source_id", "publisher", "title", "year", "licence", "url", "vintage", "note")


def sheet_name(key: str) -> str:
    """The sheet of a table: its key, cut to Excel's limit of 31 characters."""
    return key[:NAME_LIMIT]


def write_workbook(path: Path, sections: Sequence[Section], *, title: str, notes: Sequence[str]) -> Path:
    """Write tables.xlsx. Text is written as text, so that a cell that begins with = + - @ is never a formula."""
    import xlsxwriter

    shown = tables(tuple(sections))
    with atomic(path) as part:
        book = xlsxwriter.Workbook(
            str(part), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        # A fixed date keeps equal reports equal byte for byte.
        book.set_properties({"title": title, "comments": "Written by Sogdia", "created": _epoch()})
        header = book.add_format(HEADER)
        _contents(book.add_worksheet("contents"), header, title, shown)
        _notes(book.add_worksheet("notes"), header, notes, shown)
        for table in shown:
            _table(book, header, table)
        used = [source(i) for i in source_ids(tuple(sections))]
        _sources(book.add_worksheet("sources"), header, used)
        book.close()
    return path


def tidy(table: Table) -> pl.DataFrame:
    """What a table's sheet and files hold: its link column (the key) first, then the columns shown."""
    names = [column.name for column in table.columns]
    keys = [table.link_column] if table.link and table.link_column not in names else []
    return table.frame.select(*keys, *names)


def _table(book: Any, header: Any, table: Table) -> None:
    frame = tidy(table)
    known = {column.name: column for column in table.columns}
    sheet = book.add_worksheet(sheet_name(table.key))
    for place, name in enumerate(frame.columns):
        column = known.get(name, Column(name, name, "text"))
        form = FORMATS[column.format]
        cell = book.add_format({"num_format": form.excel})
        sheet.write_string(0, place, name, header)
        sheet.set_column(place, place, _width(frame[name], name))
        for row, value in enumerate(frame[name], start=1):
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(row, place, value)
            else:
                sheet.write_number(row, place, value, cell)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(frame.height, 1), frame.width - 1)


def _contents(sheet: Any, header: Any, title: str, shown: Sequence[Table]) -> None:
    sheet.write_string(0, 0, title, header)
    for place, name in enumerate(("sheet", "rows", "what it holds")):
        sheet.write_string(2, place, name, header)
    for row, table in enumerate(shown, start=3):
        sheet.write_string(row, 0, sheet_name(table.key))
        sheet.write_number(row, 1, table.frame.height)
        sheet.write_string(row, 2, table.caption)
    sheet.set_column(0, 0, WIDEST / 2)
    sheet.set_column(2, 2, 2 * WIDEST)


def _notes(sheet: Any, header: Any, notes: Sequence[str], shown: Sequence[Table]) -> None:
    """General notes, then every column with its unit and definition."""
    for row, note in enumerate(notes):
        sheet.write_string(row, 0, note)
    start = len(notes) + 1
    for place, name in enumerate(("sheet", "column", "label", "unit", "definition", "source_ids")):
        sheet.write_string(start, place, name, header)
    lines = [
        (sheet_name(t.key), c.name, c.label, c.unit, c.definition, ";".join(t.source_ids))
        for t in shown
        for c in t.columns
    ]
    for row, line in enumerate(lines, start=start + 1):
        for place, value in enumerate(line):
            sheet.write_string(row, place, value)
    sheet.set_column(0, 3, WIDEST / 2)
    sheet.set_column(4, 4, 2 * WIDEST)


def _sources(sheet: Any, header: Any, used: Sequence[Source]) -> None:
    for place, name in enumerate(SOURCE_FIELDS):
        sheet.write_string(0, place, name, header)
        for row, item in enumerate(used, start=1):
            sheet.write_string(row, place, str(getattr(item, name)))
    sheet.set_column(0, len(SOURCE_FIELDS) - 1, WIDEST / 2)
    sheet.freeze_panes(1, 1)


def _width(column: pl.Series, name: str) -> float:
    longest = column.cast(pl.String).str.len_chars().max() if column.dtype == pl.String else len(name)
    return float(min(max(int(str(longest or 0)), len(name), NARROWEST) + 2, WIDEST))


def _epoch() -> Any:
    from datetime import datetime

    return datetime(2000, 1, 1)
