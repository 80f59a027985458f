"""A chain is made from the data: a market for each stage, and the processors between them.

Production statistics count a mineral once. Where two stages are of one mineral, they are put at the first of them and
home sales of the next stay unknown; what it sells abroad is in the trade data. Stages that are minerals of their own,
as bauxite and aluminium, have production of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from sogdia.data import Store
from sogdia.market.calibrate import calibrate
from sogdia.market.chain.coupling import Coupling
from sogdia.market.chain.link import ChainLink, Node
from sogdia.market.traded import TradedMarket


def nodes_of(links: Sequence[ChainLink]) -> tuple[Node, ...]:
    """The stages of a chain, upstream first."""
    return (links[0].up, *(link.down for link in links))


def calibrate_chain(
    store: Store,
    links: Sequence[ChainLink],
    years: Sequence[int],
    *,
    through_hubs: bool = False,
    assume_home: bool = False,
) -> tuple[TradedMarket, ...]:
    """The markets of a chain, mean of `years`, upstream first."""
    nodes = nodes_of(links)
    counted = [True, *(up.mineral != down.mineral for up, down in pairwise(nodes))]
    return tuple(
        calibrate(
            store, store.mineral(node.mineral), years, node.stage,
            home_sales=known, through_hubs=through_hubs, assume_home=assume_home,
        )
        for node, known in zip(nodes, counted, strict=True)
    )  # fmt: skip


def link_note(link: ChainLink, coupling: Coupling, down: TradedMarket) -> str:
    """One sentence on what a link holds, central values."""
    made = down.flows.sum(axis=1)
    part = float((coupling.linked[0] * made[coupling.producer]).sum() / made.sum())
    clipped = coupling.input_share[0] >= coupling.cost_share[0]
    all_input = float((made[coupling.producer] * np.where(clipped, coupling.linked[0], 0.0)).sum() / made.sum())
    return (
        f"{part:.0%} of {link.down} is made of recorded {link.up} ({link.input_t_per_t.central:g} t for a tonne, costs "
        f"{link.cost_share.central:.0%} of its value, both assumed); for {all_input:.0%} unit values make the input "
        f"all of the costs."
    )
