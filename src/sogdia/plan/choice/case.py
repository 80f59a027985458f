"""What a choice is made from: loss tables of the markets, years with their weights, costs and limits.

    min  c x + sum over groups g of w[g] ((1 - lambda) sum over m of g, c of E[m, c] z[m, c] + lambda theta[g])
    sum over c of z[m, c] = 1;   sum over c that hold p of z[m, c] = x[p];   x binary, z >= 0

A combination is the set of projects of one market that are supported together. The losses of a group of tables add up
in a year, and each group has a tail of its own; a plan for one ordinary year is one group of weight 1, a staged plan
has one for each period. All figures are in one unit of money a year.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import Fault, InputError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
MOST_COMBINATIONS = 4_096


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """What is known of an expected loss without sampling. known: loss of each combination in the years that are
    covered, times their chance, (combinations,); rest: chance of the others; of_rest: which sampled years are of the
    others, (years,). plain: loss of each row without the projects that change events, which is what is known; what they
    change is the mean of the sampled years; None where there are none.
    """

    known: Floats
    rest: float
    of_rest: Booleans
    plain: Floats | None = None

    def expected(self, of_year: Integers, loss: Floats, weight: Floats) -> Floats:
        """Expected loss of each combination: what is known, and the mean of the sampled years for the rest."""
        plain = loss if self.plain is None else self.plain
        mass = np.bincount(of_year, weights=np.where(self.of_rest, weight, 0.0), minlength=len(loss))
        if mass.sum() > 0:
            found = self.known + self.rest * (mass @ plain) / mass.sum()
        else:
            found = self.known / (1.0 - self.rest) if self.rest < 1 else self.known
        if self.plain is None:
            return np.asarray(found)
        every = np.bincount(of_year, weights=weight / weight.sum(), minlength=len(loss))
        return np.asarray(found + every @ (loss - plain))


@dataclass(frozen=True, slots=True, eq=False)
class LossTable:
    """The loss of one market. projects: numbers of those that touch it, (projects here,); holds: which of them each
    combination holds, (combinations, projects here); loss: (states, combinations); of_year: state of each year,
    (years,); computed: what of the expected loss is known without sampling; group: its number.
    """

    name: str
    projects: Integers
    holds: Booleans
    loss: Floats
    of_year: Integers
    computed: Computed | None = None
    group: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Limit:
    """low <= sum of of_project x + sum over markets of of_combination z <= high. name: how it is called where limits
    clash; unit: of what is limited. of_combination: by name of the market, (combinations,).
    """

    name: str
    of_project: Floats
    low: float = -np.inf
    high: float = np.inf
    unit: str = ""
    of_combination: Mapping[str, Floats] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Of one choice: cost, expected loss, tail loss, and what they come to at the price of risk."""

    cost: float
    expected: float
    cvar: float
    value: float


@dataclass(frozen=True, eq=False)
class PlanCase:
    """names, cost: of each project (projects,); weight: of each year (years,). risk: lambda, price of risk, 0..1;
    tail: alpha, the part of the years that is not in the tail; groups: weight of each group of tables.

    InputError where shapes do not fit, a cost is no number, or a market has more than 4,096 combinations.
    """

    names: tuple[str, ...]
    cost: Floats
    tables: tuple[LossTable, ...]
    weight: Floats
    limits: tuple[Limit, ...] = ()
    risk: float = 0.5
    tail: float = 0.95
    groups: tuple[float, ...] = (1.0,)

    def __post_init__(self) -> None:
        faults = [*_own_faults(self), *(fault for table in self.tables for fault in _table_faults(self, table))]
        if faults:
            raise InputError(faults)

    @cached_property
    def known(self) -> dict[bytes, Figures]:
        """The figures of the choices that were asked for so far."""
        return {}

    @cached_property
    def years(self) -> Floats:
        """Weights that add up to 1."""
        return np.asarray(self.weight / self.weight.sum())

    def rows(self, chosen: Booleans) -> list[int] | None:
        """The combination of each market under a choice (projects,); None where a market has no such combination."""
        found = []
        for table, rows in zip(self.tables, self._rows, strict=True):
            row = rows.get(chosen[table.projects].tobytes())
            if row is None:
                return None
            found.append(row)
        return found

    @cached_property
    def _rows(self) -> tuple[dict[bytes, int], ...]:
        """The first combination of each market that holds just these projects, by their bytes."""
        return tuple(
            {row.tobytes(): number for number, row in reversed([*enumerate(table.holds)])} for table in self.tables
        )

    def expected(self, table: LossTable) -> Floats:
        """Expected loss of each combination of a table, (combinations,)."""
        known = self._expected.get(id(table))
        return self._expectation(table) if known is None else known

    @cached_property
    def _expected(self) -> dict[int, Floats]:
        """The same of the tables of the case, worked out once."""
        return {id(table): self._expectation(table) for table in self.tables}

    def _expectation(self, table: LossTable) -> Floats:
        if table.computed is not None:
            return table.computed.expected(table.of_year, table.loss, self.weight)
        mass = np.bincount(table.of_year, weights=self.years, minlength=len(table.loss))
        return np.asarray(mass @ table.loss)


def combinations(count: int, *, of: str = "the market") -> Booleans:
    """Every combination of some projects, (2^count, count), the one without any first.

    InputError above 4,096: the table would be larger than the choice is worth; count says how many projects to join,
    to exclude or to leave out.
    """
    if 2**count > MOST_COMBINATIONS:
        raise InputError([_too_many(of, f"{count} projects, {2**count:,} combinations")])
    return np.asarray((np.arange(2**count)[:, np.newaxis] >> np.arange(count)) & 1, dtype=bool)


def _too_many(market: str, value: str) -> Fault:
    return Fault(
        market,
        f"a market has at most {MOST_COMBINATIONS:,} combinations of projects, that is 12 projects",
        "Leave out some of its projects, or make them one.",
        column="projects",
        value=value,
    )


def _own_faults(case: PlanCase) -> list[Fault]:
    faults = []
    numbers: Sequence[tuple[str, bool, str, object]] = (
        ("cost", case.cost.shape == (len(case.names),), "one cost for each project", case.cost.shape),
        ("cost", bool(np.isfinite(case.cost).all()), "costs are finite", "not a number"),
        ("weight", bool((case.weight >= 0).all() and case.weight.sum() > 0), "weights of years are not negative", ""),
        ("risk", 0 <= case.risk <= 1, "the price of risk is 0..1", case.risk),
        ("groups", all(0 <= t.group < len(case.groups) for t in case.tables), "every table is of a group", ""),
        ("tail", 0 <= case.tail < 1, "a tail begins in 0..1, below 1", case.tail),
    )
    for column, right, rule, value in numbers:
        if not right:
            faults.append(Fault("case", rule, "Correct it.", column=column, value=str(value)))
    return faults


def _table_faults(case: PlanCase, table: LossTable) -> list[Fault]:
    faults = []
    if len(table.holds) > MOST_COMBINATIONS:
        faults.append(_too_many(table.name, f"{len(table.holds):,} combinations"))
    wanted = (
        ("holds", table.holds.shape, (table.loss.shape[1], len(table.projects))),
        ("of_year", table.of_year.shape, case.weight.shape),
    )
    for column, shape, right in wanted:
        if shape != right:
            faults.append(
                Fault(table.name, f"its shape must be {right}", "Correct it.", column=column, value=str(shape))
            )
    if not np.isfinite(table.loss).all():
        rule = "every state has a loss under every combination"
        faults.append(Fault(table.name, rule, "Leave out the years without an answer.", column="loss"))
    return faults
