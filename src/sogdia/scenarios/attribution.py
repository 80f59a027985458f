"""Which supplier and which cause a loss comes from.

The loss L of a market in a year is shared out over the slots that are hit, in proportion to what each would cost alone,
and that of a slot over the streams that hit it, in proportion to the part of the year that each takes:

    share of a stream = L  S[slot] / sum of S over slots hit  x  part[stream] / sum of parts in the slot

with S the loss of the state in which that slot alone is hit in its class, 0 at least; equal shares where no slot costs
anything alone. Expected losses weigh all years, tail losses those of the worst years of all minerals together, so that
causes add up to the expected loss and to the CVaR of the ensemble.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sogdia.scenarios.arrays import SlotKind
from sogdia.scenarios.block import solve_block
from sogdia.scenarios.ensemble import Ensemble
from sogdia.scenarios.sample import StreamHit, stream_hits
from sogdia.scenarios.setup import EnsembleMarket
from sogdia.scenarios.states import CLASS_COUNT, classes_of
from sogdia.scenarios.year_losses import tail_weights
from sogdia.units import KUSD_PER_MUSD

Floats = NDArray[np.float64]
COLUMNS = {
    "mineral": pl.String, "supplier": pl.String, "hazard": pl.String, "cause": pl.String,
    "expected_loss_musd": pl.Float64, "tail_loss_musd": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Weights:
    """Of each year: in the mean of all, and in that of the tail, (years,); both add up to 1."""

    every: Floats
    tail: Floats


def attribution(ensemble: Ensemble) -> pl.DataFrame:
    """One row for each mineral, supplier, hazard and cause, the dearest first. supplier: null for a way of several."""
    known = np.isfinite(ensemble.year_loss_kusd)
    every = np.where(known, ensemble.sample.weight, 0.0)
    tail, _ = tail_weights(ensemble.year_loss_kusd, ensemble.sample.weight, float(ensemble.settings["tail"]))
    weights = _Weights(every / every.sum(), tail / tail.sum())
    hits = stream_hits(
        ensemble.setup, len(known), int(ensemble.settings["seed"]), float(ensemble.settings["odds_factor"])
    )
    rows = []
    for number, market in enumerate(ensemble.setup.markets):
        loss = np.where(known, ensemble.loss_kusd[:, number], 0.0)
        rows += _rows(ensemble, market, loss, [hit for hit in hits if hit.market == number], weights)
    frame = pl.DataFrame(rows, schema=COLUMNS, orient="row")
    keys = ["mineral", "supplier", "hazard", "cause"]
    joined = frame.group_by(keys, maintain_order=True).agg(pl.col(name).sum() for name in list(COLUMNS)[4:])
    return joined.sort(["expected_loss_musd", *keys], descending=[True, *([False] * len(keys))], nulls_last=True)


def single_losses(market: EnsembleMarket) -> Floats:
    """Loss of each slot hit alone in each class, (slots, classes) [kUSD], 0 where it is a gain."""
    codes = np.arange(len(market.slots) * CLASS_COUNT, dtype=np.int32)
    hit = codes[codes % CLASS_COUNT > 0]
    losses = np.zeros(len(codes))
    if len(hit):
        losses[hit] = np.maximum(np.nan_to_num(solve_block(market.problem, hit[:, np.newaxis]).loss_kusd), 0.0)
    return losses.reshape(len(market.slots), CLASS_COUNT)


def supplier_of(market: EnsembleMarket, slot: int) -> str | None:
    """The country whose supply a slot is: of a way, its only seller; None where there are several, and for demand."""
    kind, problem = market.slots[slot].kind, market.problem
    if kind in (SlotKind.EXPORTS, SlotKind.OUTPUT):
        return market.slots[slot].name
    if kind == SlotKind.WAY:
        way = problem.way[slot]
        sellers = np.flatnonzero((problem.cost_factor[way] != 1.0) | (problem.passes[way] != 1.0))
        return market.producers[int(sellers[0])] if len(sellers) == 1 else None
    return None


def _rows(
    ensemble: Ensemble, market: EnsembleMarket, loss: Floats, hits: Sequence[StreamHit], weights: _Weights
) -> list[tuple[object, ...]]:
    """Losses of one market by stream and slot."""
    if not hits:
        return []
    slots, years = len(market.slots), len(loss)
    where = np.concatenate([hit.years * slots + hit.slot for hit in hits])
    part = np.concatenate([hit.parts for hit in hits])
    pair = np.concatenate([np.full(len(hit.years), number) for number, hit in enumerate(hits)])
    cells, cell = np.unique(where, return_inverse=True)
    whole = np.bincount(cell, part, len(cells))
    kinds = classes_of(np.minimum(whole, 1.0))
    alone = np.where(kinds > 0, single_losses(market)[cells % slots, kinds], 0.0)
    year = cells // slots
    counted = (kinds > 0).astype(np.float64)
    both = np.bincount(year, alone, years)[year], np.bincount(year, counted, years)[year]
    share = np.where(both[0] > 0, alone / np.where(both[0] > 0, both[0], 1.0), counted / np.maximum(both[1], 1.0))
    own = (loss[year] * share)[cell] * part / np.where(whole > 0, whole, 1.0)[cell]
    at = year[cell]
    expected = np.bincount(pair, own * weights.every[at], len(hits)) / KUSD_PER_MUSD
    tail = np.bincount(pair, own * weights.tail[at], len(hits)) / KUSD_PER_MUSD
    rows: list[tuple[object, ...]] = []
    for number, hit in enumerate(hits):
        stream = ensemble.setup.streams[hit.stream]
        supplier = supplier_of(market, hit.slot)
        rows.append(
            (market.mineral, supplier, stream.hazard, stream.cause, float(expected[number]), float(tail[number]))
        )
    return rows
