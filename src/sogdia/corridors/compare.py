"""The best route between one pair of places under each of many sets of effects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sogdia.corridors.conditions import conditions
from sogdia.corridors.cost import Charges, Priced, charges
from sogdia.corridors.measure import Route, measure
from sogdia.corridors.platforms import platforms
from sogdia.corridors.relevant import met, relevant
from sogdia.corridors.standing import Today, today_for
from sogdia.errors import NoAnswerError
from sogdia.network import CargoValue, Corridors, Effect
from sogdia.routing import Path, shortest_path


@dataclass(frozen=True, slots=True)
class Pair:
    """One origin, destination and cargo on a network whose charges are worked out once. corridors: the part that
    can be used; now: what holds today; measured: routes by all that their measures depend on.
    """

    corridors: Corridors
    charges: Charges
    origin: str
    destination: str
    now: Today
    measured: dict[tuple[object, ...], Route] = field(default_factory=dict, init=False, compare=False, repr=False)

    def best(self, effects: Iterable[Effect] = ()) -> Route | None:
        """The route of least generalised cost that can be used today under these effects, None if there is none."""
        network = self.corridors.network
        home = network.place(self.origin).country
        priced, split = (
            self.charges.under(conditions(network, (*self.now.effects, *met(effects, self.corridors)))),
            self.charges.platforms,
        )
        position = {place.id: index for index, place in enumerate(network.places)}
        ends = split.entry(position[self.origin]), split.exit(position[self.destination])
        path = shortest_path(split.graph, priced.weight(home), *ends)
        if not path.found:
            return None
        key = _all_that_counts(priced, path, home)
        if key not in self.measured:
            self.measured[key] = measure(priced, path, home)
        return self.measured[key]

    def today(self) -> Route:
        """The best route without any effect; `NoAnswerError` if there is none."""
        best = self.best()
        if best is None:
            shut = ", ".join(state.id for state in self.now.shut)
            raise NoAnswerError(
                f"no route from {self.origin} to {self.destination}: no links join them that are open today"
                + (f" (shut to the buyer: {shut})" if shut else "")
            )
        return best


def _all_that_counts(priced: Priced, path: Path, home: str) -> tuple[object, ...]:
    """What the measures of a path depend on: two sets of effects that give the same leave the same route."""
    arcs, now = list(path.arcs), priced.conditions
    links = priced.platforms.arc_link[arcs]
    figures = (priced.money[:, :, arcs], priced.hours[:, :, arcs], now.capacity_t_per_year[links[links >= 0]])
    return (path.arcs, now.of_origin(home).tobytes(), *(each.tobytes() for each in figures))


def pair(corridors: Corridors, origin: str, destination: str, cargo: CargoValue) -> Pair:
    """Check the names of a pair and prepare it."""
    network = corridors.network
    corridors.rates.formality(network.place(origin).country)
    near = relevant(corridors, destination, (network.place(origin).country,))
    if origin == destination:
        raise NoAnswerError(f"origin and destination are both {origin}: nothing has to be carried")
    now = today_for(near, origin, destination, cargo.mineral)
    network = near.network
    return Pair(near, charges(network, corridors.rates, cargo, platforms(network)), origin, destination, now)
