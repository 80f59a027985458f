"""The registry of checks: every module of `claims/kinds`, and what a program adds for a while.

A new kind of check is one file in `claims/kinds` with a `KIND`; a row of `tables/checks.csv` names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from sogdia.claims import kinds as package
from sogdia.claims.kind import ClaimKind
from sogdia.declarations import added, declarations
from sogdia.errors import Fault, InputError

_added: list[ClaimKind] = []


@cache
def _shipped() -> tuple[ClaimKind, ...]:
    return declarations(package, "KIND")


def kinds() -> Mapping[str, ClaimKind]:
    """Every kind of check by its name."""
    return {kind.name: kind for kind in (*_shipped(), *_added)}


@contextmanager
def register(kind: ClaimKind) -> Iterator[None]:
    """Add a kind of check as long as the `with` block runs; InputError where another one has its name."""
    if kind.name in kinds():
        rule, remedy = "another kind of check has this name", "Choose another name."
        raise InputError([Fault("check of claims", rule, remedy, value=kind.name)])
    with added(_added, kind):
        yield
