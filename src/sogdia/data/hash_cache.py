"""Hashes of large files are kept beside the catalogue, so that not every command hashes gigabytes.

A hash counts for one version of a file only: its stamp holds device, inode, size and both times. The file is written
by readers, without a lock; whatever is wrong with it, or with writing it, the files are hashed instead.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from sogdia.files import read_regular, replacing

Stamp = tuple[int, int, int, int, int]
"""Device, inode, size in bytes, time of the last change of the content [ns], time of the last change at all [ns]."""
FILE_NAME = ".hashes.json"
LARGE_BYTES = 32 * 2**20
MAX_BYTES = 2**20


def recall(folder: Path, file: str, stamp: Stamp) -> str | None:
    """The hash that was kept for this version of a file, None where there is none."""
    if stamp[2] < LARGE_BYTES:
        return None
    match _kept(folder).get(file):
        case [list(kept), str(digest)] if tuple(kept) == stamp:
            return digest
    return None


def remember(folder: Path, file: str, stamp: Stamp, digest: str) -> None:
    """Keep the hash of this version of a large file, where the folder can be written."""
    if stamp[2] < LARGE_BYTES:
        return
    kept = {name: value for name, value in _kept(folder).items() if (folder / name).is_file()}
    kept[file] = [list(stamp), digest]
    with suppress(OSError), replacing(folder / FILE_NAME) as part:
        part.write_text(json.dumps(kept, sort_keys=True), encoding="utf-8")


def _kept(folder: Path) -> dict[str, object]:
    try:
        content = json.loads(read_regular(folder / FILE_NAME, MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}
