"""The typography of a range: two ends that never part at the end of a line, and marks for what has no end."""

from __future__ import annotations

from collections.abc import Callable

from sogdia.uncertain import BEYOND, BandText

# Narrow no-break spaces around the dash, and a word joiner where a line could break after it.
TO = "\u202f–\u2060\u202f"
OPEN = f">{BEYOND:g}"
OUTSIDE = f"beyond the model's range (>{BEYOND:g}x)"


def band(low: str, high: str) -> str:
    """Two ends, already written.

    >>> band("1.2", "3.4").replace(TO, " to ")
    '1.2 to 3.4'
    """
    return f"{low}{TO}{high}"


def band_text(write: Callable[[float | None], str], above: str = OPEN) -> BandText:
    """How a report writes a band. write: a number; above: what stands for an end without bound."""
    return BandText(write, above, TO)
