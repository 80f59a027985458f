"""A table as CSV that a spreadsheet may open: text that a spreadsheet would take for a formula gets an apostrophe."""

from __future__ import annotations

import polars as pl

FORMULA = r"^[\s\u0000]*[=+\-@\t\r|%]"
"""How a text begins that a spreadsheet runs, whatever blanks stand before it."""


def sheet(table: pl.DataFrame) -> bytes:
    """The table as UTF-8.

    >>> sheet(pl.DataFrame({"name": ["=1+1", "tin"], "value": [-1.0, 2.0]})).decode().splitlines()
    ['name,value', "'=1+1,-1.0", 'tin,2.0']
    """
    safe = [
        pl.when(pl.col(name).str.contains(FORMULA)).then(pl.lit("'") + pl.col(name)).otherwise(pl.col(name)).alias(name)
        for name, kind in table.schema.items()
        if kind == pl.String
    ]
    return table.with_columns(safe).write_csv().encode()
