"""What a project alone changes: the plan with it against the plan without it (see `agreement.beside`), MUSD a year."""

from __future__ import annotations

from sogdia.plan.build import PlanTables
from sogdia.plan.choice import PlanCase
from sogdia.plan.choice.case import Booleans
from sogdia.plan.ledger import importer_parts
from sogdia.plan.others import others_gains

PARTS = ("price", "insurance", "transfer")


def saved_parts(tables: PlanTables, case: PlanCase, held: Booleans, without: Booleans) -> dict[str, float]:
    """What it saves of the importer's expected loss, by part."""
    more, less = (importer_parts(tables, case, which) for which in (held, without))
    return {name: float(sum(p[name] for p in more.values()) - sum(p[name] for p in less.values())) for name in PARTS}


def others_change(tables: PlanTables, case: PlanCase, held: Booleans, without: Booleans) -> tuple[float, float]:
    """What buyers elsewhere gain in ordinary and bad years, and what makers of today earn more in ordinary ones."""
    more, less = (others_gains(tables, case, which) for which in (held, without))
    buyers = more.ordinary + more.bad - less.ordinary - less.bad
    return buyers, float(sum(more.sellers.values()) - sum(less.sellers.values()))
