"""The figures of the radar chain, from packaged tables: its rules, and assumptions on what a warning is worth."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from sogdia.errors import InputError
from sogdia.network.parse_rates import PARAMETER_COLUMNS, parameter_of
from sogdia.network.rates import Parameter
from sogdia.tabular.rows import packaged_rows


@cache
def figures(table: str) -> Mapping[str, Parameter]:
    """The figures of one table of this room (`parameters` or `warning`) by name; InputError if it was damaged."""
    rows = packaged_rows(files(__package__).joinpath("tables", f"{table}.csv"), PARAMETER_COLUMNS)
    parsed = [parameter_of(row) for row in rows]
    faults = [fault for _, of_row in parsed for fault in of_row]
    if faults:
        raise InputError(faults)
    return {record.name: record for record, _ in parsed if record is not None}


def rule(name: str) -> float:
    """The central value of a rule of the chain."""
    return figures("parameters")[name].value.central


def percent(share: float) -> str:
    """A share in words of a message.

    >>> percent(0.254)
    '25 %'
    """
    return f"{100 * share:.0f} %"
