"""The backtest as tables in a terminal: for each group of episodes, the model beside the simple forecasts."""

from __future__ import annotations

from sogdia.cli import show
from sogdia.cli.sheet import AnswerSheet
from sogdia.hindcast.panel.backtest import STATS, Backtest

HEADINGS = {"no_change": "no change", "last_year": "last year", "pro_rata": "pro rata", "gain_low": "gain from",
            "gain_high": "to"}  # fmt: skip


def print_backtest(result: Backtest, sheet: AnswerSheet) -> None:
    """One table for each filter, notes under the last."""
    names = list(dict.fromkeys(result.metrics.select("mode", "filter").iter_rows()))
    columns = [("Measure", "left"), *((HEADINGS.get(stat, stat), "right") for stat in STATS),
               ("episodes", "right"), ("pairs", "right")]  # fmt: skip
    for number, (mode, name) in enumerate(names):
        rows = [
            [row["measure"], *(show.number(row[stat]) for stat in STATS), str(row["n_episodes"]), str(row["n_pairs"])]
            for row in result.metrics.iter_rows(named=True)
            if (row["mode"], row["filter"]) == (mode, name)
        ]
        title = result.title if number == 0 else ""
        notes = result.notes if number == len(names) - 1 else ()
        sheet.table(f"{title}\n{name.replace('_', ' ')}, {mode.replace('_', ' ')}", columns, rows, notes)
