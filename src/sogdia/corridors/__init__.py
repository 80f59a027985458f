"""Routes from mines to ports: what they cost and share, and what closures and upgrades change.

`sogdia.network` holds the places, links and rates as data; this room computes on them. Start with
`sogdia.network.embedded_corridors` and `route`.
"""

from sogdia.corridors.access import Access, partner_access
from sogdia.corridors.alternatives import Alternative
from sogdia.corridors.cost import cargo_of
from sogdia.corridors.deliveries import deliveries, main_port
from sogdia.corridors.growth import embedded_loads, saturation_table
from sogdia.corridors.lanes import Growth, lanes, origins_of, single_cases
from sogdia.corridors.request import route_between
from sogdia.corridors.routes import Routes
from sogdia.corridors.search import route
from sogdia.corridors.states import causes, state_table
from sogdia.corridors.upgrades import upgrade_table

__all__ = [
    "Access",
    "Alternative",
    "Growth",
    "Routes",
    "cargo_of",
    "causes",
    "deliveries",
    "embedded_loads",
    "lanes",
    "main_port",
    "origins_of",
    "partner_access",
    "route",
    "route_between",
    "saturation_table",
    "single_cases",
    "state_table",
    "upgrade_table",
]
