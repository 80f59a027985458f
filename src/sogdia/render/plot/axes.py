"""Axes, grids, legends and the names of rows: everything round the marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sogdia.render.plot.marks import SIZE, Point, lines, moved, rule, text
from sogdia.render.plot.picture import Picture
from sogdia.render.plot.scales import Scale
from sogdia.render.plot.text_width import text_width, wrapped

LABEL_GAP, LINE, SWATCH = 6.0, 15.0, 11.0
LEGEND_ROW = 19.0
MOST_NAMES = 0.42
"""Part of the width that names of rows may take beside their marks; longer ones stand above them."""
ROW, ROW_BELOW_NAME = 24.0, 38.0
LEAST_ROOM = 8.0
INDENT = 14.0
"""Room for half a label left of marks whose names stand above them."""

Write = Callable[[float], str]
Sign = Callable[[Point], str]


def across(scale: Scale, marks: Sequence[float], write: Write, top: float, bottom: float, title: str = "") -> Picture:
    """A horizontal axis: a grid from top to bottom, labels and the title below; labels that would touch are left out.

    Its height is that of what stands below `bottom`.
    """
    body, last = "", float("-inf")
    for mark in marks:
        x, label = scale(mark), write(mark)
        body += rule(x, top, x, bottom, "s-rule")
        half = text_width(label, SIZE) / 2
        if x - half >= last:
            body += text(x, bottom + LINE, label, "", "middle")
            last = x + half + LEAST_ROOM
    said = wrapped(title, SIZE, abs(scale.end - scale.start)) if title else []
    middle = (scale.start + scale.end) / 2
    body += lines(middle, bottom + 2.2 * LINE, said, "t-ink", "middle")
    return Picture(0.0, LINE + (len(said) + 0.4) * LINE if said else 1.3 * LINE, body)


def upright(scale: Scale, marks: Sequence[float], write: Write, left: float, right: float) -> str:
    """A vertical axis: a grid from left to right, and labels left of it."""
    return "".join(
        rule(left, scale(mark), right, scale(mark), "s-rule")
        + text(left - LABEL_GAP, scale(mark) + 4, write(mark), "", "end")
        for mark in marks
    )


def label_room(labels: Sequence[str]) -> float:
    """Room that labels left of an axis take."""
    return max((text_width(label, SIZE) for label in labels), default=0.0) + LABEL_GAP


def years_axis(scale: Scale, marks: Sequence[float], bottom: float) -> str:
    """Calendar years under a panel, without a grid; those that would touch are left out."""
    body = rule(scale.start, bottom, scale.end, bottom, "s-rule")
    last = float("-inf")
    for year in marks:
        half = text_width("2000", SIZE) / 2
        x = min(scale(year), scale.end - half + LABEL_GAP)
        if x - half >= last:
            body += text(x, bottom + LINE, f"{year:.0f}", "", "middle")
            last = x + half + LEAST_ROOM
    return body


@dataclass(frozen=True, slots=True)
class Rows:
    """Where rows and their names stand. left: of the marks; height: of a row; above: names stand over their marks."""

    names: tuple[str, ...]
    left: float
    height: float
    above: bool

    @property
    def total(self) -> float:
        """Height of all rows."""
        return self.height * len(self.names)

    def y(self, place: int) -> float:
        """The middle of the marks of a row."""
        return self.height * place + (self.height - 11.0 if self.above else self.height / 2)

    def named(self) -> str:
        """The names, each with its row."""
        if self.above:
            return "".join(
                text(0.0, self.height * at + LINE, name, "t-ink") for at, name in enumerate(self.names)
            )  # fmt: skip
        return "".join(
            text(self.left - 2 * LABEL_GAP, self.y(at) + 4, name, "t-ink", "end") for at, name in enumerate(self.names)
        )


def rows_of(names: Sequence[str], width: float) -> Rows:
    """Rows with these names in a picture of this width: names beside the marks where they fit, above them else."""
    room = max((text_width(name, SIZE) for name in names), default=0.0) + 2 * LABEL_GAP
    if room > MOST_NAMES * width:
        return Rows(tuple(names), INDENT, ROW_BELOW_NAME, True)
    return Rows(tuple(names), room, ROW, False)


def legend(entries: Sequence[tuple[str, Sign]], width: float) -> Picture:
    """Signs with their names in a line, broken where the width ends. A sign is drawn round the point it is given."""
    x, y, body = 0.0, LEGEND_ROW / 2, ""
    for name, sign in entries:
        room = SWATCH + LABEL_GAP + text_width(name, SIZE)
        if x and x + room > width:
            x, y = 0.0, y + LEGEND_ROW
        body += sign((x + SWATCH / 2, y)) + text(x + SWATCH + LABEL_GAP, y + 4, name, "t-ink")
        x += room + 3 * LABEL_GAP
    return Picture(width, y + LEGEND_ROW / 2 + 4, body)


def listed(entries: Sequence[tuple[str, Sign]]) -> Picture:
    """Signs with their names under each other."""
    body = "".join(
        sign((SWATCH / 2, LEGEND_ROW * (at + 0.5)))
        + text(SWATCH + LABEL_GAP, LEGEND_ROW * (at + 0.5) + 4, name, "t-ink")
        for at, (name, sign) in enumerate(entries)
    )
    room = max((text_width(name, SIZE) for name, _ in entries), default=0.0)
    return Picture(SWATCH + LABEL_GAP + room, LEGEND_ROW * len(entries), body)


def titled(picture: Picture, title: str) -> Picture:
    """The picture with a title over it, wrapped to its width."""
    said = wrapped(title, SIZE + 1, picture.width)
    room = LINE * len(said) + 5
    body = lines(0.0, LINE - 3, said, "t-title") + moved(0.0, room, picture.body)
    return Picture(picture.width, room + picture.height, body)
