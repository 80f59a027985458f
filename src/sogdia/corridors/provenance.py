"""The rows of the packaged or user's tables that the figures of some routes rest on.

Links, borders, tariffs, handling, emissions, tolls, formalities, cargo value, the cost of capital, the detour factors
and speeds that lengths and hours were derived by, the states that the risk of closure comes from, and the upgrades that
were taken as built.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sogdia.answer import SEPARATOR, each_once
from sogdia.corridors.alternatives import Alternative
from sogdia.corridors.cost import CAPITAL_COST, tariff_between
from sogdia.corridors.measure import RouteStep
from sogdia.network import CargoValue, Corridors, Link, Sourced, State, Tariff, Upgrade
from sogdia.network.rates import OPERATIONS

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class UsedRow:
    """A row of a table that an answer rests on. key: the columns that tell it from the other rows of its table."""

    table: str
    key: str
    source_ids: tuple[str, ...]
    evidence: str
    note: str


def used_rows(
    corridors: Corridors,
    alternatives: Sequence[Alternative],
    cargo: CargoValue,
    origin: str,
    upgrades: Iterable[str] = (),
) -> tuple[UsedRow, ...]:
    """Every row that the figures of these alternatives rest on, once."""
    network, rates = corridors.network, corridors.rates
    steps = [step for other in alternatives for step in other.route.steps]
    places = {place.id: place for place in network.places}
    by_id = {link.id: link for link in network.links}
    links = [by_id[name] for name in dict.fromkeys(step.link for step in steps if step.link is not None)]
    borders = [network.border(name) for name in dict.fromkeys(step.border for step in steps if step.border)]
    straits = dict.fromkeys(name for link in links for name in link.chokepoints)
    home = network.place(origin).country
    handled = dict.fromkeys((places[s.start].kind, s.doing) for s in steps if s.doing in OPERATIONS)
    built = [corridors.upgrade(name) for name in upgrades]
    records: list[tuple[str, str, Sourced]] = [
        *(("links", link.id, link) for link in links),
        *(("borders", border.id, border) for border in borders),
        *(
            ("tariffs", f"{row.mode}/{row.group}/{row.direction}/{cargo.cargo}", row)
            for row in _tariffs(corridors, steps, cargo)
        ),
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
        *(("upgrades", upgrade.id, upgrade) for upgrade in built),
    ]
    return tuple(UsedRow(table, key, ids_of(row), row.evidence, row.note) for table, key, row in records)


def _tariffs(corridors: Corridors, steps: Iterable[RouteStep], cargo: CargoValue) -> list[Tariff]:
    """The tariffs that the links of some steps are charged by, each once."""
    place = corridors.network.place
    ways = dict.fromkeys((step.doing, step.start, step.end) for step in steps if step.link is not None)
    rows = [tariff_between(corridors.rates, cargo, mode, place(start), place(end)) for mode, start, end in ways]
    return list({(row.mode, row.group, row.direction): row for row in rows}.values())


def ids_of(record: Sourced) -> tuple[str, ...]:
    """The sources of a record; those of a state or an upgrade are its own and those of its effects."""
    if isinstance(record, State | Upgrade):
        return each_once(record.source_ids, *(effect.source_ids for effect in record.effects))
    return record.source_ids


def sources_of(rows: Iterable[UsedRow], tables: Collection[str] | None = None) -> tuple[str, ...]:
    """The ids of the sources of some rows, each once. tables: of rows of these tables only."""
    return each_once(*(row.source_ids for row in rows if tables is None or row.table in tables))


def evidence_table(rows: Iterable[UsedRow]) -> pl.DataFrame:
    """One row per row used: table, key, source_id, source, evidence (seen, derived, assumed) and note."""
    from sogdia.corridors.tables import EVIDENCE, frame
    from sogdia.data.provenance import references

    cells = [
        (row.table, row.key, SEPARATOR.join(row.source_ids), references(row.source_ids), row.evidence, row.note)
        for row in rows
    ]
    return frame(cells, EVIDENCE)


def _once(links: Sequence[Link], attribute: str) -> list[str]:
    """The values of an attribute, each once, in the order of the links; None is left out."""
    values = (getattr(link, attribute) for link in links)
    return list(dict.fromkeys(value for value in values if value is not None))
