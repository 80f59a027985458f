"""The packaged tables of hazards, read as records. Each row names its sources and its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

from sogdia.errors import InputError
from sogdia.network.provenance import SOURCED, provenance_of
from sogdia.network.records import EVIDENCE, Evidence
from sogdia.tabular.rows import Cells, packaged_rows, range_columns
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
    read, faults = [], []
    for row in packaged_rows(files("sogdia.hazards").joinpath("tables", file), (*columns, *SOURCED)):
        cells = Cells(row)
        read.append(record(cells))
        faults += cells.faults
    if faults:
        raise InputError(faults)
    return tuple(read)


@cache
def figures() -> Mapping[str, HazardFigure]:
    """The named figures by name."""
    rows = packaged(
        "parameters.csv",
        ("name", *range_columns("value")),
        lambda cells: HazardFigure(cells.text("name"), cells.range("value", at_least=-1000.0), **provenance_of(cells)),
    )
    return {row.name: row for row in rows}


def weakest(*evidence: Evidence) -> Evidence:
    """The weakest of several kinds of evidence.

    >>> weakest("seen", "assumed", "derived")
    'assumed'
    """
    order = {name: at for at, name in enumerate(EVIDENCE)}
    return max(evidence, key=lambda name: order[name])
