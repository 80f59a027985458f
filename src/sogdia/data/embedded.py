"""The embedded data alone, one store for all: the user's own figures are held against it."""

from __future__ import annotations

from functools import cache

from sogdia.data.store import Store, snapshot_folder


@cache
def snapshot() -> Store:
    """The embedded data without the user's own."""
    return Store((snapshot_folder(),))
