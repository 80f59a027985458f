"""The suppliers of a mineral over the years, with quantity, price and concentration of its imports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from sogdia.render.charts.bars import signs
from sogdia.render.charts.panels import areas, hovers, line_of, panel, top_of
from sogdia.render.formats import amount, index, share
from sogdia.render.plot.axes import listed
from sogdia.render.plot.picture import Picture, laid, twelfths
from sogdia.render.plot.scales import percent

SHARES = (("weight_share", "Share of imports by weight"), ("value_share", "Share of imports by value"))
PRICE = "price_usd_per_kg"
Strip = tuple[str, str, float | None, Callable[[object], str]]
STRIPS: tuple[Strip, ...] = (
    ("import_quantity_t", "Imports, t", None, amount),
    (PRICE, "Import price, USD/kg", None, amount),
    ("import_hhi_weight", "Concentration (HHI by weight)", 1.0, index),
)
AREA, STRIP = 205.0, 112.0
TOLD = 3
"""Suppliers that a tooltip names."""


def trend(
    frame: pl.DataFrame, suppliers: Mapping[str, str], span: tuple[int, int], mix: str | None, width: float
) -> Picture:
    """From year, supplier, weight_share, value_share, and rows without a supplier for the measures of the strips.

    suppliers: names in the order of stacking, with the classes of their colours. span: first and last year of every
    panel, so that years without a known share or measure stand as a gap. mix: stages whose value per weight is no
    price, "ore and metal".
    """
    stacked = [_shares(frame, field, title, suppliers, span, (twelfths(width, 5), AREA)) for field, title in SHARES]
    strips = [_strip(frame, strip, mix, span, (twelfths(width, 4), STRIP)) for strip in STRIPS]
    key = listed(signs(suppliers))
    return laid(([*((5, area) for area in stacked), (2, key)], [(4, strip) for strip in strips]))


def _shares(
    frame: pl.DataFrame, field: str, title: str, suppliers: Mapping[str, str], span: tuple[int, int],
    size: tuple[float, float],
) -> Picture:  # fmt: skip
    """Stacked areas; a column over each year tells the largest shares."""
    known = frame.filter(pl.col("supplier").is_not_null(), pl.col(field).is_not_null())
    by_name: dict[str, dict[int, float]] = {name: {} for name in suppliers}
    by_year: dict[int, list[tuple[float, str]]] = {}
    for year, name, value in known.select("year", "supplier", field).iter_rows():
        by_name[name][year] = value
        by_year.setdefault(year, []).append((value, name))
    empty = panel(span, 1.0, size, percent)
    told = {year: _ranked(shares) for year, shares in sorted(by_year.items())}
    return empty.finished(areas(empty, by_name, suppliers) + hovers(empty, told), title)


def _ranked(shares: Sequence[tuple[float, str]]) -> str:
    ranked = sorted(shares, key=lambda one: (-one[0], one[1]))[:TOLD]
    return ", ".join(f"{name} {share(value)}" for value, name in ranked)


def _strip(
    frame: pl.DataFrame, strip: Strip, mix: str | None, span: tuple[int, int],
    size: tuple[float, float],
) -> Picture:  # fmt: skip
    field, title, top, write = strip
    if mix and field == PRICE:
        title = f"USD/kg of {mix} together"
    of_strip = frame.filter(pl.col("supplier").is_null(), pl.col(field).is_not_null())
    known = of_strip.select("year", field).sort("year").rows()
    empty = panel(span, top_of([value for _, value in known], top), size)
    told = {year: write(value) for year, value in known}
    return empty.finished(line_of(empty, known, "accent") + hovers(empty, told), title)
