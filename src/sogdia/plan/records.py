"""Records as arrays and a text: how a plan's tables are written to a file and read back, without running anything.

Text, numbers, None, tuples, mappings, arrays, Sogdia's own dataclasses and enumerations are written; nothing else is.
A record that occurs twice is written once, and is one record again when it is read.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import IntEnum
from importlib import import_module
from typing import Any

import numpy as np

PACKAGE = "sogdia."
TEXT = "record"


def to_bytes(record: object) -> bytes:
    """A record as an archive of arrays. TypeError for what is none of the above."""
    writer = _Writer()
    text = json.dumps(writer.written(record), separators=(",", ":")).encode()
    buffer = io.BytesIO()
    arrays: dict[str, Any] = {f"a{number}": array for number, array in enumerate(writer.arrays)}
    np.savez(buffer, **(arrays | {TEXT: np.frombuffer(text, dtype=np.uint8)}))
    return buffer.getvalue()


def from_bytes(content: bytes) -> Any:
    """The record again. ValueError, KeyError, TypeError or the like for content that is none."""
    with np.load(io.BytesIO(content), allow_pickle=False) as found:
        text = json.loads(found[TEXT].tobytes())
        return _Reader(lambda number: found[f"a{number}"]).read(text)


class _Writer:
    """Arrays and records in the order in which they are met."""

    def __init__(self) -> None:
        self.arrays: list[np.ndarray] = []
        self._known: dict[int, int] = {}
        self._kept: list[object] = []

    def written(self, value: object) -> Any:
        """The value as JSON."""
        if value is None or isinstance(value, bool | str) or type(value) in (int, float):
            return value
        if isinstance(value, IntEnum):
            return {"e": _name_of(type(value)), "v": int(value)}
        if isinstance(value, np.generic):
            return self.written(value.item())
        if isinstance(value, tuple | list):
            return [self.written(each) for each in value]
        if isinstance(value, frozenset):
            return {"s": [self.written(each) for each in sorted(value)]}
        if isinstance(value, Mapping):
            return {"m": [[self.written(key), self.written(each)] for key, each in value.items()]}
        return self._shared(value)

    def _shared(self, value: object) -> Any:
        """An array or a record, written where it is first met."""
        if id(value) in self._known:
            return {"k": self._known[id(value)]}
        if isinstance(value, np.ndarray):
            self.arrays.append(value)
            made: dict[str, Any] = {"a": len(self.arrays) - 1}
        elif is_dataclass(value) and not isinstance(value, type) and type(value).__module__.startswith(PACKAGE):
            content = [self.written(getattr(value, field.name)) for field in fields(value) if field.init]
            made = {"r": _name_of(type(value)), "f": content}
        else:
            raise TypeError(f"{type(value).__name__} is not a record that can be written.")
        self._known[id(value)] = len(self._kept)
        self._kept.append(value)
        return made


class _Reader:
    """The same way back."""

    def __init__(self, array: Any) -> None:
        self._array = array
        self._known: list[Any] = []
        self._classes: dict[str, type] = {}

    def read(self, value: Any) -> Any:
        """The value of its JSON."""
        if isinstance(value, list):
            return tuple(self.read(each) for each in value)
        if not isinstance(value, dict):
            return value
        if "k" in value:
            return self._known[value["k"]]
        if "a" in value:
            self._known.append(self._array(int(value["a"])))
            return self._known[-1]
        if "m" in value:
            return {self.read(key): self.read(each) for key, each in value["m"]}
        if "s" in value:
            return frozenset(self.read(each) for each in value["s"])
        if "e" in value:
            return self._class(value["e"])(value["v"])
        kind = self._class(value["r"])
        names = [field.name for field in fields(kind) if field.init]
        content = dict(zip(names, (self.read(each) for each in value["f"]), strict=True))
        self._known.append(kind(**content))
        return self._known[-1]

    def _class(self, name: str) -> Any:
        if name not in self._classes:
            module, _, of = name.partition(":")
            if not module.startswith(PACKAGE):
                raise ValueError(f"{name} is no record of Sogdia.")
            found = getattr(import_module(module), of)
            if not (isinstance(found, type) and (is_dataclass(found) or issubclass(found, IntEnum))):
                raise ValueError(f"{name} is no record of Sogdia.")
            self._classes[name] = found
        return self._classes[name]


def _name_of(kind: type) -> str:
    return f"{kind.__module__}:{kind.__qualname__}"
