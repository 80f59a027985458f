"""Other words for countries and minerals: names in the users' languages, common short forms, chemical symbols.

They are for what a user types. Tables of publishers are read by their own, narrower lists.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from unicodedata import normalize


def country_alias(text: str) -> str | None:
    """ISO alpha-3 of another word for a country; None where there is none.

    >>> country_alias("日本"), country_alias("uk"), country_alias("Atlantis")
    ('JPN', 'GBR', None)
    """
    return _aliases("country_aliases.csv").get(_folded(text))


def mineral_alias(text: str) -> str | None:
    """Key of the mineral of another word or a chemical symbol; None where there is none.

    >>> mineral_alias("Li"), mineral_alias("レアアース"), mineral_alias("Xx")
    ('lithium', 'rare_earths', None)
    """
    return _aliases("mineral_aliases.csv").get(_folded(text))


@cache
def _aliases(file: str) -> dict[str, str]:
    """What each alias stands for: the second column of the table by the first."""
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    _, *rows = csv.reader(text.splitlines())
    return {_folded(alias): meant for alias, meant in rows}


def _folded(text: str) -> str:
    """Case, blanks around and the width of characters do not matter."""
    return normalize("NFKC", text).strip().casefold()
