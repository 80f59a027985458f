"""The effect of each upgrade on these shipments: one row per upgrade, on the cheapest ways of today and on others.

A gain on a way that is taken only while cheaper ones are shut makes nobody's transport cheaper today: it lowers the
premium of independence. The two therefore stand in columns of their own and are never ranked against each other.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from sogdia.answer import SEPARATOR
from sogdia.brief.corridor_names import cargo_name, link_name, numbered_names, place_name, short_name
from sogdia.corridors import Access
from sogdia.corridors.access import Way
from sogdia.corridors.upgrades import Capacity, capacities
from sogdia.data.provenance import references
from sogdia.network import Corridors, Network, Upgrade
from sogdia.render.formats import THIN, amount
from sogdia.render.wording import sentence
from sogdia.units import T_PER_MT

CHEAPEST = 1
"""Number of the corridor that is the cheapest today."""
CHANGES = ("change_usd_per_t", "change_days")
ROUNDING = 1e-9
ON_CHEAPEST, ON_OTHERS, ADDS, NOTHING = "cheapest way", "another way", "capacity alone", "none"
SCHEMA = {
    "upgrade": pl.String, "name": pl.String, "acts_on": pl.String,
    "change_usd_per_t": pl.Float64, "change_days": pl.Float64, "shipment": pl.String,
    "other_usd_per_t": pl.Float64, "other_days": pl.Float64, "other_border_hours": pl.Float64, "other_way": pl.String,
    "other_cost_usd_per_t": pl.Float64, "cheapest_usd_per_t": pl.Float64,
    "capacity": pl.String, "remark": pl.String, "cost_musd": pl.Float64, "build_years": pl.Float64,
    "source_id": pl.String, "source": pl.String, "evidence": pl.String, "note": pl.String,
}  # fmt: skip


def shipment_name(way: Way) -> str:
    """The cargo and the place it leaves."""
    return f"{sentence(cargo_name(way.routes.cargo))}, {place_name(way.routes.corridors, way.shipment.place)}"


def upgrade_rows(access: Access) -> pl.DataFrame:
    """Every upgrade of the catalogue once: those that gain on a cheapest way first, then on others, then the rest.

    Of several shipments the one that gains most is shown. Figures are null where the upgrade does not act.
    """
    order = {name: rank for rank, name in enumerate((ON_CHEAPEST, ON_OTHERS, ADDS, NOTHING))}
    frame = pl.DataFrame([_row(access, upgrade) for upgrade in access.corridors.upgrades], schema=SCHEMA)
    rank = pl.col("acts_on").replace_strict(order, return_dtype=pl.Int64)
    return frame.sort(rank, "change_usd_per_t", "other_usd_per_t", nulls_last=True, maintain_order=True)


def _row(access: Access, upgrade: Upgrade) -> dict[str, object]:
    corridors = access.corridors
    acting = [
        (way, row)
        for way in access.ways
        for row in way.upgrades.filter((pl.col("upgrade") == upgrade.id) & pl.col("used")).iter_rows(named=True)
    ]
    felt = [(way, row) for way, row in acting if max(abs(row[name]) for name in CHANGES) > ROUNDING]
    gains = sorted(felt, key=lambda pair: (pair[1]["change_usd_per_t"], pair[1]["change_days"]))
    best = next(((way, row) for way, row in gains if row["corridor"] == CHEAPEST), None)
    other = next(((way, row) for way, row in gains if row["corridor"] != CHEAPEST), None)
    added = capacities(corridors.network, upgrade)
    on = ON_CHEAPEST if best else ON_OTHERS if other else ADDS if added else NOTHING
    cells: dict[str, object] = dict.fromkeys(SCHEMA)
    cells |= {
        "upgrade": upgrade.id,
        "name": upgrade.name,
        "acts_on": on,
        "capacity": capacity_gained(corridors, added),
        "remark": ""
        if best or other
        else f"No effect on cost or time of these mines' ways: {_why(access, upgrade, bool(acting))}.",
        "cost_musd": None if upgrade.cost_musd is None else upgrade.cost_musd.central,
        "build_years": None if upgrade.build_years is None else upgrade.build_years.central,
        "source_id": SEPARATOR.join(upgrade.source_ids),
        "source": references(upgrade.source_ids),
        "evidence": upgrade.evidence,
        "note": upgrade.note,
    }
    if best is not None:
        way, row = best
        cells |= {"change_usd_per_t": row["change_usd_per_t"], "change_days": row["change_days"]}
        cells["shipment"] = shipment_name(way)
    if other is not None:
        way, row = other
        alternative = way.routes.alternatives[row["corridor"] - 1]
        cells |= {
            "other_usd_per_t": row["change_usd_per_t"],
            "other_days": row["change_days"],
            "other_border_hours": row["change_border_hours"],
            "other_way": f"{numbered_names(way.routes)[row['corridor'] - 1]} ({shipment_name(way)})",
            "other_cost_usd_per_t": alternative.route.cost_usd_per_t.central + row["change_usd_per_t"],
            "cheapest_usd_per_t": way.routes.best.route.cost_usd_per_t.central,
        }
    return cells


def capacity_gained(corridors: Corridors, added: Sequence[Capacity]) -> str:
    """Tonnes a year that an upgrade adds, with the links; a factor where nobody knows what is there; "" for none.

    Links that gain alike, as the sections of one line do, are named once.
    """
    by_text: dict[str, list[str]] = {}
    for one in added:
        by_text.setdefault(_gain(one), []).append(one.link)
    return "; ".join(f"{text} ({_line(corridors, links)})" for text, links in by_text.items())


def _gain(one: Capacity) -> str:
    if one.gained is not None:
        return f"+{amount(one.gained / T_PER_MT)}{THIN}Mt a year"
    if one.factor != 1.0:
        return f"x{THIN}{amount(one.factor)}, today's unknown"
    if one.after is None:
        return "new line, capacity unknown"
    return f"then {amount(one.after / T_PER_MT)}{THIN}Mt a year, today's unknown"


def _line(corridors: Corridors, links: Sequence[str]) -> str:
    """One link by its ends, several as from the first to the last."""
    first = link_name(corridors, links[0])
    return first if len(links) == 1 else f"{first} and {len(links) - 1} more"


def _why(access: Access, upgrade: Upgrade, wider: bool) -> str:
    """Why an upgrade changes cost and time of no way that is shown. wider: some of them gain capacity."""
    if wider:
        return "only the capacity of lines that some of them use grows"
    network = access.corridors.network
    routes = [other.route for way in access.ways for other in way.routes.alternatives]
    passed = {end for route in routes for step in route.steps for end in (step.start, step.end)}
    passed |= {name for route in routes for name in (*route.borders, *route.links)}
    targets = list(dict.fromkeys((effect.target_kind, effect.target) for effect in upgrade.effects))
    met = [target for _, target in targets if target in passed]
    if met and all(kind == "place" for kind, _ in targets):
        return f"trains run through {' and '.join(short_name(access.corridors, name) for name in met)} without a stop"
    if any(effect.attribute == "opened" for effect in upgrade.effects):
        return "the new line is no shorter or cheaper for them; it relieves lines whose load is not modelled here"
    return f"none of them passes {_names(network, targets)}"


def _names(network: Network, targets: Sequence[tuple[str, str]]) -> str:
    kind, first = targets[0]
    name = network.border(first).name if kind == "border" else network.place(first).name if kind == "place" else first
    return name if len(targets) == 1 else f"{name} or what else it changes"
