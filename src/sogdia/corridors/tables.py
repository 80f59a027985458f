"""The tables of routes: their schemas, and frames of figures that are computed elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

import polars as pl

from sogdia.corridors.alternatives import Alternative, NotUsable
from sogdia.corridors.conditions import LEVELS, by_level
from sogdia.corridors.independence import Closure
from sogdia.corridors.measure import Route, shared_km
from sogdia.uncertain import Range

SEPARATOR = ";"
"""Between the names of a list in one cell."""

ALTERNATIVES = {
    "alternative": pl.Int64,
    "via": pl.String,
    "cost_usd_per_t": pl.Float64,
    "cost_low_usd_per_t": pl.Float64,
    "cost_high_usd_per_t": pl.Float64,
    "days": pl.Float64,
    "days_low": pl.Float64,
    "days_high": pl.Float64,
    "border_hours": pl.Float64,
    "km": pl.Float64,
    "co2_kg_per_t": pl.Float64,
    "capacity_t_per_year": pl.Float64,
    "narrowest_link": pl.String,
    "links_of_unknown_capacity": pl.Int64,
    "status_now": pl.String,
    "status_reasons": pl.String,
    "p_closure_12m": pl.Float64,
    "p_closure_12m_low": pl.Float64,
    "p_closure_12m_high": pl.Float64,
    "buffer_days": pl.Float64,
    "ranked_usd_per_t": pl.Float64,
    "probability_cheapest": pl.Float64,
    "difference_low_usd_per_t": pl.Float64,
    "difference_central_usd_per_t": pl.Float64,
    "difference_high_usd_per_t": pl.Float64,
    "level": pl.Boolean,
    "countries": pl.String,
    "chokepoints": pl.String,
    "borders": pl.String,
    "ports": pl.String,
    "best_without": pl.String,
    "non_dominated": pl.Boolean,
    "independent": pl.Boolean,
}
NOT_USABLE = {
    "via": pl.String,
    "cost_usd_per_t": pl.Float64,
    "saves_usd_per_t": pl.Float64,
    "days": pl.Float64,
    "countries": pl.String,
    "states": pl.String,
    "reason": pl.String,
}
BREAKDOWN = {
    "alternative": pl.Int64,
    "via": pl.String,
    "component": pl.String,
    "stat": pl.String,
    "usd_per_t": pl.Float64,
}
LEGS = {
    "alternative": pl.Int64,
    "step": pl.Int64,
    "from": pl.String,
    "to": pl.String,
    "doing": pl.String,
    "border": pl.String,
    "km": pl.Float64,
    "hours": pl.Float64,
    "usd_per_t": pl.Float64,
}
SHARED = {
    "alternative": pl.Int64,
    "other": pl.Int64,
    "km": pl.Float64,
    "share_of_km": pl.Float64,
    "countries": pl.String,
    "chokepoints": pl.String,
    "borders": pl.String,
    "ports": pl.String,
}
PREMIUM = {
    "kind": pl.String,
    "closed": pl.String,
    "status": pl.String,
    "extra_usd_per_t": pl.Float64,
    "extra_days": pl.Float64,
    "cost_usd_per_t": pl.Float64,
    "days": pl.Float64,
    "via": pl.String,
}


STATES = {
    "state": pl.String,
    "name": pl.String,
    "common_cause": pl.String,
    "supply_countries": pl.String,
    "events_per_year": pl.Float64,
    "holds_now": pl.String,
    "since": pl.String,
    "duration_days": pl.Float64,
    **{name: kind for name, kind in PREMIUM.items() if name not in ("kind", "closed")},
}
UPGRADES = {
    "upgrade": pl.String,
    "name": pl.String,
    "kind": pl.String,
    "change_usd_per_t": pl.Float64,
    "change_days": pl.Float64,
    "change_border_hours": pl.Float64,
    "change_co2_kg_per_t": pl.Float64,
    "capacity_t_per_year": pl.Float64,
    "via": pl.String,
    "used": pl.Boolean,
    "cost_musd": pl.Float64,
    "build_years": pl.Float64,
}
SATURATION: dict[str, type[pl.DataType]] = {
    "link": pl.String,
    "mode": pl.String,
    "capacity_t_per_year": pl.Float64,
    "utilisation": pl.Float64,
}
SPLIT = {
    "alternative": pl.Int64,
    "via": pl.String,
    "t_per_year": pl.Float64,
    "share": pl.Float64,
    "scarcity_usd_per_t": pl.Float64,
    "path_size": pl.Float64,
    "capacity_unknown_on": pl.String,
}
EVIDENCE = {
    "table": pl.String,
    "key": pl.String,
    "source_id": pl.String,
    "source": pl.String,
    "evidence": pl.String,
    "note": pl.String,
}
LANES = {
    "exporter": pl.String,
    "destination": pl.String,
    "mineral": pl.String,
    "stage": pl.String,
    "state": pl.String,
    "upgrade": pl.String,
    "duration_days": pl.Float64,
    "status": pl.String,
    "tau": pl.Float64,
    "tau_low": pl.Float64,
    "tau_high": pl.Float64,
    "cost_today_usd_per_t": pl.Float64,
    "cost_usd_per_t": pl.Float64,
    "origins": pl.Int64,
    "origins_served": pl.Int64,
    "capacity_t_per_year": pl.Float64,
}

PremiumCells = tuple[str, float | None, float | None, float | None, float | None, str | None]


def alternatives_table(alternatives: Sequence[Alternative]) -> pl.DataFrame:
    """One row per alternative; a null capacity is unknown, a null non_dominated undecided."""
    rows = []
    for number, other in enumerate(alternatives, start=1):
        way = other.route
        rows.append((
            number, way.via,
            way.cost_usd_per_t.central, way.cost_usd_per_t.low, way.cost_usd_per_t.high,
            way.days.central, way.days.low, way.days.high,
            way.hours["border"].central, way.km, way.co2_kg_per_t.central,
            way.capacity_t_per_year, way.narrowest_link, way.links_of_unknown_capacity,
            other.status_now, _joined(other.status_reasons), *_chance(other.closure),
            other.buffer_days, other.ranked_usd_per_t, other.probability_cheapest,
            other.difference.low, other.difference.central, other.difference.high, other.level,
            _joined(way.countries), _joined(way.chokepoints), _joined(way.borders), _joined(way.ports),
            None if other.best_without is None else _joined(other.best_without),
            other.non_dominated, other.independent,
        ))  # fmt: skip
    return frame(rows, ALTERNATIVES)


def not_usable_table(ways: Sequence[NotUsable]) -> pl.DataFrame:
    """One row per route that would be cheaper and cannot be used today."""
    rows: list[tuple[object, ...]] = [
        (
            way.route.via, way.route.cost_usd_per_t.central, way.saves_usd_per_t, way.route.days.central,
            _joined(way.route.countries), _joined(way.states), way.reason,
        )
        for way in ways
    ]  # fmt: skip
    return frame(rows, NOT_USABLE)


def _chance(closure: Range | None) -> tuple[float | None, float | None, float | None]:
    """Central, low and high."""
    return (None, None, None) if closure is None else (closure.central, closure.low, closure.high)


def breakdown_table(alternatives: Sequence[Alternative]) -> pl.DataFrame:
    """One row per alternative, component and stat (low, central, high) with `total`: USD per tonne."""
    rows = []
    for number, other in enumerate(alternatives, start=1):
        parts = {**other.route.components_usd_per_t, "total": other.route.cost_usd_per_t}
        for component, figure in parts.items():
            for stat, value in _by_stat(figure):
                rows.append((number, other.route.via, component, stat, value))
    return frame(rows, BREAKDOWN)


def legs_table(alternatives: Sequence[Alternative]) -> pl.DataFrame:
    """One row per alternative and step: links travelled and operations at places, at central figures."""
    rows = []
    for number, other in enumerate(alternatives, start=1):
        for position, step in enumerate(other.route.steps, start=1):
            figures = (step.km, step.hours.central, step.usd_per_t.central)
            rows.append((number, position, step.start, step.end, step.doing, step.border, *figures))
    return frame(rows, LEGS)


def shared_table(alternatives: Sequence[Alternative], ends: tuple[str, str]) -> pl.DataFrame:
    """One row per ordered pair of alternatives: km of common links and their share of the first one's way.

    Countries, chokepoints, borders and ports are those that both pass, origin and destination left out.
    """
    home = {end.partition(":")[0] for end in ends}
    rows = []
    for (i, a), (j, b) in permutations(enumerate((other.route for other in alternatives), start=1), 2):
        km = shared_km(a, b)
        rows.append((
            i, j, km, km / a.km,
            _common(a.countries, b.countries, home), _common(a.chokepoints, b.chokepoints, ()),
            _common(a.borders, b.borders, ()), _common(a.ports, b.ports, set(ends)),
        ))  # fmt: skip
    return frame(rows, SHARED)


def premium_table(best: Alternative, closures: Sequence[Closure]) -> pl.DataFrame:
    """One row per single closure of what the best route uses; figures are null where no route is left."""
    rows = [(closure.kind, closure.name, *premium_cells(best.route, closure.best)) for closure in closures]
    return frame(rows, PREMIUM)


def premium_cells(base: Route, other: Route | None) -> PremiumCells:
    """status, extra cost, extra days, cost, days and way of a route beside the base; nulls where there is none."""
    if other is None:
        return ("no route", None, None, None, None, None)
    extra = other.cost_usd_per_t.central - base.cost_usd_per_t.central
    days = other.days.central
    return ("route", extra, days - base.days.central, other.cost_usd_per_t.central, days, other.via)


def frame(rows: Sequence[tuple[object, ...]], schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    """Rows as a frame of this schema, nulls kept."""
    return pl.DataFrame(rows, schema=dict(schema), orient="row")


def _by_stat(figure: Range) -> list[tuple[str, float]]:
    return list(zip(LEVELS, by_level(figure), strict=True))


def _joined(names: Sequence[str]) -> str:
    return SEPARATOR.join(names)


def _common(a: Sequence[str], b: Sequence[str], without: Sequence[str] | set[str]) -> str:
    return _joined([name for name in a if name in b and name not in without])
