"""Which parts does the report have, and in which order?

A new part is one file here with `section(report)`, and one line in `SECTIONS`.
"""

from __future__ import annotations

from collections.abc import Callable

from sogdia.brief.blocks import Section
from sogdia.brief.report import Report
from sogdia.brief.sections import (
    exposure,
)

SECTIONS: tuple[Callable[[Report], Section], ...] = (exposure.section,)


def sections(report: Report) -> tuple[Section, ...]:
    """Every part of the report."""
    return tuple(section(report) for section in SECTIONS)
