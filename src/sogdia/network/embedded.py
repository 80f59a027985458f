"""The packaged tables of the corridors, read as records.

Each function reads its CSV files afresh and returns frozen records; nothing is cached and nothing else is
imported, so opening the network stays cheap. Sea legs are read from a table, never computed here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import TypeVar

from sogdia.codes import countries
from sogdia.errors import Fault, InputError
from sogdia.network.changes import State, Upgrade
from sogdia.network.checks import Rules
from sogdia.network.parse_changes import (
    EFFECT_COLUMNS,
    STATE_COLUMNS,
    UPGRADE_COLUMNS,
    effects_of,
    state_of,
    upgrade_of,
)
from sogdia.network.parse_network import (
    BORDER_COLUMNS,
    BORDER_OPTIONAL,
    LINK_COLUMNS,
    LINK_OPTIONAL,
    PLACE_COLUMNS,
    PLACE_OPTIONAL,
    SEA_LEG_COLUMNS,
    Conversions,
    border_of,
    link_of,
    place_of,
    sea_leg_of,
)
from sogdia.network.parse_rates import (
    CARGO_COLUMNS,
    CHOKEPOINT_COLUMNS,
    EMISSION_COLUMNS,
    FORMALITY_COLUMNS,
    HANDLING_COLUMNS,
    PARAMETER_COLUMNS,
    TARIFF_COLUMNS,
    cargo_value_of,
    chokepoint_of,
    emission_of,
    formality_of,
    handling_of,
    parameter_of,
    tariff_of,
)
from sogdia.network.parse_sea import INLAND_SEA_COLUMNS, SEA_PATH_COLUMNS, inland_sea_of, sea_path_of
from sogdia.network.rates import DEFAULT_FORMALITY_NOTE, Formality, Parameter, Rates
from sogdia.network.records import Network, Place
from sogdia.network.sea import SeaRules
from sogdia.network.tariff_areas import TariffAreas
from sogdia.tabular.evidence import SOURCED
from sogdia.tabular.rows import Row, packaged_rows

Record = TypeVar("Record")

AREA_COLUMNS = ("mode", "place", "group", *SOURCED)
TRADE_COLUMNS = ("from_region", "to_region", "trade", *SOURCED)
DEFAULT_FORMALITIES = "default_export_formalities_usd_per_t"


@cache
def embedded_network() -> Network:
    """Places, land and ferry links, sea legs and borders of the packaged tables, read once."""
    places = embedded_places()
    by_id: dict[str, Place | None] = {place.id: place for place in places}
    conversions = embedded_conversions()
    links = read_table("links.csv", LINK_COLUMNS, lambda row: link_of(row, by_id, conversions), LINK_OPTIONAL)
    legs = read_table("sea_legs.csv", SEA_LEG_COLUMNS, lambda row: sea_leg_of(row, by_id, conversions))
    borders = read_table("borders.csv", BORDER_COLUMNS, border_of, BORDER_OPTIONAL)
    return Network(places=places, links=links + legs, borders=borders)


def embedded_places() -> tuple[Place, ...]:
    """The places alone."""
    return read_table("nodes.csv", PLACE_COLUMNS, place_of, PLACE_OPTIONAL)


def embedded_sea_paths() -> dict[str, tuple[tuple[float, float], ...]]:
    """The drawn course of every sea leg, by link id: (lon, lat) in degrees, simplified for maps."""
    return dict(read_table("sea_paths.csv", SEA_PATH_COLUMNS, sea_path_of))


def embedded_sea_rules() -> SeaRules:
    """What `sea.voyage` needs to know to refuse an impossible voyage."""
    return SeaRules(
        snap_limit_km=embedded_rates().parameter("sea_snap_limit_km").value.central,
        inland_seas=read_table("inland_seas.csv", INLAND_SEA_COLUMNS, inland_sea_of),
    )


def embedded_tariff_areas() -> TariffAreas:
    """Which railway, road area or trade of ships a way belongs to."""
    areas = _rows("tariff_areas.csv", AREA_COLUMNS)
    trades = _rows("sea_trades.csv", TRADE_COLUMNS)
    by_key = {(row.cells["mode"], row.cells["place"]): row.cells["group"] for row in areas}
    return TariffAreas(
        countries={key: group for key, group in by_key.items() if key[0] != "sea"},
        regions={place: group for (mode, place), group in by_key.items() if mode == "sea"},
        trades={(row.cells["from_region"], row.cells["to_region"]): row.cells["trade"] for row in trades},
    )


def embedded_rates() -> Rates:
    """Tariffs, handling, emissions, cargo values, formalities, chokepoints, parameters, detours and speeds.

    Every present country has formalities: the default, assumed and marked as such, where the table has no row.
    """
    parameters = _parameters("parameters.csv")
    return Rates(
        tariffs=read_table("tariffs.csv", TARIFF_COLUMNS, tariff_of),
        areas=embedded_tariff_areas(),
        handlings=read_table("transhipment.csv", HANDLING_COLUMNS, handling_of),
        emissions=read_table("co2.csv", EMISSION_COLUMNS, emission_of),
        cargo_values=read_table("cargo.csv", CARGO_COLUMNS, cargo_value_of),
        formalities=_completed(read_table("formalities.csv", FORMALITY_COLUMNS, formality_of), parameters),
        chokepoints=read_table("chokepoints.csv", CHOKEPOINT_COLUMNS, chokepoint_of),
        parameters=parameters,
        detours=_parameters("detours.csv"),
        speeds=_parameters("speeds.csv"),
    )


def embedded_states() -> tuple[State, ...]:
    """The catalogue of corridor states."""
    heads = [row.cells["id"] for row in _rows("states.csv", STATE_COLUMNS)]
    effects, faults = effects_of(_rows("state_effects.csv", EFFECT_COLUMNS), heads)
    _raise(faults)
    return read_table("states.csv", STATE_COLUMNS, lambda row: state_of(row, effects))


def embedded_upgrades() -> tuple[Upgrade, ...]:
    """The catalogue of upgrades."""
    heads = [row.cells["id"] for row in _rows("upgrades.csv", UPGRADE_COLUMNS)]
    effects, faults = effects_of(_rows("upgrade_effects.csv", EFFECT_COLUMNS), heads)
    _raise(faults)
    return read_table("upgrades.csv", UPGRADE_COLUMNS, lambda row: upgrade_of(row, effects))


def embedded_conversions() -> Conversions:
    """Detour factors and running speeds by class."""
    return Conversions(
        detour_factor={row.name: row.value for row in _parameters("detours.csv")},
        speed_km_per_h={row.name: row.value for row in _parameters("speeds.csv")},
    )


def embedded_rules() -> Rules:
    """What a sound network may contain, by the packaged tables: the rules for a user's additions too."""
    rates = embedded_rates()

    def limit(name: str) -> float:
        return rates.parameter(name).value.central

    return Rules(
        chokepoints=[row.id for row in rates.chokepoints],
        co2_classes=sorted({row.co2_class for row in rates.emissions}),
        shortest=limit("shortest_km_per_great_circle_km"),
        longest_land=limit("longest_land_km_per_great_circle_km"),
        longest_km=limit("longest_link_km"),
        slowest_km_per_h=limit("slowest_freight_km_per_h"),
        fastest_km_per_h=limit("fastest_freight_km_per_h"),
        least_t_per_year=limit("least_capacity_t_per_year"),
        most_t_per_year=limit("most_capacity_t_per_year"),
        longest_border_hours=limit("longest_border_hours"),
    )


