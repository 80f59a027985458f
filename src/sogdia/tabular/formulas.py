"""Text that a spreadsheet would run as a formula, made harmless."""

from __future__ import annotations

import polars as pl

UNSAFE_FIRST = ("=", "+", "-", "@", "\t", "\r")


def neutral(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with an apostrophe before text that a spreadsheet would run as a formula."""
    text = pl.col(pl.String)
    risky = pl.any_horizontal(pl.lit(False))
    for sign in UNSAFE_FIRST:
        risky = risky | text.str.starts_with(sign)
    return frame.with_columns(pl.when(risky).then(pl.lit("'") + text).otherwise(text).name.keep())
