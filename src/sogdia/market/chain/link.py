"""The links of a chain: which stages follow one another, and how much of one goes into the next (table `chains`).

A chain is a line of stages, upstream first. It may pass from one mineral to another: bauxite becomes aluminium.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sogdia.data import Store
from sogdia.data.elasticities import Elasticity
from sogdia.data.source_ids import split_ids
from sogdia.errors import DataError, NoAnswerError
from sogdia.market.draws import log_normal
from sogdia.market.traded import Floats

DRAWN_BEFORE = 3
"""Numbers of a draw's stream that the elasticities have taken."""


@dataclass(frozen=True, slots=True)
class Node:
    """A stage of a mineral."""

    mineral: str
    stage: str

    def __str__(self) -> str:
        return f"{self.mineral} {self.stage}"


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A step of processing.

    input_t_per_t: tonnes of traded input for a tonne of traded output. cost_share: all costs of the processor, input
    included, as a share of the value of its output in the base year, below 1.
    """

    up: Node
    down: Node
    input_t_per_t: Elasticity
    cost_share: Elasticity
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class LinkDraws:
    """input_t_per_t [t/t] and cost_share [-], (draws,) each; entry 0 holds the central values."""

    input_t_per_t: Floats
    cost_share: Floats


def chain_of(store: Store, mineral: str) -> tuple[ChainLink, ...]:
    """The links of the chain that a mineral belongs to, upstream first; NoAnswerError where it belongs to none."""
    links = [_link(row) for row in store.scan("chains").collect().iter_rows(named=True)]
    own = [link for link in links if mineral in (link.up.mineral, link.down.mineral)]
    if not own:
        known = ", ".join(dict.fromkeys(m for link in links for m in (link.up.mineral, link.down.mineral)))
        raise NoAnswerError(f"{mineral} has no chain of stages in the table chains. Minerals with one: {known}.")
    _require_lines(links)
    into, out_of = {link.down: link for link in links}, {link.up: link for link in links}
    found = [own[0]]
    while found[0].up in into:
        found.insert(0, _beyond(into[found[0].up], found))
    while found[-1].down in out_of:
        found.append(_beyond(out_of[found[-1].down], found))
    return tuple(found)


def draw_links(links: Sequence[ChainLink], count: int, seed: int = 0) -> tuple[LinkDraws, ...]:
    """`count` draws of each link, the first at the central values.

    input_t_per_t and the margin 1 - cost_share are log-normal with their ends as 5 % and 95 % quantiles. A draw
    continues the stream from which the elasticities of the same number came.
    """
    normal = np.zeros((count, 2 * len(links)))
    for number in range(1, count):
        stream = np.random.Generator(np.random.Philox(key=[seed, number]))
        normal[number] = stream.standard_normal(DRAWN_BEFORE + normal.shape[1])[DRAWN_BEFORE:]
    found = []
    for k, link in enumerate(links):
        cost = link.cost_share
        margin = Elasticity(1.0 - cost.high, 1.0 - cost.central, 1.0 - cost.low, cost.source_ids, cost.chosen)
        drawn = np.minimum(log_normal(margin, normal[:, 2 * k + 1]), 1.0)
        found.append(LinkDraws(log_normal(link.input_t_per_t, normal[:, 2 * k]), 1.0 - drawn))
    return tuple(found)


def _link(row: dict[str, object]) -> ChainLink:
    sources = split_ids(str(row["source_id"]))

    def ends(name: str, low: str, high: str) -> Elasticity:
        values = [float(str(row[column])) for column in (low, name, high)]
        if not 0 < values[0] <= values[1] <= values[2]:
            raise DataError(f"the table chains needs 0 < {low} <= {name} <= {high}, but holds {values}.")
        return Elasticity(values[0], values[1], values[2], sources, ("chains",))

    cost_share = ends("cost_share", "cost_share_low", "cost_share_high")
    if cost_share.high >= 1:
        raise DataError(f"the table chains needs cost_share_high below 1, but holds {cost_share.high}.")
    return ChainLink(
        Node(str(row["mineral_up"]), str(row["stage_up"])),
        Node(str(row["mineral_down"]), str(row["stage_down"])),
        ends("input_t_per_t", "input_low_t_per_t", "input_high_t_per_t"),
        cost_share,
        sources,
    )


def _require_lines(links: Sequence[ChainLink]) -> None:
    """DataError where a stage has two inputs or two uses."""
    for what, nodes in (("inputs", [link.down for link in links]), ("uses", [link.up for link in links])):
        for node, count in Counter(nodes).items():
            if count > 1:
                raise DataError(f"the table chains has {count} {what} of {node}; a chain is a line of stages.")


def _beyond(link: ChainLink, found: Sequence[ChainLink]) -> ChainLink:
    if link in found:
        raise DataError(f"the table chains runs in a circle at {link.up}.")
    return link
