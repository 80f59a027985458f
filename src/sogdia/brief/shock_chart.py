"""A shock as one picture in a file: import prices and sources of supply, before and after."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

from sogdia.answer import year_label
from sogdia.brief.chart_file import must_be_a_picture, write_figure
from sogdia.render.blocks import Figure
from sogdia.render.charts.dotband import Panel, drawing
from sogdia.render.formats import amount, share
from sogdia.render.plot.scales import log_ticks, percent
from sogdia.render.ranges import OPEN, OUTSIDE
from sogdia.render.svg import titled
from sogdia.render.wording import country_name, sentence
from sogdia.shock.market_shock import Shock
from sogdia.uncertain import BEYOND, Band, BandText

SHOWN = 12
PRICE_CEILING = BEYOND
PRICE_FLOOR = 0.1
AFTER, BEFORE = "after", "before"
PRICE_TEXT, SHARE_TEXT = BandText(amount, above=OPEN), BandText(share, above=OPEN)


def write_chart(result: Shock, path: Path) -> Path:
    """Write the picture as SVG or PNG, by the ending of the name."""
    path = Path(path)
    must_be_a_picture(path)
    return write_figure(figure(result), path)


def figure(result: Shock) -> Figure:
    """Prices paid by the importer and the other large consumers, and the importer's sources of supply."""
    prices, sources = _prices(result), _sources(result)
    # Two sets of rows in one data set: each panel keeps to the rows that have its field.
    frame = pl.concat([prices, sources], how="diagonal")
    low, high = _span(prices)
    panels: list[Panel] = []
    if prices.height:
        panels.append(Panel(
            "price", "price paid, times base", (low, high), (AFTER,), log=True, zero=1.0, ticks=log_ticks(low, high),
        ))  # fmt: skip
    if sources.height:
        panels.append(Panel("share", "share of imports", (0.0, 1.0), (AFTER, BEFORE), percent))
    product = result.subject.replace("_", " ")
    horizon = f"{result.scenario.horizon_years:g} year(s) to adjust"
    title = f"{sentence(product)}: {result.scenario.describe()}; base {year_label(result.years)}, {horizon}"
    order = list(dict.fromkeys(frame["name"]))
    plain = Figure("shock", drawing(frame, order, panels), frame, title, title, result.sources())
    return titled(plain, title, ("bars: 90 %, elasticities and the error of the model", *result.notes))


def _prices(result: Shock) -> pl.DataFrame:
    """One row per consumer: the importer first, then the largest."""
    rows = result.rows.filter(pl.col("variable") == "price_paid", pl.col("role") != "member").head(SHOWN)
    return _frame("price", rows, "country", _price_text)


def _sources(result: Shock) -> pl.DataFrame:
    """One row per source of the importer."""
    rows = result.rows.filter(pl.col("variable") == "source_share", pl.col("role") == "importer").head(SHOWN)
    return _frame("share", rows, "partner", _share_text)


def _frame(field: str, rows: pl.DataFrame, who: str, write: Any) -> pl.DataFrame:
    made = []
    for row in rows.iter_rows(named=True):
        # A price whose end is not given goes on beyond the axis; one that is beyond it throughout is an arrow there.
        goes_on = field == "price" and Band.of_row(row).open
        made.append(
            {
                "name": country_name(row[who]),
                field: row["central"],
                f"{field}_low": PRICE_CEILING if goes_on and row["low"] is None else row["low"],
                f"{field}_high": PRICE_CEILING if goes_on else row["high"],
                f"{field}_open": goes_on,
                f"{field}_other": row["base"],
                f"{field}_text": write(row),
            }
        )
    numbers = dict.fromkeys((field, f"{field}_low", f"{field}_high", f"{field}_other"), pl.Float64)
    schema = {"name": pl.String, **numbers, f"{field}_open": pl.Boolean, f"{field}_text": pl.String}
    return pl.DataFrame(made, schema=schema)


def _price_text(row: dict[str, Any]) -> str:
    band = Band.of_row(row)
    return OUTSIDE if band.beyond else f"x {PRICE_TEXT.central(band)} ({PRICE_TEXT.ends(band)})"


def _share_text(row: dict[str, Any]) -> str:
    band = Band.of_row(row)
    return f"{share(row['base'])} before, {SHARE_TEXT.central(band)} after ({SHARE_TEXT.ends(band)})"


def _span(prices: pl.DataFrame) -> tuple[float, float]:
    """Ends of the price axis: the ticks that hold every band."""
    ends: Iterable[float] = [v for c in ("price", "price_low", "price_high") for v in prices[c].drop_nulls()]
    known = [v for v in ends if math.isfinite(v) and v > 0] or [1.0]
    ticks = log_ticks(PRICE_FLOOR, PRICE_CEILING)
    low = max((tick for tick in ticks if tick <= min(*known, 1.0)), default=ticks[0])
    high = min((tick for tick in ticks if tick >= max(*known, 2.0)), default=ticks[-1])
    return low, high
