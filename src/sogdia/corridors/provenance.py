"""Where do the figures of these routes come from? Every row of every table that they used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from sogdia.corridors.alternatives import Alternative
from sogdia.corridors.cost import CAPITAL_COST
from sogdia.network import CargoValue, Link
from sogdia.network.corridors import Corridors
from sogdia.network.rates import OPERATIONS

if TYPE_CHECKING:
    import polars as pl


class Sourced(Protocol):
    """Any row that says where it comes from."""

    @property
    def source(self) -> str: ...
    @property
    def evidence(self) -> str: ...
    @property
    def note(self) -> str: ...


def sources_table(
    corridors: Corridors, alternatives: Sequence[Alternative], cargo: CargoValue, origin: str
) -> pl.DataFrame:
    """One row per figure used: table, key, source, evidence (seen, derived, assumed), note.

    Links, borders, tariffs, handling, emissions, tolls, formalities, cargo value, the cost of capital, the detour
    factors and speeds that lengths and hours were derived by, and the states that the risk of closure comes from.
    """
    from sogdia.corridors.tables import SOURCES, frame

    network, rates = corridors.network, corridors.rates
    steps = [step for other in alternatives for step in other.route.steps]
    links = [network.link(name) for name in dict.fromkeys(step.link for step in steps if step.link is not None)]
    borders = [network.border(name) for name in dict.fromkeys(step.border for step in steps if step.border)]
    straits = dict.fromkeys(name for link in links for name in link.chokepoints)
    home = network.place(origin).country
    handled = dict.fromkeys((network.place(s.start).kind, s.doing) for s in steps if s.doing in OPERATIONS)
    used: list[tuple[str, str, Sourced]] = [
        *(("links", link.id, link) for link in links),
        *(("borders", border.id, border) for border in borders),
        *(("tariffs", f"{mode}/{cargo.cargo}", rates.tariff(mode, cargo.cargo)) for mode in _once(links, "mode")),
        *(
            ("transhipment", f"{kind}/{operation}/{cargo.cargo}", rates.handling(kind, operation, cargo.cargo))
            for kind, operation in handled
        ),
        *(("co2", f"{name}/{cargo.cargo}", rates.emission(name, cargo.cargo)) for name in _once(links, "co2_class")),
        *(("chokepoints", name, rates.chokepoint(name)) for name in straits),
        ("formalities", home, rates.formality(home)),
        ("cargo", f"{cargo.mineral}/{cargo.stage}", cargo),
        ("parameters", CAPITAL_COST, rates.parameter(CAPITAL_COST)),
        *(("detours", name, rates.detour(name)) for name in _once(links, "detour_class")),
        *(("speeds", name, rates.speed(name)) for name in _once(links, "speed_class")),
        *(("states", state.id, state) for state in corridors.states),
    ]
    rows = [(table, key, row.source, row.evidence, row.note) for table, key, row in used]
    return frame(rows, SOURCES)


def _once(links: Sequence[Link], attribute: str) -> list[str]:
    """The values of an attribute, each once, in the order of the links; None is left out."""
    values = (getattr(link, attribute) for link in links)
    return list(dict.fromkeys(value for value in values if value is not None))
