"""One route among the alternatives of a shipment, and how it compares with the others."""

from __future__ import annotations

from dataclasses import dataclass

from sogdia.corridors.measure import Route


@dataclass(frozen=True, slots=True)
class Alternative:
    """A route among the others.

    shut_share: share of days on which some known state shuts it; best_without: the closures that make it the
    cheapest, None for a route that is here for its speed or low risk; non_dominated: no other route is at
    most as dear, as slow and as often shut, and better in one of them (None where the search for others hit its
    bound); independent: it belongs to the largest set of routes that share no transit country and no strait at risk.
    """

    route: Route
    shut_share: float
    best_without: tuple[str, ...] | None
    non_dominated: bool | None
    independent: bool
