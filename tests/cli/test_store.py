"""`sogdia data verify` and `add` on stores that are damaged or in use, and signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sogdia.cli.app import EXIT_USER_ERROR
from sogdia.data import catalogue
from support.cli import run

HEADER = "company,year,mineral,hs6,origin,quantity_t,value_kusd\n"
SOGDIA = [sys.executable, "-c", "from sogdia.cli import main; main()"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "p.csv"
    path.write_text(f"{HEADER}Acme,2022,antimony,,TJK,40,500\n")
    return path


@pytest.fixture
def store(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A store with purchases."""
    assert run(capsys, "data", "add", file, "--store", tmp_path / "store")[0] == 0
    return tmp_path / "store"


def damage(store: Path) -> Path:
    """Change the last byte of the purchases."""
    file = store / catalogue.read(store)[0].file
    raw = file.read_bytes()
    file.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    return file


def test_verify_lists_all_damage(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = damage(store)
    text = (store / catalogue.FILE_NAME).read_text()
    (store / catalogue.FILE_NAME).write_text(text.replace('"format"', '"more": 1, "format"'))
    status, _, told = run(capsys, "data", "verify", "--store", store)
    assert status == EXIT_USER_ERROR
    assert "catalogue.json: unknown key 'more'" in told
    assert f"{file.name}: changed" in told
    assert "--repair" in told


def test_repair_says_what_is_lost_and_leaves_a_store_that_works(
    store: Path, capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    damaged = damage(store)
    status, shown, told = run(capsys, "data", "verify", "--repair", "--store", store)
    assert status == 0
    assert damaged.name in told
    assert "1 rows of purchases of 2022, from p.csv" in told
    assert "all as written" in shown
    assert not damaged.exists()
    assert run(capsys, "data", "verify", "--store", store)[0] == 0
    assert run(capsys, "data", "add", file, "--store", store)[0] == 0


def test_repair_as_json_names_what_was_done(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damage(store)
    notes = json.loads(run(capsys, "data", "verify", "--repair", "--json", "--store", store)[1])["notes"]
    assert ["lost: 1 rows" in note for note in notes] == [True]
    assert json.loads(run(capsys, "data", "verify", "--repair", "--json", "--store", store)[1])["notes"] == []


def test_repair_of_what_is_whole_changes_nothing(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in store.rglob("*") if path.is_file()}
    assert run(capsys, "data", "verify", "--repair", "--store", store)[0] == 0
    assert {path: path.stat().st_mtime_ns for path in store.rglob("*") if path.is_file()} == before


def test_repair_without_a_store_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, told = run(capsys, "data", "verify", "--repair", "--store", tmp_path / "none")
    assert (status, (tmp_path / "none").exists()) == (EXIT_USER_ERROR, False)
    assert "is no store" in told
    assert run(capsys, "data", "verify", "--repair")[0] == 0


def test_a_damaged_catalogue_is_put_aside_under_a_name_that_is_free(
    store: Path, capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    for text in ("{", "["):
        (store / catalogue.FILE_NAME).write_text(text)
        status, _, told = run(capsys, "data", "list", "--store", store)
        assert status == EXIT_USER_ERROR
        assert "catalogue.json is damaged" in told
        status, _, told = run(capsys, "data", "add", file, "--store", store)
        assert status == 0
        assert "catalogue.json is damaged" in told
    assert (store / "catalogue.json.bad").read_text() == "{"
    assert (store / "catalogue.json.bad.2").read_text() == "["
    assert run(capsys, "data", "verify", "--store", store)[0] == 0


def test_a_store_that_is_written_to_is_not_waited_for_longer_than_asked(
    store: Path, capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    from sogdia.data.lock import writing

    with writing(store / ".lock", what=store, wait=None, tell=print):
        status, _, told = run(capsys, "data", "add", file, "--store", store, "--wait", "0.2")
    assert status == EXIT_USER_ERROR
    assert f"another sogdia is writing to {store}; waiting" in told
    assert "0.2 seconds" in told


@pytest.mark.parametrize(("end", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_an_add_cleanly(end: signal.Signals, status: int, store: Path, file: Path) -> None:
    from sogdia.data.lock import writing

    with writing(store / ".lock", what=store, wait=None, tell=print):
        # A runner that was started by `nohup` hands down that hangups are ignored, and the command would keep to that.
        heard = f"import signal; signal.signal({end}, signal.SIG_DFL); from sogdia.cli import main; main()"
        command = [sys.executable, "-c", heard, "data", "add", str(file), "--store", str(store)]
        running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        assert running.stderr is not None
        told = b""
        while b"waiting" not in told:
            told += os.read(running.stderr.fileno(), 1000)
        time.sleep(0.2)
        running.send_signal(end)
        told += running.communicate()[1]
    text = told.decode()
    assert running.returncode == status
    assert text.count(end.name) == 1
    assert "Traceback" not in text
    assert sorted(path.name for path in store.iterdir()) == ["catalogue.json", "purchases"]


STAGES_SLOWLY = """
import time
from sogdia.cli import main
from sogdia.data import adding
really = adding._stage
def slow(*arguments):
    staged = really(*arguments)
    print("staged", flush=True)
    time.sleep(60)
    return staged
adding._stage = slow
main()
"""


def test_a_signal_during_an_add_leaves_nothing(store: Path, file: Path) -> None:
    command = [sys.executable, "-c", STAGES_SLOWLY, "data", "add", str(file), "--store", str(store)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stdout.readline() == b"staged\n"
    running.terminate()
    told = running.communicate()[1].decode()
    assert running.returncode == 143
    assert "Traceback" not in told
    assert sorted(path.name for path in store.iterdir()) == ["catalogue.json", "purchases"]
