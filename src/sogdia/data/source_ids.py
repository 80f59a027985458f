"""The ids of the sources behind rows: those that the rows name, and those of the files that hold them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from sogdia.answer import SEPARATOR, each_once
from sogdia.data.store import Store


def production_sources(store: Store, mineral: str, years: Sequence[int]) -> tuple[str, ...]:
    """The sources of a mineral's production in some years: each year is read from the first file in force with it."""
    left, used = set(years), []
    for file in store.in_force("production"):
        rows = file.scan().filter(pl.col("mineral") == mineral, pl.col("year").is_in(sorted(left)))
        held = set(rows.select("year").unique().collect()["year"])
        used += [file.entry.source_ids] if held else []
        left -= held
    return each_once(*used)


def row_sources(rows: pl.DataFrame) -> tuple[str, ...]:
    """The sources that rows name in their column `source_id`."""
    return split_ids(*rows["source_id"])


def split_ids(*cells: str | None) -> tuple[str, ...]:
    """The ids in cells that may hold several, each once.

    >>> split_ids("A;B", None, "B")
    ('A', 'B')
    """
    return each_once(*(cell.split(SEPARATOR) for cell in cells if cell))
