"""The one list of readers. A module of this package that has a `READER` is on it; nothing else has to be changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sogdia.data import readers as package
from sogdia.data.readers.reader import Reader
from sogdia.declarations import declarations
from sogdia.errors import unknown

_further: dict[str, Reader] = {}


def readers() -> tuple[Reader, ...]:
    """Every reader, in the order in which they are asked whether a file is theirs."""
    return tuple(sorted((*_packaged(), *_further.values()), key=lambda reader: (reader.order, reader.key)))


def keys() -> tuple[str, ...]:
    """The kinds of data that there are, by the words for them."""
    return tuple(reader.key for reader in readers())


def reader(key: str) -> Reader:
    """The reader of a kind of data; UnknownNameError for a kind there is not."""
    for each in readers():
        if each.key == key:
            return each
    raise unknown("kind of data", key, keys())


@contextmanager
def registered(further: Reader) -> Iterator[Reader]:
    """A further reader, on the list while the block runs: for data of an institution's own, and for tests."""
    if further.key in keys():
        raise ValueError(f"there is a reader {further.key!r} already")
    _further[further.key] = further
    try:
        yield further
    finally:
        del _further[further.key]


@cache
def _packaged() -> tuple[Reader, ...]:
    """The readers that ship with Sogdia."""
    return declarations(package, "READER", among_others=True)
