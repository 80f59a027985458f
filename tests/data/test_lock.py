"""One writer at a time: the others wait, and say so, or stop; a dead one holds up nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sogdia.data.adding import add
from sogdia.data.lock import writing
from sogdia.errors import DataError, InputError

HOLDER = """
import sys, time
from pathlib import Path
from sogdia.data.lock import writing
with writing(Path(sys.argv[1]), what=Path(sys.argv[1]), wait=None, tell=print):
    print("held", flush=True)
    time.sleep(60)
"""


def silent(_: str) -> None:
    """Whoever must not have to wait."""
    pytest.fail("it waits")


def holder(path: Path) -> subprocess.Popen[bytes]:
    """Another process that holds a lock."""
    other = subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline().strip() == b"held"
    return other


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "p.csv"
    path.write_text("company,year,mineral,hs6,origin,quantity_t,value_kusd\nAcme,2022,antimony,,TJK,40,500\n")
    return path


def test_a_lock_leaves_no_file(tmp_path: Path) -> None:
    with writing(tmp_path / ".lock", what=tmp_path, wait=None, tell=silent) as lock:
        assert lock.in_place()
        assert [path.name for path in tmp_path.iterdir()] == [".lock"]
    assert list(tmp_path.iterdir()) == []


def test_a_second_writer_stops_after_its_wait_with_the_place_and_the_seconds(tmp_path: Path, file: Path) -> None:
    (tmp_path / "store").mkdir()
    other = holder(tmp_path / "store" / ".lock")
    told: list[str] = []
    began = time.monotonic()
    with pytest.raises(DataError, match=r"another sogdia is still writing to .*store after 0\.5 seconds"):
        add(file, folder=tmp_path / "store", wait=0.5, progress=told.append)
    assert 0.5 <= time.monotonic() - began < 30
    assert [step for step in told if "waiting" in step] == [
        f"another sogdia is writing to {tmp_path / 'store'}; waiting"
    ]
    other.kill()
    other.communicate()


def test_a_writer_goes_on_when_the_other_ends(tmp_path: Path, file: Path) -> None:
    (tmp_path / "store").mkdir()
    other = holder(tmp_path / "store" / ".lock")
    told: list[str] = []

    def tell(step: str) -> None:
        told.append(step)
        if "waiting" in step:
            other.kill()

    assert add(file, folder=tmp_path / "store", progress=tell).rows == 1
    assert any("waiting" in step for step in told)
    other.communicate()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_writer_that_died_holds_up_nobody(end: signal.Signals, tmp_path: Path, file: Path) -> None:
    (tmp_path / "store").mkdir()
    other = holder(tmp_path / "store" / ".lock")
    os.kill(other.pid, end)
    other.communicate()
    assert (tmp_path / "store" / ".lock").exists()
    assert add(file, folder=tmp_path / "store", wait=0).rows == 1
    assert not (tmp_path / "store" / ".lock").exists()


def test_threads_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work() -> None:
        for _ in range(20):
            with writing(tmp_path / ".lock", what=tmp_path, wait=None, tell=lambda _: None):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.001)
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert max(most) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_lock_knows_when_its_file_is_gone(tmp_path: Path) -> None:
    with writing(tmp_path / ".lock", what=tmp_path, wait=None, tell=silent) as lock:
        lock.path.unlink()
        assert not lock.in_place()
        lock.path.write_text("somebody else's")
        assert not lock.in_place()
    assert lock.path.read_text() == "somebody else's"


@pytest.mark.parametrize("kind", ["link", "folder", "pipe"])
def test_a_lock_file_that_is_none_is_refused(kind: str, tmp_path: Path, file: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    make = {"link": lambda path: path.symlink_to(file), "folder": Path.mkdir, "pipe": os.mkfifo}[kind]
    make(store / ".lock")
    before = file.read_bytes()
    with pytest.raises(DataError, match=r"\.lock.*as it was"):
        add(file, folder=store)
    assert file.read_bytes() == before


@pytest.mark.parametrize("wait", [-1.0, float("nan")])
def test_a_wait_below_zero_is_refused(wait: float, tmp_path: Path, file: Path) -> None:
    with pytest.raises(InputError, match="wait"):
        add(file, folder=tmp_path / "store", wait=wait)
    assert not (tmp_path / "store").exists()
