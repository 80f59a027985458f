"""One study whose exports the tests of every format read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from sogdia import Study
from sogdia.codes import economy
from sogdia.exports import ExportContents, export


@pytest.fixture(scope="session")
def contents() -> ExportContents:
    """Two importers, two years, a few minerals."""
    study = Study("JPN", partners=["KAZ"])
    minerals = study.minerals(["copper", "rare_earths", "graphite", "bauxite", "chromium"])
    importers = (economy("JPN"), economy("EU27"))
    return ExportContents(study.store, importers, study.partners, minerals, (2022, 2023))


@pytest.fixture(scope="session")
def exported(contents, tmp_path_factory):
    """Writes a format once and returns its folder."""
    made: dict[str, Path] = {}

    def folder(key: str) -> Path:
        if key not in made:
            made[key] = export(contents, key, tmp_path_factory.mktemp("exports") / key)
        return made[key]

    return folder


@pytest.fixture(scope="session")
def long(contents):
    """The figures that every format holds."""
    return contents.long
