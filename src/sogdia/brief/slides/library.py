"""The library that writes slides, which is an extra of its own."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from sogdia.errors import SogdiaError


def must_be_there() -> None:
    """SogdiaError with what to install where the library is missing."""
    if find_spec("pptx") is None:
        message = "writing slides needs the library python-pptx. Install it: pip install 'sogdia[pptx]'."
        raise SogdiaError(message)


def presentation() -> Any:
    """An empty presentation of 16 to 9; SogdiaError where the library is missing."""
    must_be_there()
    from pptx import Presentation
    from pptx.util import Inches

    made = Presentation()
    made.slide_width, made.slide_height = Inches(WIDTH), Inches(HEIGHT)
    return made


WIDTH, HEIGHT = 13.333, 7.5
"""Of a slide [inches]."""
