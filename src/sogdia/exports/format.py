"""What a format of export declares: its name, who reads it, and the files that it makes of the contents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sogdia.exports.contents import ExportContents

Files: TypeAlias = Mapping[str, bytes]
"""The content of each file, by its name in the folder."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format. A module of `exports/formats` declares it as `FORMAT`.

    key: what the command line calls it; title: what is in it and for whom; readers: programs that a test re-reads it
    with; files: makes the files, without side effects.
    """

    key: str
    title: str
    readers: tuple[str, ...]
    files: Callable[[ExportContents], Files]
