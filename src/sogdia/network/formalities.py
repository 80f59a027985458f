"""A user's own table of what export papers cost, and the rates with these rows in place of the packaged ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sogdia.errors import Fault, InputError
from sogdia.network.additions import user_rows
from sogdia.network.parse_rates import FORMALITY_COLUMNS, FORMALITY_FIGURES, formality_of
from sogdia.network.rates import Formality, Rates


@dataclass(frozen=True, slots=True)
class FormalityTable:
    """The rows of a user's table, and what was put right while it was read."""

    rows: tuple[Formality, ...]
    repaired: tuple[Fault, ...] = ()

    def __iter__(self) -> Iterator[Formality]:
        return iter(self.rows)


def read_formalities(path: Path | str) -> FormalityTable:
    """A user's table of export papers: country, usd_per_t_low, usd_per_t_central, usd_per_t_high [USD per t].

    The columns of provenance may be left out, as in the other tables. Raises `InputError` with all faults.
    """
    read = user_rows(path, FORMALITY_COLUMNS, sheet="formalities", figures=FORMALITY_FIGURES)
    faults = list(read.faults)
    by_country: dict[str, Formality] = {}
    for row in read.rows:
        record, faults_of_row = formality_of(row)
        faults += faults_of_row
        if record is not None and record.country in by_country:
            rule, remedy = "a country may appear once", "Remove one of its rows."
            faults.append(Fault(row.file, rule, remedy, row=row.line, column="country", value=record.country))
        elif record is not None:
            by_country[record.country] = record
    if faults:
        raise InputError(faults)
    return FormalityTable(tuple(by_country.values()), read.repaired)


def with_formalities(rates: Rates, own: FormalityTable | Iterable[Formality]) -> Rates:
    """The rates with these rows in place of the rows of their countries."""
    rows = {row.country: row for row in (*rates.formalities, *own)}
    repaired = own.repaired if isinstance(own, FormalityTable) else ()
    return replace(rates, formalities=tuple(rows.values()), repaired=(*rates.repaired, *repaired))
