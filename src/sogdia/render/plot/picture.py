"""A drawn picture, how pictures are put together, and how one is written as SVG for a page or for a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sogdia.render.plot.marks import moved, number, words

WIDE, NARROW = 960.0, 350.0
"""Widths that a picture is drawn for: the column of a page and of a print, and a telephone [pixels]."""
GAP = 28.0
_UNSEEN = re.compile(r'<g class="unseen">.*?</g>')
_TOLD = re.compile(r"><title>[^<]*</title></[a-z]+>")


@dataclass(frozen=True, slots=True)
class Picture:
    """Marks on a ground of this size [pixels].

    pieces: pictures that it is made of, where a page may lay them anew, each with its class of width (`w4`: four
    twelfths); () where it is one.
    """

    width: float
    height: float
    body: str
    pieces: tuple[tuple[str, Picture], ...] = ()


def below(pictures: Sequence[Picture], gap: float = GAP) -> Picture:
    """Pictures under each other, as wide as the widest."""
    y, parts = 0.0, []
    for picture in pictures:
        parts.append(moved(0.0, y, picture.body))
        y += picture.height + gap
    return Picture(max(picture.width for picture in pictures), y - gap, "".join(parts))


def twelfths(width: float, count: int) -> float:
    """Width of a piece that takes so many twelfths of a row."""
    return (width - 11 * GAP) / 12 * count + GAP * (count - 1)


def laid(rows: Sequence[Sequence[tuple[int, Picture]]]) -> Picture:
    """Rows of pieces, each with its twelfths of the width; a page for telephones puts them under each other."""
    whole = below([beside([piece for _, piece in row]) for row in rows], GAP / 2)
    return replace(whole, pieces=tuple((f"w{count}", piece) for row in rows for count, piece in row))


def beside(pictures: Sequence[Picture], gap: float = GAP) -> Picture:
    """Pictures side by side, as tall as the tallest."""
    x, parts = 0.0, []
    for picture in pictures:
        parts.append(moved(x, 0.0, picture.body))
        x += picture.width + gap
    return Picture(x - gap, max(picture.height for picture in pictures), "".join(parts))


def still(picture: Picture) -> Picture:
    """The picture without what the mouse is told, for a screen without a mouse."""
    return replace(picture, body=_TOLD.sub(r"/>", _UNSEEN.sub("", picture.body)))


def in_page(picture: Picture, look: str, said: str) -> str:
    """The picture inside a page, whose style gives its classes colours.

    look: further classes; said: for those who cannot see it.
    """
    if picture.pieces:
        pieces = "".join(
            f'<svg class="plot {name}" width="{number(piece.width)}" {_size(piece)} aria-hidden="true">'
            f"{piece.body}</svg>"
            for name, piece in picture.pieces
        )
        return f'<div class="pieces" role="img" aria-label="{words(said)}">{pieces}</div>'
    return f'<svg class="plot {look}" {_size(picture)} role="img" aria-label="{words(said)}">{picture.body}</svg>'


def in_file(picture: Picture, style: str, title: str, description: str) -> str:
    """The picture as a file of its own: with its style, a title and a description, on a white ground."""
    size = f'width="{number(picture.width)}" height="{number(picture.height)}"'
    ground = f'<rect class="f-paper" width="{number(picture.width)}" height="{number(picture.height)}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="plot" {size} {_size(picture)} role="img" '
        f'aria-label="{words(title)}"><title>{words(title)}</title><desc>{words(description)}</desc>'
        f"<style>{style}</style>{ground}{picture.body}</svg>"
    )


def _size(picture: Picture) -> str:
    return f'viewBox="0 0 {number(picture.width)} {number(picture.height)}"'
