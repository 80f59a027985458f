"""Answers in a terminal: as a table for reading, as JSON and as CSV."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from sogdia.text import escaped

if TYPE_CHECKING:
    from sogdia.answer import Answer

SIGNIFICANT_DIGITS = 3
LINE_ENDS = frozenset("\n\r\t")
WIDTH, GAP = 160, "  "
"""Of a table that is written to no terminal, and between its columns."""
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
    title: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]], notes: Iterable[str] = ()
) -> None:
    """Print a table. columns: (heading, "left" or "right")."""
    wide = None if sys.stdout.isatty() else WIDTH
    plain = None if wide is None else _plain_table(title, columns, rows := [list(row) for row in rows])
    if plain is None:
        _rich_table(title, columns, rows, wide)
    else:
        print(plain)
    for note in notes:
        line(note)


def _plain_table(title: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> str | None:
    """The table as text, in the form that `rich` gives it, which takes long; None where a row has to be folded."""
    from rich.cells import cell_len, set_cell_size

    cells = [[escaped(text, lines=True) for text in row] for row in rows]
    least = [max((cell_len(row[at]) for row in cells), default=0) for at in range(len(columns))]
    heads = _folded([escaped(heading) for heading, _ in columns], least)
    widths = [max(width, *map(cell_len, head)) for head, width in zip(heads, least, strict=True)]
    whole = sum(widths) + len(GAP) * (len(widths) - 1)
    if (
        whole > WIDTH
        or any(LINE_ENDS & set(text) for row in cells for text in row)
        or cell_len(title.strip("\n")) > whole
    ):
        return None

    def padded(text: str, width: int, side: str) -> str:
        return " " * (width - cell_len(text)) + text if side == "right" else set_cell_size(text, width)

    sides, tall = [side for _, side in columns], max(map(len, heads), default=0)
    above = [[*[""] * (tall - len(head)), *head] for head in heads]
    lines = [GAP.join(map(padded, row, widths, sides)) for row in (*zip(*above, strict=True), *cells)]
    return "\n".join([*(set_cell_size(escaped(part), whole) for part in title.split("\n")), *lines])


def _folded(headings: Sequence[str], least: Sequence[int]) -> list[list[str]]:
    """The headings as lines: those wider than their column are folded at a blank until the table fits."""
    heads = [[heading] for heading in headings]
    while sum(max(w, *map(len, h)) for h, w in zip(heads, least, strict=True)) + len(GAP) * (len(heads) - 1) > WIDTH:
        spare = [max(map(len, h)) - w if " " in h[0] else 0 for h, w in zip(heads, least, strict=True)]
        if not heads or max(spare) <= 0:
            break
        widest = spare.index(max(spare))
        first, _, last = heads[widest][0].rpartition(" ")
        heads[widest] = [first, " ".join([last, *heads[widest][1:]])]
    return heads


def _rich_table(
    title: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[str]], wide: int | None
) -> None:
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from sogdia.cli.narrow import parts

    def cell(text: str) -> Text:
        """The text as it is: brackets are no markup, and control characters are written out."""
        return Text(escaped(text, lines=True))

    console = Console(width=wide, highlight=False)
    body = [[cell(text) for text in row] for row in rows]
    texts = [[heading, *(row[at].plain for row in body)] for at, (heading, _) in enumerate(columns)]
    whole = sum(max(map(cell_len, text)) for text in texts) + len(GAP) * (len(columns) - 1)
    fits = wide is not None or whole <= console.width
    shown: Sequence[Sequence[tuple[int, int | None]]] = (
        [[(at, None) for at in range(len(columns))]] if fits else parts(texts, console.width, len(GAP))
    )
    for order, part in enumerate(shown):
        grid = Table(title_justify="left", header_style="bold", box=None, pad_edge=False)
        grid.title = cell(title if order == 0 else " ")
        for at, width in part:
            heading, side = columns[at]
            justify: Literal["left", "right"] = "right" if side == "right" else "left"
            grid.add_column(cell(heading), justify=justify, overflow="fold", width=width)
        for row in body:
            grid.add_row(*(row[at] for at, _ in part))
        console.print(grid)


def line(note: str) -> None:
    """Print a note below a table."""
    from rich.console import Console
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    console.print(Text(escaped(note, lines=True)), style="dim", soft_wrap=True)


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


def print_json(content: Mapping[str, Any]) -> None:
    """Print JSON; what is not known is null. Where the output takes ASCII alone, other characters are escaped."""
    narrow = (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8"
    print(json.dumps(content, indent=1, ensure_ascii=narrow, default=str, allow_nan=False))


class Steps:
    """Progress on the error stream: one line per step, with the seconds the step before it took."""

    def __init__(self) -> None:
        from time import monotonic

        self._now = monotonic
        self._last: tuple[str, float] | None = None

    def __call__(self, step: str) -> None:
        """Announce a step."""
        self.close()
        self._last = (step, self._now())
        print(f"  {step} ...", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        """Finish the line of the step under way."""
        if self._last:
            print(f" {self._now() - self._last[1]:.1f} s", file=sys.stderr, flush=True)
            self._last = None
