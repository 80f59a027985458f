"""A plan from a question to its answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from sogdia import arguments
from sogdia.codes import Region
from sogdia.data import Store
from sogdia.errors import unknown, wrong_argument
from sogdia.plan.answer import Plan
from sogdia.plan.build import PlanTables, plan_tables
from sogdia.plan.choice import choose, sample_gap
from sogdia.plan.costs import ACCOUNTS, Account
from sogdia.plan.frontier import Frontier, frontier_of
from sogdia.plan.notes import notes_of
from sogdia.plan.projects.record import Project
from sogdia.plan.term_limits import limits_of
from sogdia.plan.terms import NO_TERMS, PlanTerms

Progress = Callable[[str], None]
TAIL = 0.95
MOST_YEARS = 1_000_000
LEAST_YEARS = 20


def make_plan(
    store: Store, importer: Region, projects: Sequence[Project], year: int, *, budget: float | None = None,
    risk: float = 0.5, years: int = 10_000, seed: int = 1, account: str = "support", tail: float = TAIL,
    terms: PlanTerms = NO_TERMS, progress: Progress = lambda _: None,
) -> Plan:  # fmt: skip
    """Draw years, build the tables, choose. InputError for a wrong argument, NoAnswerError where limits clash."""
    most, risk = must_be_budget(budget), must_be_share("risk", risk)
    began = time.monotonic()
    tables = tables_for(store, importer, projects, year, years, seed, account, progress)
    built = time.monotonic()
    progress("choice")
    return plan_of(tables, most, risk, tail, year, seed, built - began, terms)


def make_frontier(
    store: Store, importer: Region, projects: Sequence[Project], year: int, *, budgets: Sequence[float | None],
    risks: Sequence[float], years: int = 10_000, seed: int = 1, account: str = "support", tail: float = TAIL,
    terms: PlanTerms = NO_TERMS, progress: Progress = lambda _: None,
) -> Frontier:  # fmt: skip
    """The plan for each budget and price of risk; the markets are solved once."""
    wanted = [(must_be_budget(budget), must_be_share("risk", risk)) for budget in budgets for risk in risks]
    if not wanted:
        raise wrong_argument("budgets", "a frontier has at least one budget and one price of risk", "Give some.", "")
    tables = tables_for(store, importer, projects, year, years, seed, account, progress)
    progress("choice")
    return frontier_of([plan_of(tables, budget, risk, tail, year, seed, terms=terms) for budget, risk in wanted])


def tables_for(
    store: Store, importer: Region, projects: Sequence[Project], year: int, years: int, seed: int, account: str,
    progress: Progress,
) -> PlanTables:  # fmt: skip
    """The tables after a check of the arguments."""
    chosen_account = must_be_account(account)
    count = arguments.whole_number("years", years, 10_000)
    if not LEAST_YEARS <= count <= MOST_YEARS:
        rule = f"years are {LEAST_YEARS} to {MOST_YEARS:,}"
        raise wrong_argument("years", rule, "Correct it, or leave it out.", years)
    started = arguments.whole_number("seed", seed, 1)
    if started < 0:
        raise wrong_argument("seed", "a seed is a whole number, not negative", "Give e.g. 1.", seed)
    return plan_tables(
        store, importer, projects, year, years=count, seed=started, account=chosen_account, progress=progress
    )  # fmt: skip


def plan_of(
    tables: PlanTables, budget: float | None, risk: float, tail: float, year: int, seed: int, seconds: float = 0.0,
    terms: PlanTerms = NO_TERMS,
) -> Plan:  # fmt: skip
    """The plan from tables that are there: another budget or price of risk needs no market again."""
    began = time.monotonic()
    case = tables.case(budget, risk, tail, limits_of(tables, terms))
    choice = choose(case)
    chosen = time.monotonic()
    gap = sample_gap(case, choice.chosen)
    took = {"tables": seconds, "choice": chosen - began, "sampling": time.monotonic() - chosen}
    notes = tuple(notes_of(tables, case, choice))
    return Plan(tables, case, choice, gap, budget, year, seed, took, notes, terms)


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
