"""Which countries make up a region, and what does a user's word for an importer or partner stand for?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sogdia.codes.countries import countries, country, read_rows
from sogdia.errors import UnknownNameError, unknown


@dataclass(frozen=True, slots=True)
class Region:
    """A country (one member, key = its ISO code) or a group of them."""

    key: str
    name: str
    members: tuple[str, ...]


@cache
def regions() -> dict[str, Region]:
    """The regions that ship with Sogdia, by key (`EU27`, `CENTRAL_ASIA`, ...)."""
    groups: dict[str, Region] = {}
    for row in read_rows("regions.csv"):
        key = row["region"]
        before = groups[key].members if key in groups else ()
        groups[key] = Region(key, row["name"], (*before, row["iso3"]))
    return groups


def economy(text: str, own: Mapping[str, tuple[str, ...]] | None = None) -> Region:
    """The country or region that `text` names. `own` adds user-defined regions: key -> ISO codes.

    >>> economy("JPN").members, len(economy("EU27").members)
    (('JPN',), 27)
    """
    key = text.strip().upper().replace(" ", "_")
    for name, members in (own or {}).items():
        if name.strip().upper().replace(" ", "_") == key:
            return Region(key, name, tuple(country(member).iso3 for member in members))
    if key in regions():
        return regions()[key]
    try:
        found = country(text)
    except UnknownNameError:
        valid = [*countries(), *(c.name for c in countries().values()), *regions(), *(own or {})]
        raise unknown("country or region", text, valid) from None
    return Region(found.iso3, found.name, (found.iso3,))
