"""A kind of check: how readings of a claim are computed from the data, and the words for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sogdia.claims.agreement import agrees
from sogdia.claims.claim import Claim, ClaimReading
from sogdia.claims.settings import CheckRow
from sogdia.codes import economy
from sogdia.data import Store
from sogdia.data.minerals import without_fuels
from sogdia.errors import Fault, InputError
from sogdia.tabular.evidence import Evidence, weakest

PERCENT = 100.0
THOUSAND = 1000.0


@dataclass(frozen=True, slots=True)
class ClaimQuestion:
    """What a check is given: the claim, one row of its settings and the store."""

    claim: Claim
    row: CheckRow
    store: Store

    def countries(self, setting: str) -> tuple[str, ...]:
        """The countries that a setting names; InputError where the row leaves it empty."""
        named = getattr(self.row, setting)
        if named is None:
            raise self._empty(setting)
        return economy(named).members

    def figure(self, setting: str) -> float:
        """A setting that is a number; InputError where the row leaves it empty."""
        value = getattr(self.row, setting)
        if value is None:
            raise self._empty(setting)
        return float(value)

    def codes(self) -> tuple[str, ...]:
        """The codes of the row; where it names none, those of every mineral of the store but coal, oil and gas."""
        minerals = without_fuels(self.store.minerals.values())
        return self.row.hs6 or tuple(sorted({code.hs6 for mineral in minerals for code in mineral.codes}))

    def years(self) -> tuple[int, ...]:
        """From the first to the last year of the row; one year where it names one; else the last complete year."""
        last = self.store.complete_year if self.row.last_year is None else self.row.last_year
        first = last if self.row.first_year is None else self.row.first_year
        return tuple(range(first, last + 1))

    def trade_sources(self, years: Iterable[int]) -> tuple[str, ...]:
        """Sources of the trade of these years and of the row."""
        return tuple(dict.fromkeys((*self.store.source_ids("trade", years), *self.row.source_ids)))

    def reading(
        self, value: float | None, unit: str, year: str, source_ids: Iterable[str], *, definition: str | None = None,
        agreed: bool | None = None, note: str = "", evidence: Evidence | None = None,
        low: float | None = None, high: float | None = None,
    ) -> ClaimReading:  # fmt: skip
        """The reading of the row. agreed: whether it agrees, for a claim without a stated value."""
        row = self.row
        judged = agrees(self.claim, value, unit, row.tolerance or 0.0, row.relation)
        if self.claim.value is None:
            judged = None if value is None or row.relation == "beside" else agreed
        return ClaimReading(
            row.definition if definition is None else definition, row.relation, value, unit, year, judged,
            tuple(dict.fromkeys(source_ids)), weakest(row.evidence, evidence or row.evidence),
            " ".join(text for text in (note, row.note) if text), low, high,
        )  # fmt: skip

    def _empty(self, setting: str) -> InputError:
        rule = f"the check {self.row.check} of {self.claim.claim_id} needs it"
        return InputError([Fault("checks.csv", rule, "Fill it in.", column=setting)])


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """A kind of check. method: how it computes, one sentence; read: the readings of one row of settings."""

    name: str
    method: str
    read: Callable[[ClaimQuestion], Iterator[ClaimReading]]
