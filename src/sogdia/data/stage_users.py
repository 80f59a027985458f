"""Stage users are the countries known to use a mineral at the stage that its production counts."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from sogdia.data.source_ids import row_sources
from sogdia.data.store import Store


@dataclass(frozen=True, slots=True)
class StageUsers:
    """countries: known to use it; everywhere: used wherever it is made. documented: those for which a source says how
    much of the next product they make. source_ids: of the rows.
    """

    countries: frozenset[str]
    everywhere: bool
    documented: frozenset[str]
    source_ids: tuple[str, ...]

    def use(self, country: str) -> bool:
        """Whether a country is known to use it."""
        return self.everywhere or country in self.countries


def stage_users(store: Store, mineral: str) -> StageUsers:
    """The known users of a mineral at the stage that its production counts."""
    rows = store.scan("stage_users").filter(pl.col("mineral") == mineral).collect()
    named = rows.filter(pl.col("country").is_not_null())
    sized = named.filter(pl.col("output_t") > 0)
    return StageUsers(
        frozenset(named["country"]), named.height < rows.height, frozenset(sized["country"]), row_sources(rows)
    )


def unmapped_codes(store: Store, mineral: str) -> tuple[str, ...]:
    """The codes under which a mineral is traded too and which the store does not map, as "253090 (spodumene)"."""
    rows = store.scan("unmapped_codes").filter(pl.col("mineral") == mineral).sort("hs6").collect()
    return tuple(f"{code} ({product})" for code, product in rows.select("hs6", "product").iter_rows())
