"""The shape that every answer has: a tidy long table, notes, the ids of its sources, and plain values for JSON.

Every question of `Study` returns an `Answer`. Its table has the columns of `KEYS`, in this order, null where a column
does not apply; an answer may add columns of its own after them. A figure that rests on several years says so in
`year` ("2006-2008").
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import polars as pl

KEYS: Mapping[str, type[pl.DataType]] = {
    "importer": pl.String, "mineral": pl.String, "stage": pl.String, "country": pl.String, "partner": pl.String,
    "year": pl.String, "variable": pl.String, "unit": pl.String, "stat": pl.String, "value": pl.Float64,
    "source_id": pl.String,
}  # fmt: skip
SEPARATOR = ";"
"""Between several source ids in one cell."""


class Answer(ABC):
    """What a question returns. A subclass is a frozen record with a field `notes`, made with `repr=False`."""

    __slots__ = ()

    notes: tuple[str, ...]
    """What a reader has to know beside the figures; every face shows them."""

    @property
    @abstractmethod
    def title(self) -> str:
        """What was asked, in one line."""

    @abstractmethod
    def table(self) -> pl.DataFrame:
        """Tidy long table with the columns of `KEYS`."""

    @abstractmethod
    def sources(self) -> tuple[str, ...]:
        """Ids of every source that the figures rest on, each once."""

    @abstractmethod
    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values, ready for JSON; what is not known is None."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.title}>"

    def _repr_html_(self) -> str:
        """The table with its title and notes, for a notebook."""
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return f"<p><b>{escape(self.title)}</b></p>{self.table()._repr_html_()}<ul>{notes}</ul>"


def tidy(frame: pl.DataFrame, **constants: str | None) -> pl.DataFrame:
    """The frame with the columns of `KEYS` first, in their order and types; a column it lacks is null.

    constants: values of key columns that are the same in every row.
    """
    whole = frame.with_columns(pl.lit(value, pl.String).alias(name) for name, value in constants.items())
    missing = [pl.lit(None, kind).alias(name) for name, kind in KEYS.items() if name not in whole.columns]
    others = [name for name in whole.columns if name not in KEYS]
    cast = [pl.col(name).cast(kind) for name, kind in KEYS.items()]
    return whole.with_columns(missing).select(*cast, *others)


def year_label(years: Sequence[int]) -> str:
    """The years an answer rests on, as text.

    >>> year_label([2009]), year_label([2006, 2007, 2008]), year_label([2006, 2008])
    ('2009', '2006-2008', '2006, 2008')
    """
    ordered = sorted(set(years))
    if len(ordered) > 1 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{ordered[0]}-{ordered[-1]}"
    return ", ".join(map(str, ordered))


def each_once(*groups: Sequence[str]) -> tuple[str, ...]:
    """Names of several lists, each once, in the order of their first mention.

    >>> each_once(["a", "b"], ["b", "c"])
    ('a', 'b', 'c')
    """
    return tuple(dict.fromkeys(name for group in groups for name in group))


def plain_rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame for JSON: numbers that are not finite are None.

    >>> plain_rows(pl.DataFrame({"value": [1.0, float("nan")]}))
    [{'value': 1.0}, {'value': None}]
    """
    return [{name: _plain(value) for name, value in row.items()} for row in frame.to_dicts()]


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
