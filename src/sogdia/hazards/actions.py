"""What can be done against hazards, from the packaged table: hardening, drainage, early warning."""

from __future__ import annotations

from functools import cache

from sogdia.hazards.kind import HazardAction
from sogdia.hazards.packaged import packaged
from sogdia.tabular.evidence import provenance_of
from sogdia.tabular.rows import Cells, range_columns
from sogdia.uncertain import Range


@cache
def _actions() -> tuple[HazardAction, ...]:
    columns = (
        "name", "hazard", "label", *range_columns("rate_factor"), *range_columns("days_factor"),
        *range_columns("cost"), "cost_unit",
    )  # fmt: skip

    def record(cells: Cells) -> HazardAction:
        return HazardAction(
            cells.text("name"), cells.text("hazard"), cells.text("label"), cells.optional_range("rate_factor"),
            cells.optional_range("days_factor"), cells.optional_range("cost"), cells.text("cost_unit"),
            **provenance_of(cells),
        )  # fmt: skip

    return packaged("actions.csv", columns, record)


def packaged_actions(hazard: str) -> tuple[HazardAction, ...]:
    """The actions against one hazard."""
    return tuple(action for action in _actions() if action.hazard == hazard)


def times(value: Range, factor: Range | None) -> Range:
    """A range times what is left of it, end by end.

    >>> times(Range(1, 2, 4), Range(0.25, 0.5, 1.0))
    Range(low=0.25, central=1.0, high=4.0)
    """
    if factor is None:
        return value
    return Range(value.low * factor.low, value.central * factor.central, value.high * factor.high)
