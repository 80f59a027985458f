"""The text of a catalogue becomes entries, each checked: types, table, file name, and no table named twice.

A file is either `TABLE/YEARS-HASH.parquet`, as `sogdia data add` writes it, or lies beside the catalogue, as the
embedded tables do. Any other name is refused, so that nothing outside the store is ever read or removed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, NoReturn

from sogdia.data.parts import is_part
from sogdia.data.schema import BY_YEAR, tables

FORMAT = 1
HASH_DIGITS = 12
WRITTEN = re.compile(r"([a-z_]+)/([0-9]{4})(?:-([0-9]{4}))?-([0-9a-f]{12})\.parquet")
BESIDE = re.compile(r"[A-Za-z0-9_]+\.(?:csv|parquet)")
DIGEST = re.compile(r"[0-9a-f]{64}")
SHOWN = 60
OPTIONAL = {"parts"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a table. years: the calendar years it holds, empty for tables without years; parts: what of these
    years it takes the place of (see `parts`), all of it where there are none.
    """

    table: str
    file: str
    rows: int
    sha256: str
    source_ids: tuple[str, ...]
    years: tuple[int, ...]
    transformations: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @property
    def written(self) -> bool:
        """Whether the file has a name that `sogdia data add` gives. Only such a file is ever removed."""
        return WRITTEN.fullmatch(self.file) is not None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was done to a store. when: UTC; what: `added`, `appended` or `removed`; origin: the name of the
    file that was read; replaced: what rows went for it, in words.
    """

    when: str
    what: str
    table: str
    origin: str
    rows: int
    years: tuple[int, ...]
    replaced: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the text of a catalogue says. entries: those without a fault; format: None where the text names none;
    history: what was done to the store, oldest first.
    """

    entries: tuple[Entry, ...]
    faults: tuple[str, ...]
    format: int | None = None
    history: tuple[Change, ...] = ()


def file_name(table: str, years: tuple[int, ...], digest: str) -> str:
    """The name of a table's file: its years and the first digits of its hash.

    >>> file_name("trade", (2021, 2022), "0123456789abcdef")
    'trade/2021-2022-0123456789ab.parquet'
    """
    span = str(years[0]) if len(years) == 1 else f"{years[0]}-{years[-1]}"
    return f"{table}/{span}-{digest[:HASH_DIGITS]}.parquet"


def text_of(entries: Iterable[Entry], history: Sequence[Change] = ()) -> bytes:
    """The catalogue of these entries, with a hash of its own. history: what was done to the store."""
    items = [_item(entry) for entry in sorted(entries, key=lambda e: (e.table, e.file))]
    changes = [asdict(change) for change in history]
    content: dict[str, Any] = {"format": FORMAT, "sha256": checksum(items, changes), "files": items}
    if changes:
        content["history"] = changes
    return (json.dumps(content, indent=1) + "\n").encode()


def _item(entry: Entry) -> dict[str, Any]:
    """An entry as JSON; parts stand there only where there are any."""
    item = asdict(entry)
    if not entry.parts:
        del item["parts"]
    return item


