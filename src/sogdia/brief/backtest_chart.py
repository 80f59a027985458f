"""The backtest as one picture: what the model gains over the simple forecasts in each group, losses included."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from sogdia.brief.chart_file import must_be_a_picture, write_figure
from sogdia.hindcast.panel.backtest import CONDITIONAL, Backtest
from sogdia.hindcast.panel.pairs import LOG_PRICE, NO_CHANGE, PRO_RATA, SHARE
from sogdia.render.blocks import Figure
from sogdia.render.charts.dotband import Panel, drawing
from sogdia.render.svg import titled

MARGIN = 1.1
GAINS = ((LOG_PRICE, NO_CHANGE, "gain in log price over no change"), (SHARE, PRO_RATA, "gain in share over pro rata"))
"""Measure, the forecast it is compared with, and the title of its panel."""


def write_chart(result: Backtest, path: Path) -> Path:
    """Write the picture as SVG or PNG, by the ending of the name."""
    must_be_a_picture(path)
    return write_figure(figure(result), path)


def figure(result: Backtest) -> Figure:
    """One row for each group of episodes; right of the line the model is better."""
    frame, panels = gains(result.metrics.filter(pl.col("mode") == CONDITIONAL))
    order = list(dict.fromkeys(frame["name"]))
    title = result.title
    plain = Figure("backtest", drawing(frame, order, panels), frame, title, title, result.sources())
    notes = ("dots: mean gain; bars: 95 % intervals; left of the line the model is worse", *result.notes)
    return titled(plain, title, notes)


def gains(metrics: pl.DataFrame) -> tuple[pl.DataFrame, list[Panel]]:
    """The gain of the model in price and in share by group of episodes, and the panels that draw it.

    metrics: filter, measure, model and the simple forecasts, gain_low, gain_high, n_pairs, of one mode.
    """
    frames, panels = [], []
    for measure, other, title in GAINS:
        rows = metrics.filter(pl.col("measure") == measure, pl.col("gain_low").is_not_null())
        gain = pl.col(other) - pl.col("model")
        text = pl.format("{} ({} to {})", gain.round(3), pl.col("gain_low").round(3), pl.col("gain_high").round(3))
        frames.append(
            rows.select(
                pl.format("{} ({})", pl.col("filter").str.replace_all("_", " "), "n_pairs").alias("name"),
                gain.alias(measure),
                pl.col("gain_low").alias(f"{measure}_low"),
                pl.col("gain_high").alias(f"{measure}_high"),
                pl.lit(False).alias(f"{measure}_open"),
                text.alias(f"{measure}_text"),
            )
        )
        ends = [abs(value) for name in ("gain_low", "gain_high") for value in rows[name]] or [1.0]
        span = MARGIN * max(ends)
        panels.append(Panel(measure, title, (-span, span), ("gain",), zero=0.0))
    return pl.concat(frames, how="diagonal"), panels
