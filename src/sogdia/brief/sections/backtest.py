"""The model against every natural experiment in the trade data: where it gains on simple forecasts, where it loses."""

from __future__ import annotations

from typing import Any

import polars as pl

from sogdia.brief.backtest_chart import gains
from sogdia.brief.part import Part
from sogdia.brief.provenance import row_sources
from sogdia.brief.report import Report
from sogdia.hindcast.stored_backtest import stored_backtest
from sogdia.render.blocks import Column, Figure, Section, Table
from sogdia.render.charts.dotband import drawing
from sogdia.render.formats import count, index, share
from sogdia.render.wording import join

ALL = "all"
OTHERS = {"no_change": "no change", "pro_rata": "pro rata", "naive": "naive band"}
MEASURES = {
    "log_price": ("Price paid: error of its logarithm", "no_change"),
    "log_price_others": ("Price of the other sources: the same", "no_change"),
    "log_price_matched": ("Price at matched sources: the same", "no_change"),
    "share": ("Share of the supplier: error", "pro_rata"),
    "tonnes": ("Tonnes imported: error of their logarithm", "pro_rata"),
    "flows": ("Flows by source: error over imports", "pro_rata"),
    "crps": ("Price paid: distance of the whole band (CRPS)", "naive"),
    "coverage": ("Price paid: inside the 90 % band", "naive"),
    "coverage_share": ("Share: inside the 90 % band", "naive"),
    "coverage_tonnes": ("Tonnes: inside the 90 % band", "naive"),
}
"""Measures shown, what they are called, and the forecast that each is compared with."""
COVERAGES = frozenset({"coverage", "coverage_share", "coverage_tonnes"})


def section(report: Report) -> Section | None:
    """Stored results of the embedded data; None where no judgement of the model was asked for."""
    if report.hindcast is None:
        return None
    results = stored_backtest()
    whole = results.filter(pl.col("group") == ALL)
    rows = [_row(row) for row in whole.to_dicts() if row["measure"] in MEASURES]
    return PART.section(_lead(whole, rows), (_figure(results), _table(results, rows)))


def _row(row: dict[str, Any]) -> dict[str, Any]:
    label, other = MEASURES[row["measure"]]
    return {
        "label": label, "model": row["model"], "against": OTHERS[other], "other": row[other],
        "gain_low": row["gain_low"], "gain_high": row["gain_high"], "verdict": _verdict(row, other),
        "pairs": row["n_pairs"], "measure": row["measure"], "source_id": row["source_id"],
    }  # fmt: skip


def _verdict(row: dict[str, Any], other: str) -> str:
    """Whether the model is better; a gain counts where its interval is above zero."""
    if row["measure"] in COVERAGES:
        return "should be near 90 %"
    better = row["model"] < row[other]
    sure = row["gain_low"] > 0 if better else row["gain_high"] < 0
    return f"{'better' if better else 'worse'}{'' if sure else ', but the interval holds zero'}"


def _lead(whole: pl.DataFrame, rows: list[dict[str, Any]]) -> str:
    price = next(row for row in rows if row["measure"] == "log_price")
    worse = [row["label"].split(":")[0].lower() for row in rows if row["verdict"] == "worse"]
    inside = next(row for row in rows if row["measure"] == "coverage")
    episodes = max(whole["n_episodes"].to_list())
    text = (
        f"Trade data hold {count(episodes)} falls of a main supplier that nobody had to document. Told how far supply "
        f"fell, the model misses the logarithm of the price paid by {index(price['model'])} on average, against "
        f"{index(price['other'])} for no change; {share(inside['model'])} of the prices lie inside its 90\u202f% bands."
    )
    return f"{text} A simple forecast is better for {join(worse)}." if worse else text


def _figure(results: pl.DataFrame) -> Figure:
    frame, panels = gains(results.rename({"group": "filter"}))
    sure = results.filter(pl.col("gain_low") > 0)
    price, part = (sure.filter(pl.col("measure") == measure).height for measure in ("log_price", "share"))
    groups = results.filter(pl.col("measure") == "log_price").height
    caption = (
        f"The model gains on no change for prices in {price} of {groups} groups of episodes with an interval above "
        f"zero, and on pro rata for shares in {part}; left of the line it is worse."
    )
    return Figure(
        key="backtest-gains",
        draw=drawing(frame, list(dict.fromkeys(frame["name"])), panels),
        frame=frame,
        caption=caption,
        alt=f"Dots with 95 % intervals, one line for each group of episodes, twice: price and share. {caption}",
        source_ids=row_sources(results),
    )


def _table(results: pl.DataFrame, rows: list[dict[str, Any]]) -> Table:
    return Table(
        key="backtest",
        frame=pl.DataFrame(rows),
        columns=(
            Column("label", "Measure", "text"),
            Column("model", "Model", "index", "", "its mean error over all episodes; a part of one for bands"),
            Column("other", "Simple forecast", "index", "", "the same for the forecast that the next column names"),
            Column("against", "which", "text", "", "no change: as before; pro rata: each buyer loses the same part and "
                   "nobody reacts; naive: a band of what buyers saw in all other years"),
            Column("verdict", "The model is", "text"),
            Column("pairs", "Pairs", "count", "", "importers judged, each with one episode"),
            Column("gain_low", "Gain, low", "index", "", "end of the 95 % interval of the gain"),
            Column("gain_high", "Gain, high", "index", "", "end of the 95 % interval of the gain"),
            Column("measure", "Name in the data", "text", shown=False),
            Column("source_id", "Source", "source", shown=False),
        ),
        caption="All natural experiments of the embedded data: what the model gains, and what it loses.",
        source_ids=row_sources(results),
    )  # fmt: skip


PART = Part("backtest", "The model against natural experiments", 95, section)
