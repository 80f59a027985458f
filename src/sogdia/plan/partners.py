"""The partners' side of a plan: what the supported projects make, use and leave in each country a year.

    output        chance x tonnes x price, at the project's own price or what the importer pays, times the price of the
                  new ordinary year: the same answer of the market that the importer's gain is of
    value added   output x the sector's value added at home, direct and of its suppliers (see `sogdia.stakes`)
    fiscal        output x extraction tax + (output - inputs - capital / life) x corporate tax, where both are known

chance: what support adds to that of the project. Null where a figure of a project is not known, never zero.

Technology that saves energy, water or running costs at a works (`ProjectKind.saves`) subtracts them: its figures a
tonne count for all tonnes of the works, and its inputs are what running costs change by. What the output that it adds
uses is not known, and left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sogdia.codes import economy
from sogdia.errors import SogdiaError
from sogdia.plan.build import PlanTables
from sogdia.plan.choice import PlanCase
from sogdia.plan.choice.case import Booleans
from sogdia.plan.markets.named import price_usd_per_t
from sogdia.plan.markets.saved import partner_savings
from sogdia.plan.markets.table import BuiltTable
from sogdia.plan.projects.record import Project
from sogdia.plan.projects.registry import kind_named
from sogdia.plan.taxes import taxes_of
from sogdia.stakes import partner_ledger
from sogdia.stakes.processing import ORE, processing
from sogdia.uncertain import Range

ADDED = (
    "output", "inputs", "value_added_low", "value_added_high", "jobs", "jobs_building", "capital", "fiscal_revenue",
    "water_m3", "energy_kwh", "co2_t",
)  # fmt: skip
"""Figures of a project that add up over a country; money in MUSD."""
NOTICED = 0.001
"""MUSD a year below which savings are left out."""


@dataclass(frozen=True, slots=True)
class PartnerGain:
    """figures: by the names of ADDED, None where one of a project is not known; by_project: the same of each; chain: of
    each product, the share of its value that stays at home if the ore is sold (before) and if it is made (after);
    savings: what cheaper ways to the importer and rarer outages save there [MUSD].
    """

    country: str
    projects: tuple[str, ...]
    figures: Mapping[str, float | None]
    by_project: Mapping[str, Mapping[str, float | None]]
    chain: Mapping[str, Mapping[str, float | None]]
    savings: float = 0.0


def added_chance(project: Project) -> float:
    """By how much support makes a project likelier."""
    return project.prob_if_supported.central - project.prob_anyway.central


def partner_gains(tables: PlanTables, case: PlanCase, chosen: Booleans) -> tuple[PartnerGain, ...]:
    """What the chosen projects add in each partner country."""
    rows = case.rows(chosen) or []
    after = {built.table.name: float(built.sides.price[row]) for built, row in zip(tables.tables, rows, strict=True)}
    by_country: dict[str, list[Project]] = {}
    for project, taken in zip(tables.projects, chosen.tolist(), strict=True):
        if taken and in_partner(tables, project):
            by_country.setdefault(str(project.country), []).append(project)
    saved = _savings(tables, chosen)
    return tuple(
        replace(_partner(tables, country, by_country.get(country, []), after), savings=saved.get(country, 0.0))
        for country in sorted({*by_country, *saved})
    )


def _savings(tables: PlanTables, chosen: Booleans) -> dict[str, float]:
    """What cheaper ways and rarer outages save in each country a year [MUSD]; what nobody notices is left out."""
    savings, found = partner_savings(tables.effects), dict[str, float]()
    for project, taken in zip(tables.projects, chosen.tolist(), strict=True):
        if taken:
            for country, saved in savings.get(project.project_id, {}).items():
                if country not in tables.importer.members:
                    found[country] = found.get(country, 0.0) + added_chance(project) * saved
    return {country: saved for country, saved in found.items() if saved >= NOTICED}


def in_partner(tables: PlanTables, project: Project) -> bool:
    """Whether a project brings something new into another country: new output, jobs, or savings at a works."""
    abroad = bool(project.country) and project.country not in tables.importer.members
    brings = new_tonnes(tables, project) > 0 or project.jobs is not None or kind_named(project.effect).saves
    return abroad and brings


def new_tonnes(tables: PlanTables, project: Project) -> float:
    """New output a year [t] of the traded product."""
    effects = tables.effects.get(project.market or "", ())
    return float(sum(effect.quantity_t for effect in effects if effect.project == project.project_id))


def figures_of_project(tables: PlanTables, project: Project, price: float) -> dict[str, float | None]:
    """The figures of ADDED. price: of its product in ordinary years relative to the base year."""
    chance, tonnes = added_chance(project), new_tonnes(tables, project)
    made = tonnes > 0
    output = chance * tonnes * price * base_price(tables, project) / 1e6 if made else 0.0
    inputs = _inputs(project, chance, tonnes)
    capital = None if project.capital is None else chance * project.capital
    share = value_added_share(str(project.country), str(project.market)) if made else (0.0, 0.0)
    return {
        "output": output, "inputs": inputs,
        "value_added_low": None if share is None else share[0] * output,
        "value_added_high": None if share is None else share[1] * output,
        "jobs": None if project.jobs is None else chance * project.jobs,
        "jobs_building": None if project.jobs_building is None else chance * project.jobs_building,
        "capital": capital, "fiscal_revenue": _fiscal(tables, project, output, inputs, capital),
        "water_m3": _used(project, project.water_m3_per_t, chance, tonnes),
        "energy_kwh": _used(project, project.energy_kwh_per_t, chance, tonnes),
        "co2_t": _used(project, project.co2_t_per_t, chance, tonnes),
    }  # fmt: skip


def base_price(tables: PlanTables, project: Project) -> float:
    """Price of a project's product in the base year [USD per t]: its own, or what the importer pays."""
    if project.price_usd_per_t is not None:
        return project.price_usd_per_t.central
    named = next(market for market in tables.markets if market.market.mineral == project.market)
    return price_usd_per_t(named, tables.importer)


