"""Marks of the summary's pictures as SVG text, each with its colour: page, print and typesetter read one drawing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape

from sogdia.text import escaped

INK, MUTED, RULE, PAPER = "#1b2a38", "#556270", "#d5dae0", "#ffffff"
WATER, LAND, COAST = "#f4f7fa", "#dfe4e9", "#ffffff"
GREY = "#8b949e"
"""Marks of countries without a colour of their own in a picture."""
FONT = "Sogdia Sans, Sogdia Sans JP, sans-serif"
SIZE = 11.0
NARROW_LETTER, WIDE_LETTER = 0.57, 1.0
"""Widths of a letter by its kind [size of the type]."""
SHAPES = ("circle", "square", "triangle", "diamond", "cross")
Box = tuple[float, float, float, float]


def label(x: float, y: float, said: str, *, anchor: str = "start", fill: str = INK, size: float = SIZE,
          weight: int = 400, halo: bool = False) -> str:  # fmt: skip
    """Text on its base line; halo: a white edge round the letters."""
    edge = f' stroke="{PAPER}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}" text-anchor="{anchor}"{bold}{edge}>'
        f"{words(said)}</text>"
    )


def rule(x1: float, y1: float, x2: float, y2: float, stroke: str = RULE, width: float = 1.0) -> str:
    """A straight line."""
    return f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{stroke}" stroke-width="{width:g}" fill="none"/>'


def mark(shape: str, x: float, y: float, r: float, colour: str, *, hollow: bool = False) -> str:
    """A sign round a point, filled or hollow."""
    look = (
        f'fill="{PAPER}" stroke="{colour}" stroke-width="2"' if hollow
        else f'fill="{colour}" stroke="{colour}" stroke-width="2"'
    )  # fmt: skip
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:g}" {look}/>'
    half = r * 0.92
    corners = {
        "square": ((-half, -half), (half, -half), (half, half), (-half, half)),
        "triangle": ((0, -r * 1.15), (r * 1.1, r * 0.85), (-r * 1.1, r * 0.85)),
        "diamond": ((0, -r * 1.25), (r * 1.25, 0), (0, r * 1.25), (-r * 1.25, 0)),
        "cross": ((-r * 1.2, -r * 0.75), (0, r * 1.1), (r * 1.2, -r * 0.75)),
    }[shape]
    letters = "L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in corners)
    return f'<path d="M{letters}Z" stroke-linejoin="round" {look}/>'


def words(said: str) -> str:
    """A text inside an element: markup escaped, control characters written out."""
    return escape(escaped(said), quote=True)


def told(body: str, said: str, topic: str) -> str:
    """Marks that tell their figures when the mouse rests on them, and lead to the note on their sources."""
    return f'<a href="#note-{topic}" aria-label="{words(said)}"><title>{words(said)}</title>{body}</a>'


def room(said: str, size: float = SIZE) -> float:
    """Width of a text [pixels], a little more than it takes.

    >>> round(room("ab", 10.0), 1), room("銅", 10.0)
    (11.4, 10.0)
    """
    return sum(WIDE_LETTER if unicodedata.east_asian_width(c) in "WF" else NARROW_LETTER for c in said) * size


def picture(width: float, height: float, body: str, said: str) -> str:
    """The SVG of a picture in a page. said: for those who cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:.0f}" role="group" '
        f'aria-label="{words(said)}" font-family="{FONT}" font-size="{SIZE:g}">{body}</svg>'
    )


def free(box: Box, taken: Iterable[Box]) -> bool:
    """Whether a box (left, top, right, bottom) overlaps none of those taken."""
    left, top, right, bottom = box
    return not any(left < r and right > x and top < b and bottom > y for x, y, r, b in taken)
