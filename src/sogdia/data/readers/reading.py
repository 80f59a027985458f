"""What has a reader found? The rows of one table, what was repaired on the way, and what the user should know."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from sogdia.errors import Fault


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that has been read without fault.

    frame: the table's columns, validated; done: what was done to the publisher's figures, for the catalogue.
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
