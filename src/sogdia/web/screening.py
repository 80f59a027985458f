"""A file of purchases is measured before it is read: what could cost more than a page gives is refused at once."""

from __future__ import annotations

from pathlib import Path

from sogdia.errors import Fault, InputError
from sogdia.tabular.archive import ZIP_MAGIC, members
from sogdia.web.limits import UPLOAD_LINE_BYTES, UPLOAD_LINES, UPLOAD_TEXT_BYTES, UPLOAD_UNPACKED

BLOCK = 2**16
ELSEWHERE = "Use `sogdia data add` on the command line."


def must_be_small(path: Path) -> None:
    """InputError for an archive that is dangerous or unpacks to much, and for text of many or very long lines."""
    with path.open("rb") as file:
        packed = file.read(len(ZIP_MAGIC)) == ZIP_MAGIC
    rule = _archive(path) if packed else _text(path)
    if rule is not None:
        raise InputError([Fault(path.name, rule, ELSEWHERE)])


def _archive(path: Path) -> str | None:
    if sum(member.file_size for member in members(path, path.name)) > UPLOAD_UNPACKED:
        return f"a workbook on the page unpacks to {UPLOAD_UNPACKED // 2**20} MB at most"
    return None


def _text(path: Path) -> str | None:
    if path.stat().st_size > UPLOAD_TEXT_BYTES:
        return f"a CSV file on the page has {UPLOAD_TEXT_BYTES // 2**20} MB at most"
    lines = longest = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            first, *others = block.replace(b"\r", b"\n").split(b"\n")
            lines += len(others)
            longest += len(first)
            if longest > UPLOAD_LINE_BYTES or any(len(line) > UPLOAD_LINE_BYTES for line in others):
                return f"a line has {UPLOAD_LINE_BYTES:,} bytes at most"
            longest = len(others[-1]) if others else longest
            if lines > UPLOAD_LINES:
                return f"a file on the page has {UPLOAD_LINES:,} lines at most"
    return None
