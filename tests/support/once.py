"""What is dear to make is made once in a run of the tests, by the process that comes to it first."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")


def shared_folder(factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder that all processes of one run of the tests see, whether one runs or several side by side."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    return folder


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[], T]) -> T:
    """What `make` gives: made by the first process that asks for `name`, read from its file by the others, who wait."""
    folder = shared_folder(factory, "once")
    kept = folder / f"{name}.pickle"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            made = make()
            part = kept.with_suffix(".part")
            part.write_bytes(pickle.dumps(made))
            part.replace(kept)
            return made
        found: T = pickle.loads(kept.read_bytes())
        return found
