"""A whole report on the default question, written once for all tests of the brief."""

from __future__ import annotations

from pathlib import Path

import pytest

from sogdia.brief import Report, write
from sogdia.brief.blocks import Section
from sogdia.brief.sections import sections
from sogdia.data import Store
from sogdia.study import Study


@pytest.fixture(scope="session")
def report(store: Store) -> Report:
    """Japan and Central Asia in the last year of the data."""
    return Study(store=store).report()


@pytest.fixture(scope="session")
def parts(report: Report) -> tuple[Section, ...]:
    """The sections of that report."""
    return sections(report)


@pytest.fixture(scope="session")
def folder(report: Report, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of that report."""
    return write(report, tmp_path_factory.mktemp("brief") / "report", store)