def read_table(
    file: str,
    columns: Sequence[str],
    of: Callable[[Row], tuple[Record | None, list[Fault]]],
    optional: Sequence[str] = (),
) -> tuple[Record, ...]:
    """All records of one packaged table; `InputError` with every fault if the file was damaged."""
    parsed = [of(row) for row in _rows(file, columns, optional)]
    _raise([fault for _, faults in parsed for fault in faults])
    return tuple(record for record, _ in parsed if record is not None)


def _completed(known: Sequence[Formality], parameters: Sequence[Parameter]) -> tuple[Formality, ...]:
    """The rows, and the default for every present country without one."""
    default = next(row for row in parameters if row.name == DEFAULT_FORMALITIES)
    surveyed = {row.country for row in known}
    rest = (code for code, country in countries().items() if country.status == "current" and code not in surveyed)
    return (
        *known,
        *(
            Formality(code, default.value, default.source_ids, default.evidence, DEFAULT_FORMALITY_NOTE)
            for code in rest
        ),
    )


def _parameters(file: str) -> tuple[Parameter, ...]:
    return read_table(file, PARAMETER_COLUMNS, parameter_of)


def _rows(file: str, columns: Sequence[str], optional: Sequence[str] = ()) -> tuple[Row, ...]:
    return packaged_rows(files(__package__).joinpath("tables", file), columns, optional)


def _raise(faults: Sequence[Fault]) -> None:
    if faults:
        raise InputError(faults)
