"""Who ships by which route? A yearly quantity split over the alternatives, by logit, under the capacity of
links.

    share[r] = exp(-theta C[r]) / sum exp(-theta C),    theta = 1 / (spread * cost of the cheapest route)

C is generalised cost plus the scarcity price of every full link on the way. Links of unknown capacity do not
bind. Capacity is what other freight leaves free if the routes were asked for under such conditions, else all
of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sogdia.corridors.network import Range
from sogdia.corridors.own_tables import packaged_parameters
from sogdia.errors import NoAnswerError
from sogdia.routing import SplitStatus, logit_split

if TYPE_CHECKING:
    import polars as pl

    from sogdia.corridors.routes import Routes

CHOICE_FILE = "choice.csv"


def spread_of_choice() -> Range:
    """How far perceived cost scatters, as a share of the cheapest route's cost."""
    (row,) = packaged_parameters(CHOICE_FILE)
    return row.value


def split_table(routes: Routes, t_per_year: float, spread: float | None = None) -> pl.DataFrame:
    """One row per alternative: tonnes a year, share, scarcity price in USD per tonne, and one row `not
    shipped`.

    t_per_year: to be shipped, above 0; spread: see `spread_of_choice`, its central figure by default.
    """
    from sogdia.corridors.tables import SPLIT, frame

    if not (t_per_year > 0 and np.isfinite(t_per_year)):
        raise NoAnswerError(f"{t_per_year:g} t a year cannot be split: ask for a quantity above 0")
    ways = [other.route for other in routes.alternatives]
    known = {s.link: s.capacity_t_per_year for way in ways for s in way.steps if s.capacity_t_per_year is not None}
    uses = [[link in {step.link for step in way.steps} for link in known] for way in ways]
    cost = [way.cost_usd_per_t.central for way in ways]
    theta = 1.0 / ((spread_of_choice().central if spread is None else spread) * min(cost))
    split = logit_split(cost, [0] * len(ways), [t_per_year], uses, list(known.values()), theta=theta)
    if split.status is SplitStatus.FAILED:
        raise NoAnswerError(f"the split did not converge (residual {split.residual:.1e}). {split.status.hint}")
    scarcity = np.array(uses, dtype=np.float64).reshape(len(ways), len(known)) @ split.shadow_price
    rows: list[tuple[object, ...]] = [
        (number, way.via, flow, flow / t_per_year, price)
        for number, (way, flow, price) in enumerate(
            zip(ways, split.flow.tolist(), scarcity.tolist(), strict=True), start=1
        )
    ]
    unserved = float(split.unserved[0]) if split.status is SplitStatus.EXCEEDED else 0.0
    rows.append((None, "not shipped", unserved, unserved / t_per_year, None))
    return frame(rows, SPLIT)
