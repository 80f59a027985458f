"""A yearly quantity split over alternative routes, by path-size logit, under the capacity of links.

    share[r] = PS[r] exp(-theta C[r]) / sum PS exp(-theta C),    theta = 1 / (spread * cost of the cheapest route)

C is generalised cost, the stock against what comes late, a constant of the corridor that is fitted to observed tonnages
(by the country that its way passes), and the scarcity price of every full link on the way. PS is the path size of
`routing.overlap`: what a route shares with others counts once among them, in parts of its cost on links. Links of
unknown capacity do not bind, and each route says which they are. Capacity is that of the link for all cargo: what
other freight takes is not taken off it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sogdia.corridors.alternatives import Alternative
from sogdia.errors import NoAnswerError
from sogdia.network.parameters import packaged_parameters
from sogdia.routing import SplitStatus, logit_split, path_sizes
from sogdia.uncertain import Range

if TYPE_CHECKING:
    import polars as pl


CHOICE_FILE = "choice.csv"
CONSTANTS_FILE = "corridor_constants.csv"


def spread_of_choice() -> Range:
    """How far perceived cost scatters, as a share of the cheapest route's cost."""
    (row,) = packaged_parameters(CHOICE_FILE)
    return row.value


def constant_of(countries: Sequence[str]) -> float:
    """USD per tonne by which shippers put a way through these countries above or below its cost."""
    known = {row.name: row.value.central for row in packaged_parameters(CONSTANTS_FILE)}
    return sum(known.get(country, 0.0) for country in countries)


def split_table(alternatives: Sequence[Alternative], t_per_year: float, spread: float | None = None) -> pl.DataFrame:
    """One row per alternative: tonnes a year, share, scarcity price in USD per tonne, path size and the links whose
    capacity is unknown and so does not bind; and one row `not shipped`.

    t_per_year: to be shipped, above 0; spread: see `spread_of_choice`, its central figure by default.
    """
    from sogdia.corridors.tables import SEPARATOR, SPLIT, frame

    if not (t_per_year > 0 and np.isfinite(t_per_year)):
        raise NoAnswerError(f"{t_per_year:g} t a year cannot be split: ask for a quantity above 0")
    ways = [other.route for other in alternatives]
    links = {step.link: step for way in ways for step in way.steps if step.link is not None}
    uses = np.array([[link in way.links for link in links] for way in ways])
    known = [step.capacity_t_per_year is not None for step in links.values()]
    capacity = [step.capacity_t_per_year for step in links.values() if step.capacity_t_per_year is not None]
    size = path_sizes(uses, [step.usd_per_t.central for step in links.values()])
    cost = np.array([other.ranked_usd_per_t for other in alternatives])
    theta = 1.0 / ((spread_of_choice().central if spread is None else spread) * float(cost.min()))
    cost = cost + np.array([constant_of(way.countries) for way in ways])
    uses_known = uses[:, known]
    split = logit_split(cost - np.log(size) / theta, [0] * len(ways), [t_per_year], uses_known, capacity, theta=theta)
    if split.status is SplitStatus.FAILED:
        raise NoAnswerError(f"the split did not converge (residual {split.residual:.1e}). {split.status.hint}")
    scarcity = uses_known.astype(np.float64) @ split.shadow_price
    rows: list[tuple[object, ...]] = [
        (number, way.via, flow, flow / t_per_year, price, own, SEPARATOR.join(way.unknown_capacity_on))
        for number, (way, flow, price, own) in enumerate(
            zip(ways, split.flow.tolist(), scarcity.tolist(), size.tolist(), strict=True), start=1
        )
    ]
    unserved = float(split.unserved[0]) if split.status is SplitStatus.EXCEEDED else 0.0
    rows.append((None, "not shipped", unserved, unserved / t_per_year, None, None, None))
    return frame(rows, SPLIT)
