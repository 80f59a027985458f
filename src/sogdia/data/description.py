"""A study in a few words: its importer, its partners and the data it rests on, as text and as a table of a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from sogdia.codes import Region
from sogdia.data.store import Store

Facts = tuple[tuple[str, str], ...]
"""Labels and values, in the order they are shown."""


def facts(importer: Region, partners: Sequence[Region], store: Store) -> Facts:
    """What a study is about."""
    years, own = store.years, store.folders[1:]
    return (
        ("importer", f"{importer.name} ({importer.key})"),
        ("partners", ", ".join(partner.name for partner in partners) or "none"),
        ("trade", f"{years[0]}-{years[-1]}"),
        ("store", ", ".join(("embedded", *map(str, own)))),
    )


def as_line(shown: Facts) -> str:
    """The facts in one line.

    >>> as_line((("importer", "Japan (JPN)"), ("partners", "none")))
    'importer Japan (JPN); partners none'
    """
    return "; ".join(f"{label} {value}" for label, value in shown)


def as_table(shown: Facts) -> str:
    """The facts as a table of HTML."""
    rows = "".join(f"<tr><th>{label}</th><td>{escape(value)}</td></tr>" for label, value in shown)
    return f"<table>{rows}</table>"
