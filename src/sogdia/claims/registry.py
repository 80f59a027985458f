"""The registry of checks: every module of `claims/kinds`, and what a program adds for a while.

A new kind of check is one file in `claims/kinds` with a `KIND`; a row of `tables/checks.csv` names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from sogdia.claims import kinds as package
from sogdia.claims.kind import ClaimKind
from sogdia.errors import Fault, InputError

_added: list[ClaimKind] = []


@cache
def _shipped() -> tuple[ClaimKind, ...]:
    return tuple(import_module(f"{package.__name__}.{m.name}").KIND for m in iter_modules(package.__path__))


def kinds() -> Mapping[str, ClaimKind]:
    """Every kind of check by its name."""
    return {kind.name: kind for kind in (*_shipped(), *_added)}


@contextmanager
def register(kind: ClaimKind) -> Iterator[None]:
    """Add a kind of check as long as the `with` block runs; InputError where another one has its name."""
    if kind.name in kinds():
        rule, remedy = "another kind of check has this name", "Choose another name."
        raise InputError([Fault("check of claims", rule, remedy, value=kind.name)])
    _added.append(kind)
    try:
        yield
    finally:
        _added.remove(kind)
