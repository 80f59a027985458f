"""The report folder: complete or not there, never over somebody else's files."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from sogdia.brief import Report, write
from sogdia.data import Store
from sogdia.errors import DataError
from sogdia.files import sha256
from sogdia.tabular.formulas import neutral


def test_a_report_folder_holds_what_the_manifest_says(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {"manifest.json"}
    assert there == set(manifest["outputs"])
    assert all(sha256(folder / name) == digest for name, digest in manifest["outputs"].items())
    assert {"annex.html", "tables.xlsx", "data/results.parquet"} <= there


def test_the_manifest_names_no_path_of_this_machine(folder: Path) -> None:
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    assert str(folder.parent) not in text
    assert str(Path.home()) not in text


def test_a_second_report_replaces_the_first_and_is_equal_but_for_its_date(
    germany: Report, store: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "report"
    before, after = (
        json.loads((write(germany, folder, store) / "manifest.json").read_text(encoding="utf-8")) for _ in range(2)
    )
    assert {**before, "created": ""} == {**after, "created": ""}
    assert [p.name for p in tmp_path.iterdir()] == [folder.name]


def test_a_folder_of_somebody_else_is_left_alone(germany: Report, store: Store, tmp_path: Path) -> None:
    theirs = tmp_path / "photos"
    theirs.mkdir()
    (theirs / "cat.txt").write_text("meow")
    with pytest.raises(DataError, match="Name another folder"):
        write(germany, theirs, store)
    assert [p.name for p in tmp_path.rglob("*")] == ["photos", "cat.txt"]


def test_a_report_that_fails_leaves_nothing_behind(
    germany: Report, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise OSError("disk full")

    monkeypatch.setattr("sogdia.brief.folder.page", fail)
    with pytest.raises(OSError, match="disk full"):
        write(germany, tmp_path / "out", store)
    assert list(tmp_path.iterdir()) == []


def test_text_that_a_spreadsheet_would_run_is_neutralised_in_csv() -> None:
    frame = pl.DataFrame({"name": ["=1+1", "+a", "-b", "@c", "tin", None], "value": [-1.0, 2.0, 3.0, 4.0, 5.0, 6.0]})
    made = neutral(frame)
    assert made["name"].to_list() == ["'=1+1", "'+a", "'-b", "'@c", "tin", None]
    assert made["value"].to_list() == frame["value"].to_list()
