"""Answers in a terminal: as a table for reading, as JSON and as CSV."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sogdia.cli.sheet import AnswerSheet
from sogdia.cli.steps import Steps

if TYPE_CHECKING:
    from sogdia.answer import Answer

__all__ = ["AnswerSheet", "Steps", "for_programs", "line", "number", "percent", "print_json", "records", "table"]

SIGNIFICANT_DIGITS = 3
LEAST_PLAIN = -6
"""Power of ten below which a figure is written with its exponent."""


def number(value: float | int | str | None) -> str:
    """A figure for reading: three significant digits, thousands apart; a dash for what is not known.

    >>> number(24149.06), number(0.99996), number(2.65e-59), number(None)
    ('24,149', '1.00', '2.65e-59', '-')
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "-"
    if isinstance(value, str):
        return value
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(float(f"{value:.{SIGNIFICANT_DIGITS - 1}e}"))))
    if size < LEAST_PLAIN:
        return f"{value:.{SIGNIFICANT_DIGITS - 1}e}"
    return f"{value:,.{max(SIGNIFICANT_DIGITS - 1 - size, 0)}f}"


def percent(value: float | None) -> str:
    """A fraction as percent with one decimal.

    >>> percent(0.6613), percent(-0.0001), percent(-277.177), percent(None)
    ('66.1 %', '0.0 %', '-27,717.7 %', '-')
    """
    return "-" if value is None or math.isnan(value) else f"{round(100 * value, 1) + 0.0:,.1f} %"


def table(
    title: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]], notes: Iterable[str] = (), *,
    wide: bool = False,
) -> None:  # fmt: skip
    """Print a table whole, and notes below it. wide: all columns, however narrow the terminal is."""
    with AnswerSheet(full=True, wide=wide) as sheet:
        sheet.table(title, columns, rows, notes)


def line(note: str) -> None:
    """Print a note, in a terminal folded between words."""
    with AnswerSheet(full=True) as sheet:
        sheet.line(note)


def for_programs(answer: Answer, as_json: bool, as_csv: bool) -> bool:
    """Print the answer as JSON or CSV if one of them is asked for; return whether it was."""
    if as_json:
        print_json(answer.to_dict())
    if as_csv:
        print(answer.table().write_csv(), end="")
    return as_json or as_csv


def records(name: str, rows: Sequence[Mapping[str, Any]], as_csv: bool) -> None:
    """Print records that are no answer, as CSV or as JSON under their name. A list in a cell has semicolons."""
    if not as_csv:
        print_json({name: rows})
        return
    out = csv.DictWriter(sys.stdout, rows[0].keys() if rows else (), lineterminator="\n")
    out.writeheader()
    for row in rows:
        out.writerow({k: ";".join(map(str, v)) if isinstance(v, list | tuple) else v for k, v in row.items()})


def print_json(content: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> None:
    """Print JSON; what is not known is null. Where the output takes ASCII alone, other characters are escaped."""
    narrow = (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8"
    print(json.dumps(content, indent=1, ensure_ascii=narrow, default=str, allow_nan=False))
