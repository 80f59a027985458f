"""What the market model says of an episode for every set of the grid, with the supplier's realised exports imposed.

The market is the recorded trade of one code before the fall; all sets are one batch of the solver. The model may use
nothing of the year itself but what the supplier shipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sogdia.equilibrium import solve
from sogdia.hindcast.panel.observe import TENFOLD
from sogdia.market import Draws, Scenario, TradedMarket
from sogdia.market.clear import Cleared, pose
from sogdia.market.events import ExportLimit
from sogdia.market.outcomes import flows_to
from sogdia.market.traded import Floats
from sogdia.uncertain import BEYOND

TOLERANCE = 1e-8
"""Prices to eight digits: observed ones have two or three."""


@dataclass(frozen=True, slots=True, eq=False)
class Predicted:
    """Arrays are (importers, sets), with the measures of `Observed`; NaN where a set has no answer.

    matched, matched_others: mean log price over the sources that sell before and after, by value; a change of sources
    is not in it. flows: (importers, sets, exporters of the market) [t].
    """

    paid: Floats
    paid_others: Floats
    matched: Floats
    matched_others: Floats
    share: Floats
    tonnes: Floats
    flows: Floats


def predict(
    market: TradedMarket, exporter: str, kept: Sequence[float], importers: Sequence[str], sets: Draws
) -> tuple[Predicted, ...]:
    """The answers of the market for each of some sizes of the fall, all in one batch.

    kept: what the exporter ships at most, relative to base, one number for each answer.
    """
    count = len(sets.sigma)
    every = Draws(*(np.tile(values, len(kept)) for values in (sets.sigma, sets.eta, sets.eps)))
    posed = pose(market, Scenario(f"{exporter} ships less", (ExportLimit(exporter, share=0.5),)), every)
    asked = np.asarray(posed.shocks.cap, dtype=np.float64)
    cap = np.where(np.isfinite(asked), np.repeat(kept, count)[:, np.newaxis], asked)
    shocks = replace(posed.shocks, cap=cap)
    cleared = posed.cleared(solve(posed.base, shocks, tolerance=TOLERANCE))
    supplier = market.producer(exporter)
    each = [_importer(cleared, market.consumer(importer), supplier) for importer in importers]
    whole = [np.array(part) for part in zip(*each, strict=True)]
    return tuple(
        Predicted(*(part[:, size * count : (size + 1) * count] for part in whole)) for size in range(len(kept))
    )


def _importer(cleared: Cleared, consumer: int, supplier: int) -> tuple[Floats, ...]:
    """The fields of `Predicted` for one importer: (sets,) each, flows (sets, exporters)."""
    market, owner = cleared.market, cleared.lanes.producer
    lanes = flows_to(cleared, consumer)
    value = np.nan_to_num(market.unit_value[owner, consumer])
    base = np.where(cleared.lanes.members[:, consumer], market.flows[owner, consumer], 0.0)
    delivered = np.minimum(np.where(lanes > 0, cleared.answer.delivered, BEYOND), BEYOND)
    others = owner != supplier
    flows = np.zeros((len(lanes), len(market.producers)))
    np.add.at(flows.T, owner, lanes.T)
    bought = lanes.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        fields = (
            _paid(lanes, delivered, value, base),
            _paid(lanes[:, others], delivered[:, others], value[others], base[others]),
            _matched(delivered, lanes, value, base),
            _matched(delivered[:, others], lanes[:, others], value[others], base[others]),
            flows[:, supplier] / np.where(bought > 0, bought, np.nan),
            np.clip(np.log(bought) - np.log(base.sum()), -TENFOLD, TENFOLD),
        )
    solved = cleared.answer.solved
    return (*(np.where(solved, part, np.nan) for part in fields), np.where(solved[:, np.newaxis], flows, np.nan))


def _paid(flows: Floats, delivered: Floats, unit_value: Floats, base: Floats) -> Floats:
    """ln of the mean price paid over that of the base, (sets,), within a factor of BEYOND."""
    paid = (flows * delivered * unit_value).sum(axis=1) / flows.sum(axis=1)
    before = (base * unit_value).sum() / base.sum()
    return np.asarray(np.clip(np.log(paid) - np.log(before), -TENFOLD, TENFOLD))


def _matched(delivered: Floats, flows: Floats, unit_value: Floats, base: Floats) -> Floats:
    """Mean log delivered price, (sets,), weighted as matched flows are: by the root of value before times value after.

    A source that is lost, whose price is that of the last tonne nobody got, weighs nothing. NaN where nothing is left.
    """
    weight = unit_value * np.sqrt(base * flows * delivered)
    return np.asarray((np.log(delivered) * weight).sum(axis=1) / weight.sum(axis=1))
