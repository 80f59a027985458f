"""What the operating system or a damaged store refuses is told with its path and a remedy, and the status is 2."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import polars as pl
import pytest

from sogdia.cli.app import EXIT_USER_ERROR
from sogdia.data import catalogue
from sogdia.study import Study
from sogdia.text import UNSAFE
from support.cli import run

ROUTE = ("route", "KAZ:Khromtau", "JPN:Yokohama", "-m", "chromium")


@pytest.fixture
def small_store(tmp_path: Path) -> Path:
    """A store with one table of its own."""
    folder = tmp_path / "store"
    folder.mkdir()
    frame = pl.DataFrame(
        {
            "country": ["JPN"],
            "year": [2024],
            "estimate": [1.0],
            "std_error": [0.2],
            "sources": [9],
            "instability": [0.3],
        }
    )
    frame.write_parquet(folder / "g.parquet")
    entry = catalogue.entry_for(folder, "g.parquet", table="governance", rows=1, source_ids=("WB_WGI",), years=(2024,))
    catalogue.write(folder, (entry,))
    return folder


@pytest.fixture
def a_file(tmp_path: Path) -> Path:
    made = tmp_path / "file"
    made.write_text("mine")
    return made


def test_a_folder_for_a_file_of_regions_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, _, told = run(capsys, "expose", "JPN", "--regions", tmp_path)
    assert status == EXIT_USER_ERROR
    assert f"{tmp_path}: this is a folder" in told
    assert "Name the file" in told


def test_a_path_through_a_file_is_told(capsys: pytest.CaptureFixture[str], a_file: Path) -> None:
    for arguments in (
        ("brief", "--out", a_file / "x"),
        ("data", "template", a_file / "t.csv"),
        (*ROUTE, "--map", a_file / "m.svg"),
    ):
        status, _, told = run(capsys, *arguments)
        assert status == EXIT_USER_ERROR
        assert str(arguments[-1]) in told or str(a_file) in told
        assert "file and no folder" in told or "Something else has this name" in told


def test_a_folder_that_may_not_be_written_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The refusal is put in by hand: a superuser, who may run the tests, is refused nothing."""

    really = os.open

    def refuse(path: str | Path, flags: int, *more: int, **where: int) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return really(path, flags, *more, **where)

    monkeypatch.setattr(os, "open", refuse)
    status, _, told = run(capsys, "data", "template", tmp_path / "t.csv")
    assert status == EXIT_USER_ERROR
    assert f"{tmp_path / 't.csv'}: permission denied" in told
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("second", ["file/m.svg", "folder.svg"])
def test_no_output_is_written_when_another_of_the_command_cannot_be(
    second: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, a_file: Path
) -> None:
    (tmp_path / "folder.svg").mkdir()
    first = tmp_path / "ok.geojson"
    status, _, told = run(capsys, *ROUTE, "--geojson", first, "--map", tmp_path / second)
    assert status == EXIT_USER_ERROR
    assert str(tmp_path / second) in told
    assert not first.exists()


def test_a_foreign_folder_for_the_report_is_refused_before_anything_is_computed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, a_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Study, "report", lambda *_, **__: pytest.fail("the report was computed"))
    status, _, told = run(capsys, "brief", "--out", tmp_path)
    assert status == EXIT_USER_ERROR
    assert "is left alone" in told
    assert a_file.read_text() == "mine"


@pytest.mark.parametrize("harm", ["truncated", "deleted"])
def test_a_damaged_table_is_told_as_verify_tells_it(
    harm: str, capsys: pytest.CaptureFixture[str], small_store: Path
) -> None:
    file = small_store / "g.parquet"
    assert run(capsys, "expose", "JPN", "-m", "tin", "-y", "2022", "--store", small_store)[0] == 0
    if harm == "deleted":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:200])
    verified = run(capsys, "data", "verify", "--store", small_store)
    exposed = run(capsys, "expose", "JPN", "-m", "tin", "-y", "2022", "--store", small_store)
    assert verified[0] == exposed[0] == EXIT_USER_ERROR
    assert verified[2] == exposed[2]
    assert "g.parquet" in exposed[2]


@pytest.mark.parametrize("name", ["purchases.xlsx", "mine.csv"])
def test_a_template_replaces_a_file_only_when_told_to(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    filled = tmp_path / name
    filled.write_text("filled in")
    status, _, told = run(capsys, "data", "template", filled)
    assert (status, filled.read_text()) == (EXIT_USER_ERROR, "filled in")
    assert "--force" in told
    assert run(capsys, "data", "template", filled, "--force")[0] == 0
    assert filled.read_bytes() != b"filled in"


def test_members_counted_twice_are_told_with_the_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('Dup = ["BEL", "BEL"]\nEmpty = []\n')
    status, _, told = run(capsys, "expose", "Dup", "-m", "tin", "--regions", own)
    assert status == EXIT_USER_ERROR
    assert told.count(str(own)) == 2


def test_a_partner_of_the_other_partner_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, told = run(capsys, "brief", "-p", "EU27", "-p", "DEU")
    assert status == EXIT_USER_ERROR
    assert "DEU counts once" in told


def test_damage_inside_a_table_is_told(capsys: pytest.CaptureFixture[str], small_store: Path) -> None:
    file = small_store / "g.parquet"
    raw = bytearray(file.read_bytes())
    raw[4:60] = bytes(byte ^ 0x55 for byte in raw[4:60])
    file.write_bytes(raw)
    status, _, told = run(capsys, "expose", "JPN", "-m", "tin", "-y", "2024", "--store", small_store)
    assert status == EXIT_USER_ERROR
    assert "sogdia data verify" in told


@pytest.mark.parametrize("word", ["a\x1b[2Jb", "a\u202eb", "a\x9b31m", "a\udcff"])
@pytest.mark.parametrize(
    "command", [("{}",), ("expose", "{}"), ("expose", "JPN", "--{}"), ("data", "template", "{}.csv")]
)
def test_an_argument_that_a_terminal_would_obey_is_refused_and_shown_without_it(
    command: tuple[str, ...], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, told = run(capsys, *(part.format(word) for part in command))
    assert status == EXIT_USER_ERROR
    assert f"U+{ord(word[1]):04X}" in told
    assert UNSAFE.search(out + told) is None
