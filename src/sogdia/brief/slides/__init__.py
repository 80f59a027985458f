"""The summary as slides: native charts and tables of PowerPoint, the sources of every figure in the notes."""

from sogdia.brief.slides.deck import deck

__all__ = ["deck"]
