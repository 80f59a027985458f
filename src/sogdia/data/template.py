"""The template that a company fills in: an empty table for its purchases, with the rules beside it.

The workbook has three sheets: `purchases` to fill in (number formats and drop-down lists set for the first rows),
`notes` with unit and rule of every column and two invented examples, and `lists` with the keys and codes allowed.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from sogdia.codes import countries
from sogdia.data.readers.plausible import snapshot
from sogdia.data.readers.purchases import ORDER, SHEET
from sogdia.data.schema import columns
from sogdia.errors import Fault, InputError, refusals
from sogdia.files import write_bytes, write_text
from sogdia.tabular.checks import FIRST_YEAR, LAST_YEAR

FORMATTED_ROWS = 5000
WIDTHS = {"company": 28, "year": 8, "mineral": 20, "hs6": 10, "origin": 10, "quantity_t": 16, "value_kusd": 16}
FORMATS = {"year": "0", "hs6": "@", "quantity_t": "#,##0.###", "value_kusd": "#,##0.###"}
RULES = (
    "One row per purchase, or per year and origin: rows of the same kind are added up.",
    "Fill in mineral or hs6, and quantity_t or value_kusd; leave a cell empty where a figure is unknown. Zero is zero.",
    "Quantities are tonnes of traded product (kilograms divided by 1000), values thousand US dollars of the year.",
    "origin is the country the goods come from: ISO alpha-3 (NAM is Namibia). Sums such as EU or World are refused.",
    "hs6 is text of six digits with its leading zero, in the revision of 1992 (HS 1992).",
)
EXAMPLES = (
    ("Example Magnets Ltd", 2023, "rare_earths", "280530", "CHN", 120.5, 9800.0),
    ("Example Magnets Ltd", 2023, "antimony", "", "TJK", 40.0, None),
)


def write_template(path: Path | str, *, replace: bool = False) -> Path:
    """Write the empty table as .xlsx (with notes, lists and checks) or .csv (the header alone).

    InputError where a file stands already, which may be filled in; replace: whether it may be lost. FileRefusedError
    where the disk is full or the path may not be written.
    """
    path = Path(path)
    with refusals(path):
        return _written(path, replace)


def _written(path: Path, replace: bool) -> Path:
    if path.exists() and not replace:
        remedy = "Name another file, or give --force to lose what stands there."
        raise InputError([Fault(str(path), "a template is a new file", remedy, value="a file of this name")])
    if path.suffix.lower() == ".csv":
        return write_text(path, ",".join(ORDER) + "\n")
    if path.suffix.lower() != ".xlsx":
        remedy = "Name the file purchases.xlsx or purchases.csv."
        raise InputError([Fault(path.name, "a template is .xlsx or .csv", remedy, value=path.suffix)])
    return write_bytes(path, _workbook())


def _workbook() -> bytes:
    """The workbook, made in memory, so that a full disk is met by one write."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "in_memory": True}) as book:
        heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        _purchases(book, book.add_worksheet(SHEET), heading)
        _notes(book, book.add_worksheet("notes"), heading)
        _lists(book.add_worksheet("lists"), heading)
    return content.getvalue()


def _purchases(book: Any, sheet: Any, heading: Any) -> None:
    """The sheet to fill in."""
    for at, name in enumerate(ORDER):
        cells = book.add_format({"num_format": FORMATS[name]}) if name in FORMATS else None
        sheet.set_column(at, at, WIDTHS[name], cells)
        sheet.write(0, at, name, heading)
        rule = _validation(name)
        if rule:
            sheet.data_validation(1, at, FORMATTED_ROWS, at, {**rule, "ignore_blank": True})
    sheet.freeze_panes(1, 0)


def _validation(name: str) -> dict[str, Any] | None:
    """The spreadsheet's own check of a column; `add` checks everything again."""
    if name == "year":
        return {"validate": "integer", "criteria": "between", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
    if name in ("quantity_t", "value_kusd"):
        return {"validate": "decimal", "criteria": ">=", "value": 0}
    if name == "mineral":
        return {"validate": "list", "source": f"=lists!$A$2:$A${len(snapshot().minerals) + 1}"}
    if name == "origin":
        return {"validate": "list", "source": f"=lists!$C$2:$C${len(countries()) + 1}"}
    return None


def _notes(book: Any, sheet: Any, heading: Any) -> None:
    """Unit and meaning of every column, the rules, and examples."""
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, 28, wrap)
    sheet.set_column(2, 2, 80, wrap)
    table = [("column", "unit", "meaning"), *((c.column, c.unit, c.description) for c in columns("purchases"))]
    for row, cells in enumerate(table):
        sheet.write_row(row, 0, cells, heading if row == 0 else wrap)
    start = len(table) + 1
    sheet.write(start, 0, "rules", heading)
    for row, rule in enumerate(RULES, start=start + 1):
        sheet.merge_range(row, 0, row, 2, rule, wrap)
    start += len(RULES) + 2
    sheet.write(start, 0, "examples (invented)", heading)
    sheet.write_row(start + 1, 0, ORDER)
    for row, example in enumerate(EXAMPLES, start=start + 2):
        sheet.write_row(row, 0, example)


def _lists(sheet: Any, heading: Any) -> None:
    """The mineral keys and country codes that may be written."""
    sheet.set_column(0, 4, 24)
    sheet.write_row(0, 0, ("mineral", "mineral name", "origin", "country"), heading)
    for row, (key, mineral) in enumerate(sorted(snapshot().minerals.items()), start=1):
        sheet.write_row(row, 0, (key, mineral.name))
    for row, (iso3, country) in enumerate(sorted(countries().items()), start=1):
        sheet.write_row(row, 2, (iso3, country.name))
