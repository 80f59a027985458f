"""The results of the backtest on the embedded data, as they were stored: making them anew takes minutes.

`tools/write_backtest.py` writes the table together with the page docs/backtest.md, from one run.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import polars as pl

COUNTS = ("n_episodes", "n_pairs")
FIGURES = ("model", "no_change", "pro_rata", "naive", "gain_low", "gain_high")
SCHEMA = {
    "group": pl.String, "measure": pl.String, **dict.fromkeys(FIGURES, pl.Float64), **dict.fromkeys(COUNTS, pl.Int64),
    "evidence": pl.String, "source_id": pl.String,
}  # fmt: skip


@cache
def stored_backtest() -> pl.DataFrame:
    """One row for each group of episodes and measure, conditional mode; columns as in `Backtest.metrics`.

    evidence and source_id stand in each row. Null where a forecast or an interval does not exist for a measure.
    """
    file = resources.files("sogdia.hindcast").joinpath("tables", "backtest.csv")
    return pl.read_csv(file.read_bytes(), schema=SCHEMA)
