"""A network small enough to price by hand.

                border ab          BBB:Port ----- sea 1,000 km ------+
AAA:Mine -- AAA:Yard --- BBB:Yard --/                                 DDD:Port
  (road 10 km) \\  100 km   (change of gauge, 200 km)                /
                +--- rail 50 km, border ac --- CCC:Port -- sea 3,000 km by the strait
planned: a road AAA:Mine - BBB:Port, 500 km
"""

from __future__ import annotations

import pytest

from sogdia.network import (
    Border,
    CargoValue,
    Chokepoint,
    Effect,
    Emission,
    Formality,
    Handling,
    Link,
    Network,
    Parameter,
    Place,
    Rates,
    State,
    Tariff,
    Upgrade,
    link_id,
)
from sogdia.network.corridors import Corridors, embedded_corridors
from sogdia.network.rates import OPERATIONS
from sogdia.network.records import CARGO_TYPES, MODES, PLACE_KINDS
from sogdia.uncertain import Range

SOURCED = {"source_ids": ("SOGDIA_ASSUMPTION",), "evidence": "assumed", "note": "made up for tests"}


def around(central: float) -> Range:
    """Half of it, itself, twice of it."""
    return Range(central / 2, central, central * 2)


def exactly(figure: float) -> Range:
    return Range(figure, figure, figure)


def place(place_id: str, kind: str, lat: float, lon: float) -> Place:
    country, _, name = place_id.partition(":")
    return Place(place_id, name, country, lat, lon, kind, None, **SOURCED)


def link(
    start: str,
    end: str,
    mode: str,
    km: float,
    hours: float,
    *,
    gauge: int | None = None,
    border: str | None = None,
    capacity: float | None = None,
    status: str = "existing",
    chokepoints: tuple[str, ...] = (),
) -> Link:
    countries = tuple(dict.fromkeys((start[:3], end[:3])))
    return Link(
        link_id(start, end, mode, chokepoints), start, end, mode, km, hours, capacity, gauge, countries, status,
        border, chokepoints, mode, **SOURCED,
    )  # fmt: skip


def effect(kind: str, target: str, attribute: str, value: Range | None = None) -> Effect:
    return Effect(kind, target, attribute, value, **SOURCED)


def network() -> Network:
    return Network(
        places=(
            place("AAA:Mine", "mine", 45, 60),
            place("AAA:Yard", "rail", 45, 60.1),
            place("BBB:Yard", "transhipment", 45, 61),
            place("BBB:Port", "port_ocean", 45, 63),
            place("CCC:Port", "port_ocean", 44, 60),
            place("DDD:Port", "destination", 45, 75),
        ),
        links=(
            link("AAA:Mine", "AAA:Yard", "road", 10, 1),
            link("AAA:Yard", "BBB:Yard", "rail", 100, 5, gauge=1520, border="ab", capacity=2e6),
            link("BBB:Yard", "BBB:Port", "rail", 200, 8, gauge=1435),
            link("BBB:Port", "DDD:Port", "sea", 1000, 50),
            link("AAA:Yard", "CCC:Port", "rail", 50, 2, gauge=1520, border="ac", capacity=1e6),
            link("CCC:Port", "DDD:Port", "sea", 3000, 150, chokepoints=("strait",)),
            link("AAA:Mine", "BBB:Port", "road", 500, 20, border="road_ab", status="planned"),
        ),
        borders=(
            Border("ab", "A-B", "AAA", "BBB", "rail", around(30), around(10), **SOURCED),
            Border("ac", "A-C", "AAA", "CCC", "rail", around(20), around(5), **SOURCED),
            Border("road_ab", "A-B road", "AAA", "BBB", "road", around(40), around(8), **SOURCED),
        ),
    )


def rates() -> Rates:
    tariff = {"rail": 0.05, "road": 0.1, "sea": 0.01, "ferry": 0.08}
    operation = {"load": (10, 2), "unload": (20, 3), "mode_change": (24, 4), "gauge_change": (6, 7)}
    return Rates(
        tariffs=tuple(
            Tariff(m, "other", "any", c, exactly(0), around(tariff[m]), holds_tolls=False, **SOURCED)
            for m in MODES
            for c in CARGO_TYPES
        ),
        handlings=tuple(
            Handling(kind, name, cargo, exactly(operation[name][0]), around(operation[name][1]), **SOURCED)
            for kind in PLACE_KINDS
            for name in OPERATIONS
            for cargo in CARGO_TYPES
        ),
        emissions=tuple(Emission(m, c, exactly(0.02), **SOURCED) for m in MODES for c in CARGO_TYPES),
        cargo_values=(
            CargoValue("tin", "ore", "container_concentrate", exactly(876), **SOURCED),
            CargoValue("tin", "metal", "metal", exactly(20000), **SOURCED),
        ),
        formalities=(Formality("AAA", exactly(9), **SOURCED),),
        chokepoints=(Chokepoint("strait", "The Strait", 44, 68, around(1), **SOURCED),),
        parameters=(
            Parameter("capital_cost_per_year", exactly(0.1), **SOURCED),
            Parameter("freight_demand_2050_over_2015", Range(2, 3, 4), **SOURCED),
        ),
    )


def state(state_id: str, cause: str, effects: tuple[Effect, ...], rate: float | None = 0.1) -> State:
    chance = None if rate is None else exactly(rate)
    return State(state_id, state_id, cause, (), exactly(36.5), chance, effects, **SOURCED)


@pytest.fixture
def small() -> Corridors:
    """The network of this file's docstring, with two states and three upgrades."""
    return Corridors(
        network=network(),
        rates=rates(),
        states=(
            state("b_shut", "b", (effect("country", "BBB", "closed"),)),
            state("strait_shut", "strait", (effect("chokepoint", "strait", "closed"),)),
            state("b_slow", "b", (effect("border", "ab", "border_hours_factor", exactly(3)),), None),
        ),
        upgrades=(
            Upgrade(
                "customs", "Customs", "customs", around(10), exactly(2),
                (
                    effect("border", "ab", "border_hours_factor", Range(0.4, 0.5, 0.6)),
                    effect("border", "ab", "border_cost_factor", exactly(0.9)),
                    effect("country", "AAA", "formalities_factor", exactly(0.9)),
                ),
                **SOURCED,
            ),
            Upgrade(
                "yard", "Yard", "logistics", None, None,
                (effect("place", "AAA:Yard", "handling_cost_factor", exactly(0.5)),), **SOURCED,
            ),
            Upgrade(
                "road", "Road", "new_line", around(100), exactly(3),
                (effect("link", "AAA:Mine--BBB:Port:road", "opened"),), **SOURCED,
            ),
        ),
        sea_paths={"BBB:Port--DDD:Port:sea": ((64.0, 44.0), (70.0, 44.5))},
    )  # fmt: skip


@pytest.fixture(scope="session")
def embedded() -> Corridors:
    """The packaged network."""
    return embedded_corridors()
