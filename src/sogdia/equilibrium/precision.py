"""The precisions in which prices are sought: single on the way, double for the answer."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from sogdia.equilibrium.layout import Layout, Shares

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Precision:
    """double: whether numbers have 64 bits, else 32.

    tiny: stands for zero where a logarithm is taken of a quantity that may vanish on the way; most: quantities are cut
    off here, so that their weights stay numbers; thin: sums of choices below which a consumer is reckoned apart, for
    their squares must stay numbers; rounding: of a number; rounds: in which a producer's price is sought, at most.
    """

    double: bool
    wide: bool
    tiny: float
    most: float
    thin: float
    rounding: float
    rounds: int

    def shares(self, layout: Layout) -> Shares:
        """The layout's shares in this precision."""
        return layout.double if self.double else layout.single


ROUNDING = float(np.finfo(np.float64).eps)
DOUBLE = Precision(double=True, wide=True, tiny=1e-300, most=1e130, thin=1e-100, rounding=ROUNDING, rounds=200)
MIXED = Precision(double=True, wide=False, tiny=1e-300, most=1e15, thin=1e-17, rounding=ROUNDING, rounds=200)
SINGLE = Precision(double=False, wide=False, tiny=1e-37, most=1e15, thin=1e-17, rounding=1e-6, rounds=2)


def in_single(record: Record) -> Record:
    """The record with its arrays of numbers, and those of the records in it, in single precision."""
    part: dict[str, Any] = {}
    for field in fields(record):
        values = getattr(record, field.name)
        if is_dataclass(values) and not isinstance(values, type):
            part[field.name] = in_single(values)
        elif isinstance(values, np.ndarray) and values.dtype == np.float64:
            part[field.name] = values.astype(np.float32)
    return replace(record, **part)
