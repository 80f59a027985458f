"""Which figures of a record rest on less than they seem to?

A weight that was imputed for a notable part, and a supply risk in which the world's concentration stands alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from sogdia.exposure.position import WORLD_ALONE

NOTABLE_IMPUTED = 0.05  # of value or of weight
NO_SOURCING = "the mineral content of what it buys and makes is not known"


def notably_imputed(record: Mapping[str, Any]) -> bool:
    """Whether imputed weights stand for more than NOTABLE_IMPUTED of a record's value or weight."""
    return any((record[name] or 0.0) > NOTABLE_IMPUTED for name in ("imputed_value_share", "imputed_weight_share"))


def stands_alone(record: Mapping[str, Any]) -> bool:
    """Whether the record's supply risk is the world's concentration alone."""
    return bool(record["ec_scope"] == WORLD_ALONE)


def world_alone(records: pl.DataFrame) -> dict[str, list[str]]:
    """Minerals whose supply risk is the world's concentration alone, by the reason, in the order of the records."""
    found: dict[str, list[str]] = {}
    for record in records.iter_rows(named=True):
        if stands_alone(record):
            found.setdefault(record["reliance_gap"] or NO_SOURCING, []).append(record["mineral"])
    return found
