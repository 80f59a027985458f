"""Questions on the partnership plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sogdia.study.names import StudyNames

if TYPE_CHECKING:
    from sogdia.plan.answer import Plan
    from sogdia.plan.compare import ComparedAnswers
    from sogdia.plan.frontier import Frontier
    from sogdia.plan.projects import Project
    from sogdia.plan.terms import PlanTerms


class PlanQuestions(StudyNames):
    """What to do together, and who gains."""

    def plan(
        self, projects: Path | str | None = None, *, budget: float | None = None, risk: float = 0.5,
        years: int = 10_000, seed: int = 1, account: str = "support", year: int | None = None,
        periods: int | None = None, period_budget: float | None = None, draws: int | None = None, workers: int = 1,
        cached: bool = True, yearly_budget: float | None = None, financiers: Mapping[str, float] | None = None,
        dependence: float | Mapping[str, float] | None = None, floors: Mapping[str, float] | None = None,
        jobs: Mapping[str, float] | None = None, water: Mapping[str, float] | None = None,
        energy: Mapping[str, float] | None = None, must: str | Sequence[str] = (), without: str | Sequence[str] = (),
        progress: Callable[[str], None] = lambda _: None,
    ) -> Plan:  # fmt: skip
        """The choice of projects of least cost, expected loss and tail loss, proven best (see `sogdia.plan.choice`).

        projects: a table of your own (CSV or a workbook), by default the packaged ones; budget: of what is spent
        [million USD], by default none; risk: price of risk, 0..1; years, seed: of the years that are drawn; account:
        support, net or gross (see `sogdia.plan.costs`).

        periods: in which 2026-2040 is cut (1, 3, 5 or 15), to say when each project starts, by default one ordinary
        year with everything built; period_budget: of what is spent in each period; draws: of the elasticities, under
        which the plan is told too, by default none.
        workers: processes that solve the markets (a script that uses more than one needs `if __name__ == "__main__":`);
        cached: solved markets are kept in the user's cache folder ($SOGDIA_CACHE), so that another budget, price of
        risk or account takes a moment.

        yearly_budget: most that is spent in any one year; financiers: most that each brings, {"JOGMEC": 200} [million
        USD]; dependence: most of the supply that may come from one country, 0.5, or {"graphite": 0.8}; floors: least
        value added that a partner gains, {"KAZ": 50} [million USD a year]; jobs: likewise, in operation; water, energy:
        most that the projects of a country use a year [m3], [kWh]; must, without: projects in the plan, and not in it.
        NoAnswerError where limits clash, with which and by how much.
        """
        from sogdia.plan.kept import Effort
        from sogdia.plan.run import make_plan
        from sogdia.plan.terms import terms_of

        terms = terms_of(
            yearly_budget=yearly_budget, financiers=financiers, dependence=dependence, floors=floors, jobs=jobs,
            water=water, energy=energy, must=must, without=without,
        )  # fmt: skip
        return make_plan(
            self.store, self.importer, self._projects(projects), self.year(year), budget=budget, risk=risk, years=years,
            seed=seed, account=account, periods=periods, period_budget=period_budget, draws=draws, terms=terms,
            effort=Effort(workers, cached), progress=progress,
        )  # fmt: skip

    def frontier(
        self, projects: Path | str | None = None, *, budgets: Sequence[float] = (0.0, 50.0, 200.0, 1000.0),
        risks: Sequence[float] = (0.0, 0.5, 1.0), years: int = 10_000, seed: int = 1, account: str = "support",
        year: int | None = None, terms: PlanTerms | None = None, workers: int = 1, cached: bool = True,
        progress: Callable[[str], None] = lambda _: None,
    ) -> Frontier:  # fmt: skip
        """The plan for each budget and price of risk, from the same markets and years. Arguments as for `plan`; terms:
        all further limits, as `sogdia.plan.terms.terms_of` makes them.
        """
        from sogdia.plan.kept import Effort
        from sogdia.plan.run import make_frontier
        from sogdia.plan.terms import NO_TERMS

        return make_frontier(
            self.store, self.importer, self._projects(projects), self.year(year), budgets=budgets, risks=risks,
            years=years, seed=seed, account=account, terms=terms or NO_TERMS, effort=Effort(workers, cached),
            progress=progress,
        )  # fmt: skip

    def compare(
        self, *sides: str | Path | Any, mineral: str | None = None, progress: Callable[[str], None] = lambda _: None,
        **arguments: Any,
    ) -> ComparedAnswers:  # fmt: skip
        """Two or more answers to one question side by side, with differences from the first.

        sides: importers, answers, or JSON files that `--json` wrote; for importers the question is the plan (arguments
        as for `plan`), or with `mineral` the exposure to it. InputError for fewer than two sides, or answers to
        different questions.
        """
        from sogdia.plan.compare import comparison_of, side_of

        def ask(importer: str) -> Any:
            regions = {name: region.members for name, region in self._own.items()}
            own = type(self)(importer, regions=regions, store=self.store)
            if mineral is not None:
                return own.expose(mineral, **arguments)  # type: ignore[attr-defined]
            progress(f"plan of {own.importer.name}")
            return own.plan(**arguments)

        return comparison_of([side_of(side, ask) for side in sides])

    def _projects(self, given: Path | str | None) -> tuple[Project, ...]:
        """The projects of a table, or the packaged ones."""
        from sogdia import arguments
        from sogdia.plan.markets.named import market_names
        from sogdia.plan.projects import embedded_projects, read_projects

        if given is None:
            return embedded_projects()
        return read_projects(arguments.path("projects", given), market_names(self.store))
