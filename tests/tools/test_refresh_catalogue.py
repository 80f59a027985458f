"""Does the tool that renews the catalogue after an edit keep it true?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from sogdia.data import catalogue, snapshot_folder
from sogdia.errors import DataError, UnknownNameError
from support.programs import TOOLS, loaded


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    with loaded(TOOLS / "refresh_catalogue.py") as program:
        yield program


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The snapshot's CSV tables and its catalogue, without the large Parquet files."""
    for path in (*snapshot_folder().glob("*.csv"), snapshot_folder() / catalogue.FILE_NAME):
        shutil.copy(path, tmp_path)
    return tmp_path


def run(tool: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["refresh_catalogue.py", "--folder", str(folder)])
    tool.main()


def test_without_an_edit_nothing_changes(tool: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (folder / catalogue.FILE_NAME).read_text(encoding="utf-8")
    run(tool, folder, monkeypatch)
    assert (folder / catalogue.FILE_NAME).read_text(encoding="utf-8") == before


def test_an_edited_table_is_damaged_until_the_catalogue_is_renewed(
    tool: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",39,", ",40,", 1), encoding="utf-8")
    assert "claims.csv: changed" in catalogue.damaged(folder)
    run(tool, folder, monkeypatch)
    assert all("parquet" in fault for fault in catalogue.damaged(folder))


def test_the_tables_built_from_the_wheel_keep_their_entries(
    tool: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tool, folder, monkeypatch)
    kept = {entry.file for entry in catalogue.read(folder) if entry.file.endswith(".parquet")}
    assert kept == {"trade.parquet", "production.parquet", "governance.parquet"}


def test_a_source_that_does_not_exist_is_refused(tool: ModuleType, folder: Path) -> None:
    path = folder / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("UZDAILY_2023", "UZDAYLI_2023"), encoding="utf-8")
    with pytest.raises(UnknownNameError, match="UZDAILY_2023"):
        tool.curated_entries(folder)


def test_an_empty_cell_where_none_may_be_is_refused(tool: ModuleType, folder: Path) -> None:
    path = folder / "stocks.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",JPN,", ",,"), encoding="utf-8")
    with pytest.raises(DataError, match="country"):
        tool.curated_entries(folder)
