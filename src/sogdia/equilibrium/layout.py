"""The lanes and consumers that matter, in the order in which the kernels store them.

The kernels store one lane or consumer a row and one scenario a column. Lanes without trade are left out. Lanes that
are their producer's only one come first: for them supply answers in closed form. The others follow, producer by
producer. Consumers with several lanes come first; the others are captive: their use costs what their one lane does.
Products with the market's shares are sparse: every column is then summed in the same order wherever it stands, so an
answer does not depend, to the last bit, on the scenarios solved beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from scipy import sparse

from sogdia.equilibrium.arrays import FloatArray, IntArray
from sogdia.equilibrium.market import Market, base_consumption, base_lane_quantity, base_output
from sogdia.equilibrium.products import Sparse


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """The market's shares as sparse matrices, in one precision.

    costs: `X[l, j] / Q0[j]` of consumers with several lanes, transposed (K, L); sales: `X[l, j] / sum_j X[l, j]` to
    them (L, K); own: product of the two by flow (L, K); pull: `X[l, j] / sum X` (L, K); captive: sales of the lanes
    that have captive consumers to those (R, J - K); mates: 1 for the lanes of each producer with several (M, N).
    """

    costs: Sparse
    sales: Sparse
    own: Sparse
    pull: Sparse
    captive: Sparse
    mates: Sparse


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """The traded part of a market, in kernel order. Row numbers below count lanes in this order.

    lanes: the market's lane of each row, (L,); consumers: likewise, (J,).
    owner: the market's producer of each row, (L,).
    singles: number of leading rows whose lane is its producer's only one.
    starts: first row of each producer with several lanes, counted from row `singles`, (M,).
    member: which of those producers owns each row from `singles` on, (L - singles,).
    weight: lane's share of its producer's base output, (L, 1).
    lane_share: lane's share of all trade, (L, 1).
    lane_quantity: base quantity of each lane, (L, 1) [t].
    consumption: base quantity of each consumer, (J, 1) [t].
    sales: `X[l, j] / sum_j X[l, j]`, sparse (L, J).
    costs: `X[l, j] / Q0[j]` transposed, sparse (J, L).
    several: number K of leading consumers that have several lanes.
    captor: the lane of each captive consumer, (J - K,); captors: the lanes that have any, (R,).
    double, single: the shares in double and in single precision.
    """

    lanes: IntArray
    consumers: IntArray
    owner: IntArray
    singles: int
    starts: IntArray
    member: IntArray
    weight: FloatArray
    lane_share: FloatArray
    lane_quantity: FloatArray
    consumption: FloatArray
    sales: sparse.csr_array
    costs: sparse.csr_array
    several: int
    captor: IntArray
    captors: IntArray
    double: Shares
    single: Shares


def arrange(market: Market) -> Layout:
    """The layout of a market."""
    lane_quantity = base_lane_quantity(market)
    traded = np.flatnonzero(lane_quantity > 0)
    buyers = np.flatnonzero(base_consumption(market) > 0)
    captive = (market.flows[:, buyers] > 0).sum(axis=0) == 1
    consumers, several = buyers[np.argsort(captive, kind="stable")], int((~captive).sum())
    siblings = np.bincount(market.producer[traded], minlength=market.producers)[market.producer[traded]]
    lanes = traded[np.lexsort((market.producer[traded], siblings > 1))]
    owner = market.producer[lanes]
    singles = int((siblings == 1).sum())
    _, starts, member = np.unique(owner[singles:], return_index=True, return_inverse=True)
    flows = market.flows[np.ix_(lanes, consumers)]
    captor = flows[:, several:].argmax(axis=0)
    captors = np.unique(captor)
    double = _shares(flows, several, captors, member)
    return Layout(
        lanes=lanes,
        consumers=consumers,
        owner=owner,
        singles=singles,
        starts=starts,
        member=member,
        weight=(lane_quantity[lanes] / base_output(market)[owner])[:, None],
        lane_share=(lane_quantity[lanes] / lane_quantity[lanes].sum())[:, None],
        lane_quantity=flows.sum(axis=1)[:, None],
        consumption=flows.sum(axis=0)[:, None],
        sales=sparse.csr_array(flows / flows.sum(axis=1, keepdims=True)),
        costs=sparse.csr_array((flows / flows.sum(axis=0)).T),
        several=several,
        captor=captor,
        captors=captors,
        double=double,
        single=Shares(*(getattr(double, field.name).single() for field in fields(Shares))),
    )


def _shares(flows: FloatArray, several: int, captors: IntArray, member: IntArray) -> Shares:
    sales = flows / flows.sum(axis=1, keepdims=True)
    costs = flows[:, :several] / flows[:, :several].sum(axis=0)
    return Shares(
        costs=Sparse.of(costs.T),
        sales=Sparse.of(sales[:, :several]),
        own=Sparse.of(sales[:, :several] * costs),
        pull=Sparse.of(flows[:, :several] / flows.sum()),
        captive=Sparse.of(sales[captors, several:]),
        mates=Sparse.of((member == np.arange(member.max(initial=-1) + 1)[:, None]).astype(np.float64)),
    )
