"""Records as arrays and a text: how a plan's tables are written to a file and read back, without running anything.

    length of the text, a line    the text, JSON    the arrays, one after the other, each at a multiple of 16 bytes

Text, numbers, None, tuples, mappings, arrays, Sogdia's own dataclasses and enumerations are written; nothing else is.
A record that occurs twice is written once, and is one record again when it is read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import IntEnum
from importlib import import_module
from math import prod
from typing import Any

import numpy as np

PACKAGE = "sogdia."
ALIGNED = 16
PLAIN = frozenset({bool, int, float, str, type(None)})


def to_bytes(record: object) -> bytes:
    """A record as a text and arrays. TypeError for what is none of the above."""
    writer = _Writer()
    text = json.dumps(writer.written(record), separators=(",", ":")).encode()
    head = f"{len(text)}\n".encode() + text
    return b"".join([head, *_padding(len(head)), *writer.content])


def from_bytes(content: bytes) -> Any:
    """The record again. ValueError, KeyError, TypeError or the like for content that is none."""
    start = content.index(b"\n") + 1
    end = start + int(content[:start])
    text = json.loads(content[start:end])
    arrays = end + sum(map(len, _padding(end)))
    return _Reader(content, arrays).read(text)


def _padding(length: int) -> list[bytes]:
    """What is missing to the next multiple of 16 bytes."""
    return [b"\0" * (-length % ALIGNED)]


class _Writer:
    """Arrays and records in the order in which they are met. content: bytes of the arrays."""

    def __init__(self) -> None:
        self.content: list[bytes] = []
        self._length = 0
        self._known: dict[int, int] = {}
        self._kept: list[object] = []

    def written(self, value: object) -> Any:
        """The value as JSON."""
        if type(value) in PLAIN:
            return value
        if isinstance(value, IntEnum):
            return {"e": _name_of(type(value)), "v": int(value)}
        if isinstance(value, np.generic):
            return self.written(value.item())
        if isinstance(value, tuple | list):
            if all(type(each) in PLAIN for each in value):
                return {"p": list(value)}
            return [self.written(each) for each in value]
        if isinstance(value, frozenset):
            return {"s": [self.written(each) for each in sorted(value)]}
        if isinstance(value, Mapping):
            if all(type(key) is str and type(each) in PLAIN for key, each in value.items()):
                return {"d": dict(value)}
            return {"m": [[self.written(key), self.written(each)] for key, each in value.items()]}
        return self._shared(value)

    def _shared(self, value: object) -> Any:
        """An array or a record, written where it is first met."""
        if id(value) in self._known:
            return {"k": self._known[id(value)]}
        if isinstance(value, np.ndarray):
            made = self._array(value)
        elif is_dataclass(value) and not isinstance(value, type) and type(value).__module__.startswith(PACKAGE):
            content = [self.written(getattr(value, field.name)) for field in fields(value) if field.init]
            made = {"r": _name_of(type(value)), "f": content}
        else:
            raise TypeError(f"{type(value).__name__} is not a record that can be written.")
        self._known[id(value)] = len(self._kept)
        self._kept.append(value)
        return made

    def _array(self, value: np.ndarray) -> dict[str, Any]:
        """Its type, shape and place."""
        if value.dtype.hasobject:
            raise TypeError("an array of objects cannot be written.")
        made = {"a": value.dtype.str, "n": value.shape, "o": self._length}
        for part in (value.tobytes(), *_padding(value.nbytes)):
            self.content.append(part)
            self._length += len(part)
        return made


class _Reader:
    """The same way back."""

    def __init__(self, content: bytes, arrays: int) -> None:
        self._content, self._arrays = content, arrays
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
        if "p" in value:
            return tuple(value["p"])
        if "d" in value:
            return value["d"]
        if "a" in value:
            self._known.append(self._array(value["a"], value["n"], value["o"]))
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

    def _array(self, kind: str, shape: list[int], offset: int) -> np.ndarray:
        if offset < 0 or min(shape, default=0) < 0:
            raise ValueError("an array begins within the content.")
        found = np.frombuffer(self._content, np.dtype(kind), prod(shape), self._arrays + offset)
        return found.reshape(shape).copy()

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
