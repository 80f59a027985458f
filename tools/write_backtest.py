"""Write the tables of docs/backtest.md from a new backtest of the embedded data; the text around them stays.

    python tools/write_backtest.py

It takes one or two minutes, so that tests compare the hash of what the tables are made from, which stands under them,
and a slow test makes them anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from sogdia.data import Store, catalogue, open_store, snapshot_folder
from sogdia.files import write_text
from sogdia.hindcast import panel
from sogdia.hindcast.panel.backtest import Backtest, backtest
from sogdia.hindcast.panel.score import COLUMNS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "backtest.md"
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


def main() -> None:
    """Run the backtest and put its tables into the page."""
    page = PAGE.read_text("utf-8")
    write_text(PAGE, with_tables(page, tables(backtest(open_store(), progress=print))))


def with_tables(page: str, made: str) -> str:
    """The page with other tables."""
    before, rest = page.split(START)
    return f"{before}{START}\n\n{made}\n\n{END}{rest.split(END)[1]}"


def tables(result: Backtest) -> str:
    """A table for each group, and the hash of what they are made from."""
    parts = [f"{result.title}. `inputs: {inputs_hash(Store((snapshot_folder(),)))}`"]
    for name in dict.fromkeys(result.metrics["filter"]):
        own = {row["measure"]: row for row in result.metrics.filter(pl.col("filter") == name).iter_rows(named=True)}
        if not own:
            continue
        parts.append(f"### {name.replace('_', ' ').capitalize()}")
        shown = [(label, own[measure]) for measure, label in MEASURES.items() if measure in own]
        heads = ("", *(column.replace("_", " ") for column in list(COLUMNS)[3:11]), "episodes", "pairs")
        parts.append(_table(heads, (_cells(label, row) for label, row in shown)))
    return "\n\n".join(parts)


def inputs_hash(store: Store) -> str:
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
