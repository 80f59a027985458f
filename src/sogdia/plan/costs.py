"""What a project costs by account, and what its backers spend.

    support   the part of the capital that the importer brings, a yearly charge of it; or, where running the project
              costs more than it earns, that gap, if it is larger
    net       yearly charge of all capital, and running costs less revenue
    gross     yearly charge of all capital, and running costs

A stock costs its value, which is spent, and interest and handling a year. The accounts give different plans.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from sogdia.plan.assumptions import Assumptions
from sogdia.plan.projects.record import Project
from sogdia.plan.projects.registry import kind_named

Account = Literal["support", "net", "gross"]
ACCOUNTS: tuple[Account, ...] = get_args(Account)


@dataclass(frozen=True, slots=True)
class Cost:
    """spent: once, counted against the budget; yearly; both in MUSD."""

    spent: float
    yearly: float


def cost_of(
    project: Project, account: Account, assumed: Assumptions, price_usd_per_t: float, used_t: float
) -> Cost | None:
    """The cost; None where the account needs running costs or a price that are not known.

    price_usd_per_t: what the importer pays in the base year, for a stock; used_t: what it uses of the product a year.
    """
    if project.effect == "stock":
        value = (project.cover_days or 0.0) / 365.25 * used_t * price_usd_per_t / 1e6
        return Cost(value, value * (assumed.discount_rate.central + assumed.stock_handling.central))
    if project.capital is None:
        return None
    charge = project.capital * assumed.yearly_over(project.life_years)
    running, revenue = kind_named(project.effect).running(project)
    if account == "support":
        gap = 0.0 if running is None or revenue is None else charge + running - revenue
        part = max(assumed.support_share.central, min(gap / charge, 1.0) if charge > 0 else 0.0)
        return Cost(part * project.capital, max(part * charge, gap))
    if running is None or (account == "net" and revenue is None):
        return None
    return Cost(project.capital, charge + running - (revenue or 0.0 if account == "net" else 0.0))
