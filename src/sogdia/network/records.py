"""The records of the corridor network: places, two-way links between them, and the borders that links cross.

A `Network` holds labelled facts only: what a tonne pays on a link is in `rates`, what may happen to it in
`changes`, and the plain arrays for a path search come from `arrays.to_arrays`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, get_args

from sogdia.errors import Fault, unknown
from sogdia.tabular.evidence import Evidence
from sogdia.uncertain import Range

Result = TypeVar("Result")

PlaceKind = Literal["mine", "plant", "rail", "border", "transhipment", "port_caspian", "port_ocean", "destination"]
Mode = Literal["rail", "road", "sea", "ferry"]
Status = Literal["existing", "planned"]
CargoType = Literal["bulk_ore", "container_concentrate", "metal"]

PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
MODES: tuple[Mode, ...] = get_args(Mode)
STATUSES: tuple[Status, ...] = get_args(Status)
CARGO_TYPES: tuple[CargoType, ...] = get_args(CargoType)

SEA_PORT_KINDS: frozenset[PlaceKind] = frozenset({"port_ocean", "destination"})
FERRY_PORT_KINDS: frozenset[PlaceKind] = frozenset({"port_caspian", "port_ocean", "destination"})
LAND_MODES: frozenset[Mode] = frozenset({"rail", "road"})

GAUGES_MM: dict[int, str] = {
    1435: "standard",
    1520: "Russian",
    1524: "Finnish",
    1600: "Irish",
    1668: "Iberian",
    1676: "Indian",
    1067: "Cape",
    1000: "metre",
    914: "three foot",
    762: "two and a half foot",
    750: "750 mm",
    610: "two foot",
    600: "600 mm",
}
"""Track gauges that freight runs on, with their names."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point where links meet.

    id: country and name, `KAZ:Khromtau`; country: ISO 3166 alpha-3; lat, lon: degrees, to about 10 km (mines and
    plants to 10-30 km); chokepoint: the strait or sea that every ship calling here must pass, None where there is none.
    """

    id: str
    name: str
    country: str
    lat: float
    lon: float
    kind: PlaceKind
    chokepoint: str | None
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class Link:
    """A connection usable in both directions.

    start, end: place ids; km: length along the line; hours: running time without handling, border or waiting;
    capacity_t_per_year: None is unknown, not unlimited; gauge_mm: of the track, None off the rails;
    countries: every country whose soil or port it needs; border: id of the crossing on it, if any;
    chokepoints: straits and canals it passes; co2_class: the row set of `rates.Emission` that applies;
    detour_class, speed_class: the rows of `rates.Rates` that km and hours were derived by, None where they were stated.
    """

    id: str
    start: str
    end: str
    mode: Mode
    km: float
    hours: float
    capacity_t_per_year: float | None
    gauge_mm: int | None
    countries: tuple[str, ...]
    status: Status
    border: str | None
    chokepoints: tuple[str, ...]
    co2_class: str
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str
    detour_class: str | None = None
    speed_class: str | None = None


@dataclass(frozen=True, slots=True)
class Border:
    """A crossing, or the customs and waiting at a ferry port: time and fees of one passage, either way.

    hours: waiting, loading, formalities and, at a change of gauge, that too, from country_a to country_b; usd_per_t:
    fees per tonne, likewise; hours_back: from country_b to country_a, None for as many as the other way.
    """

    id: str
    name: str
    country_a: str
    country_b: str
    mode: Mode
    hours: Range
    usd_per_t: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str
    hours_back: Range | None = None

    def hours_from(self, country: str) -> Range:
        """Hours of a passage that begins in this country."""
        return self.hours_back if self.hours_back is not None and country == self.country_b else self.hours


@dataclass(frozen=True, slots=True)
class Network:
    """Places, links and borders; the order is the order of the arrays that `arrays.to_arrays` makes.

    repaired: what was put right while a user's tables were read. positions: of the links by kind of target and by name,
    kept by `changes.positions_of`, which is asked thousands of times; kept: what else was worked out, see `once_for`.
    """

    places: tuple[Place, ...]
    links: tuple[Link, ...]
    borders: tuple[Border, ...]
    repaired: tuple[Fault, ...] = field(default=(), compare=False, repr=False)
    positions: dict[str, dict[str, tuple[int, ...]]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    kept: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def place(self, place_id: str) -> Place:
        """The place of this id; `UnknownNameError` with the nearest ids otherwise."""
        for place in self.places:
            if place.id == place_id:
                return place
        raise unknown("place", place_id, (place.id for place in self.places))

    def link(self, link_id: str) -> Link:
        """The link of this id; `UnknownNameError` with the nearest ids otherwise."""
        for link in self.links:
            if link.id == link_id:
                return link
        raise unknown("link", link_id, (link.id for link in self.links))

    def border(self, border_id: str) -> Border:
        """The border of this id; `UnknownNameError` with the nearest ids otherwise."""
        for border in self.borders:
            if border.id == border_id:
                return border
        raise unknown("border", border_id, (border.id for border in self.borders))


def once_for(network: Network, key: Hashable, work: Callable[[], Result]) -> Result:
    """What `work` gives for this network, worked out when first asked for and kept with it."""
    if key not in network.kept:
        network.kept[key] = work()
    result: Result = network.kept[key]
    return result


def link_id(start: str, end: str, mode: str, chokepoints: tuple[str, ...] = ()) -> str:
    """The id of a link; sea legs between the same ports differ by the chokepoints they pass.

    >>> link_id("KAZ:Dostyk", "CHN:Alashankou", "rail")
    'KAZ:Dostyk--CHN:Alashankou:rail'
    >>> link_id("GEO:Poti", "JPN:Yokohama", "sea", ("suez", "malacca"))
    'GEO:Poti--JPN:Yokohama:sea:malacca+suez'
    """
    via = f":{'+'.join(sorted(chokepoints))}" if mode == "sea" and chokepoints else ""
    return f"{start}--{end}:{mode}{via}"
