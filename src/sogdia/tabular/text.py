"""Which characters do these bytes stand for, and which separator cuts the lines?

UTF-8 is the rule. A byte-order mark is taken off. Other encodings are recognised, decoded and reported: UTF-16 by its
mark, Shift-JIS (cp932) by Japanese characters in runs, Western European (cp1252) otherwise.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from sogdia.errors import Fault, InputError
from sogdia.tabular.grid import Grid, Line

MAX_TABLE_BYTES = 256 * 2**20
SEPARATORS = (",", ";", "\t")
# Hiragana or katakana, or two neighbouring ideographs: what Western text misread as Shift-JIS does not produce.
JAPANESE = re.compile("[぀-ヿ]|[一-鿿々]{2}")


def read_csv(path: Path, name: str | None = None) -> Grid:
    """A CSV file as a grid; InputError where its bytes are no text or its quoting is broken."""
    shown = name or path.name
    size = path.stat().st_size
    if size > MAX_TABLE_BYTES:
        rule, remedy = f"a table is {MAX_TABLE_BYTES // 2**20} MiB at most", "Split it by year."
        raise InputError([Fault(shown, rule, remedy, value=f"{size / 2**20:.0f} MiB")])
    text, repaired = decode(path.read_bytes(), shown)
    return parse(text, shown, repaired)


def decode(raw: bytes, name: str) -> tuple[str, tuple[Fault, ...]]:
    """The text of some bytes, and what had to be repaired to get it."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(mark):
            try:
                text = raw[len(mark) :].decode(encoding)
            except UnicodeDecodeError as why:
                raise _undecodable(name, raw, len(mark) + why.start) from why
            return text, (_decoded(name, f"{encoding.upper()} with a byte-order mark"),)
    try:
        return raw.decode("utf-8"), ()
    except UnicodeDecodeError as why:
        at = why.start
    if b"\0" not in raw:
        try:
            japanese = raw.decode("cp932")
        except UnicodeDecodeError:
            japanese = ""
        if JAPANESE.search(japanese):
            return japanese, (_decoded(name, "Shift-JIS (cp932)"),)
        try:
            return raw.decode("cp1252"), (_decoded(name, "Western European (cp1252)"),)
        except UnicodeDecodeError:
            pass
    raise _undecodable(name, raw, at)


def parse(text: str, name: str, repaired: tuple[Fault, ...] = ()) -> Grid:
    """Lines of cells from CSV text; the separator is the one that the line with most of them holds."""
    head = text[:4096].splitlines()
    separator = max(SEPARATORS, key=lambda mark: max((line.count(mark) for line in head), default=0))
    if separator == ";":
        rule, remedy = "cells are separated by commas", "Read with semicolons; nothing to do."
        repaired = (*repaired, Fault(name, rule, remedy, 1, value=";"))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    lines, last = [], 0
    try:
        for record in reader:
            if any(cell.strip() for cell in record):
                lines.append(Line(last + 1, tuple(cell.strip() for cell in record)))
            last = reader.line_num
    except csv.Error as why:
        rule, remedy = "quotes are closed and cells are short", "Correct the quotes of this line."
        raise InputError([Fault(name, rule, remedy, last + 1, value=str(why))]) from why
    return Grid(name, "", tuple(lines), repaired=repaired)


def _decoded(name: str, encoding: str) -> Fault:
    return Fault(name, "text is UTF-8", "Decoded so; save as UTF-8 if names look wrong.", value=encoding)


def _undecodable(name: str, raw: bytes, at: int) -> InputError:
    row = raw.count(b"\n", 0, at) + 1
    remedy = "Save the table as CSV in UTF-8, or as XLSX."
    return InputError([Fault(name, "the file is text in UTF-8", remedy, row, value=repr(raw[at : at + 8])[2:-1])])