def checksum(items: Any, history: Any = None) -> str:
    """The hash of what a catalogue lists and of its history, where it has one, however they are spaced."""
    listed = [items, history] if history else items
    return hashlib.sha256(json.dumps(listed, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def parse(raw: bytes) -> Parsed:
    """The entries of a catalogue and what is wrong with it; never an exception."""
    try:
        content = json.loads(raw.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
        if not isinstance(content, dict):
            return Parsed((), ("it is no JSON object",))
        digest = checksum(content.get("files"), content.get("history"))
    except (ValueError, RecursionError) as why:
        return Parsed((), (f"no readable JSON: {str(why)[:SHOWN]}",))
    form = content.get("format")
    if type(form) is not int:
        return Parsed((), ("it names no format",))
    if form != FORMAT:
        return Parsed((), (f"format {form}, but this Sogdia reads {FORMAT}",), form)
    items = content.get("files")
    unknown = sorted(content.keys() - {"format", "files", "sha256", "history"})
    faults = [f"unknown key {_shown(unknown[0])}"] if unknown else []
    if "sha256" in content and content["sha256"] != digest:
        faults.append("its text is not what was written (sha256)")
    if not isinstance(items, list):
        return Parsed((), (*faults, "it has no list of files"), form)
    entries: list[Entry] = []
    for number, item in enumerate(items, 1):
        fault = fault_of_item(item) or doubled(entry := _entry(item), entries)
        if fault:
            faults.append(f"entry {number}: {fault}")
        else:
            entries.append(entry)
    changes = [change for item in _listed(content.get("history")) if (change := _change(item)) is not None]
    return Parsed(tuple(entries), tuple(faults), form, tuple(changes))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _change(item: Any) -> Change | None:
    """A line of the history; None where it cannot be read, which spoils nothing else."""
    if not isinstance(item, dict) or item.keys() != {field.name for field in fields(Change)}:
        return None
    texts = [item[name] for name in ("when", "what", "table", "origin", "replaced")]
    if not _texts(texts) or not _whole(item["rows"], 0, 2**63) or not _years(item["years"]):
        return None
    return Change(**{**item, "years": tuple(item["years"])})


def fault_of_item(item: Any) -> str | None:
    """What is wrong with one entry as JSON, None when it may be used."""
    if not isinstance(item, dict):
        return "it is no JSON object"
    names = {field.name for field in fields(Entry)}
    for name in (*sorted(names - item.keys() - OPTIONAL), *sorted(item.keys() - names)):
        return f"{'no' if name in names else 'unknown'} key {_shown(name)}"
    for name, (rule, fits) in RULES.items():
        if name in item and not fits(item[name]):
            return f"{name} {_shown(item[name])}: {rule}"
    if item["table"] in BY_YEAR and not item["years"]:
        return f"no years, which table {item['table']!r} needs"
    parts = WRITTEN.fullmatch(item["file"])
    if parts and item["file"] != file_name(item["table"], tuple(item["years"] or (0,)), item["sha256"]):
        return f"file {_shown(item['file'])}: the name does not fit the table, the years and the hash"
    return None


def doubled(entry: Entry, others: Iterable[Entry]) -> str | None:
    """Why an entry cannot stand beside others of one store: it would count something twice."""
    for other in others:
        if entry.file.casefold() == other.file.casefold():
            return f"{entry.file} is named twice"
        if entry.table != other.table:
            continue
        if entry.sha256 == other.sha256:
            return f"{entry.file} has the content of {other.file}"
        if entry.table not in BY_YEAR:
            return f"{entry.file} is a second file of table {entry.table!r}"
        both = sorted(set(entry.years) & set(other.years))
        if both:
            return f"{entry.file} holds {both[0]} of table {entry.table!r}, as {other.file} does"
    return None


def _entry(item: Mapping[str, Any]) -> Entry:
    return Entry(
        table=item["table"],
        file=item["file"],
        rows=item["rows"],
        sha256=item["sha256"],
        source_ids=tuple(item["source_ids"]),
        years=tuple(item["years"]),
        transformations=tuple(item["transformations"]),
        parts=tuple(item.get("parts", ())),
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; ValueError where it has a key twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return made


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _shown(value: Any) -> str:
    """A value as an error shows it: short, and without control characters."""
    text = ascii(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + "..."


def _whole(value: Any, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def _texts(value: Any) -> bool:
    """Whether this is a list of text that can be written as UTF-8."""
    return isinstance(value, list) and all(
        isinstance(text, str) and not any("\ud800" <= character <= "\udfff" for character in text) for text in value
    )


def _parts(value: Any) -> bool:
    return isinstance(value, list) and all(map(is_part, value))


def _years(value: Any) -> bool:
    """Whether this is a list of years, each once and in order."""
    if not isinstance(value, list) or not all(_whole(year, 1, 9999) for year in value):
        return False
    return value == sorted(set(value))


def _name(value: Any) -> bool:
    return isinstance(value, str) and any(pattern.fullmatch(value) for pattern in (WRITTEN, BESIDE))


RULES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "table": ("a table is one of the schema's", lambda value: isinstance(value, str) and value in tables()),
    "file": ("a file is TABLE/YEARS-HASH.parquet, or a name without a folder", _name),
    "rows": ("rows are a whole number", lambda value: _whole(value, 0, 2**63)),
    "sha256": ("a hash has 64 digits", lambda value: isinstance(value, str) and DIGEST.fullmatch(value) is not None),
    "source_ids": ("sources are a list of text", _texts),
    "years": ("years are a list of years, each once and in order", _years),
    "transformations": ("transformations are a list of text", _texts),
    "parts": (
        "parts are a list of codes, with countries or without",
        lambda value: _texts(value) and all(map(is_part, value)),
    ),
}
