"""A figure is written as one picture in a file, SVG or PNG by the ending of the name."""

from __future__ import annotations

from pathlib import Path

from sogdia.errors import wrong_argument
from sogdia.files import atomic, write_text
from sogdia.render.blocks import Figure
from sogdia.render.svg import png, render

KINDS = frozenset({".svg", ".png"})


def write_figure(made: Figure, path: Path) -> Path:
    """Write the picture and return its path; InputError for another ending."""
    must_be_a_picture(path)
    drawn = render(made)
    if path.suffix.lower() == ".svg":
        return write_text(path, drawn)
    with atomic(path) as part:
        part.write_bytes(png(drawn))
    return path


def must_be_a_picture(path: Path) -> None:
    """InputError unless the ending is one that a picture is written as."""
    if path.suffix.lower() not in KINDS:
        raise wrong_argument("chart", "a chart is written as .svg or .png", "Change the ending.", path.name)
