"""The importer's side of a plan: what it saves and by what, its days of cover, and on whom it depends.

    avoided loss = price + insurance + transfer
    price       cheaper ordinary years, by lasting supply        insurance   less dear use in bad years
    transfer    what contracts and stocks save at high prices: the sellers' gain without them

All from the same answers of the markets. Only what support changes counts: what comes about anyway is nobody's gain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sogdia.market.visibility import POOLED, UNSEEN
from sogdia.plan.build import PlanTables
from sogdia.plan.choice import PlanCase
from sogdia.plan.choice.case import Booleans, Floats
from sogdia.plan.markets.named import used_t
from sogdia.plan.markets.sides import Sides

DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Cover:
    """Days of use in stock: before and after, None where it is not known what is held; added: by the plan."""

    market: str
    before: float | None
    after: float | None
    added: float


@dataclass(frozen=True, slots=True)
class SupplierShare:
    """Share of the importer's largest foreign supplier of a market in ordinary years, before and after; after_top: who
    is the largest after.
    """

    market: str
    top_supplier: str
    before: float
    after: float
    after_top: str


def importer_parts(tables: PlanTables, case: PlanCase, chosen: Booleans) -> Mapping[str, Mapping[str, float]]:
    """Avoided loss of each market by part [MUSD a year], expected over the years."""
    found = {}
    nothing, some = case.rows(np.zeros_like(chosen)), case.rows(chosen)
    for built, before, after in zip(tables.tables, nothing or (), some or (), strict=True):
        if before != after:
            dearer, saved, lasting = (each[before] - each[after] for each in built.means(case.weight))
            found[built.table.name] = {
                "price": float(lasting), "insurance": float(dearer), "transfer": -float(saved),
            }  # fmt: skip
    return found


def days_of_cover(tables: PlanTables, chosen: Booleans) -> tuple[Cover, ...]:
    """Days of cover of each market that the plan adds a stock to."""
    added: dict[str, float] = {}
    for project, taken in zip(tables.projects, chosen.tolist(), strict=True):
        if taken and project.cover_days and project.market:
            days = project.cover_days * project.prob_if_supported.central
            added[project.market] = added.get(project.market, 0.0) + days
    found = []
    for named in tables.markets:
        market = named.market.mineral
        if market in added:
            held = tables.held.get(market)
            before = None if held is None else sum(e.stock_t for e in held) / used_t(named, tables.importer) * DAYS
            after = None if before is None else before + added[market]
            found.append(Cover(market, before, after, added[market]))
    return tuple(found)


def supplier_shares(sides: Sides, members: tuple[str, ...]) -> tuple[tuple[str, ...], Floats]:
    """Foreign suppliers that are named, and their shares in what the importer takes, (combinations, suppliers)."""
    whole = sides.supplied_t.sum(axis=1, keepdims=True)
    apart = (*members, POOLED, UNSEEN)
    abroad = [k for k, country in enumerate(sides.producers) if country not in apart]
    names = tuple(sides.producers[k] for k in abroad)
    return names, np.asarray(sides.supplied_t[:, abroad] / np.where(whole > 0, whole, 1.0))


def main_suppliers(tables: PlanTables, case: PlanCase, chosen: Booleans) -> tuple[SupplierShare, ...]:
    """The main supplier of each market that the plan touches."""
    found = []
    before, after = case.rows(np.zeros_like(chosen)) or [], case.rows(chosen) or []
    for built, none, some in zip(tables.tables, before, after, strict=True):
        names, shares = supplier_shares(built.sides, tables.importer.members)
        if none != some and names:
            top, then = int(shares[none].argmax()), int(shares[some].argmax())
            found.append(
                SupplierShare(
                    built.table.name, names[top], float(shares[none, top]), float(shares[some, top]), names[then]
                )
            )
    return tuple(found)
