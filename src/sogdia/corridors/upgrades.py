"""What would each upgrade change on one route? Customs, logistics centres, second tracks, lines, terminals.

An upgrade changes attributes and never makes the best route dearer: what is not used changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sogdia.corridors.catalogue import Corridors
from sogdia.corridors.closures import effects_of_closing
from sogdia.corridors.compare import pair
from sogdia.corridors.cost import cargo_of
from sogdia.corridors.measure import Route
from sogdia.errors import NoAnswerError

if TYPE_CHECKING:
    import polars as pl


def upgrade_table(
    corridors: Corridors,
    origin: str,
    destination: str,
    mineral: str,
    *,
    stage: str | None = None,
    close: Sequence[str] = (),
) -> pl.DataFrame:
    """One row per upgrade: change of cost, days, border hours and CO2 of the best route, and what it costs.

    close: what is closed before and after, as in `routes.route`, so that other corridors can be asked about. A
    negative change is a gain. capacity_t_per_year is that of the narrowest known link of the best route then. `used`
    says whether the best route is touched at all. Costs of building are null where unknown.
    """
    from sogdia.corridors.tables import UPGRADES, frame

    asked = pair(corridors, origin, destination, cargo_of(corridors.rates, mineral, stage))
    shut = effects_of_closing(corridors.network, close, corridors.states)
    today = asked.best(shut)
    if today is None:
        raise NoAnswerError(f"no route from {origin} to {destination}, before any upgrade")
    rows = []
    for upgrade in corridors.upgrades:
        then = asked.best((*upgrade.effects, *shut))
        if then is None:
            raise NoAnswerError(f"upgrade {upgrade.id} leaves no route from {origin} to {destination}")
        cost, years = upgrade.cost_musd, upgrade.build_years
        rows.append((
            upgrade.id, upgrade.name, upgrade.kind, *_change(today, then), then.capacity_t_per_year, then.via,
            _differs(today, then),
            None if cost is None else cost.central, None if years is None else years.central,
        ))  # fmt: skip
    return frame(rows, UPGRADES)


def _change(today: Route, then: Route) -> tuple[float, float, float, float]:
    return (
        then.cost_usd_per_t.central - today.cost_usd_per_t.central,
        then.days.central - today.days.central,
        then.hours["border"].central - today.hours["border"].central,
        then.co2_kg_per_t.central - today.co2_kg_per_t.central,
    )


def _differs(today: Route, then: Route) -> bool:
    """Is anything about the best route changed: its way, cost, time or capacity?"""
    return (today.path.arcs, today.cost_usd_per_t, today.hours, today.capacity_t_per_year) != (
        then.path.arcs, then.cost_usd_per_t, then.hours, then.capacity_t_per_year,
    )  # fmt: skip
