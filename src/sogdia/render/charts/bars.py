"""Stacked horizontal bars: amounts to compare, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from math import fsum

import polars as pl

from sogdia.render.plot.axes import Sign, across, legend, rows_of
from sogdia.render.plot.marks import Point, rect
from sogdia.render.plot.picture import Picture, below
from sogdia.render.plot.scales import linear, rounded_top, ticks

TICKS, RIGHT, BAR = 6, 26.0, 15.0


@dataclass(frozen=True, slots=True)
class Amount:
    """What the bars measure. value: column; title: of the axis; tick, told: how a figure is written on it, on hover."""

    value: str
    title: str
    tick: Callable[[float], str]
    told: Callable[[object], str]


def bars(frame: pl.DataFrame, order: Sequence[str], parts: Mapping[str, str], amount: Amount, width: float) -> Picture:
    """From name (the bar), part (what it is made of), detail (shown with the part), and the column of the amount.

    order: bars from top to bottom; parts: classes of their colours, in the order of stacking.
    """
    rows = rows_of(order, width)
    place = {name: at for at, name in enumerate(parts)}
    stacked = frame.filter(pl.col(amount.value) > 0).sort(
        pl.col("part").replace_strict(place, return_dtype=pl.Int64), maintain_order=True
    )
    of_bar = {
        name: list(group) for name, group in groupby(sorted(stacked.to_dicts(), key=_name), key=_name)
    }  # fmt: skip
    sums = [fsum(row[amount.value] for row in group) for group in of_bar.values()]
    top = rounded_top(max(sums, default=0.0), TICKS)
    scale = linear(0.0, top, rows.left, width - RIGHT)
    axis = across(scale, ticks(0.0, top, TICKS if width > 500 else 4), amount.tick, 0.0, rows.total, amount.title)
    body = axis.body + rows.named()
    for at, name in enumerate(order):
        start = 0.0
        for row in of_bar.get(name, []):
            x, end = scale(start), scale(start + row[amount.value])
            told = f"{name}: {row['detail']}, {amount.told(row[amount.value])}"
            body += rect(x, rows.y(at) - BAR / 2, end - x, BAR, f"f-{parts[row['part']]} edge", told)
            start += row[amount.value]
    chart = Picture(width, rows.total + axis.height, body)
    return below((legend(signs(parts), width), chart), 6.0)


def swatch(look: str, at: Point) -> str:
    """The sign of an area in a legend."""
    return rect(at[0] - 5.5, at[1] - 5.5, 11.0, 11.0, look)


def signs(colours: Mapping[str, str]) -> list[tuple[str, Sign]]:
    """Entries of a legend for areas, by name."""
    return [(name, partial(swatch, f"f-{look}")) for name, look in colours.items()]


def _name(row: Mapping[str, object]) -> str:
    return str(row["name"])
