"""Small and real reports for the fault tests, to be written, watched and killed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from sogdia.brief import Report, folder, write
from sogdia.brief.manifest import FILE_NAME, KIND
from sogdia.data import open_store
from sogdia.errors import SogdiaError
from sogdia.files import sha256
from support.faults import Steps, die

NONE = cast(Report, object())
"""A report whose content nobody looks at: `_fill` and the manifest are written by the tests."""


def fill(text: str) -> Any:
    """What writes a small report, with the same kinds of files as a real one."""

    def write_report(part: Path, *_: object) -> None:
        (part / "data").mkdir()
        (part / "data" / "results.csv").write_text(text)
        (part / "annex.html").write_text(text)
        (part / FILE_NAME).write_text(json.dumps({"kind": KIND, "text": text}))

    return write_report


def small(out: Path, text: str, steps: Steps | None = None) -> str:
    """Write a small report; "" when that went well, else what the error says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder, "_fill", fill(text))
        patch.setattr(folder, "write_manifest", lambda *_: None)
        try:
            if steps is None:
                write(NONE, out, open_store())
            else:
                with steps.watched():
                    write(NONE, out, open_store())
        except SogdiaError as why:
            return str(why)
    return ""


def killed_at(out: Path, text: str, at: int) -> None:
    """For a process of its own: write a small report, and die at one step."""
    small(out, text, Steps(out.parent, at, die))


def text_of(out: Path) -> str | None:
    """Which report stands there, whole; None for none."""
    if not out.exists():
        return None
    texts: set[str] = {
        (out / "data" / "results.csv").read_text(),
        (out / "annex.html").read_text(),
        json.loads((out / FILE_NAME).read_text())["text"],
    }
    (text,) = texts
    return text


def brief(out: Path, store: Path) -> subprocess.Popen[bytes]:
    """A real, short `sogdia brief` that is running."""
    code = (
        "import sys; from sogdia.study import Study; from sogdia.brief import write\n"
        "study = Study('JPN', ['KAZ'], store=sys.argv[2])\n"
        "write(study.report(minerals=['tin'], with_hindcast=False), sys.argv[1], study.store)"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(out), str(store)], stderr=subprocess.PIPE)


def is_whole(out: Path, allowed: set[str]) -> bool:
    """Whether the folder holds what its manifest says, made from one of the allowed files of purchases."""
    manifest = json.loads((out / FILE_NAME).read_text())
    (used,) = {item["sha256"] for item in manifest["data"] if item["table"] == "purchases"}
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - {FILE_NAME}
    return used in allowed and {name: sha256(out / name) for name in there} == manifest["outputs"]
