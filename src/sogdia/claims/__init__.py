"""The claims that articles make about Central Asia and Japan, each against what the data say."""

from __future__ import annotations

from sogdia.claims.answer import Claims, claims, importers
from sogdia.claims.claim import VERDICTS, Claim, ClaimReading, Finding
from sogdia.claims.kind import ClaimKind, ClaimQuestion
from sogdia.claims.registry import kinds, register

__all__ = [
    "VERDICTS", "Claim", "ClaimKind", "ClaimQuestion", "ClaimReading", "Claims", "Finding", "claims", "importers",
    "kinds",
    "register",
]  # fmt: skip
