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
    """The names of places: the last part of the id, the name, and as answers write it, without what stands in brackets,
    alone and with its country.
    """
    known, names = countries(), {}
    for place in network.places:
        short = place.name.split(" (")[0]
        country = known[place.country].name if place.country in known else place.country
        names[place.id] = (place.id.partition(":")[2], *dict.fromkeys((place.name, short, f"{short}, {country}")))
    return names


def link_names(network: Network) -> Names:
    """The names of links as answers write them: their two ends, with the mode or without."""
    short = {place.id: place.name.split(" (")[0] for place in network.places}
    ends = {link.id: f"{short[link.start]} \u2013 {short[link.end]}" for link in network.links}
    return {link.id: (f"{ends[link.id]} ({link.mode})", ends[link.id]) for link in network.links}


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


def listed_with_places(network: Network, texts: str | Iterable[str]) -> tuple[str, ...]:
    """`listed`, but a place with its country, as answers write it, is one name: `Lianyungang, China`."""
    written = {folded(name) for names in place_names(network).values() for name in names if ", " in name}
    found: list[str] = []
    for text in [texts] if isinstance(texts, str) else texts:
        apart = True
        for name in listed(text):
            whole = f"{found[-1]}, {name}" if found and not apart else ""
            apart = folded(whole) in written
            found[-1 if apart else len(found) :] = [whole if apart else name]
    return tuple(found)


def _only(names: Names, text: str) -> str | None:
    """The id that the text is, else the only one that it is when folded, else the only one with that name."""
    if text in names:
        return text
    wanted = folded(text)
    by_id = [name for name in names if folded(name) == wanted]
    by_name = [name for name, others in names.items() if wanted in map(folded, others)]
    return next((found[0] for found in (by_id, by_name) if len(found) == 1), None)
