"""One small setup that the tests of ensembles share: three minerals of Japan, and a made-up hazard that hits two."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sogdia import Study
from sogdia.scenarios.setup import EnsembleSetup, ensemble_setup
from support.outages_once import outages_once
from support.small_ensembles import MINERALS, toy


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
