"""The terms of a plan as limits of its choice, linear in the projects and in the combinations of the markets.

A figure that is not known keeps a project out where a limit on it holds (water, energy) and counts nothing towards a
floor: what cannot be shown is not promised. Technology that saves water or energy makes room for others, by as much as
is known. Shares of suppliers are those of ordinary years, expected over what becomes
of the projects.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sogdia.codes import economy
from sogdia.errors import NoAnswerError, unknown
from sogdia.plan.build import PlanTables
from sogdia.plan.choice import Limit, at_least, at_most, financing
from sogdia.plan.choice.case import Floats
from sogdia.plan.ledger import supplier_shares
from sogdia.plan.partners import added_chance, figures_of_project, in_partner, new_tonnes
from sogdia.plan.projects.registry import kind_named
from sogdia.plan.terms import EVERY, Amounts, PlanTerms

TIGHT = 1e-9


def limits_of(tables: PlanTables, terms: PlanTerms) -> tuple[Limit, ...]:
    """The limits; UnknownNameError for a project, financier, market or country that does not exist, NoAnswerError where
    no combination of projects of a market brings its dependence below the limit.
    """
    return (
        *_yearly(tables, terms), *_financiers(tables, terms), *_dependence(tables, terms), *_floors(tables, terms),
        *_used(tables, "water_m3", terms.water, "water", "m3"),
        *_used(tables, "energy_kwh", terms.energy, "energy", "kWh"), *_named(tables, terms),
    )  # fmt: skip


def _named(tables: PlanTables, terms: PlanTerms) -> Iterator[Limit]:
    names = [project.project_id for project in tables.projects]
    for project in (*terms.must, *terms.without):
        if project in tables.left_out and project in terms.must:
            raise NoAnswerError(f"{project} cannot be in the plan: {tables.left_out[project]}.")
        if project not in names and project not in tables.left_out:
            raise unknown("project", project, [*names, *tables.left_out])
    for project, wanted in (*((p, True) for p in terms.must), *((p, False) for p in terms.without)):
        if project in names:
            row = np.zeros(len(names))
            row[names.index(project)] = 1.0
            if wanted:
                yield at_least(row, 1.0, f"{project} must be in the plan", "projects")
            else:
                yield at_most(row, 0.0, f"{project} must not be in the plan", "projects")


def _yearly(tables: PlanTables, terms: PlanTerms) -> Iterator[Limit]:
    """Spending is even over the years of building and all projects begin at once, so that no year costs more than the
    first; a stock is bought in one.
    """
    if terms.yearly_budget is not None:
        years = [max(1.0, project.build_years or 1.0) for project in tables.projects]
        spent = np.array([cost.spent / n for cost, n in zip(tables.costs, years, strict=True)], dtype=float)
        yield at_most(spent, terms.yearly_budget, "budget of a year", "MUSD")


def _financiers(tables: PlanTables, terms: PlanTerms) -> list[Limit]:
    if not terms.financiers:
        return []
    count, most_of = len(tables.projects), dict[str, Floats]()
    for number, project in enumerate(tables.projects):
        for name, share in project.financiers.items():
            most_of.setdefault(name, np.zeros(count))[number] = share * capital_of(tables, number)
    for name in terms.financiers:
        if name not in most_of:
            raise unknown("financier", name, sorted(most_of))
    return financing(np.array([cost.spent for cost in tables.costs]), most_of, terms.financiers)


def capital_of(tables: PlanTables, number: int) -> float:
    """Capital of a project [MUSD]; of a stock its value."""
    capital = tables.projects[number].capital
    return tables.costs[number].spent if capital is None else capital


def _dependence(tables: PlanTables, terms: PlanTerms) -> Iterator[Limit]:
    markets = [built.table.name for built in tables.tables]
    for name in terms.dependence:
        if name != EVERY and name not in markets:
            raise unknown("market of the plan", name, markets)
    beyond = []
    for built in tables.tables:
        most = terms.dependence.get(built.table.name, terms.dependence.get(EVERY))
        if most is None:
            continue
        names, shares = supplier_shares(built.sides, tables.importer.members)
        for column, country in enumerate(names):
            each = shares[:, column]
            if each.min() > most + TIGHT:
                beyond.append(f"{built.table.name} from {country} {each.min():.0%}")
            elif each.max() > most + TIGHT:
                yield at_most(
                    np.zeros(len(tables.projects)), most, f"at most {most:.0%} of {built.table.name} from {country}",
                    "of the supply", {built.table.name: each},
                )  # fmt: skip
    if beyond:
        raise NoAnswerError(
            "no projects of the table bring these below the limit on dependence; the least that can be reached: "
            f"{'; '.join(beyond)}. Ask for that, or limit single markets, e.g. --dependence graphite=0.9."
        )


def _floors(tables: PlanTables, terms: PlanTerms) -> Iterator[Limit]:
    for partner, least in terms.floors.items():
        members = economy(partner).members
        by_market = _by_combination(tables, members, "value_added_low")
        name, zeros = f"value added in {partner}", np.zeros(len(tables.projects))
        yield Limit(name, zeros, low=least, unit="MUSD a year", of_combination=by_market)
    for partner, least in terms.jobs.items():
        members = economy(partner).members
        jobs = np.array(
            [
                added_chance(p) * (p.jobs or 0.0) if p.country in members and in_partner(tables, p) else 0.0
                for p in tables.projects
            ]
        )
        yield at_least(jobs, least, f"jobs in {partner}", "jobs")


def _by_combination(tables: PlanTables, members: Sequence[str], figure: str) -> dict[str, Floats]:
    """A figure of the partners' ledger by combination of each market, at the price of that combination."""
    found = {}
    for built in tables.tables:
        here = [tables.projects[number] for number in built.table.projects.tolist()]
        each = [
            float(figures_of_project(tables, p, 1.0)[figure] or 0.0)
            if p.country in members and in_partner(tables, p)
            else 0.0
            for p in here
        ]
        if any(each):
            found[built.table.name] = built.sides.price * (built.table.holds @ np.array(each))
    return found


def _used(tables: PlanTables, figure: str, limits: Amounts, called: str, unit: str) -> Iterator[Limit]:
    for partner, most in limits.items():
        members = economy(partner).members
        used, silent = np.zeros(len(tables.projects)), np.zeros(len(tables.projects))
        for number, project in enumerate(tables.projects):
            saves = kind_named(project.effect).saves
            if project.country in members and (saves or new_tonnes(tables, project) > 0):
                amount = figures_of_project(tables, project, 1.0)[figure]
                used[number], silent[number] = amount or 0.0, float(amount is None and not saves)
        yield at_most(used, most, f"{called} in {partner}", unit)
        if silent.any():
            yield at_most(silent, 0.0, f"projects in {partner} whose {called} is not known", "projects")
