"""Hashes of large files are kept beside the catalogue, and count for the version of a file that they were made of."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sogdia.data import catalogue, hash_cache, integrity, open_store, snapshot_folder
from sogdia.data.adding import add
from sogdia.errors import DataError


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store whose files count as large, and as unchanged for a while."""
    monkeypatch.setattr(hash_cache, "LARGE_BYTES", 1)
    monkeypatch.setattr(integrity, "SETTLED_NS", -1)
    (tmp_path / "p.csv").write_text(
        "company,year,mineral,hs6,origin,quantity_t,value_kusd\nAcme,2022,antimony,,TJK,40,500\n"
    )
    add(tmp_path / "p.csv", folder=tmp_path / "store")
    return tmp_path / "store"


def read(store: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Read the purchases as another process would; how many files were hashed."""
    hashed: list[int] = []
    really = integrity.OpenFile.chunks

    def counted(opened: integrity.OpenFile):  # type: ignore[no-untyped-def]
        hashed.append(1)
        return really(opened)

    with monkeypatch.context() as patch:
        patch.setattr(integrity, "_digests", {})
        patch.setattr(integrity, "_fitting", set())
        patch.setattr(integrity.OpenFile, "chunks", counted)
        open_store(store).scan("purchases").collect()
    return len(hashed)


def test_a_large_file_is_hashed_once(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [read(store, monkeypatch) for _ in range(3)] == [1, 0, 0]
    kept = json.loads((store / hash_cache.FILE_NAME).read_text())
    assert list(kept) == [catalogue.read(store)[0].file]
    open_store(store).must_be_whole()
    assert not (snapshot_folder() / hash_cache.FILE_NAME).exists()


def test_a_changed_file_is_hashed_again_even_with_its_old_time(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(store, monkeypatch)
    file = store / catalogue.read(store)[0].file
    before = file.stat()
    raw = file.read_bytes()
    file.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(DataError, match="changed"):
        read(store, monkeypatch)


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 5000, '{"a": 1}', "null"])
def test_hashes_that_cannot_be_read_are_made_anew(text: str, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(store, monkeypatch)
    (store / hash_cache.FILE_NAME).write_text(text)
    assert [read(store, monkeypatch) for _ in range(2)] == [1, 0]


def test_a_store_that_cannot_be_written_is_read_all_the_same(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(hash_cache, "replacing", refuse)
    assert [read(store, monkeypatch) for _ in range(2)] == [1, 1]


def test_what_is_verified_is_hashed_in_any_case(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(store, monkeypatch)
    file = catalogue.read(store)[0].file
    kept = json.loads((store / hash_cache.FILE_NAME).read_text())
    (store / file).write_bytes(b"PAR1")
    stamp = list(integrity.OpenFile(store / file).stamp())
    (store / hash_cache.FILE_NAME).write_text(json.dumps({file: [stamp, kept[file][1]]}))
    assert catalogue.damaged(store) == (f"{file}: changed",)
    with pytest.raises(DataError, match="changed"):
        open_store(store).must_be_whole()
