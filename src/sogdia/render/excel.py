"""The tables as one workbook: contents, notes, then a tidy sheet for each; the last one holds the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, each_once
from sogdia.files import atomic
from sogdia.render.blocks import Column, Section, Table, stacked
from sogdia.render.formats import FORMATS

NAME_LIMIT = 31
WIDEST, NARROWEST = 48, 9
HEADER = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}


def sheet_name(key: str) -> str:
    """The sheet of a table: its key, cut to Excel's limit of 31 characters."""
    return key[:NAME_LIMIT]


def write_workbook(path: Path, sections: Sequence[Section], *, title: str, notes: Sequence[str]) -> Path:
    """Write tables.xlsx. Text is written as text, so that a cell that begins with = + - @ is never a formula."""
    import xlsxwriter

    shown = stacked(tuple(sections))
    with atomic(path) as part:
        book = xlsxwriter.Workbook(
            str(part), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        # A fixed date keeps equal reports equal byte for byte.
        book.set_properties({"title": title, "comments": "Written by Sogdia", "created": _epoch()})
        header = book.add_format(HEADER)
        _contents(book.add_worksheet("contents"), header, title, shown)
        _notes(book.add_worksheet("notes"), header, notes, shown)
        for file, group in shown.items():
            _sheet(book, header, file, group)
        book.close()
    return path


def tidy(group: Sequence[Table]) -> pl.DataFrame:
    """What the tables of one file hold, stacked: the link column (the key) first, then every column."""
    return pl.concat([_tidy(table) for table in group], how="vertical_relaxed")


def _tidy(table: Table) -> pl.DataFrame:
    names = [column.name for column in table.columns]
    keys = [table.link_column] if table.link and table.link_column not in names else []
    return table.frame.select(*keys, *names)


def _sheet(book: Any, header: Any, file: str, group: Sequence[Table]) -> None:
    frame = tidy(group)
    known = {column.name: column for column in group[0].columns}
    sheet = book.add_worksheet(sheet_name(file))
    for place, name in enumerate(frame.columns):
        column = known.get(name, Column(name, name, "text"))
        cell = book.add_format({"num_format": FORMATS[column.format].excel})
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


def _contents(sheet: Any, header: Any, title: str, shown: Mapping[str, Sequence[Table]]) -> None:
    sheet.write_string(0, 0, title, header)
    for place, name in enumerate(("sheet", "rows", "what it holds")):
        sheet.write_string(2, place, name, header)
    for row, (file, group) in enumerate(shown.items(), start=3):
        sheet.write_string(row, 0, sheet_name(file))
        sheet.write_number(row, 1, sum(table.frame.height for table in group))
        more = f" And {len(group) - 1} more tables of the same kind." if len(group) > 1 else ""
        sheet.write_string(row, 2, group[0].caption + more)
    sheet.set_column(0, 0, WIDEST / 2)
    sheet.set_column(2, 2, 2 * WIDEST)


def _notes(sheet: Any, header: Any, notes: Sequence[str], shown: Mapping[str, Sequence[Table]]) -> None:
    """General notes, then every column with its unit and definition."""
    for row, note in enumerate(notes):
        sheet.write_string(row, 0, note)
    start = len(notes) + 1
    for place, name in enumerate(("sheet", "column", "label", "unit", "definition", "source_ids")):
        sheet.write_string(start, place, name, header)
    cited = {file: SEPARATOR.join(each_once(*(table.source_ids for table in group))) for file, group in shown.items()}
    lines = [
        (sheet_name(file), c.name, c.label, c.unit, c.definition, cited[file])
        for file, group in shown.items()
        for c in group[0].columns
    ]
    for row, line in enumerate(lines, start=start + 1):
        for place, value in enumerate(line):
            sheet.write_string(row, place, value)
    sheet.set_column(0, 3, WIDEST / 2)
    sheet.set_column(4, 4, 2 * WIDEST)


def _width(column: pl.Series, name: str) -> float:
    longest = column.cast(pl.String).str.len_chars().max() if column.dtype == pl.String else len(name)
    return float(min(max(int(str(longest or 0)), len(name), NARROWEST) + 2, WIDEST))


def _epoch() -> Any:
    from datetime import datetime

    return datetime(2000, 1, 1)
