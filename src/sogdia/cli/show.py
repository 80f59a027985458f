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
UNBOUND = 10_000
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
    wide: bool | None = None,
) -> None:  # fmt: skip
    """Print a table. columns: (heading, "left" or "right"), what matters most first.

    In a terminal what does not fit is left out, and a line says what; numbers are never wrapped or cut. wide: print all
    of it whatever the width; None where the command has no such option, and a table is cut between its columns.
    """
    from sogdia.cli.fitting import fitted

    body = [list(row) for row in rows]
    room = terminal_width() if sys.stdout.isatty() and wide is False else None
    cells = [[escaped(text, lines=True) for text in row] for row in body]
    left_out: tuple[str, ...] = ()
    if room is not None:
        found = fitted(columns, [[" ".join(text.split()) for text in row] for row in cells], room)
        columns, cells, left_out = found.columns, [list(row) for row in found.cells], found.left_out
    by_parts = wide is None and sys.stdout.isatty()
    most = room or (UNBOUND if wide else WIDTH)
    plain = None if by_parts else _plain_table(title, columns, cells, most, piped=room is None and not wide)
    if plain is None:
        _rich_table(title, columns, body, None if by_parts else most)
    else:
        print(plain)
    if left_out:
        line(f"No room for: {'; '.join(left_out)}. A wider terminal or --wide shows them.")
    for note in notes:
        line(note)


def terminal_width() -> int:
    """Cells in a line of the terminal."""
    from shutil import get_terminal_size

    return get_terminal_size((WIDTH, 24)).columns


def _plain_table(
    title: str, columns: Sequence[tuple[str, str]], cells: Sequence[Sequence[str]], room: int, *, piped: bool
) -> str | None:
    """The table as text; None where a row has to be folded, which `rich` does well and slowly."""
    from textwrap import wrap

    from rich.cells import cell_len, set_cell_size

    from sogdia.cli.fitting import folded

    least = [max((cell_len(row[at]) for row in cells), default=0) for at in range(len(columns))]
    heads = folded([escaped(heading) for heading, _ in columns], least, room)
    widths = [max(width, *map(cell_len, head)) for head, width in zip(heads, least, strict=True)]
    whole = sum(widths) + len(GAP) * (len(widths) - 1)
    if piped and (whole > room or any(LINE_ENDS & set(text) for row in cells for text in row)):
        return None

    def padded(text: str, width: int, side: str) -> str:
        return " " * (width - cell_len(text)) + text if side == "right" else set_cell_size(text, width)

    sides, tall = [side for _, side in columns], max(map(len, heads), default=0)
    above = [[*[""] * (tall - len(head)), *head] for head in heads]
    lines = [GAP.join(map(padded, row, widths, sides)) for row in (*zip(*above, strict=True), *cells)]
    titles = [escaped(part) for part in title.split("\n")]
    if not piped:
        titles = [piece for part in titles for piece in wrap(part, room) or [""]]
    return "\n".join(text.rstrip() for text in (*titles, *lines))


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
    """Print a note below a table, in a terminal folded between words."""
    from rich.console import Console
    from rich.text import Text

    text = escaped(note, lines=True)
    if sys.stdout.isatty():
        from textwrap import fill

        text = fill(text, terminal_width(), break_long_words=False, break_on_hyphens=False)
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    console.print(Text(text), style="dim", soft_wrap=True)


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
