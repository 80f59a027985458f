"""A small setup for tests of ensembles: three minerals, and a made-up hazard that hits two of them."""

from __future__ import annotations

from sogdia.scenarios.stream import EventStream, Hit, Possibility
from sogdia.uncertain import Range

MINERALS = ("cobalt", "graphite", "rare_earths")
DAYS = Range(20.0, 60.0, 200.0)


def toy(rate: float = 0.02, name: str = "quake:toy", target: str = "CHN") -> EventStream:
    """A made-up earthquake that takes part of all that a country makes, and Congo's cobalt for longer."""
    hits = (Hit("output", target, None, DAYS, factor=0.5), Hit("output", "COD", "cobalt", Range(100, 300, 900)))
    return EventStream(name, "earthquake", "a made-up fault", (Possibility(rate, hits),), "assumed", ())
