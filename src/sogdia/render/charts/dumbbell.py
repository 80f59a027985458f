"""The largest supplier's share by weight and by value: two marks on one line for each mineral."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from sogdia.render.formats import share
from sogdia.render.plot.axes import Sign, across, legend, rows_of
from sogdia.render.plot.marks import SIZE, Point, circle, diamond, rule, text
from sogdia.render.plot.picture import NARROW, Picture, below
from sogdia.render.plot.scales import linear, percent
from sogdia.render.plot.text_width import text_width

BY_WEIGHT, BY_VALUE = "by weight", "by value"
DOT, RIGHT = 5.2, 16.0
TITLE = "share of imports from the largest supplier"
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def dumbbell(frame: pl.DataFrame, order: Sequence[str], width: float) -> Picture:
    """From name, supplier, measure (by weight, by value), share, and low and high (of the two shares).

    order: the names from top to bottom. In a narrow picture the supplier stands beside the mineral's name.
    """
    of_name = {name: frame.filter(pl.col("name") == name).to_dicts() for name in order}
    suppliers = [of_name[name][0]["supplier"] for name in order]
    narrow = width <= NARROW
    names = [f"{name}, {who}" for name, who in zip(order, suppliers, strict=True)] if narrow else list(order)
    rows = rows_of(names, width)
    beside = 0.0 if narrow else max(text_width(who, SIZE) for who in suppliers) + 8.0
    scale = linear(0.0, 1.0, rows.left + DOT, width - RIGHT - beside)
    axis = across(scale, TICKS, percent, 0.0, rows.total, TITLE)
    body = axis.body + rows.named()
    for at, name in enumerate(order):
        y, first = rows.y(at), of_name[name][0]
        if first["low"] is not None and first["high"] is not None:
            body += rule(scale(first["low"]), y, scale(first["high"]), y, "s-muted ring")
        for row in of_name[name]:
            if row["share"] is None:
                continue
            mark, look = (circle, "f-accent") if row["measure"] == BY_WEIGHT else (diamond, "f-second")
            told = f"{name}, {row['supplier']}: {share(row['share'])} {row['measure']}"
            body += mark(scale(row["share"]), y, DOT, look, told)
        if not narrow:
            body += text(width - RIGHT - beside + 14.0, y + 4, first["supplier"])
    entries: list[tuple[str, Sign]] = [(BY_WEIGHT, _by_weight), (BY_VALUE, _by_value)]
    return below((legend(entries, width), Picture(width, rows.total + axis.height, body)), 4.0)


def _by_weight(at: Point) -> str:
    return circle(*at, DOT, "f-accent")


def _by_value(at: Point) -> str:
    return diamond(*at, DOT, "f-second")
