"""The manifest of a report folder: what is in it and what it was made from; equal inputs differ in `created` alone."""

from __future__ import annotations

import errno
import json
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.files import must_be_own_folder, read_regular, sha256, write_text

FILE_NAME = "manifest.json"
KIND = "sogdia brief"
# What opening it says where it is absent, a link, a folder or a device. Any other error says nothing about the folder.
NO_MANIFEST = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EINVAL, errno.ENXIO})
MAX_BYTES = 16 * 2**20
PACKAGES = ("jinja2", "numpy", "polars", "typst", "xlsxwriter")


class ReportAsked(Protocol):
    """What a report answers, with every default resolved."""

    @property
    def importer(self) -> Region: ...
    @property
    def partners(self) -> tuple[Region, ...]: ...
    @property
    def year(self) -> int: ...
    @property
    def minerals(self) -> tuple[Mineral, ...]: ...


def write_manifest(folder: Path, asked: ReportAsked, store: Store) -> Path:
    """Write manifest.json over everything that lies in the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != FILE_NAME)
    content = {
        "kind": KIND,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "sogdia": version("sogdia"),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "configuration": configuration(asked),
        "data": [
            {"table": f.entry.table, "file": f.entry.file, "sha256": f.entry.sha256, "source_ids": f.entry.source_ids}
            for f in sorted(store.files, key=lambda f: (f.entry.table, f.entry.file))
        ],
        "outputs": {path.relative_to(folder).as_posix(): sha256(path) for path in files},
    }
    return write_text(folder / FILE_NAME, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def configuration(asked: ReportAsked) -> dict[str, Any]:
    """What was asked for, with every default resolved."""
    return {
        "importer": {"key": asked.importer.key, "members": asked.importer.members},
        "partners": [{"key": p.key, "members": p.members} for p in asked.partners],
        "year": asked.year,
        "minerals": [m.key for m in asked.minerals],
    }


def is_ours(folder: Path) -> bool:
    """Whether the folder holds the manifest of a report written by Sogdia."""
    try:
        content = json.loads(read_regular(folder / FILE_NAME, MAX_BYTES))
    except OSError as why:
        if why.errno not in NO_MANIFEST:
            raise
        return False
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.get("kind") == KIND


def must_be_replaceable(folder: Path) -> None:
    """DataError when something stands at `folder` that is neither an empty folder nor a report of ours.

    OSError when no folder can be made there.
    """
    must_be_own_folder(folder, folder, is_ours, f"report folder of Sogdia (no {FILE_NAME} of one)")
