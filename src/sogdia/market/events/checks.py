"""Rules that several kinds of events share."""

from __future__ import annotations

import math

import numpy as np

from sogdia.errors import wrong_argument


def require(ok: bool, field: str, value: object, rule: str, remedy: str) -> None:
    """Raise an InputError naming the field unless `ok`."""
    if not ok:
        raise wrong_argument(field, rule, remedy, value)


def is_number(value: object) -> bool:
    """A finite number; true and false are none."""
    return isinstance(value, int | float | np.number) and not isinstance(value, bool) and math.isfinite(value)


def require_share(value: float, field: str = "share") -> None:
    """A share lies in 0..1."""
    require(
        is_number(value) and 0.0 <= value <= 1.0,
        field, value, "a share lies between 0 and 1", "Write 40 % as 0.4.",
    )  # fmt: skip


def require_positive(value: float, field: str) -> None:
    """A factor or quantity is a finite number above 0."""
    require(
        is_number(value) and value > 0.0,
        field, value, "must be a finite number above 0", "Relative to the base year: 1 leaves it as it was.",
    )  # fmt: skip
