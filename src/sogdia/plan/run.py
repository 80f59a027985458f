"""A plan from a question to its answer."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sogdia import arguments
from sogdia.codes import Region
from sogdia.data import Store
from sogdia.errors import unknown, wrong_argument
from sogdia.plan.answer import Plan
from sogdia.plan.build import PlanTables, priced
from sogdia.plan.choice import Choice, PlanCase, SampleGap, choose, figures_of, sample_gap
from sogdia.plan.costs import ACCOUNTS, Account
from sogdia.plan.draws import DrawnPlan, drawn_plan, must_be_draws
from sogdia.plan.frontier import Frontier, frontier_of
from sogdia.plan.kept import DIRECT, Effort, Kept, kept_draw, kept_markets
from sogdia.plan.markets.table import BuiltTable
from sogdia.plan.notes import notes_of
from sogdia.plan.periods import Horizon, Staging, horizon_of, must_be_staging
from sogdia.plan.projects.record import Project
from sogdia.plan.term_limits import limits_of
from sogdia.plan.terms import NO_TERMS, PlanTerms
from sogdia.progress import Progress
from sogdia.scenarios.executors import executor_for

TAIL = 0.95
MOST_YEARS = 1_000_000
LEAST_YEARS = 20
MOST_WORKERS = 64
MOST_NAMED = 5


def make_plan(
    store: Store, importer: Region, projects: Sequence[Project], year: int, *, budget: float | None = None,
    risk: float = 0.5, years: int = 10_000, seed: int = 1, account: str = "support", tail: float = TAIL,
    periods: int | None = None, period_budget: float | None = None, draws: int | None = None,
    terms: PlanTerms = NO_TERMS, effort: Effort = DIRECT, progress: Progress = lambda _: None,
) -> Plan:  # fmt: skip
    """Draw years, build the tables, choose. InputError for a wrong argument, NoAnswerError where limits clash.

    periods: in which the years 2026-2040 are cut, to say when each project starts; None for one ordinary year with
    everything built; period_budget: of what is spent in each; draws: of the elasticities, under which the plan is told
    too.
    """
    most, risk = must_be_budget(budget), must_be_share("risk", risk)
    staging, count, known = must_be_staging(periods, period_budget), must_be_draws(draws), must_be_account(account)
    began = time.monotonic()
    kept = markets_for(store, importer, projects, year, years, seed, effort, progress)
    tables = _priced(kept, known)
    built = time.monotonic()
    progress("choice")
    plan = plan_of(tables, most, risk, tail, year, seed, built - began, staging, terms)
    return plan if count == 0 else _with_draws(plan, _drawn(kept, plan, count, effort, progress))


def make_frontier(
    store: Store, importer: Region, projects: Sequence[Project], year: int, *, budgets: Sequence[float | None],
    risks: Sequence[float], years: int = 10_000, seed: int = 1, account: str = "support", tail: float = TAIL,
    terms: PlanTerms = NO_TERMS, effort: Effort = DIRECT, progress: Progress = lambda _: None,
) -> Frontier:  # fmt: skip
    """The plan for each budget and price of risk; the markets are solved once."""
    wanted = [(must_be_budget(budget), must_be_share("risk", risk)) for budget in budgets for risk in risks]
    if not wanted:
        raise wrong_argument("budgets", "a frontier has at least one budget and one price of risk", "Give some.", "")
    known = must_be_account(account)
    kept = markets_for(store, importer, projects, year, years, seed, effort, progress)
    tables = _priced(kept, known)
    progress("choice")
    return frontier_of([plan_of(tables, budget, risk, tail, year, seed, terms=terms) for budget, risk in wanted])


def markets_for(
    store: Store, importer: Region, projects: Sequence[Project], year: int, years: int, seed: int, effort: Effort,
    progress: Progress,
) -> Kept:  # fmt: skip
    """The solved markets after a check of the arguments."""
    count = arguments.whole_number("years", years, 10_000)
    if not LEAST_YEARS <= count <= MOST_YEARS:
        rule = f"years are {LEAST_YEARS} to {MOST_YEARS:,}"
        raise wrong_argument("years", rule, "Correct it, or leave it out.", years)
    started = arguments.whole_number("seed", seed, 1)
    if started < 0:
        raise wrong_argument("seed", "a seed is a whole number, not negative", "Give e.g. 1.", seed)
    workers = arguments.whole_number("workers", effort.workers, 2)
    if not 1 <= workers <= MOST_WORKERS:
        raise wrong_argument("workers", f"workers are 1 to {MOST_WORKERS}", "Give the number of cores.", workers)
    return kept_markets(
        store, importer, tuple(projects), year, years=count, seed=started, effort=effort, progress=progress
    )


def _priced(kept: Kept, account: Account) -> PlanTables:
    """The tables of the markets by an account, with the key under which they are kept."""
    return replace(priced(kept.solved, account), key=kept.key)


def _drawn(kept: Kept, plan: Plan, count: int, effort: Effort, progress: Progress) -> DrawnPlan:
    """The plan under draws of the elasticities."""

    def tables_of(number: int) -> tuple[BuiltTable, ...]:
        progress(f"elasticities {number} of {count}")
        return kept_draw(kept, number, count, executor)

    tables, chosen = plan.tables, plan.choice.chosen
    with executor_for(effort.workers) as executor:
        return drawn_plan(kept.solved, tables.account, tables.assumed, plan.case, chosen, count, tables_of)


def _with_draws(plan: Plan, drawn: DrawnPlan) -> Plan:
    return replace(plan, drawn=drawn, notes=(*plan.notes, drawn.note()))


def plan_of(
    tables: PlanTables, budget: float | None, risk: float, tail: float, year: int, seed: int, seconds: float = 0.0,
    staging: Staging | None = None, terms: PlanTerms = NO_TERMS,
) -> Plan:  # fmt: skip
    """The plan from tables that are there: another budget or price of risk needs no market again."""
    began = time.monotonic()
    case = tables.case(budget, risk, tail, limits_of(tables, terms))
    horizon = None if staging is None else horizon_of(tables, case, staging, budget)
    choice = choose(case) if horizon is None else horizon.in_all(case)
    chosen = time.monotonic()
    gap = sample_gap(case, choice.chosen) if horizon is None else horizon.sample_gap()
    took = {"tables": seconds, "choice": chosen - began, "sampling": time.monotonic() - chosen}
    notes = (*notes_of(tables, case, choice), *(() if horizon is None else horizon.notes()))
    notes = (*notes, *_of_sampling(case, choice, gap, horizon))
    return Plan(tables, case, choice, gap, budget, year, seed, took, notes, terms, horizon)


def _of_sampling(case: PlanCase, choice: Choice, gap: SampleGap, horizon: Horizon | None) -> list[str]:
    """What the sampling of years leaves open, in words."""
    if gap.same == gap.batches:
        return [f"All {gap.batches} parts of the years give this very plan."]
    years = len(case.weight) // gap.batches
    told = (
        f"{gap.same} of {gap.batches} parts of the years ({years:,} each, of which the worst "
        f"{round(years * (1 - case.tail)):,} make the tail) give this very plan. The plans of the others, judged by "
        f"all years, are worse by {gap.worse:.3g} million USD a year on average and by {gap.worst:.3g} at most"
    )
    if horizon is not None:
        return [f"{told}."]
    saved = figures_of(case, np.zeros_like(choice.chosen)).value - choice.figures.value
    part = f", beside {saved:.3g} that the plan saves" if saved > 0 else ""
    taken = np.array(gap.taken)
    open_ = np.flatnonzero((taken > 0) & (taken < gap.batches))
    if not len(open_):
        return [f"{told}{part}."]
    order = open_[np.argsort(-np.abs(taken[open_] - gap.batches / 2), kind="stable")][::-1][:MOST_NAMED]
    names = ", ".join(f"{case.names[k]} (in {taken[k]})" for k in order.tolist())
    return [f"{told}{part}: they differ in projects that save about what they cost, such as {names}."]


def must_be_account(account: object) -> Account:
    """The account; UnknownNameError else."""
    for known in ACCOUNTS:
        if known == account:
            return known
    raise unknown("account", str(account), ACCOUNTS)


def must_be_budget(budget: float | None) -> float | None:
    """A budget is a number of million USD, not negative."""
    if budget is None:
        return None
    value = arguments.number("budget", budget, 1000.0)
    if not 0 <= value < float("inf"):
        rule = "a budget is a number of million USD, not negative"
        raise wrong_argument("budget", rule, "Give e.g. 1000, or leave it out for none.", budget)
    return float(value)


def must_be_share(name: str, value: float) -> float:
    """The price of risk, 0..1."""
    found = arguments.number(name, value, 0.5)
    if not 0 <= found <= 1:
        rule = "the price of risk is 0 (expected loss alone) to 1 (the tail alone)"
        raise wrong_argument(name, rule, "Give e.g. 0.5.", value)
    return float(found)
