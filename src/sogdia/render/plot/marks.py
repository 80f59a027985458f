"""Marks as SVG text. Colours are names of classes (see `theme`), so that page, dark mode and print choose them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from sogdia.render.plot.spoken import own
from sogdia.text import escaped

Point = tuple[float, float]
SIZE = 12.0
"""Size of plain text in a picture [pixels]."""


def number(value: float) -> str:
    """A coordinate to a tenth of a pixel, as short as it can be written.

    >>> number(12.0), number(0.04), number(-3.25)
    ('12', '0', '-3.2')
    """
    text = f"{value:.1f}"
    return "0" if text in {"0.0", "-0.0"} else text.removesuffix(".0")


def words(text: str) -> str:
    """A text inside an element: markup escaped, control characters written out."""
    return escape(escaped(text), quote=True)


def element(tag: str, look: str, geometry: str, told: str = "") -> str:
    """One mark. look: classes; geometry: its other attributes; told: shown when the mouse rests on it."""
    named = f' class="{look}"' if look else ""
    return (
        f"<{tag}{named}{geometry}><title>{words(own(told))}</title></{tag}>" if told else f"<{tag}{named}{geometry}/>"
    )


def rect(x: float, y: float, width: float, height: float, look: str, told: str = "", round_by: float = 0.0) -> str:
    """A rectangle from its upper left corner."""
    corner = f' rx="{number(round_by)}"' if round_by else ""
    where = f' x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"{corner}'
    return element("rect", look, where, told)


def rule(x1: float, y1: float, x2: float, y2: float, look: str, told: str = "") -> str:
    """A straight line between two points."""
    return element("line", look, f' x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"', told)


def circle(x: float, y: float, radius: float, look: str, told: str = "") -> str:
    """A disc."""
    return element("circle", look, f' cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"', told)


def shape(points: Sequence[Point], look: str, told: str = "") -> str:
    """A closed area."""
    return element("path", look, f' d="{outline(points)}Z"', told)


def line(points: Sequence[Point], look: str, told: str = "") -> str:
    """A line through points."""
    return element("path", look, f' d="{outline(points)}"', told)


def diamond(x: float, y: float, radius: float, look: str, told: str = "") -> str:
    """A square on its corner."""
    return shape(((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)), look, told)


def arrow(x: float, y: float, radius: float, look: str, told: str = "") -> str:
    """A triangle that points to the right, its tip at x."""
    return shape(((x - 1.6 * radius, y - radius), (x, y), (x - 1.6 * radius, y + radius)), look, told)


def outline(points: Sequence[Point]) -> str:
    """The letters of a path through points, each step relative to the point before; level steps are joined.

    >>> outline([(0, 0), (10.04, 5), (10, 8)]), outline([(0, 0), (5, 0), (9, 0), (9, -2)])
    ('M0 0l10 5 0 3', 'M0 0h9l0-2')
    """
    # Steps are taken between rounded places, so that rounding does not add up along the way.
    places = [(round(x, 1), round(y, 1)) for x, y in points]
    path, letter = f"M{_pair(*places[0])}", ""
    for (x1, y1), (x2, y2) in pairwise(_bends(places)):
        step = number(x2 - x1) if y1 == y2 else _pair(x2 - x1, y2 - y1)
        before, letter = letter, "h" if y1 == y2 else "l"
        joint = "" if step.startswith("-") else " "
        path += f"{joint if before == letter else letter}{step}"
    return path


def _bends(places: Sequence[Point]) -> list[Point]:
    """The places without those between two level steps one way."""
    kept = list(places[:2])
    for place in places[2:]:
        level = kept[-2][1] == kept[-1][1] == place[1]
        if level and (place[0] - kept[-1][0]) * (kept[-1][0] - kept[-2][0]) >= 0:
            kept[-1] = place
        else:
            kept.append(place)
    return kept


def _pair(x: float, y: float) -> str:
    """Two coordinates, apart by a blank or by the sign of the second."""
    second = number(y)
    return f"{number(x)}{'' if second.startswith('-') else ' '}{second}"


def text(x: float, y: float, said: str, look: str = "", anchor: str = "") -> str:
    """Text on its base line. anchor: "middle" or "end" of it stands at x, its start by default."""
    names = " ".join(name for name in (look, anchor) if name)
    named = f' class="{names}"' if names else ""
    return f'<text{named} x="{number(x)}" y="{number(y)}">{words(own(said))}</text>'


def lines(x: float, y: float, said: Iterable[str], look: str = "", anchor: str = "", step: float = 15.0) -> str:
    """Lines of text under each other, the first on the base line y."""
    return "".join(text(x, y + step * place, one, look, anchor) for place, one in enumerate(said))


def moved(x: float, y: float, body: str) -> str:
    """Marks moved by x to the right and y down."""
    return f'<g transform="translate({number(x)},{number(y)})">{body}</g>' if x or y else body