def table_of(tables: PlanTables, market: str | None) -> BuiltTable | None:
    """The table of a market."""
    return next((built for built in tables.tables if built.table.name == market), None)


def value_added_share(country: str, market: str) -> tuple[float, float] | None:
    """Range of value added at home by output of the sector that makes a product; None where it is not given."""
    figures = _sector(country, market)
    if figures is None:
        return None
    parts = figures["direct_va"], figures["indirect_va"]
    if any(part.low is None or part.high is None for part in parts):
        return None
    low, high = (sum(float(getattr(part, end) or 0.0) for part in parts) for end in ("low", "high"))
    return min(low, 1.0), min(high, 1.0)


def _partner(tables: PlanTables, country: str, projects: Sequence[Project], after: Mapping[str, float]) -> PartnerGain:
    each = [figures_of_project(tables, project, after.get(project.market or "", 1.0)) for project in projects]
    made = [project for project in projects if new_tonnes(tables, project) > 0]
    chain = {str(project.market): _kept(country, str(project.market)) for project in made}
    names = tuple(project.project_id for project in projects)
    whole = {name: known_sum([one[name] for one in each]) for name in ADDED}
    return PartnerGain(country, names, whole, dict(zip(names, each, strict=True)), chain)


def _kept(country: str, market: str) -> Mapping[str, float | None]:
    """Of a dollar of the product: what stays at home where its ore is sold, and where it is made."""
    figures = _sector(country, market)
    if figures is None:
        return {"before": None, "after": None, "after_low": None, "after_high": None}
    parts, over_ore = (figures["direct_va"], figures["indirect_va"]), figures["gain_over_ore"].central
    after, share = known_sum([part.central for part in parts]), value_added_share(country, market)
    return {
        "before": None if after is None or over_ore is None else after - over_ore, "after": after,
        "after_low": None if share is None else share[0], "after_high": None if share is None else share[1],
    }  # fmt: skip


def _sector(country: str, market: str):  # type: ignore[no-untyped-def]
    """The sector that makes a product; a mineral that no kind of processing is named after is sold as ore."""
    try:
        kind = processing(market)
    except SogdiaError:
        kind = processing(ORE)
    try:
        return partner_ledger(economy(country), kind).figures
    except SogdiaError:
        return None


def _fiscal(
    tables: PlanTables, project: Project, output: float, inputs: float | None, capital: float | None
) -> float | None:
    """What the state takes a year; None where a rate or a cost is not known, 0 where nothing is made or saved."""
    if output == 0.0 and inputs == 0.0:
        return 0.0
    taxes = None if project.market is None else taxes_of(str(project.country), project.market)
    if taxes is None or inputs is None or capital is None:
        return None
    profit = output - inputs - capital / tables.assumed.life_years.central
    return taxes.extraction.central * output + taxes.corporate.central * max(profit, 0.0)


def _inputs(project: Project, chance: float, more_t: float) -> float | None:
    """What the new output costs to run a year [MUSD], less what technology saves at its works; None where not known."""
    if not kind_named(project.effect).saves:
        return _of_tonnes(project.opex_usd_per_t, chance * more_t / 1e6) if more_t > 0 else 0.0
    opex, factor, whole = project.opex_usd_per_t, project.cost_factor, project.tonnes
    if opex is None or factor is None or whole is None:
        return None
    return chance * opex.central * (factor.central * (whole + more_t) - whole) / 1e6


def _used(project: Project, figure: Range | None, chance: float, more_t: float) -> float | None:
    """What the new output uses a year, negative for what technology saves at its works; None where not known."""
    if kind_named(project.effect).saves:
        return None if project.tonnes is None else _of_tonnes(figure, -chance * project.tonnes)
    return _of_tonnes(figure, chance * more_t) if more_t > 0 else 0.0


def _of_tonnes(figure: Range | None, tonnes: float) -> float | None:
    return None if figure is None else figure.central * tonnes


def known_sum(values: Sequence[float | None]) -> float | None:
    """The sum; None where a part is not known."""
    return None if any(value is None for value in values) else float(sum(value or 0.0 for value in values))
