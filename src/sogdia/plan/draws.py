"""A plan under other elasticities: by how much its worth moves, and whether it stays the best.

Elasticities of demand, supply and substitution are drawn within their ranges (see `sogdia.market.draws`), the same way
in every market, since what is not known of them is common. The years and what becomes of projects stay those of the
plan.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sogdia import arguments
from sogdia.errors import wrong_argument
from sogdia.market import Draws, draw
from sogdia.plan.assumptions import Assumptions
from sogdia.plan.build import priced
from sogdia.plan.choice import PlanCase, choose, figures_of
from sogdia.plan.choice.case import Booleans, Floats
from sogdia.plan.costs import Account
from sogdia.plan.markets.table import BuiltTable
from sogdia.plan.solved import SolvedMarkets, market_tables

MOST_DRAWS = 1_000
BAND = (5.0, 50.0, 95.0)
SAME = 1e-6
"""Part of the loss by which a plan may be worse than the best one and still count as the best."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnPlan:
    """Each (draws,), MUSD a year. avoided: expected loss before less after; worth: value of no support less value of
    the plan; regret: value of the plan less that of the best plan of the draw; best: whether that is nothing.
    """

    avoided: Floats
    worth: Floats
    regret: Floats
    best: Booleans

    def to_dict(self) -> dict[str, Any]:
        """Bands of 5 %, 50 % and 95 % of the draws, and in how many the plan stays the best."""
        return {
            "count": len(self.best), "avoided_loss_musd": _band(self.avoided), "worth_musd": _band(self.worth),
            "regret_musd": _band(self.regret), "best_in": int(self.best.sum()),
        }  # fmt: skip

    def note(self) -> str:
        """The same in a sentence."""
        low, mid, high = np.percentile(self.avoided, BAND)
        return (
            f"Over {len(self.best)} draws of the elasticities the plan avoids {low:,.3g} to {high:,.3g} million USD a "
            f"year (median {mid:,.3g}); it is the best plan in {int(self.best.sum())} of them, and else worse than the "
            f"best by {self.regret.max():,.3g} at most."
        )


def must_be_draws(draws: int | None) -> int:
    """How many draws, 0 for none; InputError for a number that is none."""
    if draws is None:
        return 0
    count = arguments.whole_number("draws", draws, 20)
    if not 0 <= count <= MOST_DRAWS:
        raise wrong_argument("draws", f"draws are 0 to {MOST_DRAWS:,}", "Give e.g. 20.", draws)
    return count


def tables_of_draw(
    solved: SolvedMarkets, number: int, count: int, executor: Executor | None = None
) -> tuple[BuiltTable, ...]:
    """The tables under draw `number` of `count`, from 1 on; 0 is the central one."""
    cases = []
    for named, case in zip(solved.markets, solved.years.cases, strict=True):
        short, long = (_one(draw(e, count + 1, solved.seed), number) for e in (named.short_run, named.long_run))
        cases.append(replace(case, short_run=short, long_run=long))
    return market_tables(
        solved.projects, solved.markets, solved.effects, solved.years, cases, solved.held, solved.seed, executor
    )  # fmt: skip


def drawn_plan(
    solved: SolvedMarkets, account: Account, assumed: Assumptions, case: PlanCase, chosen: Booleans, count: int,
    tables_of: Callable[[int], tuple[BuiltTable, ...]],
) -> DrawnPlan:  # fmt: skip
    """The plan under each draw. case: of the plan, with its limits; tables_of: those of a draw."""
    rows = []
    for number in range(1, count + 1):
        other = priced(replace(solved, tables=tables_of(number)), account, assumed)
        drawn = replace(case, tables=other.case(None, case.risk, case.tail).tables, weight=other.weight)
        nothing, plan = figures_of(drawn, np.zeros_like(chosen)), figures_of(drawn, chosen)
        best = choose(drawn).figures.value
        regret = max(plan.value - best, 0.0)
        rows.append((nothing.expected - plan.expected, nothing.value - plan.value, regret))
    avoided, worth, regret_of = np.array(rows).T
    return DrawnPlan(avoided, worth, regret_of, regret_of <= SAME * np.maximum(np.abs(avoided), 1.0))


def _one(draws: Draws, number: int) -> Draws:
    part = slice(number, number + 1)
    return Draws(draws.sigma[part], draws.eta[part], draws.eps[part])


def _band(values: Floats) -> dict[str, float]:
    return dict(zip(("low", "central", "high"), np.percentile(values, BAND).tolist(), strict=True))
