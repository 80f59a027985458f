"""The corridor network as data: places, links, borders, rates, states and upgrades, and a user's additions."""

from sogdia.network.additions import add_links, read_network
from sogdia.network.arrays import NetworkArrays, to_arrays
from sogdia.network.assembly import NetworkFiles, assembled
from sogdia.network.changes import Effect, State, Upgrade, links_touched
from sogdia.network.checks import Rules, components, network_faults
from sogdia.network.corridors import Corridors, closure_named, embedded_corridors, on_network
from sogdia.network.embedded import (
    embedded_network,
    embedded_rates,
    embedded_rules,
    embedded_sea_paths,
    embedded_sea_rules,
    embedded_states,
    embedded_upgrades,
)
from sogdia.network.formalities import read_formalities, with_formalities
from sogdia.network.geojson import read_geojson
from sogdia.network.geometry import great_circle_km
from sogdia.network.handling import operation_between
from sogdia.network.naming import listed, place_named
from sogdia.network.provenance import Sourced
from sogdia.network.rates import (
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
from sogdia.network.records import Border, Link, Network, Place, link_id
from sogdia.network.sea import SeaRules, Voyage, voyage, voyages
from sogdia.network.shipments import Shipment, embedded_shipments

__all__ = [
    "DEFAULT_FORMALITY_NOTE",
    "Border",
    "CargoValue",
    "Chokepoint",
    "Corridors",
    "Effect",
    "Emission",
    "Formality",
    "Handling",
    "Link",
    "Network",
    "NetworkArrays",
    "NetworkFiles",
    "Parameter",
    "Place",
    "Rates",
    "Rules",
    "SeaRules",
    "Shipment",
    "Sourced",
    "State",
    "Tariff",
    "Upgrade",
    "Voyage",
    "add_links",
    "assembled",
    "closure_named",
    "components",
    "embedded_corridors",
    "embedded_network",
    "embedded_rates",
    "embedded_rules",
    "embedded_sea_paths",
    "embedded_sea_rules",
    "embedded_shipments",
    "embedded_states",
    "embedded_upgrades",
    "great_circle_km",
    "link_id",
    "links_touched",
    "listed",
    "network_faults",
    "on_network",
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
