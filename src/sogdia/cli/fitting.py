"""A table made to fit a terminal: headings are folded, long texts cut at a word, and the last columns left out.

Columns stand in the order of their weight, so that what is left out is what matters least. Nothing is ever wrapped, and
no number is cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

GAP = "  "
CUT = "…"
LEAST_TEXT = 16
"""Cells to which a text may be cut before a column is left out."""
LEAST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Fitted:
    """columns: (heading, side) of those that are shown; cells: by row; left_out: headings of the others."""

    columns: tuple[tuple[str, str], ...]
    cells: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...]


def fitted(columns: Sequence[tuple[str, str]], cells: Sequence[Sequence[str]], room: int) -> Fitted:
    """The columns that fit in `room` cells of a terminal, with their cells.

    >>> fitted([("Mineral", "left"), ("t", "right"), ("USD", "right")], [["Tin", "1,234", "5"]], 15).left_out
    ('USD',)
    """
    for count in range(len(columns), LEAST_COLUMNS, -1):
        limits = _limits(columns[:count], cells, room)
        if limits is not None:
            break
    else:
        count = min(LEAST_COLUMNS, len(columns))
        limits = _limits(columns[:count], cells, room) or [None] * count
    cut = tuple(tuple(_cut(text, most) for text, most in zip(row, limits, strict=False)) for row in cells)
    return Fitted(tuple(columns[:count]), cut, tuple(heading for heading, _ in columns[count:] if heading))


def folded(headings: Sequence[str], least: Sequence[int], room: int) -> list[list[str]]:
    """The headings as lines: those wider than their column are folded at a blank until the table fits."""
    heads = [[heading] for heading in headings]
    while _width([max(w, *map(cell_len, h)) for h, w in zip(heads, least, strict=True)]) > room:
        spare = [max(map(cell_len, h)) - w if " " in h[0] else 0 for h, w in zip(heads, least, strict=True)]
        if not heads or max(spare) <= 0:
            break
        widest = spare.index(max(spare))
        first, _, last = heads[widest][0].rpartition(" ")
        heads[widest] = [first, " ".join([last, *heads[widest][1:]])]
    return heads


def _limits(columns: Sequence[tuple[str, str]], cells: Sequence[Sequence[str]], room: int) -> list[int | None] | None:
    """How wide the texts of each column may be, None for any width; None where the columns do not fit in any way."""
    widths = [max((cell_len(row[at]) for row in cells), default=0) for at in range(len(columns))]
    limits: list[int | None] = [None] * len(columns)
    texts = [at for at, (_, side) in enumerate(columns) if side == "left"]
    while not _fits(columns, widths, room):
        wide = [at for at in texts if widths[at] > LEAST_TEXT]
        if not wide:
            return None
        widest = max(wide, key=lambda at: widths[at])
        widths[widest] -= 1
        limits[widest] = widths[widest]
    return limits


def _fits(columns: Sequence[tuple[str, str]], widths: Sequence[int], room: int) -> bool:
    heads = folded([heading for heading, _ in columns], widths, room)
    return _width([max(w, *map(cell_len, h)) for h, w in zip(heads, widths, strict=True)]) <= room


def _cut(text: str, most: int | None) -> str:
    """The text, cut after a word where it is longer; a figure is whole."""
    if most is None or cell_len(text) <= most or not any(map(str.isalpha, text)):
        return text
    kept = set_cell_size(text, most - 1)
    if text[len(kept) : len(kept) + 1].strip() and " " in kept.strip():
        kept = kept.rpartition(" ")[0]
    return kept.rstrip(" ,;(") + CUT


def _width(widths: Sequence[int]) -> int:
    return sum(widths) + len(GAP) * (len(widths) - 1)
