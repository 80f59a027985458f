"""The packaged tables of the room, read as records; each is read once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import TypeVar

from sogdia.tabular.rows import Cells, Row, packaged_records, packaged_rows

Record = TypeVar("Record")


def records(file: str, columns: Sequence[str], of: Callable[[Cells], Record]) -> tuple[Record, ...]:
    """The rows of a table as records; InputError with every fault if the file was damaged."""
    return packaged_records(files(__package__).joinpath("tables", file), columns, of)


def rows(file: str, columns: Sequence[str], optional: Sequence[str] = ()) -> tuple[Row, ...]:
    """The rows of a table as text."""
    return packaged_rows(files(__package__).joinpath("tables", file), columns, optional)
