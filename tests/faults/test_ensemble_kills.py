"""An ensemble that is killed at any moment loses nothing that is finished, and its answer stays the same to the bit."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from sogdia import Study
from support.faults import often

COMMAND = """
import sys
import sogdia.scenarios.setup
from sogdia import Study
from sogdia.study.scenarios import resume
sogdia.scenarios.setup.outages = lambda *_: ()
def tell(step):
    print(step, flush=True)
if sys.argv[2] == "new":
    found = Study("JPN").ensemble(["cobalt", "graphite"], years=700, out=sys.argv[1], block=1, progress=tell)
else:
    found = resume(sys.argv[1], progress=tell)
print(found.hash)
"""
SOLVING = "700 years"


def begun(folder: Path, how: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", COMMAND, str(folder), how], stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def expected() -> str:
    """The hash of a run that nothing disturbs."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sogdia.scenarios.setup.outages", lambda *_: ())
        return Study("JPN").ensemble(["cobalt", "graphite"], years=700).hash


def killed(folder: Path, how: str, after: float, number: int) -> None:
    """Start, wait until it solves, and a little; then send the signal."""
    process = begun(folder, how)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == SOLVING:
            break
    time.sleep(after)
    os.kill(process.pid, number)
    process.communicate()


def parts(folder: Path) -> dict[str, str]:
    """Every part under its final name; each is whole."""
    found = {path.name: sha256(path.read_bytes()).hexdigest() for path in (folder / "parts").glob("[a-z]*.parquet")}
    assert all(name.removesuffix(".parquet").endswith(digest) for name, digest in found.items())
    return found


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "Ctrl-C"])
def test_an_ensemble_that_is_killed_goes_on_to_the_same_answer(number: int, expected: str, tmp_path: Path) -> None:
    rng = random.Random(number)
    folder, kept = tmp_path / "run", dict[str, str]()
    for turn in range(often(2, 100)):
        killed(folder, "resume" if (folder / "run.json").exists() else "new", rng.uniform(0.0, 0.7), number)
        now = parts(folder)
        assert kept.items() <= now.items(), turn
        kept = now
        if (folder / "summary.json").exists():
            assert json.loads((folder / "summary.json").read_text())["hash"] == expected
            folder, kept = tmp_path / f"run-{turn}", {}
    process = begun(folder, "resume" if (folder / "run.json").exists() else "new")
    said, _ = process.communicate()
    assert process.returncode == 0
    assert said.split()[-1] == expected
