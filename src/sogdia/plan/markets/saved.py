"""What projects save others than the importer: cargo that comes cheaper, and output that an outage does not take.

    output saved = sum over slots of E[part of the year lost without - with it] x value of what the country makes

with every new supply there, over the years that were drawn, at the base year's prices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sogdia.market import TradedMarket
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.variants import MarketVariants
from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.block import parts_of
from sogdia.scenarios.setup import EnsembleMarket
from sogdia.units import KUSD_PER_MUSD

Floats = NDArray[np.float64]
LEAST_PART = 1e-9
"""Of a year; less is rounding."""


def output_saved(
    market: TradedMarket, of: EnsembleMarket, variants: MarketVariants, weight: Floats
) -> tuple[MarketEffect, ...]:
    """What each project that changes events saves each country [MUSD a year]. weight: of each year, (years,)."""
    share = weight / weight.sum()
    part = parts_of(of.problem, variants.states)
    value = np.where(market.flows > 0, market.flows * np.nan_to_num(market.unit_value), 0.0).sum(axis=1) / KUSD_PER_MUSD
    made = []
    for bit, project in enumerate(variants.projects):
        mass = [
            np.bincount(variants.of_year[:, column], weights=share, minlength=len(part)) @ part
            for column in (0, 1 << bit)
        ]
        saved = dict[str, float]()
        for slot, kind in enumerate(of.problem.kinds):
            lost = float(mass[0][slot] - mass[1][slot])
            if kind == SlotKind.OUTPUT and lost > LEAST_PART:
                country = of.slots[slot].name
                saved[country] = lost * float(value[market.producers.index(country)])
        made.append(MarketEffect(project, "", output_saved_musd=saved))
    return tuple(made)


def partner_savings(effects: Mapping[str, Sequence[MarketEffect]]) -> dict[str, dict[str, float]]:
    """What cheaper ways to the importer and rarer outages save each country [MUSD a year], by project. effects: by
    market.
    """
    found: dict[str, dict[str, float]] = {}
    for each in (effect for some in effects.values() for effect in some):
        for country, saved in (*each.way_saved_musd.items(), *each.output_saved_musd.items()):
            own = found.setdefault(each.project, {})
            own[country] = own.get(country, 0.0) + saved
    return found
