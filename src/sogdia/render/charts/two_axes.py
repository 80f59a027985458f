"""Points on two axes, filled where they are well known and hollow where known in part; the foremost are named."""

from __future__ import annotations

import polars as pl

from sogdia.render.formats import amount
from sogdia.render.plot.axes import across, label_room, upright
from sogdia.render.plot.boxes import Box, overlap
from sogdia.render.plot.marks import SIZE, circle, text
from sogdia.render.plot.picture import NARROW, Picture
from sogdia.render.plot.scales import linear, plain, ticks
from sogdia.render.plot.text_width import text_width

HEIGHT, NARROW_HEIGHT, TOP, RIGHT = 440.0, 340.0, 24.0, 16.0
DOT, LINE = 4.6, 13.0
Ends = tuple[float, float]


def two_axes(
    frame: pl.DataFrame, x: str, y: str, names: tuple[str, str], domains: tuple[Ends, Ends], width: float
) -> Picture:
    """From name, hollow, detail (for the tooltip), and the columns x and y; the rows in the order of their names' right
    to a place.

    names: of the two axes; domains: their ends. A name that finds no free place beside its point is left out.
    """
    narrow = width <= NARROW
    bottom = (NARROW_HEIGHT if narrow else HEIGHT) + TOP
    up = ticks(*domains[1], 5)
    left = label_room([plain(mark) for mark in up])
    to_y = linear(*domains[1], bottom, TOP)
    to_x = linear(*domains[0], left, width - RIGHT)
    axis = across(to_x, ticks(*domains[0], 3 if narrow else 6), plain, TOP, bottom, names[0])
    body = upright(to_y, up, plain, left, width - RIGHT) + axis.body + text(0.0, 11.0, names[1], "t-ink")
    points = [(to_x(row[x]), to_y(row[y]), row) for row in frame.to_dicts()]
    taken: list[Box] = [(at[0] - DOT, at[1] - DOT, at[0] + DOT, at[1] + DOT) for at in points]
    labels = ""
    for at_x, at_y, row in points:
        look = "s-accent ring f-paper" if row["hollow"] else "s-accent ring f-accent"
        told = f"{row['name']}: {names[0]} {amount(row[x])}, {names[1]} {amount(row[y])}; {row['detail']}"
        body += circle(at_x, at_y, DOT, look, told)
        spot = _free(row["name"], at_x, at_y, taken, width)
        if spot is not None:
            box, anchor = spot
            taken.append(box)
            labels += text(box[0] if anchor == "" else box[2], box[3] - 3, row["name"], "t-ink t-small", anchor)
    return Picture(width, bottom + axis.height, body + labels)


def _free(name: str, x: float, y: float, taken: list[Box], width: float) -> tuple[Box, str] | None:
    """A place beside a point where its name lies over nothing: right, left, above or below it."""
    room, gap = text_width(name, SIZE - 1), DOT + 3.0
    for left, top, anchor in (
        (x + gap, y - LINE / 2, ""), (x - gap - room, y - LINE / 2, "end"), (x + 2, y - gap - LINE, ""),
        (x + 2, y + gap, ""), (x - room - 2, y - gap - LINE, "end"), (x - room - 2, y + gap, "end"),
    ):  # fmt: skip
        box = (left, top, left + room, top + LINE)
        if left >= 0 and box[2] <= width and not any(overlap(box, other) for other in taken):
            return box, anchor
    return None
