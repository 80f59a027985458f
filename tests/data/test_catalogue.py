from __future__ import annotations

import json
import shutil

import pytest

from sogdia.data import catalogue, snapshot_folder
from sogdia.errors import DataError


@pytest.fixture
def folder(tmp_path):
    """A store folder with two files."""
    for name in ("chains.csv", "claims.csv"):
        shutil.copy(snapshot_folder() / name, tmp_path)
    entries = tuple(
        catalogue.entry_for(tmp_path, name, table=name[:6], rows=rows, source_ids=("SOGDIA",))
        for name, rows in (("claims.csv", 22), ("chains.csv", 5))
    )
    catalogue.write(tmp_path, entries)
    return tmp_path


def test_what_was_written_is_read_back_in_order(folder):
    entries = catalogue.read(folder)
    assert [e.file for e in entries] == ["chains.csv", "claims.csv"]
    assert (entries[0].rows, entries[0].years) == (5, ())
    assert entries[0].source_ids == ("SOGDIA",)


def test_a_folder_without_a_catalogue_is_no_store(tmp_path):
    with pytest.raises(DataError, match=r"is no store: catalogue\.json is missing"):
        catalogue.read(tmp_path)


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "{}", '{"format": 1}', '{"format": 1, "files": [{"table": "trade"}]}', '{"format": 1, "files": 3}'],
)
def test_a_damaged_catalogue_is_named(folder, text):
    (folder / "catalogue.json").write_text(text)
    with pytest.raises(DataError, match=r"catalogue\.json is damaged"):
        catalogue.read(folder)


def test_a_catalogue_of_another_format_is_refused_with_what_to_do(folder):
    content = json.loads((folder / "catalogue.json").read_text())
    (folder / "catalogue.json").write_text(json.dumps({**content, "format": 99}))
    with pytest.raises(DataError, match=r"format 99, but this Sogdia reads 1\. Add the data again"):
        catalogue.read(folder)


def test_an_untouched_store_has_no_damage(folder):
    assert catalogue.damaged(folder) == ()


def test_changed_and_missing_files_are_named(folder):
    (folder / "chains.csv").write_text("x\n9\n")
    (folder / "claims.csv").unlink()
    assert catalogue.damaged(folder) == ("chains.csv: changed", "claims.csv: missing")
