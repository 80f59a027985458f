"""What the modules of a package declare: how the registries find what one new file adds, and add more for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, TypeVar

Declared = TypeVar("Declared")


def declarations(package: ModuleType, name: str, *, among_others: bool = False) -> tuple[Any, ...]:
    """The value of `name` in every module of a package, by the modules' names.

    among_others: the package has modules without it, which are passed over; AttributeError for one otherwise.
    """
    found = (import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__))
    return tuple(getattr(module, name) for module in found if not among_others or hasattr(module, name))


@contextmanager
def added(further: list[Declared], one: Declared) -> Iterator[Declared]:
    """Inside the `with` block, `one` is in the list too."""
    further.append(one)
    try:
        yield one
    finally:
        further.remove(one)
