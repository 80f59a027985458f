"""The operation that cargo needs where one link ends and the next begins."""

from __future__ import annotations

from sogdia.network.rates import Operation
from sogdia.network.records import Link


def operation_between(arriving: Link, leaving: Link) -> Operation | None:
    """The operation at the place between two consecutive links, None where the train or truck runs on.

    A change of mode is a `mode_change`; so is a change from one ship to another, as every sea or ferry link
    is one voyage. A change of track gauge is a `gauge_change`.
    """
    if arriving.mode != leaving.mode or leaving.mode in ("sea", "ferry"):
        return "mode_change"
    if arriving.gauge_mm != leaving.gauge_mm:
        return "gauge_change"
    return None
