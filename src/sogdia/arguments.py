"""Checks of the arguments of Python calls. A fault names the keyword, what was given and what is meant instead."""

from __future__ import annotations

import operator
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from reprlib import repr as short
from typing import SupportsFloat

from sogdia.errors import InputError, wrong_argument


def wrong_type(keyword: str, meant: str, remedy: str, value: object) -> InputError:
    """The error for an argument of a wrong type.

    >>> str(wrong_type("year", "a year is a whole number", "E.g. year=2022.", "2022")).splitlines()[1]
    "  - year: a year is a whole number, but '2022' is of type str. E.g. year=2022."
    """
    return wrong_argument(keyword, f"{meant}, but {short(value)} is of type {type(value).__name__}", remedy)


def name(keyword: str, value: object, example: str) -> str:
    """The one name given."""
    if not isinstance(value, str):
        raise wrong_type(keyword, "a name is text", f"E.g. {keyword}={example!r}.", value)
    return value


def names(keyword: str, value: object, example: str) -> tuple[str, ...]:
    """The names given, as one text or as a list of several. A set has no order, so that it is refused.

    >>> names("partners", "KAZ", "UZB"), names("partners", ["KAZ", "UZB"], "UZB")
    (('KAZ',), ('KAZ', 'UZB'))
    """
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, Sequence) or isinstance(value, bytes | bytearray):
        remedy = f"E.g. {keyword}={example!r}, or {keyword}=[{example!r}, ...]."
        raise wrong_type(keyword, "names are one text or a list of texts", remedy, value)
    return tuple(name(keyword, one, example) for one in value)


def regions(keyword: str, value: object) -> dict[str, tuple[str, ...]]:
    """The regions given: members by name."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        remedy = f"E.g. {keyword}={{'BENELUX': ['BEL', 'NLD', 'LUX']}}."
        raise wrong_type(keyword, "regions are a mapping from a name to its countries", remedy, value)
    return {name(keyword, key, "BENELUX"): names(keyword, members, "BEL") for key, members in value.items()}


def path(keyword: str, value: object) -> Path:
    """The path of the file or folder given."""
    if not isinstance(value, str | os.PathLike):
        raise wrong_type(keyword, "a file or folder is a path", f"E.g. {keyword}='my/place'.", value)
    return Path(value)


def number(keyword: str, value: object, example: float) -> float:
    """The number given; those of NumPy count, truth values do not.

    >>> number("days", 60, 30.0)
    60.0
    """
    if isinstance(value, bool) or not isinstance(value, SupportsFloat) or isinstance(value, str):
        raise wrong_type(keyword, f"{keyword} is a number", f"E.g. {keyword}={example}.", value)
    return float(value)


def whole_number(keyword: str, value: object, example: int) -> int:
    """The whole number given; those of NumPy count, truth values do not.

    >>> whole_number("year", 2022, 2022)
    2022
    """
    try:
        if isinstance(value, bool):
            raise TypeError
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise wrong_type(keyword, f"{keyword} is a whole number", f"E.g. {keyword}={example}.", value) from None
