"""Names as a person types them: the thing that is meant, by its id or its name, whatever the case and the accents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from sogdia.codes import countries, country_named
from sogdia.errors import unknown
from sogdia.network.records import Network, Place
from sogdia.text import folded

PROPER = re.compile(r"[^\W\d_a-z][\w-]{2,}")
"""A word of a name that is a name itself: it begins with a capital."""

Names = Mapping[str, tuple[str, ...]]
"""The names of each thing, by its id."""


class Named(Protocol):
    """A record with an id and a name."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


AnyNamed = TypeVar("AnyNamed", bound=Named)


def place_named(network: Network, text: str) -> Place:
    """The place with this id, or the only one whose id, last part of the id, or name it is when folded; the name, or a
    word of it that is itself a name, may follow the country: `KAZ:Ust-Kamenogorsk`, `KAZ:Ulba`.

    `UnknownNameError` with the nearest ids where there is none or more than one.
    """
    names = place_names(network)
    place_id = _only(names, text)
    if place_id is None:
        country, _, rest = text.rpartition(":")
        own = {place.id: place for place in network.places if folded(country) in ("", folded(place.country))}
        place_id = (
            _only({name: names[name] for name in own}, rest)
            or _only({name: names[name][:1] for name in own}, "".join(rest.split()))
            or _only({name: tuple(PROPER.findall(place.name)) for name, place in own.items()}, rest)
        )
    if place_id is None:
        raise unknown("place", text, (place.id for place in network.places))
    return network.place(place_id)


def record_named(kind: str, records: Sequence[AnyNamed], text: str) -> AnyNamed:
    """The record with this id, or the only one whose id or name it is when folded; `UnknownNameError` otherwise."""
    by_id = {record.id: record for record in records}
    record_id = text if text in by_id else _only({name: (record.name,) for name, record in by_id.items()}, text)
    if record_id is None:
        raise unknown(kind, text, by_id)
    return by_id[record_id]


def id_named(kind: str, groups: Iterable[Names], text: str) -> str:
    """The id that a text names in the first of several groups where it names one; `UnknownNameError` otherwise."""
    known = list(groups)
    if any(text in names for names in known):
        return text
    for names in known:
        found = _only(names, text)
        if found is not None:
            return found
    raise unknown(kind, text, {name for names in known for name in names})


def place_names(network: Network) -> Names:
    """The names of places: the last part of the id, and the name."""
    return {place.id: (place.id.partition(":")[2], place.name) for place in network.places}


def country_names(codes: Iterable[str], text: str) -> Names:
    """The names of countries; what `sogdia.codes` understands by the text is one of them."""
    meant = country_named(text)
    known = countries()
    return {
        code: tuple(filter(None, (known[code].name if code in known else "", text if code == meant else "")))
        for code in codes
    }


def listed(texts: str | Iterable[str]) -> tuple[str, ...]:
    """Single names from one text or several, each with or without commas.

    >>> listed("CHN, suez"), listed(["CHN,suez", "RUS"])
    (('CHN', 'suez'), ('CHN', 'suez', 'RUS'))
    """
    parts = [texts] if isinstance(texts, str) else texts
    return tuple(name.strip() for text in parts for name in text.split(",") if name.strip())


def _only(names: Names, text: str) -> str | None:
    """The id that the text is, else the only one that it is when folded, else the only one with that name."""
    if text in names:
        return text
    wanted = folded(text)
    by_id = [name for name in names if folded(name) == wanted]
    by_name = [name for name, others in names.items() if wanted in map(folded, others)]
    return next((found[0] for found in (by_id, by_name) if len(found) == 1), None)
