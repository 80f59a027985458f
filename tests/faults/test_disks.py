"""A disk that is full is told as such, and costs nothing but the new data."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sogdia.data.adding import add
from sogdia.data.template import write_template
from sogdia.errors import FileRefusedError
from support.faults import added, ended, leftovers, often, process, purchases, release, state, with_limit


@pytest.mark.parametrize("kind", ["purchases", "trade"])
def test_files_that_may_not_grow_leave_the_store_as_it_was(kind: str, tmp_path: Path) -> None:
    store, said = tmp_path / "store", tmp_path / "said"
    add(purchases(tmp_path, "first.csv", 40), folder=store)
    old = state(store)
    path = purchases(tmp_path, "p.csv", 41) if kind == "purchases" else release(tmp_path, "BACI_HS92_V202501", 1.5)
    for limit in range(0, 4000, often(1500, 50)):
        copy = shutil.copytree(store, tmp_path / f"{limit}")
        assert ended(process(with_limit, path, copy, limit, said)) == 0
        told = said.read_text()
        assert (told == "") == (state(copy) != old)
        assert ("as it was" in told) == (told != "")
        assert added(path, copy) == ""
        assert leftovers(copy) == set()


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | None]:
    """A disk of 64 KiB, None where this user may not mount one."""
    place = tmp_path_factory.mktemp("disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    mounted = (
        shutil.which("mount") is not None and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    )
    yield place if mounted else None
    if mounted:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def full(monkeypatch: pytest.MonkeyPatch, small_disk: Path | None, tmp_path: Path) -> Path:
    """A folder on a full disk: a real one, or one where no bytes can be written."""
    if small_disk is not None:
        for path in small_disk.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        with (small_disk / "fill").open("wb", buffering=0) as stream:
            while True:
                try:
                    stream.write(b"x" * 4096)
                except OSError:
                    break
        return small_disk

    def refuse(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    monkeypatch.setattr("polars.LazyFrame.sink_parquet", refuse)
    return tmp_path


def test_a_full_disk_is_told_when_data_are_added(
    small_disk: Path | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = purchases(tmp_path, "p.csv", 40)
    told = added(path, full(monkeypatch, small_disk, tmp_path) / "store")
    assert "the disk is full" in told
    assert "as it was" in told


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_a_full_disk_is_told_when_a_template_is_written(
    name: str, small_disk: Path | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = full(monkeypatch, small_disk, tmp_path)
    with pytest.raises(FileRefusedError, match=rf"{name}: the disk is full"):
        write_template(place / name)
    assert not list(place.glob("*t.*"))
