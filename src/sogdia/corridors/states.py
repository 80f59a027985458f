"""What each corridor state, a closure or a slowing, would do to the best route between two places.

States of one cause come together: a dispute that shuts transit through China also cuts China's supply, which
`supply_countries` names for the market. Whoever draws years of states draws causes, not states.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sogdia.corridors.compare import Pair, pair
from sogdia.corridors.cost import cargo_of
from sogdia.network import Corridors, State

if TYPE_CHECKING:
    import polars as pl


def causes(states: Iterable[State]) -> dict[str, tuple[State, ...]]:
    """The states of each common cause, in the order of the catalogue."""
    by_cause: dict[str, tuple[State, ...]] = {}
    for state in states:
        by_cause[state.common_cause] = (*by_cause.get(state.common_cause, ()), state)
    return by_cause


def state_table(
    corridors: Corridors, origin: str, destination: str, mineral: str, *, stage: str | None = None
) -> pl.DataFrame:
    """One row per state: what the best route becomes, against today's, and how often and long the state
    holds.

    Figures are null where a state leaves no route (status `no route`) and where a rate is unknown. A state that is
    shut to the buyer today changes nothing: today's route is without it. holds_now: for this buyer.
    """
    return changes_of(pair(corridors, origin, destination, cargo_of(corridors.rates, mineral, stage)), corridors)


def changes_of(asked: Pair, corridors: Corridors) -> pl.DataFrame:
    """`state_table` of a pair that is prepared already. corridors: the whole of them."""
    from sogdia.corridors.tables import SEPARATOR, STATES, frame, premium_cells

    today = asked.today()
    bloc = corridors.bloc(corridors.network.place(asked.destination).country)
    rows = []
    for state in corridors.states:
        rate = state.events_per_year
        rows.append((
            state.id, state.name, state.common_cause, SEPARATOR.join(state.supply_countries),
            None if rate is None else rate.central, state.standing(bloc), state.since, state.duration_days.central,
            *premium_cells(today, asked.best(state.effects)),
        ))  # fmt: skip
    return frame(rows, STATES)
