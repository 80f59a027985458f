"""What the operating system refuses is a SogdiaError, which says what may not be read or written, and what to do."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter.exceptions

from sogdia.data import catalogue, open_store
from sogdia.data.adding import add
from sogdia.data.store_repair import repair
from sogdia.errors import DataError, FileRefusedError, InputError, SogdiaError, refusal, refusals


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with purchases."""
    (tmp_path / "p.csv").write_text(
        "company,year,mineral,hs6,origin,quantity_t,value_kusd\nAcme,2022,antimony,,TJK,40,500\n"
    )
    add(tmp_path / "p.csv", folder=tmp_path / "store")
    return tmp_path / "store"


def refuse_reading(path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one file be refused. By hand: a superuser, who may run the tests, is refused nothing."""
    really = os.open

    def refuse(place: str | Path, flags: int, *more: int, **where: int) -> int:
        if Path(place) == path:
            raise OSError(number, os.strerror(number), str(place))
        return really(place, flags, *more, **where)

    monkeypatch.setattr(os, "open", refuse)


def test_a_table_that_may_not_be_read_is_not_called_damaged_nor_removed(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = store / catalogue.read(store)[0].file
    with monkeypatch.context() as patch:
        refuse_reading(file, errno.EACCES, patch)
        with pytest.raises(DataError, match=rf"{file.name}: may not be read"):
            open_store(store).scan("purchases")
        with pytest.raises(DataError, match=rf"{file.name} may not be read.*Nothing was changed"):
            repair(store)
    assert open_store(store).scan("purchases").collect().height == 1


def test_a_catalogue_that_may_not_be_read_is_told(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_reading(store / catalogue.FILE_NAME, errno.EACCES, monkeypatch)
    for call in (lambda: open_store(store).files, lambda: catalogue.damaged(store), lambda: repair(store)):
        with pytest.raises(DataError, match=r"catalogue\.json may not be read"):
            call()


def test_a_disk_that_fails_is_told_with_the_file(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_reading(store / catalogue.FILE_NAME, errno.EIO, monkeypatch)
    with pytest.raises(FileRefusedError, match=r"catalogue\.json: the disk reports an input/output error"):
        open_store(store).files  # noqa: B018


def test_a_store_whose_catalogue_is_lost_is_not_passed_over(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (store / catalogue.FILE_NAME).unlink()
    monkeypatch.setenv("SOGDIA_STORE", str(store))
    for named in (None, store):
        with pytest.raises(DataError, match=r"has tables, but catalogue\.json is missing.*--repair"):
            open_store(named)
    assert any("kept" in note for note in repair(store).notes)
    assert open_store().scan("purchases").collect().height == 1


@pytest.mark.parametrize(
    ("error", "number"),
    [
        (OSError(28, "No space left on device"), 28),
        (pl.exceptions.ComputeError("parquet: underlying IO error: No space left on device (os error 28)"), 28),
        (xlsxwriter.exceptions.FileCreateError(OSError(28, "No space left on device")), 28),
        (FileNotFoundError("No such file or directory (os error 2): x"), 2),
        (OSError("something"), 0),
    ],
)
def test_whoever_wraps_a_refusal_is_understood(error: Exception, number: int) -> None:
    cause = refusal(error)
    assert cause is not None
    assert cause.errno == number
    with pytest.raises(FileRefusedError, match=r"^t\.csv: ") as caught, refusals("t.csv"):
        raise error
    assert isinstance(caught.value, OSError)
    assert caught.value.errno == number


def test_other_errors_are_none_of_the_operating_system() -> None:
    assert refusal(ValueError("x")) is None
    with pytest.raises(ValueError, match="x"), refusals("t.csv"):
        raise ValueError("x")
    with pytest.raises(InputError), refusals("t.csv"):
        raise InputError([])
    assert issubclass(FileRefusedError, SogdiaError)
