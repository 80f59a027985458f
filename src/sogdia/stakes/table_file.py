"""The packaged tables of the room, read as records; each is read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Literal, TypeVar, get_args

from sogdia.errors import InputError
from sogdia.tabular.rows import Cells, Row, packaged_rows

Record = TypeVar("Record")
Evidence = Literal["seen", "derived", "assumed"]
EVIDENCE: tuple[Evidence, ...] = get_args(Evidence)
SOURCED = ("source_id", "evidence", "note")


def records(file: str, columns: Sequence[str], of: Callable[[Cells], Record]) -> tuple[Record, ...]:
    """The rows of a table as records; InputError with every fault if the file was damaged."""
    made, faults = [], []
    for row in rows(file, columns):
        cells = Cells(row)
        made.append(of(cells))
        faults += cells.faults
    if faults:
        raise InputError(faults)
    return tuple(made)


def rows(file: str, columns: Sequence[str], optional: Sequence[str] = ()) -> tuple[Row, ...]:
    """The rows of a table as text."""
    return packaged_rows(files(__package__).joinpath("tables", file), columns, optional)


def weakest(levels: Sequence[str]) -> Evidence:
    """The evidence of a figure that rests on several: the weakest of theirs.

    >>> weakest(["seen", "assumed", "derived"])
    'assumed'
    """
    return max((level for level in EVIDENCE if level in levels), key=EVIDENCE.index, default="derived")
