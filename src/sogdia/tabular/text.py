"""Bytes become text, and text becomes lines of cells: encodings, separators and quotes.

UTF-8 is the rule. A byte-order mark is taken off. Other encodings are recognised, decoded and reported: UTF-16 by its
mark, Shift-JIS (cp932) and Western European (cp1252) by what their bytes look like (see `encodings`). Bytes that are
clearly neither are refused. Letters with accents are composed (Unicode NFC), so that the same name is the same text in
every file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from unicodedata import normalize

from sogdia.errors import Fault, InputError
from sogdia.tabular.encodings import is_japanese, is_western
from sogdia.tabular.grid import Grid, Line, must_be_safe, one_line
from sogdia.tabular.limits import CELL_CHARACTERS, COLUMNS, LINE_CHARACTERS, MANY_LINES
from sogdia.text import UNSAFE

SEPARATORS = (",", ";", "\t")
SAMPLE_CHARACTERS = 4096
AS_TABLE = "Save the table as CSV in UTF-8, or as XLSX."
BLANKS = " \t\r\n"


def decode(raw: bytes, name: str, remedy: str = AS_TABLE) -> tuple[str, tuple[Fault, ...]]:
    """The text of some bytes, and what had to be repaired to get it. remedy: what to do where they are no text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(mark):
            try:
                text = raw[len(mark) :].decode(encoding)
            except UnicodeDecodeError as why:
                raise _undecodable(name, raw, len(mark) + why.start, remedy) from why
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
        if japanese and is_japanese(raw, japanese):
            return japanese, (_decoded(name, "Shift-JIS (cp932)"),)
        if is_western(raw):
            return raw.decode("cp1252"), (_decoded(name, "Western European (cp1252)"),)
    raise _undecodable(name, raw, at, remedy)


def parse(text: str, name: str, repaired: tuple[Fault, ...] = ()) -> Grid:
    """Lines of cells from CSV text; the separator is the one that most lines hold, and most of in one line.

    InputError where quotes are open, where a line is too wide or cells too long for a table, and where cells hold
    characters that have no place in data.
    """
    text = normalize("NFC", text)
    separator = _separator(text[:SAMPLE_CHARACTERS].splitlines())
    if separator == ";":
        rule, remedy = "cells are separated by commas", "Read with semicolons; nothing to do."
        repaired = (*repaired, Fault(name, rule, remedy, 1, value=";"))
    safe = UNSAFE.search(text) is None
    lines: list[Line] = []
    for number, cells in _records(text, name, separator, safe):
        lines.append(Line(number, cells))
        if len(lines) % MANY_LINES == 0:
            _must_be_lines_of_a_table(name, lines[-MANY_LINES:])
    grid = Grid(name, "", tuple(lines), repaired=repaired)
    return grid if safe else must_be_safe(grid)


def _must_be_lines_of_a_table(name: str, lines: list[Line]) -> None:
    """InputError where many lines are shorter than those of any table."""
    average = sum(sum(map(len, line.cells)) + len(line.cells) for line in lines) / len(lines)
    if average < LINE_CHARACTERS:
        rule, remedy = f"a line has {LINE_CHARACTERS} characters or more on average", "Give a file that is a table."
        raise InputError([Fault(name, rule, remedy, lines[0].number, value=f"{average:.1f} characters")])


def _separator(lines: list[str]) -> str:
    """Commas, semicolons or tabs. A decimal comma and a list inside a cell stand in many lines, but not in the header.

    >>> _separator(["a;b", "0,5;1,5"]), _separator(["a,b", "x;y;z,1"])
    (';', ',')
    """
    counts = {mark: [line.count(mark) for line in lines] for mark in SEPARATORS}
    return max(SEPARATORS, key=lambda mark: (sum(map(bool, counts[mark])), max(counts[mark], default=0)))


def _records(text: str, name: str, separator: str, safe: bool) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(number of the first line, cells) of every record with any text. Unsafe characters at the ends of cells, which
    count as blanks in Python, are left where they stand, to be named.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    tabs = separator != "\t" and "\t" in text
    last = 0
    try:
        for record in reader:
            several = tabs or reader.line_num > last + 1
            stripped = map(one_line, record) if several else map(str.strip, record)
            cells = tuple(stripped if safe else (cell.strip(BLANKS) for cell in record))
            if any(cells):
                if len(cells) > COLUMNS:
                    rule = f"a table has {COLUMNS} columns at most"
                    raise _too_much(name, rule, last + 1, f"{len(cells)} cells")
                longest = max(map(len, cells))
                if longest > CELL_CHARACTERS:
                    rule = f"a cell has {CELL_CHARACTERS} characters at most"
                    raise _too_much(name, rule, last + 1, f"{longest} characters")
                yield last + 1, cells
            last = reader.line_num
    except csv.Error as why:
        rule, remedy = "quotes are closed and cells are short", "Correct the quotes of this line."
        raise InputError([Fault(name, rule, remedy, last + 1, value=str(why))]) from why


def _too_much(name: str, rule: str, row: int, value: str) -> InputError:
    return InputError([Fault(name, rule, "Remove what does not belong to the table.", row, value=value)])


def _decoded(name: str, encoding: str) -> Fault:
    return Fault(name, "text is UTF-8", "Decoded so; save as UTF-8 if names look wrong.", value=encoding)


def _undecodable(name: str, raw: bytes, at: int, remedy: str) -> InputError:
    row = raw.count(b"\n", 0, at) + 1
    return InputError([Fault(name, "the file is text in UTF-8", remedy, row, value=repr(raw[at : at + 8])[2:-1])])
