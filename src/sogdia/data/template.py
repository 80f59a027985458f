"""The empty table that users fill in with data of their own, with the rules beside it.

The workbook has three sheets: one to fill in (number formats and drop-down lists set for the first rows), `notes` with
unit and rule of every column and invented examples, and `lists` with the keys and codes allowed.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from sogdia.data.readers.reader import Template
from sogdia.data.readers.registry import readers
from sogdia.data.schema import columns
from sogdia.errors import Fault, InputError, refusals, unknown
from sogdia.files import write_bytes, write_text

FORMATTED_ROWS = 5000
NOTES, LISTS = "notes", "lists"


def write_template(path: Path | str, *, kind: str | None = None, replace: bool = False) -> Path:
    """Write the empty table as .xlsx (with notes, lists and checks) or .csv (the header alone).

    kind: which data it is for, by default the first kind that has a template, `purchases`. InputError where a file
    stands already, which may be filled in; replace: whether it may be lost. FileRefusedError where the disk is full or
    the path may not be written.
    """
    path = Path(path)
    with refusals(path):
        return _written(path, *_template(kind), replace)


def _written(path: Path, table: str, template: Template, replace: bool) -> Path:
    if path.exists() and not replace:
        remedy = "Name another file, or give --force to lose what stands there."
        raise InputError([Fault(str(path), "a template is a new file", remedy, value="a file of this name")])
    if path.suffix.lower() == ".csv":
        return write_text(path, ",".join(template.header) + "\n")
    if path.suffix.lower() != ".xlsx":
        remedy = f"Name the file {template.sheet}.xlsx or {template.sheet}.csv."
        raise InputError([Fault(path.name, "a template is .xlsx or .csv", remedy, value=path.suffix)])
    return write_bytes(path, _workbook(table, template))


def _workbook(table: str, template: Template) -> bytes:
    """The workbook, made in memory, so that a full disk is met by one write."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "in_memory": True}) as book:
        heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        _to_fill_in(book, book.add_worksheet(template.sheet), heading, template)
        _notes(book, book.add_worksheet(NOTES), heading, template, table)
        _lists(book.add_worksheet(LISTS), heading, template)
    return content.getvalue()


def _template(kind: str | None) -> tuple[str, Template]:
    """(table, template) of a kind of data."""
    by_key = {each.key: (each.table, each.template) for each in readers() if each.template is not None}
    if kind is not None and kind not in by_key:
        raise unknown("template", kind, by_key)
    return by_key[next(iter(by_key)) if kind is None else kind]


def _to_fill_in(book: Any, sheet: Any, heading: Any, template: Template) -> None:
    """The sheet to fill in. Its checks are the spreadsheet's own; `sogdia data add` checks everything again."""
    lists = _list_columns(template)
    for at, column in enumerate(template.columns):
        cells = book.add_format({"num_format": column.number_format}) if column.number_format else None
        sheet.set_column(at, at, column.width, cells)
        sheet.write(0, at, column.name, heading)
        rule = dict(column.validation)
        if column.choices is not None:
            letter = chr(ord("A") + lists.index(column.name))
            rule = {"validate": "list", "source": f"={LISTS}!${letter}$2:${letter}${len(column.choices()) + 1}"}
        if rule:
            sheet.data_validation(1, at, FORMATTED_ROWS, at, {**rule, "ignore_blank": True})
    sheet.freeze_panes(1, 0)


def _notes(book: Any, sheet: Any, heading: Any, template: Template, table: str) -> None:
    """Unit and meaning of every column, the rules, and examples."""
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 28, wrap)
    sheet.set_column(2, 2, 80, wrap)
    rows = [("column", "unit", "meaning"), *((c.column, c.unit, c.description) for c in columns(table))]
    for row, cells in enumerate(rows):
        sheet.write_row(row, 0, cells, heading if row == 0 else wrap)
    start = len(rows) + 1
    sheet.write(start, 0, "rules", heading)
    for row, rule in enumerate(template.rules, start=start + 1):
        sheet.merge_range(row, 0, row, 2, rule, wrap)
    start += len(template.rules) + 2
    sheet.write(start, 0, "examples (invented)", heading)
    sheet.write_row(start + 1, 0, template.header)
    for row, example in enumerate(template.examples, start=start + 2):
        sheet.write_row(row, 0, example)


def _lists(sheet: Any, heading: Any, template: Template) -> None:
    """What may be written in the columns that have choices, each with its meaning."""
    headings = _list_columns(template)
    sheet.set_column(0, len(headings), 24)
    sheet.write_row(0, 0, headings, heading)
    for column in template.columns:
        if column.choices is not None:
            at = headings.index(column.name)
            for row, choice in enumerate(column.choices().items(), start=1):
                sheet.write_row(row, at, choice)


def _list_columns(template: Template) -> tuple[str, ...]:
    """The headings of the sheet of lists: two for every column with choices."""
    return tuple(
        heading
        for column in template.columns
        if column.choices is not None
        for heading in (column.name, column.choices_title)
    )
