"""What is written obeys the umask, and a path means what it says, whatever characters are in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from sogdia.data import open_store
from sogdia.data.adding import add
from sogdia.data.template import write_template
from sogdia.errors import DataError, InputError

HEADER = "company,year,mineral,hs6,origin,quantity_t,value_kusd\n"


def purchases(folder: Path, tonnes: int, name: str = "p.csv") -> Path:
    path = folder / name
    path.write_text(f"{HEADER}Acme,2022,antimony,,TJK,{tonnes},500\n")
    return path


@pytest.fixture(params=[0o022, 0o077, 0o007, 0o000])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A umask, for the time of one test."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_every_file_and_folder_of_a_store_obeys_the_umask(umask: int, tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(purchases(tmp_path, 40), folder=store)
    for path in (store, *store.rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o777 if path.is_dir() else 0o666) & ~umask, path


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_a_template_obeys_the_umask(name: str, umask: int, tmp_path: Path) -> None:
    assert write_template(tmp_path / name).stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.parametrize(
    "name", ["*", "odd?", "Data [2024]", "a{b,c}", "~", "file:x", "é ü", "-x", "a%20b", "year=2020"]
)
def test_a_store_is_its_folder_and_no_pattern(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for other, tonnes in (("odd1", 1), ("Data 2", 2), ("ab", 3), (name, 40)):
        add(purchases(tmp_path, tonnes), folder=Path(other))
    for folder in (Path(name), tmp_path / name):
        found = open_store(folder)
        assert found.scan("purchases").collect()["quantity_t"].to_list() == [40.0]
        assert found.damaged() == ()


def test_production_is_laid_over_in_a_store_with_a_pattern_for_a_name(tmp_path: Path) -> None:
    store = tmp_path / "Data [2024]*"
    add(purchases(tmp_path, 40), folder=store)
    assert open_store(store).scan("production").select(pl.len()).collect().item() > 0


def test_a_path_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is no path"):
        open_store("a\0b")
    with pytest.raises(DataError, match="is no path"):
        add(purchases(tmp_path, 40), folder=Path("a\0b"))


def test_a_file_with_a_name_that_is_no_text_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with pytest.raises(InputError) as refused:
        add(purchases(tmp_path, 40, os.fsdecode(b"caf\xe9.csv")), folder=store)
    assert "U+DCE9" in str(refused.value)
    assert "Rename" in str(refused.value)
    assert not store.exists()


def test_a_leftover_that_cannot_be_removed_is_told_and_holds_up_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    add(purchases(tmp_path, 40), folder=store)
    stale = store / "purchases" / "2020-0123456789ab.parquet"
    stale.write_bytes(b"stale")
    really = os.unlink

    def refuse(path: str | Path, **where: int) -> None:
        if Path(path) == stale:
            raise PermissionError(13, "Permission denied", str(path))
        really(path, **where)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        with pytest.raises(DataError, match=r"the new data are in place in .*cleaning up failed: .*2020-0123456789ab"):
            add(purchases(tmp_path, 41), folder=store)
    assert open_store(store).scan("purchases").collect()["quantity_t"].to_list() == [41.0]
    assert add(purchases(tmp_path, 41), folder=store).warnings == ()
    assert not stale.exists()


def test_files_that_sogdia_did_not_write_are_left_alone(tmp_path: Path) -> None:
    store = tmp_path / "store"
    add(purchases(tmp_path, 40), folder=store)
    mine = [
        store / "notes.txt",
        store / "purchases" / "notes.txt",
        store / "purchases.bak" / "2022-0123456789ab.parquet",
    ]
    for path in mine:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    add(purchases(tmp_path, 41), folder=store)
    assert [path.read_text() for path in mine] == ["mine"] * 3
