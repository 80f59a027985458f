"""A dot on a band for each row, and a second mark to compare with: how far a figure may lie from its central value.

A panel reads, for a field F: name (the row), F (the dot; no dot where it is unknown), F_low and F_high (the ends of the
band), F_open (true where the band goes on beyond the axis), F_text (what the tooltip says) and, where a second mark is
asked for, F_other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl

from sogdia.render.plot.axes import Rows, Sign, across, legend, rows_of
from sogdia.render.plot.marks import Point, arrow, circle, diamond, rect, rule
from sogdia.render.plot.picture import GAP, NARROW, Picture, below, beside
from sogdia.render.plot.scales import Scale, linear, logarithmic, plain, ticks

BAND, DOT, RIGHT = 7.0, 4.8, 26.0
TICKS, FEW_TICKS = 6, 4


@dataclass(frozen=True, slots=True)
class Panel:
    """One field of the data as a panel. domain: ends of the axis; write: its labels; log: logarithmic; marks: names
    of the dot and of the second mark, which is left out where there is one name; zero: where a line marks "no change",
    None for none; ticks: labelled values, () to choose them by the domain.
    """

    field: str
    title: str
    domain: tuple[float, float]
    marks: tuple[str, ...]
    write: Callable[[float], str] = plain
    log: bool = False
    zero: float | None = None
    ticks: tuple[float, ...] = ()


def dot_bands(frame: pl.DataFrame, order: Sequence[str], panels: Sequence[Panel], width: float) -> Picture:
    """The panels side by side, or under each other where the picture is narrow; rows from top to bottom as ordered."""
    known = [(panel, _rows_with(frame, panel, order)) for panel in panels]
    if width <= NARROW:
        return below([_panel(rows, panel, rows_of([r["name"] for r in rows], width), width) for panel, rows in known])
    apart = len({tuple(row["name"] for row in rows) for _, rows in known}) > 1
    each = (width - GAP * (len(known) - 1)) / len(known)
    if apart:
        return beside([_panel(rows, panel, rows_of([r["name"] for r in rows], each), each) for panel, rows in known])
    named = rows_of([row["name"] for row in known[0][1]], width)
    room = (width - named.left - GAP * (len(known) - 1)) / len(known)
    bare = Rows(("",) * len(named.names), 0.0, named.height, named.above)
    first, *others = known
    drawn = [_panel(first[1], first[0], named, named.left + room), *(_panel(rows, p, bare, room) for p, rows in others)]
    return beside(drawn)


def _rows_with(frame: pl.DataFrame, panel: Panel, order: Sequence[str]) -> list[dict[str, Any]]:
    """The rows that the panel has something to say of, in order."""
    place = {name: at for at, name in enumerate(order)}
    rows = [row for row in frame.to_dicts() if row["name"] in place and row.get(f"{panel.field}_text") is not None]
    return sorted(rows, key=lambda row: place[row["name"]])


def _panel(data: Sequence[dict[str, Any]], panel: Panel, rows: Rows, width: float) -> Picture:
    scale = (logarithmic if panel.log else linear)(*panel.domain, rows.left + DOT, width - RIGHT)
    marks = panel.ticks or ticks(*panel.domain, TICKS if width > NARROW else FEW_TICKS)
    axis = across(scale, marks, panel.write, 0.0, rows.total, panel.title)
    body = axis.body + rows.named()
    if panel.zero is not None:
        body += rule(scale(panel.zero), 0.0, scale(panel.zero), rows.total, "s-muted dash")
    for at, row in enumerate(data):
        body += _row(row, panel, scale, rows.y(at))
    chart = Picture(width, rows.total + axis.height, body)
    if len(panel.marks) < 2:
        return chart
    entries: list[tuple[str, Sign]] = [(panel.marks[0], _dot), (panel.marks[1], _other)]
    return below((legend(entries, width), chart), 4.0)


def _row(row: dict[str, Any], panel: Panel, scale: Scale, y: float) -> str:
    """Band, arrow where it goes on, dot and second mark."""
    field = panel.field
    told = f"{row['name']}: {row[f'{field}_text']}"
    low, high, body = row[f"{field}_low"], row[f"{field}_high"], ""
    if low is not None and high is not None:
        start, end = scale(low), scale(high)
        body += rect(start, y - BAND / 2, max(end - start, 1.0), BAND, "f-band", told)
    if row[f"{field}_open"]:
        body += arrow(scale(high) + 9.0, y, 5.5, "f-arrow", told)
    if row[field] is not None:
        body += circle(scale(row[field]), y, DOT, "f-accent edge", told)
    if len(panel.marks) > 1 and row.get(f"{field}_other") is not None:
        body += diamond(scale(row[f"{field}_other"]), y, DOT + 1.0, "f-second edge", told)
    return body


def _dot(at: Point) -> str:
    return circle(*at, DOT, "f-accent")


def _other(at: Point) -> str:
    return diamond(*at, DOT + 1.0, "f-second")


def drawing(
    frame: pl.DataFrame, order: Sequence[str], panels: Sequence[Panel]
) -> Callable[[float], Picture]:  # fmt: skip
    """The chart as a function of the width alone."""
    return partial(dot_bands, frame, tuple(order), tuple(panels))
