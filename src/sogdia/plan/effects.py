"""What the projects of a plan do: to their markets, to ways and to events, by their kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.errors import Fault, InputError
from sogdia.network import embedded_corridors
from sogdia.plan.markets.corridor_ways import Works
from sogdia.plan.markets.effects import MarketEffect
from sogdia.plan.markets.named import NamedMarket, price_usd_per_t, used_t
from sogdia.plan.markets.realised import TouchingProject
from sogdia.plan.markets.variants import EventProject, MarketVariants
from sogdia.plan.projects.kind import EventFacts, MarketFacts
from sogdia.plan.projects.record import Project
from sogdia.plan.projects.registry import kind_named
from sogdia.plan.projects.traps import unit_faults


def market_effects(
    projects: Sequence[Project], markets: Mapping[str, NamedMarket], importer: Region
) -> dict[str, tuple[MarketEffect, ...]]:
    """What the projects do to the markets that they name, by market. InputError where a figure cannot be in the unit of
    its column.
    """
    _require_units(projects, markets, importer)
    found: dict[str, tuple[MarketEffect, ...]] = {}
    for name, named in markets.items():
        facts = MarketFacts(
            used_t(named, importer), importer.members[0], price_usd_per_t(named, importer), named.long_run.eps.central
        )
        own = (kind_named(p.effect).market(p, facts) for p in projects if p.market == name)
        found[name] = tuple(effect for effect in own if effect is not None)
    return found


def _require_units(projects: Sequence[Project], markets: Mapping[str, NamedMarket], importer: Region) -> None:
    faults = list[Fault]()
    for project in projects:
        named = markets.get(project.market or "")
        if named is not None:
            faults += unit_faults(project, price_usd_per_t(named, importer), float(named.market.flows.sum()))
    if faults:
        raise InputError(faults)


def event_projects(projects: Sequence[Project], store: Store) -> tuple[EventProject, ...]:
    """The projects that change events."""
    facts = EventFacts(embedded_corridors().network, store)
    made = (EventProject(p.project_id, kind_named(p.effect).events(p, facts)) for p in projects)
    return tuple(project for project in made if project.changes)


def upgrade_effects(projects: Sequence[Project]) -> dict[str, Works]:
    """The effects on the network of the projects that change it."""
    building = [project for project in projects if kind_named(project.effect).upgrades]
    if not building:
        return {}
    known = {upgrade.id: upgrade.effects for upgrade in embedded_corridors().upgrades}
    return {
        p.project_id: Works(tuple(effect for name in p.acts_on for effect in known[name]), p.capital or 0.0)
        for p in building
    }


def touching_projects(
    projects: Sequence[Project], effects: Sequence[MarketEffect], variants: MarketVariants
) -> list[TouchingProject]:
    """The projects that touch a market, in their order. effects: on this market."""
    does = {effect.project: effect for effect in effects if effect.changes_market}
    bits = {project: bit for bit, project in enumerate(variants.projects)}
    return [
        TouchingProject(
            number, does.get(p.project_id, MarketEffect(p.project_id, p.country or "")),
            p.prob_if_supported.central, p.prob_anyway.central, bits.get(p.project_id),
        )
        for number, p in enumerate(projects)
        if p.project_id in bits or p.project_id in does
    ]  # fmt: skip
