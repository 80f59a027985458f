"""A block holds the scenarios of one batch as the kernels take them.

A block holds the shocks of some scenarios in kernel order, one scenario a column, with everything computed once that
does not change while prices are sought. An array of one column applies to every scenario.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from sogdia.equilibrium.arrays import BoolArray, FloatArray, IntArray
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.market import Market
from sogdia.equilibrium.shocks import Shocks

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

WANTED, ANSWERS, LEVELS = 1e-3, 0.05, (0.05, 50.0)
"""Least share of the base quantity and least elasticity that the price to begin with counts on, and its range."""
Record = TypeVar("Record", bound="DataclassInstance")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The shocks of some scenarios. Shapes are (rows, width) or (rows, 1); None means no such effect.

    sigma (1); level: price at which the world would about clear if it were one market (1); eta (J);
    eps, log_supply, ceiling and cap (L, by lane; inf if none or closed); log_cost (L).
    scale: demand shifter `b`, 0 for an isolated consumer (J).
    release: quantity outside the market relative to base consumption, `R / Q0` (J).
    isolated: 1 for a consumer with no open lane, else 0 (J).
    lost: lanes of a producer without any output (L).
    parked: log price at which a lane that cannot trade is held: inf if closed, 0 if nobody wants it, else NaN (L).
    """

    sigma: FloatArray
    level: FloatArray
    eta: FloatArray
    eps: FloatArray
    log_supply: FloatArray
    ceiling: FloatArray | None
    cap: FloatArray | None
    log_cost: FloatArray
    scale: FloatArray | None
    release: FloatArray | None
    isolated: FloatArray | None
    lost: BoolArray | None
    parked: FloatArray | None


def prepare(market: Market, layout: Layout, shocks: Shocks) -> Block:
    """The block of all scenarios of `shocks`."""
    owner, consumers, lanes = layout.owner, layout.consumers, layout.lanes
    eta = market.eta[consumers, None] if shocks.eta is None else _rows(shocks.eta, consumers)
    supply = None if shocks.supply is None else _rows(shocks.supply, owner)
    ceiling = None if shocks.ceiling is None else _rows(shocks.ceiling, owner)
    cap = None if shocks.cap is None else _rows(shocks.cap, lanes)
    scale = None if shocks.demand is None else _rows(shocks.demand, consumers)
    release = None if shocks.outside is None else _rows(shocks.outside, consumers) / layout.consumption

    shape = (lanes.size, shocks.scenarios)
    lost = np.zeros(shape, dtype=bool)
    for limit in (supply, ceiling):
        if limit is not None:
            lost |= limit == 0
    closed = lost if cap is None else lost | (cap == 0)
    reach = (layout.costs > 0).astype(np.float64)
    isolated = (reach @ (~closed).astype(np.float64)) == 0
    wants = np.ones(isolated.shape, dtype=bool) if scale is None else np.asarray(scale > 0)
    if release is not None:
        wants = wants & ((eta > 0) | ((1.0 if scale is None else scale) > release))
    unwanted = ~closed & ((reach.T @ wants.astype(np.float64)) == 0)
    parked = np.where(closed, np.inf, np.where(unwanted, 0.0, np.nan))
    if isolated.any():
        scale = np.where(isolated, 0.0, 1.0 if scale is None else scale)
    with np.errstate(divide="ignore"):
        log_supply = np.zeros((lanes.size, 1)) if supply is None else np.log(np.where(supply > 0, supply, 1.0))
    eps = market.eps[owner, None] if shocks.eps is None else _rows(shocks.eps, owner)
    return Block(
        level=_level(layout, eta, eps, (supply, ceiling, cap), scale, release),
        sigma=np.full((1, 1), market.sigma) if shocks.sigma is None else shocks.sigma[None, :].copy(),
        eta=eta,
        eps=eps,
        log_supply=log_supply,
        ceiling=_limit(ceiling),
        cap=_limit(cap),
        log_cost=np.zeros((lanes.size, 1)) if shocks.cost is None else np.log(_rows(shocks.cost, lanes)),
        scale=scale,
        release=release if release is not None and release.any() else None,
        isolated=isolated.astype(np.float64) if isolated.any() else None,
        lost=lost if lost.any() else None,
        parked=parked if (closed | unwanted).any() else None,
    )


def columns(record: Record, index: IntArray) -> Record:
    """The scenarios in the columns `index` of a record of (rows, width) and (rows, 1) arrays and such records."""
    part: dict[str, object] = {}
    for field in fields(record):
        values = getattr(record, field.name)
        if is_dataclass(values) and not isinstance(values, type):
            part[field.name] = columns(values, index)
        elif isinstance(values, np.ndarray) and values.shape[1] > 1:
            part[field.name] = np.take(values, index, axis=1)
    return replace(record, **part)


def _level(
    layout: Layout,
    eta: FloatArray,
    eps: FloatArray,
    limits: tuple[FloatArray | None, FloatArray | None, FloatArray | None],
    scale: FloatArray | None,
    release: FloatArray | None,
) -> FloatArray:
    """`(wanted / offered)^(1 / (eps + eta))` of base quantities and mean elasticities, in a sane range, (1, width).

    A place to begin and to measure prices from; the answer does not depend on it.
    """
    buyers = layout.consumption / layout.consumption.sum()
    sellers = layout.lane_share
    supply, *most = limits
    least = np.ones((1, 1)) if supply is None else supply
    for values in most:
        least = least if values is None else np.minimum(least, values)
    offered = (sellers * least).sum(axis=0, keepdims=True)
    wanted = np.ones((1, 1)) if scale is None else 1.0 - (buyers * (1.0 - scale)).sum(axis=0, keepdims=True)
    if release is not None:
        wanted = wanted - (buyers * release).sum(axis=0, keepdims=True)
    answers = (buyers * eta).sum(axis=0, keepdims=True) + (sellers * eps).sum(axis=0, keepdims=True)
    ratio = np.maximum(wanted, WANTED) / np.maximum(offered, WANTED)
    level = np.exp(np.log(ratio) / np.maximum(answers, ANSWERS))
    return np.asarray(np.clip(level, LEVELS[0], LEVELS[1]))


def _rows(values: FloatArray, index: IntArray) -> FloatArray:
    """The entries `index` of every scenario, scenarios as columns."""
    return np.ascontiguousarray(values[:, index].T)


def _limit(values: FloatArray | None) -> FloatArray | None:
    """The limit where it rations; a limit of 0 has closed the lane already."""
    if values is None or not np.isfinite(values).any():
        return None
    return np.where(values > 0, values, np.inf)
