"""The figures of the radar chain, from packaged tables: its rules, and assumptions on what a warning is worth."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from sogdia.network.parameters import packaged_parameters
from sogdia.network.rates import Parameter


@cache
def figures(table: str) -> Mapping[str, Parameter]:
    """The figures of one table of this room (`parameters` or `warning`) by name; InputError if it was damaged."""
    return {row.name: row for row in packaged_parameters(f"{table}.csv", "sogdia.hazards.radar")}


def rule(name: str) -> float:
    """The central value of a rule of the chain."""
    return figures("parameters")[name].value.central


def percent(share: float) -> str:
    """A share in words of a message.

    >>> percent(0.254)
    '25 %'
    """
    return f"{100 * share:.0f} %"
