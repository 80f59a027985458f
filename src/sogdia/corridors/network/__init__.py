"""The corridor network as data: places, links, borders, rates, states and upgrades, and a user's additions."""

from .additions import add_links, read_network
from .arrays import NetworkArrays, to_arrays
from .changes import Effect, State, Upgrade, links_touched
from .checks import Rules, components, network_faults
from .embedded import (
    embedded_network,
    embedded_rates,
    embedded_rules,
    embedded_sea_paths,
    embedded_sea_rules,
    embedded_states,
    embedded_upgrades,
)
from .formalities import read_formalities, with_formalities
from .geojson import read_geojson
from .geometry import great_circle_km
from .handling import operation_between
from .naming import place_named
from .rates import (
    DEFAULT_FORMALITY_NOTE,
    CargoValue,
    Chokepoint,
    Emission,
    Formality,
    Handling,
    Parameter,
    Rates,
    Tariff,
)
from .records import Border, Link, Network, Place, Range, link_id
from .sea import SeaRules, Voyage, voyage, voyages

__all__ = [
    "DEFAULT_FORMALITY_NOTE",
    "Border",
    "CargoValue",
    "Chokepoint",
    "Effect",
    "Emission",
    "Formality",
    "Handling",
    "Link",
    "Network",
    "NetworkArrays",
    "Parameter",
    "Place",
    "Range",
    "Rates",
    "Rules",
    "SeaRules",
    "State",
    "Tariff",
    "Upgrade",
    "Voyage",
    "add_links",
    "components",
    "embedded_network",
    "embedded_rates",
    "embedded_rules",
    "embedded_sea_paths",
    "embedded_sea_rules",
    "embedded_states",
    "embedded_upgrades",
    "great_circle_km",
    "link_id",
    "links_touched",
    "network_faults",
    "operation_between",
    "place_named",
    "read_formalities",
    "read_geojson",
    "read_network",
    "to_arrays",
    "voyage",
    "voyages",
    "with_formalities",
]
