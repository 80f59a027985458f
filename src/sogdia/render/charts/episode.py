"""Quantity, shares and price around an event: three panels over the same years."""

from __future__ import annotations

from functools import partial

import polars as pl

from sogdia.render.charts.panels import Known, columns_of, hovers, line_of, panel, top_of
from sogdia.render.formats import amount, share
from sogdia.render.plot.axes import Sign, legend
from sogdia.render.plot.marks import Point, rule
from sogdia.render.plot.picture import GAP, NARROW, Picture, below, beside
from sogdia.render.plot.scales import percent

HEIGHT, NARROW_HEIGHT, INSET = 215.0, 150.0, 14.0
MEASURES = {"weight_share": ("by weight", "accent"), "value_share": ("by value", "second")}


def episode(frame: pl.DataFrame, first_year: int, supplier: str, width: float) -> Picture:
    """From year, import_quantity_t, weight_share and value_share of one supplier, price_usd_per_kg.

    first_year: where the event is marked.
    """
    years = frame["year"].to_list()
    span = (years[0], years[-1])
    narrow = width <= NARROW
    size = (width if narrow else (width - 2 * GAP) / 3, NARROW_HEIGHT if narrow else HEIGHT)
    empty = partial(panel, span, size=size, inset=INSET, event=first_year)
    tonnes, prices = _known(frame, "import_quantity_t"), _known(frame, "price_usd_per_kg")
    quantity = empty(top_of([value for _, value in tonnes]))
    price = empty(top_of([value for _, value in prices]))
    shares = empty(1.0, write=percent)
    lines = "".join(line_of(shares, _known(frame, field), look, dots=3.0) for field, (_, look) in MEASURES.items())
    told = {
        row["year"]: f"{share(row['weight_share'])} by weight, {share(row['value_share'])} by value"
        for row in frame.to_dicts()
    }
    entries: list[tuple[str, Sign]] = [(name, partial(_stroke, look)) for name, look in MEASURES.values()]
    key = legend(entries, size[0])
    drawn = [
        quantity.finished(columns_of(quantity, tonnes, "accent", amount), "Imports, t"),
        below((shares.finished(lines + hovers(shares, told), f"Share from {supplier}"), key), 4.0),
        price.finished(
            line_of(price, prices, "accent", dots=3.0) + hovers(price, {year: amount(v) for year, v in prices}),
            "Unit value, USD/kg",
        ),
    ]
    return below(drawn, GAP / 2) if narrow else beside(drawn)


def _known(frame: pl.DataFrame, field: str) -> Known:
    return frame.filter(pl.col(field).is_not_null()).select("year", field).sort("year").rows()


def _stroke(look: str, at: Point) -> str:
    return rule(at[0] - 6.0, at[1], at[0] + 6.0, at[1], f"s-{look} w2")
