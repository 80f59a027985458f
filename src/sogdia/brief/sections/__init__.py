"""The registry of the report's parts: one file here for each, read by the page, the workbook and the data files.

A new part is one file in this folder with a `PART`; nothing else has to know it. A part that comes from elsewhere is
registered with `registered`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules

from sogdia.brief.part import Part
from sogdia.brief.report import Report
from sogdia.brief.source_list import source_list
from sogdia.render.blocks import Section


def _in_this_folder() -> list[Part]:
    """The part of every module here."""
    return [import_module(f"{__name__}.{module.name}").PART for module in iter_modules(__path__)]


_PARTS: list[Part] = _in_this_folder()


def parts() -> tuple[Part, ...]:
    """Every part of the report, in its order."""
    return tuple(sorted(_PARTS, key=lambda part: (part.order, part.key)))


@contextmanager
def registered(part: Part) -> Iterator[None]:
    """The report with one part more, as long as the context is open; ValueError where its key is taken."""
    if any(other.key == part.key for other in _PARTS):
        raise ValueError(f"the report has a part {part.key!r} already")
    _PARTS.append(part)
    try:
        yield
    finally:
        _PARTS.remove(part)


def sections(report: Report) -> tuple[Section, ...]:
    """Every part that has something to say for this report; the sources of all of them come last."""
    made = tuple(section for part in parts() if (section := part.make(report)) is not None)
    return (*made, source_list(made))
