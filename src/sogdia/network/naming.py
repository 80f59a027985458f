"""Which place does a person mean? Its id or its name, whatever the case and the accents."""

from __future__ import annotations

import unicodedata

from sogdia.errors import unknown
from sogdia.network.records import Network, Place


def place_named(network: Network, text: str) -> Place:
    """The place with this id, or the only one whose id, last part of the id, or name it is when folded.

    `UnknownNameError` with the nearest ids where there is none or more than one.
    """
    for place in network.places:
        if place.id == text:
            return place
    wanted = folded(text)
    for parts in (_ids, _names):
        found = [place for place in network.places if wanted in parts(place)]
        if len(found) == 1:
            return found[0]
    raise unknown("place", text, (place.id for place in network.places))


def folded(text: str) -> str:
    """Letters without accents and case, blanks at the ends dropped.

    >>> folded(" KAZ:Öskemen")
    'kaz:oskemen'
    """
    apart = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _ids(place: Place) -> tuple[str, ...]:
    return (folded(place.id),)


def _names(place: Place) -> tuple[str, ...]:
    return (folded(place.id.partition(":")[2]), folded(place.name))
