"""Rows of the hindcast in words: the pairs of event and importer, what was predicted for each and what came true."""

from __future__ import annotations

import math
from typing import Any

import polars as pl

from sogdia.brief.report import Report
from sogdia.hindcast import Hindcast
from sogdia.hindcast.modes import CONDITIONAL
from sogdia.render.formats import amount, share
from sogdia.render.ranges import OUTSIDE, band_text
from sogdia.render.wording import country_names
from sogdia.uncertain import Band, price_of_logs

SHARE, PRICE = "share", "log_price"
LARGEST_LOG = 700.0  # above it a double overflows
TEXTS = {SHARE: band_text(share), PRICE: band_text(amount)}
ON_RECORD = ("subject", "kind", "start", "observed_effect", "note", "source_id")


def pairs(report: Report, result: Hindcast) -> pl.DataFrame:
    """Event and importer in the first year, conditional mode, with the event's record and its name as `event`."""
    record = report.documented.select("event_id", "mineral", *ON_RECORD).unique(
        ["event_id", "mineral"], keep="first", maintain_order=True
    )
    return (
        result.pairs.filter(pl.col("mode") == CONDITIONAL, pl.col("years_since") == 1)
        .join(record, on=["event_id", "mineral"], how="left", maintain_order="left")
        .with_columns(event=event_name("supplier"))
    )


def event_name(country: str) -> pl.Expr:
    """Country, subject, kind and beginning of an event. country: the column with its code."""
    kind = pl.col("kind").str.replace_all("_", " ", literal=True)
    name = pl.col(country).replace(country_names())
    return pl.format("{}: {}, {} from {}", name, pl.col("subject"), kind, pl.col("start").str.head(4))


def finite(value: float | None) -> float | None:
    """A finite number, None for everything else."""
    return value if value is not None and math.isfinite(value) else None


def ratio_of_log(log: float | None) -> float | None:
    """The ratio behind a logarithm."""
    number = finite(log)
    return None if number is None else math.exp(min(number, LARGEST_LOG))


def in_band(row: dict[str, Any], what: str) -> bool:
    """Whether the observation lies in the band; never so for a price beyond the model's range, which has no band.

    what: SHARE or PRICE.
    """
    if what == PRICE and row["beyond"]:
        return False
    seen = finite(row[f"{what}_observed"])
    return seen is not None and row[f"{what}_low"] <= seen <= row[f"{what}_high"]


def figure_text(row: dict[str, Any], what: str, which: str) -> str:
    """A figure of a pair that is no forecast, as text: a share, or a price as a factor of base. which: observed, ..."""
    value = row[f"{what}_{which}"]
    return share(finite(value)) if what == SHARE else amount(ratio_of_log(value))


def forecast_band(row: dict[str, Any], what: str) -> Band:
    """What the model says of a share, or of a price relative to base."""
    low, central, high = (row[f"{what}_{which}"] for which in ("low", "predicted", "high"))
    return price_of_logs(low, central, high) if what == PRICE else Band(finite(low), finite(central), finite(high))


def forecast_text(row: dict[str, Any], what: str) -> str:
    """The predicted value with its band; a price beyond the model's range has none."""
    if what == PRICE and row["beyond"]:
        return OUTSIDE
    band, text = forecast_band(row, what), TEXTS[what]
    return f"{text.central(band)} ({text.ends(band)})"
