"""What an indicator declares: the columns it adds to the records, the tables they rest on, and how it computes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import polars as pl

from sogdia.concentration import Floats
from sogdia.exposure.record_inputs import RecordInputs

TABLE, DETAIL, DATA = "table", "detail", "data"
"""Where a column is shown: in the table of all minerals, in the view of one mineral, or in the data alone."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of figures.

    tables: keys of `Inputs.source_ids`. heading: a shorter label for a crowded table. band: the measures that are its
    ends, 5 and 95 % quantiles. reason: the label that says why a figure is not known.
    """

    variable: str
    unit: str
    label: str
    definition: str
    tables: tuple[str, ...]
    shown: str = DATA
    heading: str = ""
    band: tuple[str, str] | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A column of text that belongs to measures. missing: what to show where imports are recorded and it is null."""

    variable: str
    heading: str
    definition: str
    shown: str = DATA
    missing: str = "not known"


Columns: TypeAlias = Mapping[str, Floats | pl.Series]
"""Figures (records,), NaN where unknown, or a series of text, by the name of the column."""


def no_notes(_records: pl.DataFrame) -> tuple[str, ...]:
    """The notes of an indicator that has nothing to add."""
    return ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator. A module of `exposure/indicators` declares it as `INDICATOR`.

    order: its place among the others. compute: from the inputs of all records to the columns; a column may be left out
    where it does not apply to the question. notes: from the finished records, which then have a `name` of the mineral,
    to what a reader has to know.
    """

    name: str
    order: int
    columns: tuple[Measure | Label, ...]
    compute: Callable[[RecordInputs], Columns]
    notes: Callable[[pl.DataFrame], tuple[str, ...]] = no_notes

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Its columns of figures."""
        return tuple(column for column in self.columns if isinstance(column, Measure))

    @property
    def labels(self) -> tuple[Label, ...]:
        """Its columns of text."""
        return tuple(column for column in self.columns if isinstance(column, Label))
