"""Every line of a large CSV file has as many cells as its header, counted without reading the cells.

Programs that read files of gigabytes fill short lines up, and drop what stands beyond the columns that were asked for:
a separator too many inside a figure would go unseen. Counted are separators and line ends outside quotes, in blocks.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from sogdia.data.readers.csv_head import Head

BLOCK_BYTES = 2**22
QUOTE, END, RETURN = ord('"'), ord("\n"), ord("\r")


def first_misfit(path: Path, head: Head, *, trailing: bool) -> tuple[int, int] | None:
    """(line, its cells) of the first line that has more or fewer cells than the header; None where all fit.

    trailing: whether every line of data ends with one more separator than the header, with nothing behind it.
    """
    if _all_fit(path, ord(head.separator), len(head.titles) - 1, trailing):
        return None
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        for number, cells in enumerate(csv.reader(stream, delimiter=head.separator), 1):
            allowed = len(head.titles) + (trailing and number > 1 and cells[-1:] == [""])
            if any(cells) and len(cells) not in (len(head.titles), allowed):
                return number, len(cells)
    return None


def _all_fit(path: Path, mark: int, needed: int, trailing: bool) -> bool:
    """Whether every line has the separators that it needs; blank lines have none."""
    quoted, before, first = 0, 0, True
    with path.open("rb") as stream:
        while block := stream.read(BLOCK_BYTES):
            characters = np.frombuffer(block, dtype=np.uint8)
            quotes = characters == QUOTE
            if quotes.any() or quoted:
                inside = (np.cumsum(quotes, dtype=np.uint8) + quoted) & 1
                quoted = int(inside[-1])
                characters = np.where(inside == 1, np.uint8(0), characters)
            marks, ends = np.flatnonzero(characters == mark), np.flatnonzero(characters == END)
            up_to = np.searchsorted(marks, ends)
            counts = np.diff(up_to, prepend=0)
            if len(counts):
                counts[0] += before
            before = len(marks) - (int(up_to[-1]) if len(ends) else -before)
            data = counts
            if first and len(counts):
                if counts[0] != needed:
                    return False
                data, first = counts[1:], False
            if not ((data == needed + trailing) | (data == 0)).all():
                return False
    return before in (0, needed + trailing)
