"""The rules by which a figure bears a claim out, and by which readings together make a verdict.

A figure agrees with a stated value if it lies within the tolerance, a share of the stated value: stated figures are
rounded. With "more than" it agrees if it is the stated value or more; "up to" is compared as a value is. A claim holds
if every definition that can be judged agrees and one of them is what the words say; it holds under a definition if some
agree, or only figures that mean another thing; it does not hold if none agrees; it cannot be checked if nothing can be
judged.
"""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.claims.claim import FAILS, HOLDS, OPEN, UNDER, Claim, ClaimReading, Relation

MORE_THAN = "more than"
ROUNDING = 1e-9
"""Room for the last bits of a figure at the very edge of the tolerance."""


def agrees(claim: Claim, value: float | None, unit: str, tolerance: float, relation: Relation) -> bool | None:
    """Whether a figure bears the claim out; None where it cannot say.

    tolerance: as a share of the stated value.
    """
    if claim.value is None or value is None or unit != claim.unit or relation == "beside":
        return None
    if claim.qualifier == MORE_THAN:
        return value >= claim.value
    return abs(value - claim.value) <= tolerance * abs(claim.value) + ROUNDING


def verdict(readings: Sequence[ClaimReading]) -> str:
    """The verdict that the readings make together."""
    judged = [reading for reading in readings if reading.agrees is not None]
    if not judged:
        return OPEN
    if not any(reading.agrees for reading in judged):
        return FAILS
    as_worded = any(reading.relation == "same" for reading in judged)
    return HOLDS if as_worded and all(reading.agrees for reading in judged) else UNDER


def shown(claim: Claim, readings: Sequence[ClaimReading]) -> ClaimReading | None:
    """The reading to tell: of those that agree the nearest to the stated value, else the first that disagrees; None
    where nothing can be judged.
    """
    agreeing, differing = ([r for r in readings if r.agrees is wanted] for wanted in (True, False))
    if agreeing:
        return min(agreeing, key=lambda reading: _distance(reading, claim.value))
    return differing[0] if differing else None


def _distance(reading: ClaimReading, stated: float | None) -> float:
    return 0.0 if reading.value is None or stated is None else abs(reading.value - stated)
