"""What the figures of a plan teach, said only where they show it: transfers, short shocks, shared ways.

These are readings for whoever decides, each with the figures it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sogdia.codes import country
from sogdia.plan.agreement import beside
from sogdia.plan.alone import others_change, saved_parts
from sogdia.plan.build import PlanTables
from sogdia.plan.choice import PlanCase
from sogdia.plan.choice.case import Booleans
from sogdia.plan.for_whom import pays_for_whom
from sogdia.plan.others import others_gains
from sogdia.plan.partners import added_chance, new_tonnes

ANYWAY = 0.5
"""Chance without support from which on a project is called built anyway; a judgement."""
MOSTLY = 0.5
CLEARLY = 1.2
"""Times as much, from which on a difference is told; a judgement."""
SHORT = 2.0
"""Calendar years that events of a state touch, below which they are called short."""
PASSES, DEARER = 0.5, 1.02
"""Share that still passes below which a way is shut, and cost from which on a way round is told; judgements."""
DIVERTED = 0.1
"""MUSD a year from which on a loss of others is told."""
NAMED = 3
SURE = 1e-9
"""Difference of chances that is none."""


def readings_of(tables: PlanTables, case: PlanCase, chosen: Booleans) -> Iterator[str]:
    """The sentences that hold for this plan."""
    yield from _transfers(tables, case, chosen)
    yield from _diverted(tables, case, chosen)
    yield from _moved(tables, case, chosen)
    yield from _short_shocks(tables, case)
    yield from _ways(tables)
    yield from pays_for_whom(tables, case, chosen)


def _transfers(tables: PlanTables, case: PlanCase, chosen: Booleans) -> Iterator[str]:
    """Contracts on what is made anyway, most of whose saving the seller pays."""
    found = []
    for number, project in enumerate(tables.projects):
        if project.prob_anyway.central < ANYWAY or not project.offtake_share:
            continue
        held, without = beside(case, chosen, number)
        parts = saved_parts(tables, case, held, without)
        whole = sum(parts.values())
        if whole > 0 and parts["transfer"] > MOSTLY * whole:
            found.append(f"{project.project_id} ({min(parts['transfer'] / whole, 1.0):.0%})")
    if found:
        yield (
            "A contract on what is made anyway is a transfer from its sellers; so is most of what these save: "
            f"{', '.join(found[:NAMED])}."
        )


def _diverted(tables: PlanTables, case: PlanCase, chosen: Booleans) -> Iterator[str]:
    """What the importer is promised, others go without."""
    others = others_gains(tables, case, chosen)
    if others.ordinary + others.bad < -DIVERTED:
        yield (
            f"Buyers elsewhere lose {-others.ordinary - others.bad:.2g} million USD a year by this plan: contracts "
            "take tonnes that would have come about anyway and gone to them."
        )


def _moved(tables: PlanTables, case: PlanCase, chosen: Booleans) -> Iterator[str]:
    """Contracts that add no tonnes: prices shift between buyers, and makers pay for it."""
    moving = [
        number
        for number, project in enumerate(tables.projects)
        if chosen[number]
        and project.offtake_share
        and abs(added_chance(project)) < SURE
        and new_tonnes(tables, project) > 0
    ]
    for number in moving:
        held, without = beside(case, chosen, number)
        gained, earned = others_change(tables, case, held, without)
        if abs(gained) >= DIVERTED:
            yield (
                f"{case.names[number]} adds no tonnes: it comes about as surely without support. Its contract moves "
                f"tonnes to this importer; buyers elsewhere {'gain' if gained > 0 else 'lose'} {abs(gained):.2g} "
                f"million USD a year and makers {'lose' if earned < 0 else 'gain'} {abs(earned):.2g}, as the suppliers "
                "whose place it takes sell to others."
            )


def _short_shocks(tables: PlanTables, case: PlanCase) -> Iterator[str]:
    """A stock takes a larger part of the loss in years whose events last short: it is not spread so thin."""
    loss, taken = np.zeros(2), np.zeros(2)
    for number, project in enumerate(tables.projects):
        at = next((k for k, named in enumerate(tables.markets) if named.market.mineral == project.market), None)
        if project.effect != "stock" or at is None:
            continue
        alone = np.arange(len(case.names)) == number
        none, some = case.rows(np.zeros_like(alone)) or [], case.rows(alone) or []
        k = next(k for k, built in enumerate(tables.tables) if built.table.name == project.market)
        net = np.nan_to_num(tables.tables[k].dearer - tables.tables[k].saved)[tables.tables[k].table.of_year]
        lasts = tables.years.cases[at].years[tables.years.sample.states[at].of_year]
        for side, years in enumerate((lasts < SHORT, lasts >= SHORT)):
            weight = np.where(years, case.years, 0.0)
            loss[side] += float(weight @ np.maximum(net[:, none[k]], 0.0))
            taken[side] += float(weight @ (net[:, none[k]] - net[:, some[k]]))
    if loss.min() > 0:
        short, long = (taken / loss).tolist()
        if short > CLEARLY * max(long, 0.0):
            yield (
                f"A stock helps most where shocks are short: the stocks would take {short:.0%} of the loss of years "
                f"whose events end within two, and {max(long, 0.0):.0%} where they last longer."
            )


def _ways(tables: PlanTables) -> Iterator[str]:
    """Projects whose cargo crosses the country that a closing takes out, so that the same event hits both."""
    shut: dict[str, dict[str, None]] = {}
    round_at: dict[str, dict[str, float]] = {}
    for named, case in zip(tables.markets, tables.years.cases, strict=True):
        market = named.market.mineral
        makers = {p.country for p in tables.projects if p.market == market and p.country and new_tonnes(tables, p) > 0}
        for way in case.ways:
            out = [maker for maker, passes in way.passes.items() if passes == 0.0 and maker not in makers]
            for maker in sorted(makers) if len(out) == 1 else ():
                if way.passes.get(maker, 1.0) < PASSES:
                    shut.setdefault(out[0], {})[f"{market} of {country(maker).name}"] = None
                elif way.cost_factor.get(maker, 1.0) > DEARER:
                    costs = round_at.setdefault(out[0], {})
                    name = country(maker).name
                    costs[name] = max(costs.get(name, 0.0), way.cost_factor[maker] - 1.0)
    for closed, cargo in shut.items():
        yield (
            f"Some cargo crosses {country(closed).name} today ({', '.join(cargo)}): a project there is worth little "
            f"against a restriction of {country(closed).name} that closes the way too."
        )
    for closed, costs in round_at.items():
        names = ", ".join(f"{name} {more:.0%}" for name, more in costs.items())
        yield (
            f"Cargo of partners crosses {country(closed).name} today. Where a dispute closes that way with the exports "
            f"of {country(closed).name}, it goes round at more cost, which the figures hold: {names} at most."
        )
