"""Solved markets of a plan kept in the user's cache folder, so that a second budget does not solve them again.

    PLAN-KEY.tables    one line that says what it is, the SHA-256 of the rest, the rest (see `records`)

The key is a hash of everything that decides the content: the code and tables of the package, the versions of NumPy and
SciPy, the catalogues of the store, the importer, the projects, years and seed. A file that is damaged, or is of another
key than its name says, is not read, and the markets are solved again. Whatever goes wrong with the folder, a plan goes
on without it. Accounts, budgets and prices of risk are no part of the key.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sogdia import files
from sogdia.data import Store, catalogue, snapshot_folder
from sogdia.plan import records
from sogdia.scenarios.problem import fingerprint

FORMAT = 2
ENDING = ".tables"
MOST_FILES, MOST_BYTES, MOST_FILE = 128, 512 * 2**20, 256 * 2**20
COUNTED = (".py", ".csv", ".toml", ".json")


def cache_folder() -> Path:
    """$SOGDIA_CACHE, else sogdia under the user's cache directory; plans have a folder of their own in it."""
    named = os.environ.get("SOGDIA_CACHE")
    if named:
        return Path(named) / "plan"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "sogdia" / "plan"


def key_of(store: Store, *deciding: object) -> str:
    """The hash of what decides the content of a file."""
    numbers = tuple(version(name) for name in ("numpy", "scipy", "polars"))
    data = tuple(hashlib.sha256(catalogue.content(folder)).hexdigest() for folder in store.folders)
    return fingerprint(FORMAT, code_hash(), numbers, data, *deciding)


def key_of_draw(key: str, number: int) -> str:
    """The key of one draw of the elasticities beside that of the central ones."""
    return key_beside(key, f"draw {number}")


def key_beside(key: str, what: str) -> str:
    """The key of something else that follows from the content of a file."""
    return hashlib.sha256(f"{key} {what}".encode()).hexdigest()


@cache
def code_hash() -> str:
    """The hash of the package: its code and tables, but for the snapshot, which has a catalogue."""
    root, digest = Path(str(resources.files("sogdia"))), hashlib.sha256()
    snapshot = snapshot_folder()
    for folder, folders, names in os.walk(root):
        at = Path(folder)
        folders[:] = sorted(name for name in folders if name != "__pycache__" and at / name != snapshot)
        for name in sorted(names):
            if name.endswith(COUNTED):
                content = (at / name).read_bytes()
                digest.update(f"{(at / name).relative_to(root).as_posix()} {len(content)}\n".encode())
                digest.update(content)
    return digest.hexdigest()


def recalled(key: str, folder: Path | None = None) -> Any | None:
    """What was kept under a key; None where there is nothing, or nothing that can be trusted."""
    path = _path(key, folder)
    try:
        content = files.read_regular(path, MOST_FILE)
        head, digest, rest = content.split(b"\n", 2)
        if head != _head(key) or hashlib.sha256(rest).hexdigest().encode() != digest:
            return None
        found = records.from_bytes(rest)
    except Exception:
        return None
    with suppress(OSError):
        os.utime(path)
    return found


def keep(key: str, record: object, folder: Path | None = None) -> bool:
    """Keep a record under a key and let the oldest go; False where the folder cannot be written."""
    path = _path(key, folder)
    rest = records.to_bytes(record)
    if len(rest) > MOST_FILE - 1024:
        return False
    try:
        files.write_bytes(path, b"\n".join([_head(key), hashlib.sha256(rest).hexdigest().encode(), rest]))
        _thin_out(path.parent, path)
    except OSError:
        return False
    return True


def _path(key: str, folder: Path | None) -> Path:
    return (cache_folder() if folder is None else folder) / f"{key}{ENDING}"


def _head(key: str) -> bytes:
    return f"sogdia plan {FORMAT} {key}".encode()


def _thin_out(folder: Path, newest: Path) -> None:
    """Remove the files that were used longest ago, where there are too many or they are too large."""
    found = []
    for path in folder.glob(f"*{ENDING}"):
        with suppress(OSError):
            state = path.lstat()
            found.append((path != newest, -state.st_mtime_ns, path, state.st_size))
    whole = 0
    for number, (_, _, path, size) in enumerate(sorted(found)):
        whole += size
        if number >= MOST_FILES or (whole > MOST_BYTES and path != newest):
            with suppress(OSError):
                path.unlink()
