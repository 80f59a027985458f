"""Who else gains by a plan, and who loses: buyers elsewhere, in all years, and makers whose price falls.

    ratio of free riders = what buyers elsewhere gain / what the importer gains

From the answers of the markets that the importer's own gain is of (see `markets.sides`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sogdia.plan.build import PlanTables
from sogdia.plan.choice import PlanCase
from sogdia.plan.choice.case import Booleans


@dataclass(frozen=True, slots=True)
class BuyerGain:
    """What buyers of a country save a year [MUSD], in ordinary and in bad years; negative where they pay more."""

    ordinary: float
    bad: float

    @property
    def total(self) -> float:
        """Of all years."""
        return self.ordinary + self.bad


@dataclass(frozen=True, slots=True)
class Others:
    """buyers: of each country elsewhere, who gains most first; sellers: what makers of today earn more a year in
    ordinary years [MUSD], negative where the price of what they sell falls, who loses most first.
    """

    buyers: Mapping[str, BuyerGain]
    sellers: Mapping[str, float]

    @property
    def ordinary(self) -> float:
        """What all buyers elsewhere gain in ordinary years."""
        return float(sum(gain.ordinary for gain in self.buyers.values()))

    @property
    def bad(self) -> float:
        """What all buyers elsewhere gain in bad years."""
        return float(sum(gain.bad for gain in self.buyers.values()))


def others_gains(tables: PlanTables, case: PlanCase, chosen: Booleans) -> Others:
    """Gains and losses by the chosen projects."""
    buyers: dict[str, list[float]] = {}
    sellers: dict[str, float] = {}
    before, after = case.rows(np.zeros_like(chosen)) or [], case.rows(chosen) or []
    for built, none, some in zip(tables.tables, before, after, strict=True):
        if none == some:
            continue
        sides = built.sides
        for column, country in enumerate(sides.consumers):
            if country not in tables.importer.members:
                gain = buyers.setdefault(country, [0.0, 0.0])
                gain[0] += float(sides.ordinary[none, column] - sides.ordinary[some, column])
                gain[1] += float(sides.bad[none, column] - sides.bad[some, column])
        for column, country in enumerate(sides.producers):
            change = float(sides.sellers[some, column] - sides.sellers[none, column])
            sellers[country] = sellers.get(country, 0.0) + change
    gains = {country: BuyerGain(*gain) for country, gain in buyers.items()}
    return Others(
        dict(sorted(gains.items(), key=lambda item: (-item[1].total, item[0]))),
        dict(sorted(sellers.items(), key=lambda item: (item[1], item[0]))),
    )
