"""The courses of ships are read when a map first asks for one: they are most of the network's bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

Course = tuple[tuple[float, float], ...]
"""(lon, lat) in degrees, in order."""


class SeaPaths(Mapping[str, Course]):
    """The course of each sea link by its id, as `read` gives it."""

    def __init__(self, read: Callable[[], Mapping[str, Course]]) -> None:
        self._read = read

    @cached_property
    def _paths(self) -> Mapping[str, Course]:
        return self._read()

    def __getitem__(self, link: str) -> Course:
        return self._paths[link]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
