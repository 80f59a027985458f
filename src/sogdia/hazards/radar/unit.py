"""The unit of a radar image: decibel, power or amplitude, by what the user, the file or the values say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from sogdia.errors import Fault, InputError
from sogdia.hazards.radar.parameters import percent

Unit = Literal["db", "power", "amplitude"]
UNITS: tuple[Unit, ...] = get_args(Unit)
WORDS: dict[str, Unit] = {
    "db": "db", "decibel": "db", "decibels": "db", "power": "power", "linear": "power", "intensity": "power",
    "amplitude": "amplitude",
}  # fmt: skip
MOSTLY = 0.5
"""More values than this are negative in decibel: ground is darker than 0 dB."""
FEW = 0.02
"""So many negative values are noise that was subtracted from power."""
BRIGHTEST_DB, DARKEST_DB = 60.0, -100.0
"""Decibel outside these, as -9999, fill what is missing."""
DARKEST_MEDIAN_DB = -45.0
"""Darker than any ground: hundredths of a decibel, or something else."""
BRIGHTEST_MEDIAN = 3.0
"""Power as a share of what an even reflector returns; a median above this is a count, not a power."""
REMEDY = "Say what the values are with --unit db, --unit power or --unit amplitude."


@dataclass(frozen=True, slots=True)
class UnitOfScene:
    """A unit, and by what it was told: option, metadata or values."""

    unit: Unit
    told_by: str


def unit_of(wanted: str | None, words: Sequence[str], values: NDArray[np.float64], file: str) -> UnitOfScene:
    """The unit of an image. wanted: the user's word; words: what the file says of its band; values: known pixels.

    InputError where nothing tells it, or where the values cannot be what was said. Zeros and values below -100, which
    often fill what is missing, tell nothing.
    """
    given, values = values, values[(values != 0) & (values > DARKEST_DB)]
    if given.size and not values.size:
        raise _untold(given, file)
    if wanted is not None:
        if wanted not in UNITS:
            raise InputError([Fault("--unit", f"a unit is {', '.join(UNITS)}", REMEDY, value=wanted)])
        return UnitOfScene(_fitting(wanted, values, file, "--unit"), "option")
    said = {WORDS[word] for text in words for word in re.findall(r"[a-z]+", text.lower()) if word in WORDS}
    if len(said) == 1:
        return UnitOfScene(_fitting(said.pop(), values, file, "the file"), "metadata")
    return UnitOfScene(_by_values(values, file), "values")


def _fitting(unit: Unit, values: NDArray[np.float64], file: str, who: str) -> Unit:
    """The unit, if the values can have it."""
    negative = float((values < 0).mean()) if values.size else 0.0
    top = float(values.max()) if values.size else 0.0
    if unit == "db" and ((values.size and negative == 0.0) or top > BRIGHTEST_DB):
        rule = f"{who} says decibel, but {'no value is negative' if negative == 0.0 else 'values are above 60'}"
        raise InputError([Fault(file, rule, REMEDY, value=f"{top:g} at most")])
    if unit != "db" and negative > FEW:
        rule = f"{who} says {unit}, which is not negative, but {percent(negative)} of the values are"
        raise InputError([Fault(file, rule, REMEDY, value=f"{float(values.min()):g} at least")])
    return unit


def _by_values(values: NDArray[np.float64], file: str) -> Unit:
    if not values.size:
        return "power"
    negative, median = float((values < 0).mean()), float(np.median(values))
    if negative > MOSTLY and values.max() <= BRIGHTEST_DB and median > DARKEST_MEDIAN_DB:
        return "db"
    if negative <= FEW and 0 < median <= BRIGHTEST_MEDIAN and not np.array_equal(values, np.round(values)):
        return "power"
    raise _untold(values, file)


def _untold(values: NDArray[np.float64], file: str) -> InputError:
    """The error for values that may be anything."""
    rule = "neither the file nor its values tell whether they are decibel or power"
    found = f"values from {values.min():g} to {values.max():g}, median {float(np.median(values)):g}"
    return InputError([Fault(file, rule, REMEDY, value=found)])


def power_from(values: NDArray[np.float64], unit: Unit) -> NDArray[np.float64]:
    """Power from values in a unit; NaN where there is none: where power is not above 0; and at exactly 0 dB and outside
    -100..60 dB, which fill what is missing.
    """
    if unit == "db":
        known = (values > DARKEST_DB) & (values <= BRIGHTEST_DB) & (values != 0)
        return np.asarray(10.0 ** (np.where(known, values, np.nan) / 10.0), dtype=np.float64)
    positive = np.where(values > 0, values, np.nan)
    return positive * positive if unit == "amplitude" else positive
