"""Write the tables of docs/backtest.md from a new backtest of the embedded data; the text around them stays.

    python tools/write_backtest.py

It takes one or two minutes, so that tests compare the hash of what the tables are made from, which stands under them,
and a slow test makes them anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from sogdia.data import catalogue, open_store, snapshot_folder
from sogdia.files import write_text
from sogdia.hindcast import panel
from sogdia.hindcast.panel.backtest import CONDITIONAL, Backtest, backtest
from sogdia.hindcast.panel.score import COLUMNS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "backtest.md"
STORED = Path(str(panel.__file__)).parent.parent / "tables" / "backtest.csv"
KEPT = ("model", "no_change", "pro_rata", "naive", "gain_low", "gain_high")
SOURCE = "SOGDIA_BACKTEST"
START, END = "<!-- Tables: made by tools/write_backtest.py; do not edit. -->", "<!-- End of tables. -->"
INPUTS = ("trade", "production", "mineral_codes", "minerals", "benchmark_prices")
MEASURES = {
    "log_price": "price paid, log error", "log_price_others": "price of the other sources, log error",
    "log_price_matched": "matched price, log error", "share": "share of the supplier, error",
    "tonnes": "tonnes imported, log error", "flows": "flows by source, error over imports",
    "crps": "price paid, CRPS", "interval_score": "price paid, interval score of 90 % bands",
    "coverage": "price paid, coverage of 90 % bands", "width": "price paid, width of 90 % bands",
    "coverage_share": "share, coverage of 90 % bands", "interval_score_share": "share, interval score",
    "coverage_tonnes": "tonnes, coverage of 90 % bands", "interval_score_tonnes": "tonnes, interval score",
    "rank_correlation": "price paid, rank correlation", "slope": "price paid, slope of observed on predicted",
}  # fmt: skip
"""Measures shown, and what they are called."""
DIGITS = 3
RANK, COVERAGE = 0.35, (0.85, 0.95)
BRIEF = ("all", "makers", "supply_falls", "placebo")
"""Groups shown in the modes beside the conditional one."""
GOAL_HEADS = ("aim", "model against the other (ratio)", "95 % interval of the gain", "reached")
GOALS = (
    ("Price paid: error at most 0.85 of no change", "all", "log_price", "no_change", 0.85),
    ("The same for makers: below no change", "makers", "log_price", "no_change", 1.0),
    ("Price of the other sources: below no change", "all", "log_price_others", "no_change", 1.0),
    ("Matched price: below no change", "all", "log_price_matched", "no_change", 1.0),
    ("Share where rivals grew: below pro rata", "rivals_grew", "share", "pro_rata", 1.0),
    ("Share, all: below pro rata", "all", "share", "pro_rata", 1.0),
    ("Tonnes imported: below pro rata", "all", "tonnes", "pro_rata", 1.0),
    ("Flows by source: below pro rata", "all", "flows", "pro_rata", 1.0),
    ("CRPS of prices: below the naive band", "all", "crps", "naive", 1.0),
    ("Interval score of prices: below the naive band", "all", "interval_score", "naive", 1.0),
    ("Price paid where a fifth of the world is lost: below no change", "loss_20", "log_price", "no_change", 1.0),
    ("Price paid where a quotation checks it: below no change", "price_quoted", "log_price", "no_change", 1.0),
)
"""What is aimed at: group, measure, the forecast to beat, and the largest ratio of errors."""


def main() -> None:
    """Run the backtest, put its tables into the page, and store those of the conditional mode for the report."""
    page = with_tables(PAGE.read_text("utf-8"), tables(backtest(open_store(), progress=print)))
    write_text(PAGE, page)
    write_text(STORED, stored(page))


def stored(page: str) -> str:
    """The groups of the conditional mode in the page, as the table that the report shows."""
    labels = {label: measure for measure, label in MEASURES.items()}
    lines = [",".join(("group", "measure", *KEPT, "n_episodes", "n_pairs", "evidence", "source_id"))]
    for part in page.split("### ")[1:]:
        head, *rows = part.splitlines()
        if not head.endswith(f", {CONDITIONAL}"):
            continue
        group = head.removesuffix(f", {CONDITIONAL}").lower().replace(" ", "_")
        for row in (row for row in rows if row.startswith("| ") and not row.startswith("|  |")):
            label, *values = [cell.strip() for cell in row.strip("| ").split(" | ")]
            if label in labels:
                cells = dict(zip([*list(COLUMNS)[3:11], "n_episodes", "n_pairs"], values, strict=True))
                figures = ["" if cells[name] == "-" else cells[name] for name in (*KEPT, "n_episodes", "n_pairs")]
                lines.append(",".join((group, labels[label], *figures, "derived", SOURCE)))
    return "\n".join(lines) + "\n"


def with_tables(page: str, made: str) -> str:
    """The page with other tables."""
    before, rest = page.split(START)
    return f"{before}{START}\n\n{made}\n\n{END}{rest.split(END)[1]}"


def tables(result: Backtest) -> str:
    """What was aimed at, a table for each mode and group, and the hash of what they are made from."""
    parts = [f"{result.title}. `inputs: {inputs_hash()}`", _table(GOAL_HEADS, goals(result))]
    for mode, name in dict.fromkeys(result.metrics.select("mode", "filter").iter_rows()):
        if mode != CONDITIONAL and name not in BRIEF:
            continue
        rows = result.metrics.filter(pl.col("filter") == name, pl.col("mode") == mode).iter_rows(named=True)
        own = {row["measure"]: row for row in rows}
        shown = [(label, own[measure]) for measure, label in MEASURES.items() if measure in own]
        heads = ("", *(column.replace("_", " ") for column in list(COLUMNS)[3:11]), "episodes", "pairs")
        parts.append(f"### {name.replace('_', ' ').capitalize()}, {mode.replace('_', ' ')}")
        parts.append(_table(heads, (_cells(label, row) for label, row in shown)))
    return "\n\n".join(parts)


def goals(result: Backtest) -> list[list[str]]:
    """What was aimed at, the figures, and whether they are reached; a gain counts where its interval is above zero."""
    rows = {
        (row["filter"], row["measure"]): row for row in result.metrics.filter(pl.col("mode") == CONDITIONAL).to_dicts()
    }
    found = []
    for aim, group, measure, other, most in GOALS:
        row = rows[group, measure]
        ratio = row["model"] / row[other]
        sure = row["gain_low"] > 0
        reached = ratio <= most and sure
        verdict = "yes" if reached else "no" if ratio > most else "yes, but the interval holds zero"
        figures = f"{row['model']:.3f} against {row[other]:.3f} ({ratio:.2f})"
        found.append([aim, figures, f"{row['gain_low']:.3f} to {row['gain_high']:.3f}", verdict])
    rank = rows["all", "rank_correlation"]
    found.append(_range("Rank correlation of prices at least 0.35", rank, RANK, 1.0))
    for measure, label in (("coverage", "prices"), ("coverage_share", "shares"), ("coverage_tonnes", "tonnes")):
        found.append(_range(f"90 % bands of {label} cover 85 to 95 %", rows["all", measure], *COVERAGE))
    return found


def _range(aim: str, row: Mapping[str, Any], low: float, high: float) -> list[str]:
    """A figure that is to lie in a range; the interval is its own."""
    verdict = "yes" if low <= row["model"] <= high else "no"
    return [aim, f"{row['model']:.3f}", f"{row['model_low']:.3f} to {row['model_high']:.3f}", verdict]


def inputs_hash() -> str:
    """Hash of the tables and settings that the figures depend on."""
    whole = hashlib.sha256()
    for entry in sorted(catalogue.read(snapshot_folder()), key=lambda entry: entry.file):
        if entry.table in INPUTS:
            whole.update(f"{entry.table} {entry.sha256}\n".encode())
    for name in ("settings.csv", "grid.csv"):
        whole.update((Path(str(panel.__file__)).parent / name).read_bytes())
    return whole.hexdigest()[:16]


def _cells(label: str, row: dict[str, object]) -> list[str]:
    values = [row[column] for column in list(COLUMNS)[3:11]]
    return [label, *(_number(value) for value in values), str(row["n_episodes"]), str(row["n_pairs"])]


def _number(value: object) -> str:
    return f"{value:.{DIGITS}f}" if isinstance(value, float) else "-"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
