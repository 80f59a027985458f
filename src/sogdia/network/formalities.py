"""What do export papers cost by a user's own figures? Their table, in place of the packaged rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sogdia.errors import Fault, InputError
from sogdia.network.additions import DEFAULTED, with_defaults
from sogdia.network.parse_rates import FORMALITY_COLUMNS, formality_of
from sogdia.network.rates import Formality, Rates
from sogdia.tabular.rows import read_rows, read_text

OPTIONAL = (*DEFAULTED, "note")


def read_formalities(path: Path | str) -> tuple[Formality, ...]:
    """A user's table of export papers: country, usd_per_t_low, usd_per_t_central, usd_per_t_high [USD per t].

    `source` and `evidence` may be left out, as in the other tables. Raises `InputError` with all faults.
    """
    text, faults = read_text(path)
    if faults:
        raise InputError(faults)
    required = [column for column in FORMALITY_COLUMNS if column not in OPTIONAL]
    rows, faults = read_rows(text, str(path), required, OPTIONAL)
    found: dict[str, Formality] = {}
    for row in with_defaults(rows):
        record, wrong = formality_of(row)
        faults += wrong
        if record is not None and record.country in found:
            rule, remedy = "a country may appear once", "Remove one of its rows."
            faults.append(Fault(row.file, rule, remedy, row=row.line, column="country", value=record.country))
        elif record is not None:
            found[record.country] = record
    if faults:
        raise InputError(faults)
    return tuple(found.values())


def with_formalities(rates: Rates, own: Iterable[Formality]) -> Rates:
    """The rates with these rows in place of the rows of their countries."""
    rows = {row.country: row for row in (*rates.formalities, *own)}
    return replace(rates, formalities=tuple(rows.values()))
