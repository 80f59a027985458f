"""An answer for reading: ten lines that fit the terminal, or all of it.

What a verb says is collected first. The short form shows the headline, the first rows of the first table and what of
the notes has room, and its last line counts what is left out. No number is ever wrapped or cut: where columns do not
fit, the last ones are left out.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import TracebackType

from sogdia.text import escaped

LINES = 10
"""Of the short form, its last line among them."""
MOST_HEAD_LINES, MOST_TITLE_LINES = 3, 2
PLAIN_WIDTH = 80
"""Of the short form where the output is no terminal."""
UNBOUND = 10_000
GAP = "  "

Columns = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """A table. columns: (heading, "left" or "right"), what matters most first; cells: by row, on one line each."""

    title: str
    columns: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence. head: whether it is the headline; indent: before it."""

    text: str
    head: bool = False
    indent: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as lines. left_out: headings of the columns that had no room."""

    title: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[str, ...]
    left_out: tuple[str, ...]


class AnswerSheet:
    """Collects what a verb says inside a `with` block, and prints it at its end unless there was an error.

    full: all of it; wide: all columns, however narrow the terminal is.
    """

    def __init__(self, *, full: bool = False, wide: bool = False) -> None:
        self.full, self.wide = full, wide
        self._said: list[AnswerTable | Remark] = []

    def table(self, title: str, columns: Columns, rows: Iterable[Sequence[str]], notes: Iterable[str] = ()) -> None:
        """Say a table, and notes below it."""
        cells = tuple(tuple(" ".join(escaped(text, lines=True).split()) for text in row) for row in rows)
        self._said.append(
            AnswerTable(escaped(title, lines=True), tuple((escaped(h), side) for h, side in columns), cells)
        )
        for note in notes:
            self.line(note)

    def line(self, text: str, *, head: bool = False, indent: str = "") -> None:
        """Say a sentence. head: it is the headline, or a part of it."""
        self._said.append(Remark(escaped(text, lines=True), head, indent))

    def __enter__(self) -> AnswerSheet:
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None and self._said:
            print("\n".join(self.lines()))

    def lines(self) -> list[str]:
        """What is printed."""
        terminal = sys.stdout.isatty()
        width = terminal_width() if terminal else PLAIN_WIDTH
        whole = list(chain.from_iterable(self._whole(width if terminal else None)))
        if self.full:
            return whole
        fits = all(len(line) <= width for line in whole) or self.wide
        return whole if len(whole) <= LINES and fits else short_form(self._said, width, wide=self.wide)

    def _whole(self, width: int | None) -> Iterable[list[str]]:
        """All of it, block by block. width: of the terminal, None where there is none."""
        for block in self._said:
            if isinstance(block, Remark):
                yield [dimmed(line, block) for line in wrapped(block, width)]
                continue
            shown = printed(block, UNBOUND if self.wide or width is None else width)
            title = [piece for part in shown.title for piece in wrapped(Remark(part), width)]
            yield [*title, *shown.headings, *shown.rows]
            if shown.left_out:
                yield wrapped(Remark(f"No room for: {'; '.join(shown.left_out)}. --wide shows them."), width)


def short_form(said: Sequence[AnswerTable | Remark], width: int, *, wide: bool = False) -> list[str]:
    """The ten lines: headline, first table, notes that have room, and what is left out."""
    heads = [block for block in said if isinstance(block, Remark) and block.head]
    notes = [block for block in said if isinstance(block, Remark) and not block.head]
    grids = [block for block in said if isinstance(block, AnswerTable) and block.cells]
    lines = [line for block in heads for line in wrapped(block, width)]
    lines = _cut_at(lines, MOST_HEAD_LINES if grids else LINES - 1)
    rows_left, columns_left, tables_left = 0, 0, len(grids)
    for grid in grids:
        least = printed(replace(grid, cells=grid.cells[:1]), UNBOUND if wide else width)
        title = [piece for part in least.title for piece in wrapped(Remark(part), width) if piece]
        title = _cut_at(title, 1 if lines else MOST_TITLE_LINES)
        room = LINES - 1 - len(lines) - len(title) - len(least.headings)
        if room < 1:
            break
        shown = printed(replace(grid, cells=grid.cells[:room]), UNBOUND if wide else width)
        room -= len(shown.headings) - len(least.headings)
        lines += [*title, *shown.headings, *shown.rows[: max(room, 1)]]
        rows_left += len(grid.cells) - min(len(shown.rows), max(room, 1))
        columns_left += len(shown.left_out)
        tables_left -= 1
    unsaid = 0
    for note in notes:
        piece = wrapped(note, width)
        if len(lines) + len(piece) < LINES:
            lines += piece
        else:
            unsaid += 1
    return [*lines, *_left_out(rows_left, tables_left, unsaid, columns_left, width)]


def _left_out(rows: int, tables: int, notes: int, columns: int, width: int = PLAIN_WIDTH) -> list[str]:
    """The line that counts what is left out, if anything is.

    >>> _left_out(58, 1, 0, 3)
    ['58 more rows and 1 more table with --full, 3 columns with --wide.']
    """
    more = [
        f"{count:,} more {name}{'s' if count > 1 else ''}"
        for count, name in ((rows, "row"), (tables, "table"), (notes, "note"))
        if count
    ]
    parts = [f"{' and '.join(filter(None, [', '.join(more[:-1]), more[-1]]))} with --full"] if more else []
    if columns:
        parts.append(f"{columns} {'more ' if not more else ''}column{'s' if columns > 1 else ''} with --wide")
    line = f"{', '.join(parts)}."
    if len(line) > width:
        line = f"More with {' and '.join(option for option, any_ in (('--full', more), ('--wide', columns)) if any_)}."
    return [line] if parts else []


def terminal_width() -> int:
    """Cells in a line of the terminal."""
    from shutil import get_terminal_size

    return get_terminal_size((PLAIN_WIDTH, 24)).columns


def wrapped(remark: Remark, width: int | None) -> list[str]:
    """A sentence as lines, folded between words; as it is where there is no width."""
    from textwrap import TextWrapper

    text = remark.text.strip("\n") if remark.text.strip() else ""
    if width is None:
        return [f"{remark.indent}{text}"]
    below = f"{remark.indent}  " if remark.indent else ""
    folding = TextWrapper(
        width, initial_indent=remark.indent, subsequent_indent=below, break_long_words=False, break_on_hyphens=False
    )
    return [line for part in text.split("\n") for line in folding.wrap(part) or [""]]


def printed(grid: AnswerTable, room: int) -> Printed:
    """A table as lines of at most `room` cells: what does not fit is cut at a word or left out, never a number."""
    from rich.cells import cell_len, set_cell_size

    from sogdia.cli.fitting import fitted, folded

    fit = fitted(grid.columns, grid.cells, room)
    least = [max((cell_len(row[at]) for row in fit.cells), default=0) for at in range(len(fit.columns))]
    heads = folded([heading for heading, _ in fit.columns], least, room)
    widths = [max(width, *map(cell_len, head)) for head, width in zip(heads, least, strict=True)]

    def padded(text: str, width: int, side: str) -> str:
        return " " * (width - cell_len(text)) + text if side == "right" else set_cell_size(text, width)

    def joined(row: Sequence[str]) -> str:
        return GAP.join(map(padded, row, widths, (side for _, side in fit.columns))).rstrip()

    tall = max(map(len, heads), default=0)
    above = [[*[""] * (tall - len(head)), *head] for head in heads]
    headings = tuple(map(joined, zip(*above, strict=True)))
    return Printed(tuple(grid.title.split("\n")), headings, tuple(map(joined, fit.cells)), fit.left_out)


def dimmed(line: str, remark: Remark) -> str:
    """A note in the faint style of a terminal that has one."""
    plain = remark.head or not sys.stdout.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    return line if plain or not line else f"\x1b[2m{line}\x1b[0m"


def _cut_at(lines: list[str], most: int) -> list[str]:
    """The first lines; where there are more, the last of them ends so."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    return [*lines[: most - 1], f"{last.rpartition(' ')[0].rstrip(' ,;:') or last[:-1]} …"]
