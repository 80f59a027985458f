"""What a reader of data is, what it gives, and the template of a table that users fill in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import polars as pl

from sogdia.errors import Fault
from sogdia.tabular.user_file import UserFile

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A file that has been read whole and without fault.

    frame: the table's columns, validated; done: what was done to the publisher's figures, for the catalogue; repaired:
    what was put right on the way; warnings: what the user should know.
    """

    table: str
    frame: pl.DataFrame
    source_ids: tuple[str, ...]
    done: tuple[str, ...]
    repaired: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted(self.frame["year"].unique().to_list()))


class ReadYear(Protocol):
    """The rows of one year of a table. parts: what they take the place of (see `sogdia.data.parts`), None for all that
    there is of their codes; repaired: what was put right in it.
    """

    @property
    def year(self) -> int: ...
    @property
    def parts(self) -> tuple[str, ...] | None: ...
    @property
    def repaired(self) -> tuple[Fault, ...]: ...

    def labelled(self) -> pl.LazyFrame:
        """The rows in the columns of the table."""
        ...


class ReadByYear(Protocol):
    """A file or folder that does not fit into memory at once. Its years are read, and their faults found, one by one.

    done, warnings: as in `ReadTable`.
    """

    @property
    def table(self) -> str: ...
    @property
    def source_ids(self) -> tuple[str, ...]: ...
    @property
    def done(self) -> tuple[str, ...]: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...

    def each(self, use: Callable[[ReadYear], T], tell: Callable[[str], None]) -> list[T]:
        """What `use` makes of every year in turn; InputError with the faults of all years, after the last one."""
        ...


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column to fill in. number_format, validation: as XlsxWriter takes them; choices: what may be written, each
    with its meaning; choices_title: what the meanings are.
    """

    name: str
    width: int
    number_format: str = ""
    validation: Mapping[str, Any] = field(default_factory=dict)
    choices: Callable[[], Mapping[str, str]] | None = None
    choices_title: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """An empty table for data of the user's own. rules: one sentence each; examples: invented rows."""

    sheet: str
    columns: tuple[TemplateColumn, ...]
    rules: tuple[str, ...]
    examples: tuple[tuple[object, ...], ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True, slots=True)
class Reader:
    """One source of data that a user may add.

    key: the user's word for it, after `--kind`; title: what it is called in help and errors, with its article; table:
    where its rows go; replaces: what of that table they take the place of, in words; order: readers are asked in this
    order whether a file is theirs; recognises: whether a file is, by its content; read: its rows, InputError with every
    fault; folders: whether it may be a folder; template: the empty table to fill in, for data of the user's own.
    """

    key: str
    title: str
    table: str
    replaces: str
    order: int
    recognises: Callable[[UserFile], bool]
    read: Callable[[UserFile], ReadTable | ReadByYear]
    folders: bool = False
    template: Template | None = None
