"""States of the corridors that are the same hazard as the conflict of a country: they are not counted twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sogdia.hazards.packaged import packaged
from sogdia.tabular.evidence import Evidence, provenance_of
from sogdia.tabular.rows import Cells


@dataclass(frozen=True, slots=True)
class CountedState:
    """A corridor state that stands for the conflict of a country at targets of these kinds (place, link, border)."""

    state: str
    country: str
    target_kinds: tuple[str, ...]
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@cache
def counted_states() -> tuple[CountedState, ...]:
    """Every row of the table."""

    def record(cells: Cells) -> CountedState:
        return CountedState(
            cells.text("state"), cells.country("country"), cells.names("target_kinds"), **provenance_of(cells)
        )

    return packaged("counted_states.csv", ("state", "country", "target_kinds"), record)


@cache
def counted_as() -> Mapping[tuple[str, str], tuple[CountedState, ...]]:
    """The states by country and kind of target."""
    found: dict[tuple[str, str], tuple[CountedState, ...]] = {}
    for row in counted_states():
        for kind in row.target_kinds:
            found[row.country, kind] = (*found.get((row.country, kind), ()), row)
    return found
