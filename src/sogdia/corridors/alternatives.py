"""One route among the alternatives of a shipment, how it compares with the others, and what cannot be used today."""

from __future__ import annotations

from dataclasses import dataclass

from sogdia.corridors.measure import Route
from sogdia.uncertain import Range


@dataclass(frozen=True, slots=True)
class Alternative:
    """A route among the others.

    closure: chance that it is closed within twelve months, None where no state is known to close it; status_now: open,
    limited or `standing.NO_STATE`; status_reasons: the states that limit it; buffer_days: of stock against what comes
    late, buffer_usd_per_t: what holding it costs; difference: of the cost with this stock to that of the best, over
    draws of the rates that both share; probability_cheapest: share of the draws in which it is the cheapest of those
    shown; best_without: the closures that make it the cheapest, None for a route that is here for its speed or low
    risk; non_dominated: no other route is at most as dear, as slow and as likely to close, and better in one of them
    (None where the search for others hit its bound); independent: it belongs to the largest set of routes that share no
    transit country and no strait at risk.
    """

    route: Route
    closure: Range | None
    status_now: str
    status_reasons: tuple[str, ...]
    buffer_days: float
    buffer_usd_per_t: float
    difference: Range
    probability_cheapest: float
    best_without: tuple[str, ...] | None
    non_dominated: bool | None
    independent: bool

    @property
    def ranked_usd_per_t(self) -> float:
        """Generalised cost with the stock that covers what comes late: what the alternatives are ranked by."""
        return self.route.cost_usd_per_t.central + self.buffer_usd_per_t

    @property
    def level(self) -> bool:
        """Whether the difference to the best lies within its own range."""
        return self.difference.low <= 0.0 <= self.difference.high


@dataclass(frozen=True, slots=True)
class NotUsable:
    """A route that would be cheaper and cannot be used today. states: those that close it; reason: in words; saves:
    USD per tonne less than the best that can be used, None where nothing can be.
    """

    route: Route
    states: tuple[str, ...]
    reason: str
    saves_usd_per_t: float | None
