"""Which parts does the report have, and in which order?

A new part is one file here with `section(report)`, and one line in `SECTIONS`. A part that has nothing to say for
this report (its mineral was not asked for, no partner was named) returns None.
"""

from __future__ import annotations

from collections.abc import Callable

from sogdia.brief.report import Report
from sogdia.brief.sections import (
    corridors,
    exposure,
    hindcast,
    methods,
    minerals,
    overview,
    partners,
    quality,
    sources,
    story,
    supplier_loss,
    world_map,
)
from sogdia.render.blocks import Section

SECTIONS: tuple[Callable[[Report], Section | None], ...] = (
    overview.section,
    exposure.section,
    world_map.section,
    minerals.section,
    supplier_loss.section,
    partners.section,
    corridors.section,
    story.section,
    hindcast.section,
    quality.section,
    methods.section,
)


def sections(report: Report) -> tuple[Section, ...]:
    """Every part of the report; the sources of all the others come last."""
    parts = tuple(part for make in SECTIONS if (part := make(report)) is not None)
    return (*parts, sources.section(parts))
