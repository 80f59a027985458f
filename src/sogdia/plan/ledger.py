"""Both sides of a plan: what the importer saves and by what, what partners earn, what other buyers gain.

    avoided loss = price + insurance + transfer
    price       cheaper ordinary years, by lasting supply        insurance   less dear use in bad years
    transfer    what contracts and stocks save at high prices: the sellers' gain without them

All from the same answers of the markets. Only what support changes counts: what comes about anyway is nobody's gain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sogdia.codes import economy
from sogdia.equilibrium.outcomes import consumer_surplus_change_kusd
from sogdia.errors import SogdiaError
from sogdia.market import draw
from sogdia.plan.build import PlanTables
from sogdia.plan.choice import PlanCase
from sogdia.plan.choice.case import Booleans
from sogdia.plan.markets.named import price_usd_per_t
from sogdia.plan.markets.rebase import NewSupply, rebased
from sogdia.plan.projects.record import Project
from sogdia.stakes import partner_ledger
from sogdia.stakes.processing import processing
from sogdia.units import KUSD_PER_MUSD


@dataclass(frozen=True, slots=True)
class PartnerGain:
    """What the supported projects add in a country a year, MUSD; None where a figure of a project is not known.

    output: at the price of the project, else at what the importer pays, weighted by what support adds to the chance;
    inputs: running costs; value_added_low, _high:
    of the processing sector's range; jobs: in operation; capital: built.
    """

    country: str
    output: float
    inputs: float | None
    value_added_low: float | None
    value_added_high: float | None
    jobs: float | None
    capital: float | None


def importer_parts(tables: PlanTables, case: PlanCase, chosen: Booleans) -> Mapping[str, Mapping[str, float]]:
    """Avoided loss of each market by part [MUSD a year], expected over the years."""
    found = {}
    nothing, some = case.rows(np.zeros_like(chosen)), case.rows(chosen)
    for built, before, after in zip(tables.tables, nothing or (), some or (), strict=True):
        dearer, saved, lasting = (each[before] - each[after] for each in built.means(case.weight))
        parts = {"price": float(lasting), "insurance": float(dearer), "transfer": -float(saved)}
        if before != after:
            found[built.table.name] = parts
    return found


def added_chance(project: Project) -> float:
    """By how much support makes a project likelier."""
    return project.prob_if_supported.central - project.prob_anyway.central


def partner_gains(tables: PlanTables, chosen: Booleans) -> tuple[PartnerGain, ...]:
    """What the chosen projects add in each partner country."""
    by_country: dict[str, list[Project]] = {}
    for project, taken in zip(tables.projects, chosen.tolist(), strict=True):
        if taken and project.effect == "supply" and project.country:
            by_country.setdefault(project.country, []).append(project)
    return tuple(_partner(tables, country, some) for country, some in sorted(by_country.items()))


def _partner(tables: PlanTables, country: str, projects: list[Project]) -> PartnerGain:
    named = {market.market.mineral: market for market in tables.markets}
    outputs, inputs, jobs, low, high = [], list[float | None](), list[float | None](), list[float | None](), []
    for project in projects:
        chance = added_chance(project)
        tonnes = project.tonnes or 0.0
        own = project.price_usd_per_t
        price = own.central if own else price_usd_per_t(named[str(project.market)], tables.importer)
        output = chance * tonnes * price / 1e6
        running = project.opex_usd_per_t
        outputs.append(output)
        inputs.append(None if running is None else chance * tonnes * running.central / 1e6)
        jobs.append(None if project.jobs is None else chance * project.jobs)
        share = _value_added(country, str(project.market))
        low.append(None if share is None else share[0] * output)
        high.append(None if share is None else share[1] * output)
    capital = [None if p.capital is None else added_chance(p) * p.capital for p in projects]
    return PartnerGain(country, sum(outputs), _sum(inputs), _sum(low), _sum(high), _sum(jobs), _sum(capital))


def _value_added(country: str, market: str) -> tuple[float, float] | None:
    """Range of value added at home by output of the sector that makes a product; None where it is not given."""
    try:
        figures = partner_ledger(economy(country), processing(market)).figures
    except SogdiaError:
        return None
    parts = figures["direct_va"], figures["indirect_va"]
    if any(part.low is None or part.high is None for part in parts):
        return None
    return sum(float(part.low or 0.0) for part in parts), sum(float(part.high or 0.0) for part in parts)


def _sum(values: list[float | None]) -> float | None:
    return None if any(value is None for value in values) else float(sum(value or 0.0 for value in values))


def others_gains(tables: PlanTables, chosen: Booleans) -> Mapping[str, float]:
    """What buyers elsewhere save a year in ordinary years by the lasting supply that support adds [MUSD], by country;
    those of most gain first. Their gains in bad years are not counted.
    """
    total: dict[str, float] = {}
    for named in tables.markets:
        some = [
            (project, effect)
            for effect in tables.effects[named.market.mineral]
            for project, taken in zip(tables.projects, chosen.tolist(), strict=True)
            if taken and project.project_id == effect.project and effect.quantity_t > 0
        ]
        members = [named.market.consumers.index(m) for m in tables.importer.members if m in named.market.consumers]
        for project, effect in some:
            run = draw(named.long_run, 1)
            new = NewSupply(effect.country, effect.quantity_t, effect.offtake_t)
            cost = rebased(named.market, members, run, [new]).use_cost
            flows = named.market.flows
            value = np.where(flows > 0, flows * np.nan_to_num(named.market.unit_value), 0.0).sum(axis=0)
            gain = consumer_surplus_change_kusd(value, cost, np.full(1, run.eta[0])) / KUSD_PER_MUSD
            for column, country in enumerate(named.market.consumers):
                if column not in members:
                    total[country] = total.get(country, 0.0) + added_chance(project) * float(gain[column])
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))
