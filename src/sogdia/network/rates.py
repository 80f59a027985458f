"""Rates of cost, time and emission by mode, cargo and kind of place, with range and source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from sogdia.errors import Fault, unknown
from sogdia.network.records import CargoType, Mode, PlaceKind
from sogdia.network.tariff_areas import TariffAreas
from sogdia.tabular.evidence import Evidence
from sogdia.uncertain import Range

Direction = Literal["any", "eastbound", "westbound"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
ANY: Direction = "any"
OTHER = "other"
"""The group of whoever has no tariff of his own."""
Operation = str
"""load | unload | mode_change | gauge_change, see `handling.operation_between`."""

OPERATIONS: tuple[Operation, ...] = ("load", "unload", "mode_change", "gauge_change")


@dataclass(frozen=True, slots=True)
class Tariff:
    """Freight of one carriage: fixed_usd_per_t + km * usd_per_tkm, border fees and handling not included.

    group: a railway, a road area or a trade of ships, see `tariff_areas`; direction: eastbound, westbound or any;
    holds_tolls: dues of canals and straits are in it.
    """

    mode: Mode
    group: str
    direction: Direction
    cargo: CargoType
    fixed_usd_per_t: Range
    usd_per_tkm: Range
    holds_tolls: bool
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class Handling:
    """One operation on cargo at one kind of place: hours of dwell, USD per tonne."""

    place_kind: PlaceKind
    operation: Operation
    cargo: CargoType
    hours: Range
    usd_per_t: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class Emission:
    """Well-to-wheel kg CO2e per tonne-km."""

    co2_class: str
    cargo: CargoType
    kg_per_tkm: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class CargoValue:
    """How a product travels and what a tonne of it is worth (USD per t of product, at the gate)."""

    mineral: str
    stage: str
    cargo: CargoType
    usd_per_t: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


DEFAULT_FORMALITY_NOTE = "no row of its own: the default for countries without a survey"


@dataclass(frozen=True, slots=True)
class Formality:
    """Export documents and border compliance in the country of origin, once a shipment, USD per tonne.

    note: `DEFAULT_FORMALITY_NOTE` where the country has no figures of its own.
    """

    country: str
    usd_per_t: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class Chokepoint:
    """A strait, canal or closed sea that many routes share; toll in USD per tonne of cargo."""

    id: str
    name: str
    lat: float
    lon: float
    toll_usd_per_t: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A single figure that belongs to no other table: its name carries its unit."""

    name: str
    value: Range
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class Rates:
    """All rate tables. Every lookup raises `UnknownNameError` rather than return a silent zero.

    areas: which tariff group a link belongs to;
    detours: length of a line over its great circle, by class; speeds: mean running speed [km per h], by class;
    repaired: what was put right while a user's table was read.
    """

    tariffs: tuple[Tariff, ...]
    handlings: tuple[Handling, ...]
    emissions: tuple[Emission, ...]
    cargo_values: tuple[CargoValue, ...]
    formalities: tuple[Formality, ...]
    chokepoints: tuple[Chokepoint, ...]
    parameters: tuple[Parameter, ...]
    areas: TariffAreas = field(default_factory=TariffAreas)
    detours: tuple[Parameter, ...] = ()
    speeds: tuple[Parameter, ...] = ()
    repaired: tuple[Fault, ...] = field(default=(), compare=False, repr=False)

    def tariff(self, mode: str, cargo: str, group: str = OTHER, direction: str = ANY) -> Tariff:
        """The tariff of a group in a direction, else its first, else that of `OTHER`."""
        rows = [row for row in self.tariffs if (row.mode, row.cargo) == (mode, cargo)]
        for of_group in (group, OTHER):
            own = [row for row in rows if row.group == of_group]
            for row in own:
                if row.direction in (direction, ANY):
                    return row
            if own:
                return own[0]
        raise unknown("tariff", f"{mode}/{cargo}", (f"{row.mode}/{row.cargo}" for row in self.tariffs))

    def handling(self, place_kind: str, operation: str, cargo: str) -> Handling:
        for row in self.handlings:
            if (row.place_kind, row.operation, row.cargo) == (place_kind, operation, cargo):
                return row
        raise unknown(
            "handling",
            f"{place_kind}/{operation}/{cargo}",
            (f"{row.place_kind}/{row.operation}/{row.cargo}" for row in self.handlings),
        )

    def emission(self, co2_class: str, cargo: str) -> Emission:
        for row in self.emissions:
            if (row.co2_class, row.cargo) == (co2_class, cargo):
                return row
        raise unknown("CO2 class", f"{co2_class}/{cargo}", (f"{row.co2_class}/{row.cargo}" for row in self.emissions))

    def cargo_value(self, mineral: str, stage: str) -> CargoValue:
        for row in self.cargo_values:
            if (row.mineral, row.stage) == (mineral, stage):
                return row
        valid = (f"{row.mineral}/{row.stage}" for row in self.cargo_values)
        raise unknown("cargo", f"{mineral}/{stage}", valid)

    def formality(self, country: str) -> Formality:
        for row in self.formalities:
            if row.country == country:
                return row
        raise unknown("country of export formalities", country, (row.country for row in self.formalities))

    def chokepoint(self, chokepoint_id: str) -> Chokepoint:
        for row in self.chokepoints:
            if row.id == chokepoint_id:
                return row
        raise unknown("chokepoint", chokepoint_id, (row.id for row in self.chokepoints))

    def parameter(self, name: str) -> Parameter:
        for row in self.parameters:
            if row.name == name:
                return row
        raise unknown("parameter", name, (row.name for row in self.parameters))

    def detour(self, detour_class: str) -> Parameter:
        for row in self.detours:
            if row.name == detour_class:
                return row
        raise unknown("detour class", detour_class, (row.name for row in self.detours))

    def speed(self, speed_class: str) -> Parameter:
        for row in self.speeds:
            if row.name == speed_class:
                return row
        raise unknown("speed class", speed_class, (row.name for row in self.speeds))
