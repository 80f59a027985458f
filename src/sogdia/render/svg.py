"""A chart as a picture that stands alone: as SVG, and as PNG by the typesetter that the package brings along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from sogdia.render.blocks import Draw, Figure
from sogdia.render.plot.axes import LINE
from sogdia.render.plot.marks import SIZE, lines, moved
from sogdia.render.plot.picture import WIDE, Picture, in_file
from sogdia.render.plot.text_width import wrapped
from sogdia.render.theme import file_rules

MARGIN = 12.0
PIXELS_PER_INCH = 144.0
PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'


def titled(figure: Figure, title: str, notes: Iterable[str]) -> Figure:
    """The figure as a picture that stands alone: with its title, and under it the notes, wrapped."""
    return replace(figure, draw=partial(_titled, figure.draw, title, tuple(notes)))


def _titled(draw: Draw, title: str, notes: tuple[str, ...], width: float) -> Picture:
    picture = draw(width)
    head = wrapped(title, SIZE + 2, width)
    said = [line for note in notes for line in wrapped(note, SIZE, width)]
    body = lines(0.0, LINE, head, "t-title") + lines(0.0, LINE * (1 + len(head)) + 3, said)
    top = LINE * (len(head) + len(said)) + 2 * LINE
    return Picture(width, top + picture.height, body + moved(0.0, top, picture.body))


def render(figure: Figure) -> str:
    """The figure as SVG text, on white."""
    picture = figure.draw(WIDE)
    framed = Picture(
        picture.width + 2 * MARGIN, picture.height + 2 * MARGIN, moved(MARGIN, MARGIN, picture.body)
    )  # fmt: skip
    return in_file(framed, file_rules(), figure.caption, figure.alt)


def png(svg: str) -> bytes:
    """The picture as PNG, two pixels for one."""
    import typst

    made = typst.compile(PAGE, format="png", ppi=PIXELS_PER_INCH, sys_inputs={"svg": svg})
    return bytes(made)
