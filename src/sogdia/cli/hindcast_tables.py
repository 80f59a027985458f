"""The hindcast as tables in a terminal: each pair of event and importer, the errors, and what was not judged."""

from __future__ import annotations

import math
from typing import Any

import polars as pl

from sogdia.cli import show
from sogdia.cli.sheet import AnswerSheet
from sogdia.hindcast import Hindcast
from sogdia.hindcast.panel.price_measure import NO_PRICE
from sogdia.uncertain import BandText, price_of_logs

YEARS = {"first": "first year", "all": "all years"}


def print_hindcast(result: Hindcast, sheet: AnswerSheet) -> None:
    """Pairs of both modes, errors, and the events that are not judged."""
    headings = (
        ("Event", "left"), ("Mineral", "left"), ("Year", "left"), ("Importer", "left"), ("share before", "right"),
        ("predicted", "right"), ("band", "right"), ("observed", "right"), ("price x", "right"), ("band", "right"),
        ("observed", "right"), ("", "left"),
    )  # fmt: skip
    for mode in ("conditional", "ex_ante"):
        rows = [_pair_line(row) for row in result.pairs.filter(pl.col("mode") == mode).iter_rows(named=True)]
        sheet.table(f"Hindcast, {mode} mode: share of the restricted supplier, import price over base", headings, rows)
    if result.metrics.height:
        column = pl.format("{}, {}", pl.col("mode").str.replace("_", " "), pl.col("years").replace(YEARS))
        shown = result.metrics.with_columns(column=column).pivot(on="column", index="metric", values="value")
        sheet.table(
            "\nErrors (share errors as fractions, price errors in logs)",
            [(c, "left" if c == "metric" else "right") for c in shown.columns],
            [[row[0], *(show.number(v) for v in row[1:])] for row in shown.iter_rows()],
        )
    sheet.table(
        "\nNot judged",
        (("Event", "left"), ("Subject", "left"), ("Why", "left")),
        [[r["event_id"], r["subject"], r["reason"]] for r in result.left_out.iter_rows(named=True)],
        result.notes,
    )


def _price(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _note(row: dict[str, Any]) -> str:
    """Why a pair does not count, and whether its price is a figure."""
    reasons = [] if row["scored"] else [f"not scored: {row['unscored']}"]
    if row["beyond"]:
        reasons.append("price beyond the model's range")
    if row["price_status"] == NO_PRICE:
        reasons.append("import prices follow no quotation and are not judged")
    return "; ".join(reasons)


def _pair_line(row: dict[str, Any]) -> list[str]:
    """One pair as cells of the table."""
    text = BandText(_price)
    price = price_of_logs(row["log_price_low"], row["log_price_predicted"], row["log_price_high"])
    return [
        row["event_id"], row["mineral"], str(row["year"]), row["importer"], show.percent(row["share_no_change"]),
        show.percent(row["share_predicted"]), f"{100 * row['share_low']:.0f}-{100 * row['share_high']:.0f}",
        show.percent(row["share_observed"]), text.central(price), text.ends(price),
        f"{math.exp(row['log_price_observed']):.2f}", _note(row),
    ]  # fmt: skip
