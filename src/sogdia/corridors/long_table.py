"""Routes as the long table that every answer has: a row for each alternative, variable and stat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.answer import SEPARATOR, tidy
from sogdia.corridors.alternatives import Alternative
from sogdia.corridors.conditions import LEVELS, by_level
from sogdia.corridors.provenance import UsedRow, sources_of
from sogdia.uncertain import Range

SCHEMA = {
    "alternative": pl.Int64, "via": pl.String, "variable": pl.String, "unit": pl.String, "stat": pl.String,
    "value": pl.Float64, "source_id": pl.String,
}  # fmt: skip
ONE_VALUE = "value"
"""The stat of a figure without a range."""
LENGTH = frozenset({"links", "detours"})
TIME = LENGTH | {"speeds", "borders", "transhipment", "upgrades"}


@dataclass(frozen=True, slots=True)
class RouteFigure:
    """A variable of the table. of: its figure, None where unknown; tables: the tables whose rows it rests on."""

    variable: str
    unit: str
    of: Callable[[Alternative], Range | float | None]
    tables: frozenset[str]


FIGURES = (
    RouteFigure(
        "cost_usd_per_t",
        "USD/t",
        lambda other: other.route.cost_usd_per_t,
        TIME | {"tariffs", "chokepoints", "formalities", "cargo", "parameters"},
    ),
    RouteFigure("days", "days", lambda other: other.route.days, TIME),
    RouteFigure("border_hours", "hours", lambda other: other.route.hours["border"], frozenset({"borders", "upgrades"})),
    RouteFigure("km", "km", lambda other: other.route.km, LENGTH),
    RouteFigure("co2_kg_per_t", "kg/t", lambda other: other.route.co2_kg_per_t, LENGTH | {"co2"}),
    RouteFigure(
        "capacity_t_per_year",
        "t/year",
        lambda other: other.route.capacity_t_per_year,
        frozenset({"links", "upgrades"}),
    ),
    RouteFigure("p_closure_12m", "share", lambda other: other.closure, frozenset({"states"})),
    RouteFigure(
        "difference_to_best",
        "USD/t",
        lambda other: other.difference,
        TIME | {"tariffs", "chokepoints", "formalities", "cargo", "parameters", "states"},
    ),
    RouteFigure("probability_cheapest", "share", lambda other: other.probability_cheapest, TIME | {"tariffs"}),
)


def long_table(
    alternatives: Sequence[Alternative], used: Callable[[Alternative], Sequence[UsedRow]], **constants: str | None
) -> pl.DataFrame:
    """The tidy table. used: the rows that an alternative rests on; constants: columns alike in all rows."""
    rows: list[tuple[object, ...]] = []
    for number, other in enumerate(alternatives, start=1):
        behind = used(other)
        for figure in FIGURES:
            ids = SEPARATOR.join(sources_of(behind, figure.tables))
            value = figure.of(other)
            stats = zip(LEVELS, by_level(value), strict=True) if isinstance(value, Range) else [(ONE_VALUE, value)]
            rows += [(number, other.route.via, figure.variable, figure.unit, stat, v, ids) for stat, v in stats]
    return tidy(pl.DataFrame(rows, schema=SCHEMA, orient="row"), **constants)
