"""The plan that a report shows, computed by a process of its own beside the rest: it takes longer than all the rest.

Weighed are the projects of the partners and of the importer and, where the table knows projects of the partners, works
on the ways between, wherever they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.errors import NoAnswerError
from sogdia.scenarios.beside import beside

YEARS = 10_000
"""Years that are drawn for the plan of a summary."""
WORKERS = 2
"""Processes that solve its markets, none of which imports the program that asks."""
UNANSWERED, SOME_MINERALS = "unanswered", "minerals"
"""Why there may be no plan: no project can be weighed, or the question is on some minerals alone."""


@dataclass(frozen=True, slots=True)
class PlanFound:
    """plan: `Plan.to_dict()` without its sensitivity, None where there is none, and then why; weighed_abroad: projects
    of the partners that could be chosen.
    """

    plan: Mapping[str, Any] | None
    why: str = ""
    weighed_abroad: int = 0


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """Whose plan, with which partners; store: its folders."""

    importer: Region
    partners: tuple[str, ...]
    year: int
    store: tuple[str, ...] = field(repr=False)

    def computed(self, workers: int = 1) -> PlanFound:
        """The plan; markets that a plan has solved before are taken from the user's cache."""
        from sogdia.plan.content import content_of
        from sogdia.plan.kept import Effort
        from sogdia.plan.projects import embedded_projects
        from sogdia.plan.projects.registry import kind_named
        from sogdia.plan.run import make_plan

        store = Store(tuple(Path(folder) for folder in self.store))
        near = (None, *self.importer.members, *self.partners)
        known = embedded_projects()
        on_the_way = any(p.country in self.partners for p in known)
        projects = [p for p in known if p.country in near or (on_the_way and kind_named(p.effect).upgrades)]
        effort = Effort(workers, cached=True)
        try:
            plan = make_plan(store, self.importer, projects, self.year, years=YEARS, effort=effort)
        except NoAnswerError:
            return PlanFound(None, UNANSWERED)
        content = content_of(plan, sensitivity=False)
        return PlanFound(content, "", sum(p.country in self.partners for p in plan.tables.projects))


def plan_asked(store: Store, importer: Region, partners: Sequence[Region], year: int) -> PlanAsked:
    """The question of a summary."""
    members = tuple(member for partner in partners for member in partner.members)
    return PlanAsked(importer, members, year, tuple(str(folder) for folder in store.folders))


@contextmanager
def plan_under_way(
    store: Store, importer: Region, partners: Sequence[Region], year: int, *, every_mineral: bool
) -> Iterator[Callable[[], PlanFound]]:  # fmt: skip
    """The plan under way until the block ends; none for a question on some minerals alone."""
    if not every_mineral:
        yield lambda: PlanFound(None, SOME_MINERALS)
        return
    with plan_beside(plan_asked(store, importer, partners, year)) as under_way:
        yield under_way


def plan_beside(asked: PlanAsked) -> AbstractContextManager[Callable[[], PlanFound]]:
    """The plan under way in a process beside this one; what the block is given waits for it."""
    return beside(PlanAsked.computed, asked, WORKERS, alone=asked.computed)
