"""One small setup that the tests of ensembles share: three minerals of Japan, and a made-up hazard that hits two."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sogdia import Study
from sogdia.scenarios.setup import EnsembleSetup, ensemble_setup
from sogdia.scenarios.stream import EventStream, Hit, Possibility
from sogdia.uncertain import Range
from support.outages_once import outages_once

MINERALS = ("cobalt", "graphite", "rare_earths")
DAYS = Range(20.0, 60.0, 200.0)


def toy(rate: float = 0.02, name: str = "quake:toy", target: str = "CHN") -> EventStream:
    """A made-up earthquake that takes part of all that a country makes, and its own cobalt for longer."""
    hits = (Hit("output", target, None, DAYS, factor=0.5), Hit("output", "COD", "cobalt", Range(100, 300, 900)))
    return EventStream(name, "earthquake", "a made-up fault", (Possibility(rate, hits),), "assumed", ())


@pytest.fixture(scope="package", autouse=True)
def outages_known() -> Iterator[None]:
    with outages_once():
        yield


@pytest.fixture(scope="package")
def study() -> Study:
    return Study("JPN")


@pytest.fixture(scope="package")
def setup(study: Study) -> EnsembleSetup:
    return ensemble_setup(study.store, study.importer, study.minerals(MINERALS), study.year(), further=(toy(),))
