"""The registry of kinds of projects: every module of `projects/kinds`, and what a program adds for a while.

Table, template, help and plan all read it, so that a new file in `projects/kinds` with a `KIND` is all that a new kind
needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sogdia.declarations import added, declarations
from sogdia.errors import Fault, InputError, unknown
from sogdia.plan.projects import kinds as package
from sogdia.plan.projects.kind import ProjectKind

_added: list[ProjectKind] = []


@cache
def _shipped() -> tuple[ProjectKind, ...]:
    return declarations(package, "KIND")


def project_kinds() -> tuple[ProjectKind, ...]:
    """Every kind of project, by its order."""
    return tuple(sorted((*_shipped(), *_added), key=lambda kind: (kind.order, kind.name)))


def kind_names() -> tuple[str, ...]:
    """The names that the column `effect` may have."""
    return tuple(kind.name for kind in project_kinds())


def kind_named(name: str) -> ProjectKind:
    """The kind of this name; UnknownNameError otherwise."""
    for kind in project_kinds():
        if kind.name == name:
            return kind
    raise unknown("kind of project", name, kind_names())


@contextmanager
def register(kind: ProjectKind) -> Iterator[None]:
    """Add a kind of project as long as the `with` block runs; InputError where another one has its name."""
    if kind.name in kind_names():
        rule, remedy = "another kind of project has this name", "Choose another name."
        raise InputError([Fault("kind of project", rule, remedy, value=kind.name)])
    with added(_added, kind):
        yield
