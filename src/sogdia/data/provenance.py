"""The publications and data sets that figures are taken from: publisher, title, year, licence and address."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sogdia.errors import unknown

OWN_NETWORK = "OWN_NETWORK"
"""The source of what a user adds to the network with a file."""
OWN_HAZARDS = "OWN_HAZARDS"
"""The source of what a user says of hazards with a file."""


@dataclass(frozen=True, slots=True)
class Source:
    """One publication or data set that figures are taken from."""

    source_id: str
    publisher: str
    title: str
    year: str
    licence: str
    licence_verified: str
    url: str
    vintage: str
    note: str

    def reference(self) -> str:
        """Who, what and when, for a cell of a table."""
        return f"{self.publisher}, {self.title}{f' ({self.year})' if self.year else ''}"

    def citation(self) -> str:
        """One line for a list of sources."""
        vintage = f" {self.vintage}." if self.vintage else ""
        return (
            f"{self.publisher} ({self.year or 'no date'}). {self.title}.{vintage} Licence: {self.licence}. {self.url}"
        )


@cache
def sources() -> dict[str, Source]:
    """Every source by its id."""
    text = resources.files(__package__).joinpath("sources.csv").read_text(encoding="utf-8")
    return {row["source_id"]: Source(**row) for row in csv.DictReader(text.splitlines())}


def source(source_id: str) -> Source:
    """The source with that id."""
    if source_id not in sources():
        raise unknown("source", source_id, sources())
    return sources()[source_id]


def references(source_ids: Iterable[str]) -> str:
    """Several sources in a cell of a table."""
    return "; ".join(source(source_id).reference() for source_id in source_ids)


def citations(source_ids: Iterable[str]) -> dict[str, str]:
    """One line for a list of sources, by id."""
    return {source_id: source(source_id).citation() for source_id in source_ids}
