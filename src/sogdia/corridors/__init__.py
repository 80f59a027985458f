"""How does it get out? Routes from mines to ports, what they cost and share, and what closures and upgrades
change.

`network` holds the places, links and rates as data; the rest computes on them. Start with
`embedded_corridors` and `route`.
"""

from sogdia.corridors.access import Access, main_port, partner_access
from sogdia.corridors.alternatives import Alternative
from sogdia.corridors.cost import cargo_of
from sogdia.corridors.growth import embedded_loads, saturation_table
from sogdia.corridors.lanes import Growth, lanes, origins_of, single_cases
from sogdia.corridors.routes import Routes, route
from sogdia.corridors.states import causes, state_table
from sogdia.corridors.upgrades import upgrade_table
from sogdia.network.corridors import Corridors, embedded_corridors, on_network
from sogdia.network.shipments import embedded_shipments

__all__ = [
    "Access",
    "Alternative",
    "Corridors",
    "Growth",
    "Routes",
    "cargo_of",
    "causes",
    "embedded_corridors",
    "embedded_loads",
    "embedded_shipments",
    "lanes",
    "main_port",
    "on_network",
    "origins_of",
    "partner_access",
    "route",
    "saturation_table",
    "single_cases",
    "state_table",
    "upgrade_table",
]
