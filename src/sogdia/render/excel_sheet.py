"""One sheet of a workbook: title, caption, sources and date, a header of two rows, the figures, and how it prints."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import polars as pl

from sogdia.answer import each_once
from sogdia.data.provenance import source
from sogdia.render.blocks import Column, Table
from sogdia.render.formats import FORMATS

WIDEST, NARROWEST = 48, 9
LABELS, NAMES = 4, 5
"""The rows of the header, counted from 0."""
A4 = 9
LINE = 15.0
"""Points of a line of text."""
HEADER_HEIGHT = 3 * LINE
MOST_SOURCES = 12
"""Sources in the line above a table; the others are counted, and stand in the sheet of notes by their ids."""
END = re.compile(r"_(low|high)(?=_|$)")
TEXT_OF_A_BAND = re.compile(r"(?P<stem>.+)_(band|range)")
AMOUNTS = ((100.0, "#,##0"), (10.0, "0.0"), (1.0, "0.00"), (0.1, "0.000"), (0.01, "0.0000"))
"""Three significant digits or more, by the size of a number; a smaller one is written with an exponent."""


class Book:
    """A workbook that is being written, with the formats that its sheets share."""

    def __init__(self, book: Any, title: str, dated: str) -> None:
        self.title, self.dated = title, dated
        self._book = book
        self._numbers: dict[str, Any] = {}
        head = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1}
        self.header = book.add_format(head)
        self._headers = {
            False: book.add_format(head | {"align": "left", "indent": 1}),
            True: book.add_format(head | {"align": "right"}),
        }
        self.titles = book.add_format({"bold": True, "font_size": 14})
        self.small = book.add_format({"font_size": 8, "font_color": "#595959"})
        self.small_wrapped = book.add_format(
            {"font_size": 8, "font_color": "#595959", "text_wrap": True, "valign": "top"}
        )
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.indented = book.add_format({"text_wrap": True, "valign": "top", "align": "left", "indent": 1})
        self.wrapped_bold = book.add_format({"text_wrap": True, "valign": "top", "bold": True})
        self.link = book.add_format({"font_color": "#0B5394", "underline": 1, "valign": "top"})

    def sheet(self, name: str) -> Any:
        """A new sheet."""
        return self._book.add_worksheet(name)

    def number(self, style: str) -> Any:
        """The format of a cell with a number, made once."""
        if style not in self._numbers:
            self._numbers[style] = self._book.add_format({"num_format": style, "valign": "top"})
        return self._numbers[style]

    def header_of(self, column: Column, place: int) -> Any:
        """The format of a heading: that of numbers stands above their right end."""
        return self.header if place == 0 else self._headers[FORMATS[column.format].numeric]

    def label(self, column: Column) -> str:
        """What a column is, with its unit: that of a share is in its cells."""
        return f"{column.label} [{column.unit}]" if column.unit and column.format != "share" else column.label


def write_sheet(made: Book, name: str, frame: pl.DataFrame, group: Sequence[Table]) -> None:
    """The sheet of the tables of one file."""
    sheet, known = made.sheet(name), {column.name: column for column in group[0].columns}
    columns = [known.get(column, Column(column, column, "text")) for column in ordered(frame)]
    sheet.write_string(0, 0, made.title, made.titles)
    sheet.write_string(1, 0, group[0].caption)
    sheet.write_string(2, 0, cited(group), made.small)
    sheet.write_string(3, 0, made.dated, made.small)
    for place, column in enumerate(columns):
        sheet.write_string(LABELS, place, made.label(column), made.header_of(column, place))
        sheet.write_string(NAMES, place, column.name, made.small)
        sheet.set_column(place, place, _width(frame[column.name], column))
        for row, value in enumerate(frame[column.name], start=NAMES + 1):
            put(sheet, made, row, place, column, value)
    sheet.set_row(LABELS, HEADER_HEIGHT)
    sheet.freeze_panes(NAMES + 1, 1)
    last = NAMES + max(frame.height, 1)
    sheet.autofilter(NAMES, 0, last, len(columns) - 1)
    page_of(sheet, made, last, len(columns) - 1, NAMES)


def ordered(frame: pl.DataFrame) -> list[str]:
    """The columns of a sheet: the ends of a band follow its central figure; text that only repeats them is left out.

    >>> ordered(pl.DataFrame(schema=["price", "price_band", "note", "price_low", "price_high"]))
    ['price', 'price_low', 'price_high', 'note']
    """
    central_of = {name: END.sub("", name, count=1) for name in frame.columns if END.search(name)}
    stems = {END.split(name)[0] for name in central_of}
    kept: list[str] = []
    for name in frame.columns:
        text = TEXT_OF_A_BAND.fullmatch(name)
        if (text and text["stem"] in stems) or central_of.get(name) in frame.columns:
            continue
        kept += [name, *(end for end, central in central_of.items() if central == name)]
    return kept


def put(sheet: Any, made: Book, row: int, place: int, column: Column, value: object) -> None:
    """Write a value as what it is; what is unknown stays empty."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return
    if isinstance(value, int | float):
        sheet.write_number(row, place, value, made.number(number_format(column.format, float(value))))
    else:
        sheet.write_string(row, place, str(value), made.indented if place else made.wrapped)


def number_format(style: str, value: float) -> str:
    """How a spreadsheet shows a number: amounts to three digits or more, others as the report does.

    >>> number_format("amount", 24149.06), number_format("amount", 7.6), number_format("share", 0.5)
    ('#,##0', '0.00', '0.0%')
    """
    if style != "amount":
        return FORMATS[style].excel
    size = abs(value)
    if size == 0:
        return "0"
    return next((shown for least, shown in AMOUNTS if size >= least), "0.00E+00")


def height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Points that a row of wrapped texts needs in columns of these widths [characters]."""
    lines = (math.ceil((len(text) + 1) / width) for text, width in zip(texts, widths, strict=True))
    return LINE * max(1, *lines)


def cited(group: Sequence[Table], most: int = MOST_SOURCES) -> str:
    """The sources of some tables in words, `most` of them by name."""
    ids = each_once(*(table.source_ids for table in group))
    named = "; ".join(source(source_id).reference() for source_id in ids[:most])
    more = len(ids) - most
    return f"Sources: {named}" + (f"; and {more} more, see notes and sources" if more > 0 else "")


def page_of(sheet: Any, made: Book, last_row: int, last_column: int, header: int | None) -> None:
    """Landscape A4, one page wide, title and page number below; the header is repeated on every page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.print_area(0, 0, last_row, last_column)
    if header is not None:
        sheet.repeat_rows(max(header - 1, 0), header)
    sheet.set_footer(f"&L{made.title.replace('&', '&&')}&C&A&RPage &P of &N")


def _width(values: pl.Series, column: Column) -> float:
    longest = values.str.len_chars().max() if values.dtype == pl.String else 0
    words = max((len(word) for word in column.label.split()), default=0)
    return float(min(max(int(str(longest or 0)), words, NARROWEST) + 2, WIDEST))
