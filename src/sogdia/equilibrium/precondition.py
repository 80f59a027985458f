"""The preconditioner: what a gap in prices calls for, every price's effect on every other counted.

Near the base year the response has the derivative `G = Left Right`, `Left = E diag(Y0 (sigma + eps))^-1/2 U` and
`Right = S V' diag((sigma - eta) / Q0)^1/2 X'`, from the singular value decomposition `U S V'` of the market's flows
scaled on both sides, E repeating a producer on its lanes. Newton's step `(I - c G)^-1 gap`, with c the scenario's
elasticities relative to the market's, is then `gap + Left diag(c / (1 - c S^2)) Right gap`. A few modes carry it: the
largest is the world price, the next are regions that trade mostly among themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from sogdia.equilibrium.arrays import FloatArray
from sogdia.equilibrium.block import Block
from sogdia.equilibrium.layout import Layout
from sogdia.equilibrium.market import Market, base_output

DENSE = 40
"""Markets of at most so many producers or consumers are decomposed whole."""
MODES = 24
"""At most so many modes; on trade data more save no iterations."""
SLOWEST = 0.005
"""Modes that plain iteration shrinks at least this fast are left to it."""
LEAST = 1e-3
"""Smallest `1 - c S^2` a scenario's own elasticities may give; 0 would be a market without a price."""


@dataclass(frozen=True, slots=True, eq=False)
class Modes:
    """The slow modes of a market.

    left (L, r) and right (r, L); square: `S^2`, (r, 1); buyers and sellers: base shares by which a scenario's
    elasticities are averaged, (J, 1) and (L, 1); base: `(sigma - eta) / (sigma + eps)` of the averages.
    """

    left: sparse.csr_array
    right: sparse.csr_array
    square: FloatArray
    buyers: FloatArray
    sellers: FloatArray
    base: float


def modes(market: Market, layout: Layout) -> Modes:
    """The slow modes of a market."""
    owners, member = np.unique(layout.owner, return_inverse=True)
    flows = market.flows[np.ix_(layout.lanes, layout.consumers)]
    pooled = np.zeros((owners.size, layout.consumers.size))
    np.add.at(pooled, member, flows)
    eta, eps = market.eta[layout.consumers], market.eps[owners]
    row = 1 / np.sqrt(base_output(market)[owners] * (market.sigma + eps))[:, None]
    column = np.sqrt(np.maximum(market.sigma - eta, 0) / layout.consumption[:, 0])
    u, s, vt = _largest(row * pooled * column)
    keep = max(1, min(MODES, int((s**2 >= SLOWEST).sum())))
    buyers = layout.consumption / flows.sum()
    sellers = flows.sum(axis=1, keepdims=True) / flows.sum()
    return Modes(
        left=sparse.csr_array((row * u[:, :keep])[member]),
        right=sparse.csr_array((s[:keep, None] * vt[:keep] * column) @ flows.T),
        square=s[:keep, None] ** 2,
        buyers=buyers,
        sellers=sellers,
        base=float((market.sigma - buyers[:, 0] @ eta) / (market.sigma + sellers[:, 0] @ eps[member])),
    )


def _largest(matrix: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The largest singular values, at least as many as there may be modes, with their vectors.

    Large markets go to ARPACK, which computes no more than is needed and keeps to one thread; but it cannot begin on a
    matrix of zeros, the one where demand answers prices more than sources replace each other.
    """
    if min(matrix.shape) <= DENSE or not matrix.any():
        return np.linalg.svd(matrix, full_matrices=False)
    u, s, vt = svds(matrix, k=MODES, v0=np.ones(min(matrix.shape)))
    order = np.argsort(-s)
    return u[:, order], s[order], vt[order]


def gains(slow: Modes, block: Block) -> FloatArray:
    """`c / (1 - c S^2)` of every mode and scenario, shape (r, width) or (r, 1)."""
    if slow.base <= 0:
        return np.zeros_like(slow.square)
    eta, eps = (slow.buyers * block.eta).sum(axis=0) / block.level, (slow.sellers * block.eps).sum(axis=0) / block.level
    c = np.maximum((block.sigma - eta) / (block.sigma + eps), 0) / slow.base
    return np.asarray(c / np.maximum(1 - c * slow.square, np.minimum(1 - slow.square, LEAST)))


def spread(slow: Modes, gain: FloatArray, gap: FloatArray) -> FloatArray:
    """The preconditioned gap, shape (L, width)."""
    along = slow.right @ gap
    along *= gain
    step = slow.left @ along
    step += gap
    return np.asarray(step)
