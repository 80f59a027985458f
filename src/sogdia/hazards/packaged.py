"""The packaged tables of hazards, read as records. Each row names its sources and its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

from sogdia.tabular.evidence import SOURCED, Evidence, provenance_of
from sogdia.tabular.rows import Cells, packaged_records, range_columns
from sogdia.uncertain import Range

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class HazardFigure:
    """A named figure of the table of parameters."""

    name: str
    value: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


def packaged(file: str, columns: Sequence[str], record: Callable[[Cells], Record]) -> tuple[Record, ...]:
    """Every row of one packaged table as a record; InputError with every fault if the file was damaged."""
    return packaged_records(files("sogdia.hazards").joinpath("tables", file), (*columns, *SOURCED), record)


@cache
def figures() -> Mapping[str, HazardFigure]:
    """The named figures by name."""
    rows = packaged(
        "parameters.csv",
        ("name", *range_columns("value")),
        lambda cells: HazardFigure(cells.text("name"), cells.range("value", at_least=-1000.0), **provenance_of(cells)),
    )
    return {row.name: row for row in rows}
