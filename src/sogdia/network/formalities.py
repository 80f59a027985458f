"""A user's own table of what export papers cost, and the rates with these rows in place of the packaged ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sogdia.errors import Fault, InputError
from sogdia.network.additions import user_rows
from sogdia.network.parse_rates import FORMALITY_COLUMNS, formality_of
from sogdia.network.rates import Formality, Rates


def read_formalities(path: Path | str) -> tuple[Formality, ...]:
    """A user's table of export papers: country, usd_per_t_low, usd_per_t_central, usd_per_t_high [USD per t].

    The columns of provenance may be left out, as in the other tables. Raises `InputError` with all faults.
    """
    rows, faults = user_rows(path, FORMALITY_COLUMNS)
    by_country: dict[str, Formality] = {}
    for row in rows:
        record, faults_of_row = formality_of(row)
        faults += faults_of_row
        if record is not None and record.country in by_country:
            rule, remedy = "a country may appear once", "Remove one of its rows."
            faults.append(Fault(row.file, rule, remedy, row=row.line, column="country", value=record.country))
        elif record is not None:
            by_country[record.country] = record
    if faults:
        raise InputError(faults)
    return tuple(by_country.values())


def with_formalities(rates: Rates, own: Iterable[Formality]) -> Rates:
    """The rates with these rows in place of the rows of their countries."""
    rows = {row.country: row for row in (*rates.formalities, *own)}
    return replace(rates, formalities=tuple(rows.values()))
