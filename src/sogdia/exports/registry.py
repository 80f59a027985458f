"""The registry of formats: every module of `exports/formats`, and what a program adds for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sogdia.declarations import added, declarations
from sogdia.errors import Fault, InputError, unknown
from sogdia.exports import formats as package
from sogdia.exports.format import ExportFormat

_added: list[ExportFormat] = []


@cache
def _shipped() -> tuple[ExportFormat, ...]:
    return declarations(package, "FORMAT")


def formats() -> dict[str, ExportFormat]:
    """Every format by its key."""
    return {one.key: one for one in (*_shipped(), *_added)}


def format_of(key: str) -> ExportFormat:
    """The format of that name; UnknownNameError else."""
    if key not in formats():
        raise unknown("format", key, formats())
    return formats()[key]


@contextmanager
def register(one: ExportFormat) -> Iterator[None]:
    """Add a format as long as the `with` block runs; InputError where another one has its key."""
    if one.key in formats():
        fault = Fault(f"format {one.key}", "another format has this name", "Choose another name.", value=one.key)
        raise InputError([fault])
    with added(_added, one):
        yield
