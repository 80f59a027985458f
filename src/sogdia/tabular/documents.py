"""TOML and JSON files of the user's own, read within limits of size, depth and digits.

The limits are checked before the file is parsed: parsers call themselves for every level, and pay for every part of a
dotted key with all the parts before it.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from sogdia.errors import Fault, InputError
from sogdia.tabular import archive, limits
from sogdia.tabular.user_file import a_file
from sogdia.text import UNSAFE, code_point, unsafe_character

TOML_TOKEN = re.compile(
    # Texts of several lines and of one, in both sorts of quotes. One that is not closed ends with the file: each
    # character is looked at once.
    r'"""(?:\\.|[^\\])*?(?:"""|\Z)'
    r"|\'\'\'.*?(?:\'\'\'|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|\'[^\'\n]*+\'?"
    r"|\#[^\n]*+"
    r"|[\[\]{}.=,\n]"
    r"|[0-9A-Za-z_]++",
    re.DOTALL,
)
JSON_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
AS_TEXT, SMALLER = "Save the file as text in UTF-8.", "Leave out what is not asked for."
STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
NO_BRACKETS = bytes(set(range(256)) - STEP.keys())
DIGITS = re.compile(rf"(?:0[xob])?[0-9A-Fa-f_]{{{limits.DIGITS + 1},}}")


def read_toml(path: Path, help_with_form: str) -> dict[str, Any]:
    """The content of a TOML file; InputError where it is none, or larger than a scenario or a list of regions can be.

    help_with_form: what to do about a file that is no TOML, as a sentence.
    """
    text, name, _ = a_file(path, str(path)).text(
        limits.TOML_BYTES, f"{AS_TEXT} {help_with_form}", f"{SMALLER} {help_with_form}"
    )
    _must_be_safe(text, name)
    problem = _toml_problem(text)
    if problem:
        row, rule = problem
        raise InputError([Fault(name, rule, f"Write it more simply. {help_with_form}", row)])
    try:
        with archive.intact(name):
            content = tomllib.loads(text)
    except ValueError as why:
        raise InputError([Fault(name, f"not readable as TOML ({why})", help_with_form)]) from None
    _must_hold_safe_texts(content, name)
    return content


def read_json(path: Path) -> tuple[Any, str]:
    """The content of a JSON file, and its name for faults; InputError where it is none, or larger than a map can be."""
    remedy = "Simplify the drawing, and export it again as GeoJSON."
    text, name, _ = a_file(path, str(path)).text(limits.JSON_BYTES, AS_TEXT, remedy)
    _must_be_safe(text, name)
    brackets = JSON_STRING.sub(b"", text.encode()).translate(None, NO_BRACKETS)
    depth = max(accumulate(map(STEP.__getitem__, brackets)), default=0)
    if depth > limits.JSON_DEPTH:
        rule = f"lists and objects lie {limits.JSON_DEPTH} deep at most"
        raise InputError([Fault(name, rule, remedy, value=f"{depth} deep")])
    if len(brackets) > 2 * limits.JSON_PARTS:
        rule = f"a file has {limits.JSON_PARTS} lists and objects at most"
        raise InputError([Fault(name, rule, remedy, value=f"{len(brackets) // 2}")])
    try:
        with archive.intact(name):
            return json.loads(text, parse_int=_whole_number, parse_constant=_no_number), name
    except json.JSONDecodeError as why:
        raise InputError([Fault(name, f"not readable as JSON ({why.msg})", "Export it again.", why.lineno)]) from None
    except ValueError as why:
        raise InputError([Fault(name, f"not readable as JSON ({why})", "Export it again.")]) from None


def _must_be_safe(text: str, name: str) -> None:
    """InputError where a text holds characters that have no place in data."""
    match = UNSAFE.search(text)
    if match:
        rule = f"text has no control characters, and this one has {code_point(match[0])}"
        row = text.count("\n", 0, match.start()) + 1
        line = text[text.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
        raise InputError([Fault(name, rule, "Remove the character.", row, value=line)])


def _toml_problem(text: str) -> tuple[int, str] | None:
    """(row, rule broken) of the first thing in a TOML text that is too long, too deep or too many."""
    for row, line in enumerate(text.split("\n"), start=1):
        if len(line) > limits.TOML_LINE_CHARACTERS:
            return row, f"a line has {limits.TOML_LINE_CHARACTERS} characters at most, and this one has {len(line)}"
    row, depth, dots, items = 1, 0, 0, 0
    for match in TOML_TOKEN.finditer(text):
        token = match[0]
        if token in "[{":
            depth += 1
        elif token in "]}":
            depth = max(depth - 1, 0)
        elif token == ".":
            dots += 1
        elif len(token) > limits.DIGITS and DIGITS.fullmatch(token) and any(map(str.isdigit, token)):
            return row, f"a number has {limits.DIGITS} digits at most"
        if token in "=,\n":
            dots = 0
            items += token != "\n"
        row += token.count("\n")
        if depth > limits.TOML_DEPTH or dots > limits.TOML_DEPTH:
            return row, f"tables, lists and parts of a key lie {limits.TOML_DEPTH} deep at most"
        if items > limits.TOML_ITEMS:
            return row, f"a file has {limits.TOML_ITEMS} keys and members of lists at most"
    return None


def _must_hold_safe_texts(content: dict[str, Any], name: str) -> None:
    """InputError where an escape in a text or key stands for a character that has no place in data."""
    for place, text in _texts(content, ""):
        character = unsafe_character(text)
        if character:
            rule = f"text has no control characters, and this one has {character}"
            raise InputError([Fault(name, rule, "Remove the character.", column=place or text, value=text)])


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """(place, text) of every key and text in a content that is not deep."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, place)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield place, key
            yield from _texts(each, f"{place}.{key}".lstrip("."))


def _whole_number(digits: str) -> int:
    if len(digits) > limits.DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")
