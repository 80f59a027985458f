"""The size that an event was expected to have: as documented, else as usual for its kind.

Every event has a forecast made before it (*ex ante*), so every event needs a size. Where none is documented it is the
median of the documented sizes of other events of its kind, of all kinds where there are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from sogdia.data.events import RestrictionEvent

ALL = 1.0


def related(one: RestrictionEvent, other: RestrictionEvent) -> bool:
    """Whether two events may be one under two names: the same id, or the same exporter and mineral."""
    return one.event_id == other.event_id or (one.country, one.mineral) == (other.country, other.mineral)


def expected_size(event: RestrictionEvent, documented: Sequence[RestrictionEvent]) -> float:
    """Share of exports lost, 0..1. documented: events whose sizes may stand in; related ones are passed over."""
    if event.size is not None:
        return event.size
    others = [one for one in documented if one.size and not related(one, event)]
    alike = [one for one in others if one.kind == event.kind]
    sizes = [one.size for one in alike or others if one.size is not None]
    return median(sizes) if sizes else ALL
