"""What each upgrade (customs, logistics centre, second track, new line, terminal) would change on one route.

An upgrade changes attributes and never makes the best route dearer: what is not used changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sogdia.corridors.compare import Pair, pair
from sogdia.corridors.conditions import conditions
from sogdia.corridors.cost import cargo_of
from sogdia.corridors.measure import Route
from sogdia.errors import NoAnswerError
from sogdia.network import Corridors, Network, Upgrade, links_touched
from sogdia.network.closures import effects_of_closing

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

    close: what is closed before and after, as in `search.route`, so that other corridors can be asked about. A
    negative change is a gain. capacity_t_per_year is that of the narrowest known link of the best route then. `used`
    says whether the best route is touched at all. Costs of building are null where unknown.
    """
    return gains_of(pair(corridors, origin, destination, cargo_of(corridors.rates, mineral, stage)), corridors, close)


def gains_of(asked: Pair, corridors: Corridors, close: Sequence[str] = ()) -> pl.DataFrame:
    """`upgrade_table` of a pair that is prepared already. corridors: the whole of them."""
    from sogdia.corridors.tables import UPGRADES, frame

    shut = effects_of_closing(corridors.network, close, corridors.states)
    today = asked.best(shut)
    if today is None:
        raise NoAnswerError(f"no route from {asked.origin} to {asked.destination}, before any upgrade")
    rows = []
    for upgrade in corridors.upgrades:
        then = asked.best((*upgrade.effects, *shut))
        if then is None:
            raise NoAnswerError(f"upgrade {upgrade.id} leaves no route from {asked.origin} to {asked.destination}")
        cost, years = upgrade.cost_musd, upgrade.build_years
        rows.append((
            upgrade.id, upgrade.name, upgrade.kind, *_change(today, then), then.capacity_t_per_year, then.via,
            _differs(today, then),
            None if cost is None else cost.central, None if years is None else years.central,
        ))  # fmt: skip
    return frame(rows, UPGRADES)


@dataclass(frozen=True, slots=True)
class Capacity:
    """What an upgrade does to the capacity of one link, central figures in tonnes a year, None where unknown.

    before: 0 for a planned link, which it opens; factor: by which it multiplies what is there, 1 where it does not.
    """

    link: str
    before: float | None
    after: float | None
    factor: float

    @property
    def gained(self) -> float | None:
        """What is added, None where nobody knows how much there is."""
        return None if self.before is None or self.after is None else self.after - self.before


def capacities(network: Network, upgrade: Upgrade) -> tuple[Capacity, ...]:
    """The links whose capacity an upgrade changes, planned lines that it opens among them."""
    today, then = conditions(network), conditions(network, upgrade.effects)
    factor = np.ones(len(network.links))
    for effect in upgrade.effects:
        if effect.attribute == "capacity_factor" and effect.value is not None:
            factor[list(links_touched(network, effect.target_kind, effect.target))] *= effect.value.central
    changed = []
    for i, link in enumerate(network.links):
        opened = bool(then.is_open[i] and not today.is_open[i])
        before = 0.0 if opened else _known(today.capacity_t_per_year[i])
        after = _known(then.capacity_t_per_year[i])
        if opened or before != after or factor[i] != 1.0:
            changed.append(Capacity(link.id, before, after, float(factor[i])))
    return tuple(changed)


def _known(figure: float) -> float | None:
    return None if np.isnan(figure) else float(figure)


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
