"""Names that the page shows, in each of its languages: a record with the key, and a name by language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sogdia.errors import DataError, UnknownNameError
from sogdia.render.languages import catalogue, country_name, mineral_name

OTHERS = ("ja",)
"""Languages of the page beside English."""
NAMES: Mapping[str, Callable[[str, str], str]] = {
    "country": country_name,
    "mineral": mineral_name,
    "product": lambda key, language: catalogue(language)(f"product.{key}"),
}


def spoken(kind: str, key: str, english: str) -> dict[str, str]:
    """The record of a country (or region), mineral or product; a language without a name for it is left out.

    >>> spoken("country", "KAZ", "Kazakhstan")
    {'key': 'KAZ', 'en': 'Kazakhstan', 'ja': 'カザフスタン'}
    """
    named = {"key": key, "en": english}
    for language in OTHERS:
        try:
            named[language] = NAMES[kind](key, language)
        except (UnknownNameError, DataError):
            continue
    return named
