"""The tables of a store and their columns, from `schema.csv`; the data dictionary is made from it too.

Which tables are there, and what does each column mean?
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import polars as pl

from sogdia.errors import DataError, unknown

TYPES: dict[str, type[pl.DataType]] = {"str": pl.String, "f64": pl.Float64, "i64": pl.Int64, "i16": pl.Int16}
# Tables that have one file a year, so that a later one replaces its years only.
BY_YEAR = frozenset({"trade"})
# Tables of which a later file replaces only what it holds of these columns' values.
BY_KEY: Mapping[str, tuple[str, ...]] = {"production": ("mineral", "year"), "purchases": ("company", "year")}
# The columns that no two rows of a table share, for tables that rows may be appended to.
IDENTITY: Mapping[str, tuple[str, ...]] = {
    "trade": ("year", "exporter", "importer", "hs6"),
    "production": ("mineral", "country", "year"),
    "governance": ("country", "year"),
    "governance_dimensions": ("country", "year", "dimension"),
    "purchases": ("company", "year", "mineral", "hs6", "origin", "quantity_t", "value_kusd"),
}


@dataclass(frozen=True, slots=True)
class SchemaColumn:
    """One column: its type, unit and meaning. A nullable column is null where the value is unknown, never 0."""

    table: str
    column: str
    type: str
    unit: str
    nullable: bool
    description: str


@cache
def tables() -> dict[str, tuple[SchemaColumn, ...]]:
    """The columns of every table, in order."""
    text = resources.files(__package__).joinpath("schema.csv").read_text(encoding="utf-8")
    by_table: dict[str, tuple[SchemaColumn, ...]] = {}
    for row in csv.DictReader(text.splitlines()):
        column = SchemaColumn(
            row["table"],
            row["column"],
            row["type"],
            row["unit"],
            row["nullable"] == "yes",
            row["description"],
        )
        by_table[column.table] = (*by_table.get(column.table, ()), column)
    return by_table


def columns(table: str) -> tuple[SchemaColumn, ...]:
    """The columns of one table."""
    if table not in tables():
        raise unknown("table", table, tables())
    return tables()[table]


def polars_schema(table: str) -> dict[str, type[pl.DataType]]:
    """The Polars type of each column."""
    return {c.column: TYPES[c.type] for c in columns(table)}


def conform(frame: pl.DataFrame, table: str) -> pl.DataFrame:
    """The frame with the columns of the schema, in its order and types; DataError where one is missing or empty."""
    missing = [c.column for c in columns(table) if c.column not in frame.columns]
    if missing:
        raise DataError(f"table {table!r} lacks the columns {', '.join(missing)}")
    cast = frame.select(pl.col(name).cast(kind) for name, kind in polars_schema(table).items())
    holes = [c.column for c in columns(table) if not c.nullable and cast[c.column].null_count()]
    if holes:
        raise DataError(f"table {table!r} has empty cells in {', '.join(holes)}, which may not be empty")
    return cast
