"""Other words for countries, regions and minerals: one table, read by every verb and every reader.

`aliases.csv` holds official names, common names, names in Japanese, Russian and the country's own language, symbols,
formulas, products, and what is not in the data. Words are compared in a folded form: accents, case, apostrophes, blanks
and width do not matter, and for countries neither do punctuation, common abbreviations and the order of words.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sogdia.text import folded

COUNTRY, LABEL, REGION, PLACE = "country", "label", "region", "place"
"""Kinds of words for countries. LABEL: understood in tables of publishers alone; PLACE: a part of the country."""
MINERAL, GROUP, PRODUCT, PART, ABSENT = "mineral", "group", "product", "part", "absent"
"""Kinds of words for minerals. GROUP: several minerals; PRODUCT: a product of processing; PART: what is inside a
mineral or made of it, without figures of its own; ABSENT: a material that the data do not hold."""
SEPARATOR = ";"
INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$)")
PUNCTUATION = re.compile(r"[^\w\s]")
UNSAID = frozenset({"the", "of", "and"})
SHORT_FORMS = {
    "dem": "democratic", "rep": "republic", "st": "saint", "is": "islands", "isl": "islands", "isds": "islands",
    "terr": "territory", "fed": "federated", "sts": "states", "br": "british", "fr": "french", "n": "north",
    "northern": "north", "s": "south", "southern": "south",
}  # fmt: skip
"""Words that publishers shorten, as they are compared."""


@dataclass(frozen=True, slots=True)
class Alias:
    """kind: one of the kinds above; meant: keys, with SEPARATOR between them, "" of what is absent."""

    kind: str
    alias: str
    meant: str


def name_key(text: str) -> str:
    """The form in which names of countries are compared.

    >>> name_key("Korea, Dem. People's Rep.") == name_key("Democratic People’s Republic of Korea")
    True
    >>> name_key("U.S."), name_key("Gambia, The")
    ('us', 'gambia')
    """
    words = PUNCTUATION.sub(" ", INITIALS.sub("", folded(text).replace("&", " and "))).split()
    return " ".join(sorted(SHORT_FORMS.get(word, word) for word in words if word not in UNSAID))


def country_alias(text: str) -> str | None:
    """ISO alpha-3 of another word for a country; None where there is none.

    >>> country_alias("日本"), country_alias("uk"), country_alias("Atlantis")
    ('JPN', 'GBR', None)
    """
    return _meant(text, COUNTRY)


def label_alias(text: str) -> str | None:
    """The same for a word that a publisher's table uses and that a person would not be understood by."""
    return _meant(text, LABEL)


def region_alias(text: str) -> str | None:
    """Key of the region of another word; None where there is none.

    >>> region_alias("ＥＵ"), region_alias("中央アジア")
    ('EU27', 'CENTRAL_ASIA')
    """
    return _meant(text, REGION)


def place_alias(text: str) -> str | None:
    """ISO alpha-3 of the country that a place is a part of; None where it is not known.

    >>> place_alias("Scotland")
    'GBR'
    """
    return _meant(text, PLACE)


def mineral_alias(text: str) -> str | None:
    """Key of the mineral of another word or a chemical symbol; None where there is none.

    >>> mineral_alias("Li"), mineral_alias("レアアース"), mineral_alias("Xx")
    ('lithium', 'rare_earths', None)
    """
    word = mineral_word(text)
    return word.meant if word is not None and word.kind == MINERAL else None


def mineral_word(text: str) -> Alias | None:
    """What a word for a mineral, a product or a material stands for; None where it is not known.

    >>> mineral_word("neodymium"), mineral_word("PGM").meant
    (Alias(kind='part', alias='neodymium', meant='rare_earths'), 'platinum;palladium;rhodium')
    """
    return _words()[1].get(folded(text))


def words_for(*kinds: str) -> list[str]:
    """The words of some kinds for minerals, folded and sorted.

    >>> "ferro chrome" in words_for(PRODUCT), "japan" in words_for(PRODUCT)
    (True, False)
    """
    return sorted(word for word, alias in _words()[1].items() if alias.kind in kinds)


def _meant(text: str, kind: str) -> str | None:
    word = _words()[0].get(name_key(text))
    return word.meant if word is not None and word.kind == kind else None


@cache
def _words() -> tuple[dict[str, Alias], dict[str, Alias]]:
    """Words for countries by `name_key`, and words for minerals by their folded form."""
    text = resources.files(__package__).joinpath("aliases.csv").read_text(encoding="utf-8")
    rows = [Alias(row["kind"], row["alias"], row["meant"]) for row in csv.DictReader(text.splitlines())]
    of_countries = {COUNTRY, LABEL, REGION, PLACE}
    return (
        {name_key(row.alias): row for row in rows if row.kind in of_countries},
        {folded(row.alias): row for row in rows if row.kind not in of_countries},
    )
