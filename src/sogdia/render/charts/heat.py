"""Heat map: one cell for each pair of names, darker the more, with the figure written in it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import polars as pl

from sogdia.render.plot.axes import rows_of
from sogdia.render.plot.marks import lines, rect, text
from sogdia.render.plot.picture import Picture
from sogdia.render.plot.text_width import wrapped

CELL, MOST = 28.0, 120.0
STEPS, LIGHT_FROM = 6, 3
LINE = 14.0


def heat_map(frame: pl.DataFrame, rows: Sequence[str], columns: Sequence[str], largest: float, width: float) -> Picture:
    """From the columns row, column, value (None for nothing) and text.

    rows, columns: in the order in which they stand; largest: value of the darkest cell. The colour follows the root.
    """
    named = rows_of(rows, width)
    left = 0.0 if named.above else named.left
    room = min((width - left) / max(len(columns), 1), MOST)
    heads = [wrapped(column, 11.0, room - 4) for column in columns]
    top = LINE * max((len(head) for head in heads), default=0) + 6.0
    height = named.height if named.above else CELL
    body = ""
    for at, head in enumerate(heads):
        x, y = left + room * (at + 0.5), top - 6 - LINE * (len(head) - 1)
        body += lines(x, y, head, "t-ink t-small", "middle", LINE)
    place = {name: at for at, name in enumerate(rows)}
    across = {name: at for at, name in enumerate(columns)}
    for row, column, value, said in frame.select("row", "column", "value", "text").iter_rows():
        if value is None:
            continue
        x, y = left + room * across[column], top + height * place[row] + (height - CELL if named.above else 0.0)
        step = min(int(STEPS * math.sqrt(max(value, 0.0) / largest)), STEPS - 1)
        body += rect(x, y, room, CELL, f"f-b{step} edge", f"{row}, {column}: {said}")
        look = "t-small t-white" if step >= LIGHT_FROM else "t-small t-ink"
        body += text(x + room / 2, y + CELL / 2 + 4, said, look, "middle")
    for at, name in enumerate(rows):
        if named.above:
            body += text(0.0, top + height * at + 10, name, "t-ink")
        else:
            body += text(left - 10.0, top + height * at + CELL / 2 + 4, name, "t-ink", "end")
    return Picture(width, top + height * len(rows) + 4.0, body)
