"""The answer to a question for routes: the alternatives, what they share, and the premium of independence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sogdia.answer import Answer, plain_rows
from sogdia.corridors.alternatives import Alternative, NotUsable
from sogdia.corridors.conditions import LEVELS
from sogdia.corridors.deliveries import ports_of
from sogdia.corridors.independence import Closure
from sogdia.corridors.provenance import UsedRow, sources_of, used_rows
from sogdia.corridors.standing import land_neighbours
from sogdia.network import CargoValue, Corridors
from sogdia.network.blocs import TradeWay
from sogdia.routing import PathStatus

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Routes(Answer):
    """Alternatives that can be used today, ranked by generalised cost with the stock against what comes late, and what
    single closures would do. cheaper_not_usable: what would be cheaper and is shut to the buyer.

    independent_corridors: the largest number of routes no two of which share a transit country or a strait at
    risk; hangs_on: everything whose closure alone leaves no route, as (kind, name).
    """

    corridors: Corridors = field(repr=False)
    origin: str
    destination: str
    cargo: CargoValue
    closed: tuple[str, ...]
    upgrades: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    status: PathStatus
    closures: tuple[Closure, ...]
    independent_corridors: int
    hangs_on: tuple[tuple[str, str], ...]
    cheaper_not_usable: tuple[NotUsable, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Product, origin and destination, with what is closed and what is taken as built."""
        text = f"Routes for {self.cargo.mineral} {self.cargo.stage} from {self.origin} to {self.destination}"
        closed = f", closed: {', '.join(self.closed)}" if self.closed else ""
        built = f", taken as built: {', '.join(self.upgrades)}" if self.upgrades else ""
        return f"{text}{closed}{built}"

    @property
    def best(self) -> Alternative:
        """The alternative that ranks first."""
        return self.alternatives[0]

    @property
    def level(self) -> tuple[Alternative, ...]:
        """The others whose difference to the best lies within its own range."""
        return tuple(other for other in self.alternatives[1:] if other.level)

    @property
    def on_record(self) -> tuple[TradeWay, ...]:
        """Statements about the way that this trade is known to take. Those for no importer in particular are about
        transit to the sea: they do not speak of a land neighbour or of a destination inland.
        """
        network = self.corridors.network
        home, goal = (network.place(end).country for end in (self.origin, self.destination))
        overseas = bool(ports_of(network, (goal,))) and not land_neighbours(network, home, goal)
        return tuple(
            way
            for way in self.corridors.trade_ways
            if way.concerns(home, goal, self.cargo.mineral) and (way.importers or overseas)
        )

    @property
    def without_main_country(self) -> Closure | None:
        """What remains when the transit country with most of the way is closed; None where there is no transit."""
        country = {place.id: place.country for place in self.corridors.network.places}
        km: dict[str, float] = {}
        for step in self.best.route.steps:
            if country[step.start] == country[step.end]:
                km[country[step.start]] = km.get(country[step.start], 0.0) + step.km
        transit = [closure for closure in self.closures if closure.kind == "country"]
        return max(transit, key=lambda closure: km.get(closure.name, 0.0), default=None)

    def table(self) -> pl.DataFrame:
        """One row per alternative, variable and stat; importer and country are those of destination and origin."""
        from sogdia.corridors.long_table import long_table

        network = self.corridors.network
        return long_table(
            self.alternatives,
            lambda other: self._used((other,)),
            importer=network.place(self.destination).country,
            country=network.place(self.origin).country,
            mineral=self.cargo.mineral,
            stage=self.cargo.stage,
        )

    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of every row of a table that the figures rest on."""
        return sources_of(self.used())

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values; what is not known is None."""
        from sogdia.data.provenance import citations

        rows = [
            row | {"difference_to_best": {stat: row[f"difference_{stat}_usd_per_t"] for stat in LEVELS}}
            for row in plain_rows(self.alternatives_table())
        ]
        return {
            "origin": self.origin,
            "destination": self.destination,
            "cargo": {"mineral": self.cargo.mineral, "stage": self.cargo.stage, "type": self.cargo.cargo},
            "closed": list(self.closed),
            "upgrades": list(self.upgrades),
            "independent_corridors": self.independent_corridors,
            "hangs_on": [{"kind": kind, "name": name} for kind, name in self.hangs_on],
            "best": rows[0],
            "cheaper_not_usable": plain_rows(self.not_usable()),
            "on_record": [
                {"statement": way.statement, "year": way.year, "sources": list(way.source_ids)}
                for way in self.on_record
            ],
            "if_main_country_closes": _remaining(self.without_main_country),
            "alternatives": rows,
            "breakdown": plain_rows(self.breakdown()),
            "legs": plain_rows(self.legs()),
            "shared": plain_rows(self.shared()),
            "premium": plain_rows(self.premium()),
            "evidence": plain_rows(self.evidence()),
            "notes": list(self.notes),
            "sources": citations(self.sources()),
        }

    def alternatives_table(self) -> pl.DataFrame:
        """One row per alternative, one column per figure."""
        from sogdia.corridors.tables import alternatives_table

        return alternatives_table(self.alternatives)

    def not_usable(self) -> pl.DataFrame:
        """One row per route that would be cheaper and is shut to the buyer today: cost, days, states and reason."""
        from sogdia.corridors.tables import not_usable_table

        return not_usable_table(self.cheaper_not_usable)

    def breakdown(self) -> pl.DataFrame:
        """One row per alternative, component and stat: USD per tonne."""
        from sogdia.corridors.tables import breakdown_table

        return breakdown_table(self.alternatives)

    def legs(self) -> pl.DataFrame:
        """One row per alternative and step of the way."""
        from sogdia.corridors.tables import legs_table

        return legs_table(self.alternatives)

    def shared(self) -> pl.DataFrame:
        """One row per pair of alternatives: what they have in common."""
        from sogdia.corridors.tables import shared_table

        return shared_table(self.alternatives, (self.origin, self.destination))

    def premium(self) -> pl.DataFrame:
        """One row per country, strait, border or port of the best route: what its closure would cost."""
        from sogdia.corridors.tables import premium_table

        return premium_table(self.best, self.closures)

    def split(self, t_per_year: float, spread: float | None = None) -> pl.DataFrame:
        """One row per alternative: how a yearly quantity divides over them under capacity; see `split`."""
        from sogdia.corridors.split import split_table

        return split_table(self.alternatives, t_per_year, spread)

    def evidence(self) -> pl.DataFrame:
        """One row per row of a table used: its table, key, sources, evidence and note."""
        from sogdia.corridors.provenance import evidence_table

        return evidence_table(self.used())

    def used(self) -> tuple[UsedRow, ...]:
        """The rows of the tables that the figures rest on."""
        return self._used(self.alternatives)

    def geojson(self) -> dict[str, object]:
        """The alternatives as a GeoJSON feature collection."""
        from sogdia.corridors.geojson import routes_geojson

        return routes_geojson(self.corridors, self.alternatives)

    def _used(self, alternatives: tuple[Alternative, ...]) -> tuple[UsedRow, ...]:
        return used_rows(self.corridors, alternatives, self.cargo, self.origin, self.upgrades)


def _remaining(closure: Closure | None) -> dict[str, Any] | None:
    """The best way left when a country is closed, as plain values."""
    if closure is None:
        return None
    best = closure.best
    return {
        "country": closure.name,
        "via": None if best is None else best.via,
        "cost_usd_per_t": None if best is None else best.cost_usd_per_t.central,
        "days": None if best is None else best.days.central,
    }
