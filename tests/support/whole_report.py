"""The whole report on the default question, computed and written once in a run of the tests; nobody may change it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sogdia.brief import Report, write
from sogdia.brief.collect import first_years
from sogdia.data import Store
from sogdia.hindcast import Hindcast
from sogdia.study import Study
from support.once import once, shared_folder

MINERALS = ("rare_earths", "chromium", "niobium")


def documented(factory: pytest.TempPathFactory, store: Store) -> Hindcast:
    """The hindcast that every report shows: it does not depend on the importer."""
    return once(factory, "first_years", lambda: first_years(store))


def whole_report(factory: pytest.TempPathFactory, store: Store) -> Report:
    """Japan and Central Asia in the last year of the data."""
    made = once(factory, "report", lambda: Study(store=store).report(with_hindcast=False))
    return replace(made, hindcast=documented(factory, store))


def small_report(factory: pytest.TempPathFactory, store: Store) -> Report:
    """Japan and Central Asia in the same year, on minerals that show every kind of block, without the hindcast."""
    return once(factory, "japan", lambda: Study(store=store).report(minerals=MINERALS, with_hindcast=False))


def whole_folder(factory: pytest.TempPathFactory, store: Store) -> Path:
    """The folder of that report."""

    def written() -> Path:
        return write(whole_report(factory, store), shared_folder(factory, "brief") / "report", store)

    return once(factory, "folder", written)
