"""Countries by code and by name.

Countries are ISO 3166 alpha-3 codes, plus `XKX` (Kosovo) and the former `SCG` and `ANT`. BACI's own numbers
differ from ISO's in a few places and change with the years (58 is Belgium-Luxembourg until 1998);
`baci_codes.csv` holds them all.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sogdia.codes.aliases import country_alias, name_key, place_alias
from sogdia.errors import CLOSE, UnknownNameError, unknown
from sogdia.text import folded

CODE_LETTERS = 3

FORMS_OF_STATES = frozenset({
    "republic", "kingdom", "state", "principality", "sultanate", "commonwealth", "grand", "duchy", "federal",
    "federative", "plurinational", "bolivarian", "islamic", "arab", "socialist", "democratic", "peoples", "hashemite",
    "oriental", "cooperative", "independent", "confederation",
})  # fmt: skip
"""Words of official names that tell the form of a state and not the country."""


@dataclass(frozen=True, slots=True)
class Country:
    """iso3: the key used everywhere; iso2, m49: ISO 3166 and UN M49 codes (text, "" where none).

    status: `current` or `former`; last_year: the last year of a former one, None of a current one; successors: the
    countries that followed a former one, by ISO alpha-3, where they are known.
    """

    iso3: str
    iso2: str
    m49: str
    name: str
    status: str
    last_year: int | None
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BaciCode:
    """One country number of a BACI release.

    iso3 is "" where no single country is meant; first and last year are inclusive, None is open.
    """

    baci_code: int
    iso3: str
    first_year: int | None
    last_year: int | None
    note: str

    def valid_in(self, year: int) -> bool:
        return (self.first_year is None or year >= self.first_year) and (
            self.last_year is None or year <= self.last_year
        )


def read_rows(file: str) -> list[dict[str, str]]:
    """The rows of a table that ships inside this package."""
    text = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def countries() -> dict[str, Country]:
    """Every country by its ISO alpha-3 code."""
    return {
        row["iso3"]: Country(
            row["iso3"],
            row["iso2"],
            row["m49"],
            row["name"],
            row["status"],
            _year(row["last_year"]),
            tuple(filter(None, row["successors"].split(";"))),
        )
        for row in read_rows("countries.csv")
    }


@cache
def baci_codes() -> dict[int, BaciCode]:
    """Every BACI country number."""
    return {
        int(row["baci_code"]): BaciCode(
            int(row["baci_code"]), row["iso3"], _year(row["first_year"]), _year(row["last_year"]), row["note"]
        )
        for row in read_rows("baci_codes.csv")
    }


def baci_iso3(code: int, year: int) -> str | None:
    """ISO alpha-3 of a BACI number in a year; None where the number names no country in that year.

    >>> baci_iso3(490, 2022), baci_iso3(58, 1998), baci_iso3(58, 1999)
    ('TWN', 'BEL', None)
    """
    entry = baci_codes().get(code)
    return entry.iso3 if entry and entry.iso3 and entry.valid_in(year) else None


@dataclass(frozen=True, slots=True)
class CountedTogether:
    """A country whose trade counts others with it. last_year: the last one in which it does; what: whom it counts."""

    iso3: str
    last_year: int
    what: str


@cache
def splits() -> dict[str, CountedTogether]:
    """Countries whose trade counts others with it until a year, by ISO alpha-3.

    >>> splits()["BEL"].last_year
    1998
    """
    return {
        row["iso3"]: CountedTogether(row["iso3"], int(row["last_year"]), row["what"]) for row in read_rows("splits.csv")
    }


@cache
def publisher_codes() -> dict[str, str]:
    """ISO alpha-3 by the codes that some publishers write instead of it.

    >>> publisher_codes()["S19"], publisher_codes()["R20"]
    ('TWN', 'XKX')
    """
    return {row["code"]: row["iso3"] for row in read_rows("publisher_codes.csv")}


@cache
def _names() -> dict[str, str]:
    return {name_key(c.name): c.iso3 for c in countries().values()}


@cache
def _codes() -> dict[str, str]:
    """ISO alpha-3 by alpha-3 and alpha-2 codes; where a former country had the alpha-2 code of another, the latter."""
    by_iso2 = {c.iso2: c.iso3 for c in sorted(countries().values(), key=lambda c: c.status, reverse=True) if c.iso2}
    return by_iso2 | {iso3: iso3 for iso3 in countries()}


@cache
def _unclear() -> dict[str, dict[str, str]]:
    return {name_key(row["name"]): row for row in read_rows("unclear_names.csv")}


def unclear(text: str) -> tuple[str, str] | None:
    """(rule broken, remedy) where a name stands for no one country of today: two share it, or it is a former one.

    >>> unclear("Congo")
    ('this name can mean COD (DR Congo) or COG (Congo)', 'Write the code that is meant.')
    >>> unclear("Zaire")
    ('this is the name of a former country', 'Today it is COD (DR Congo).')
    """
    row = _unclear().get(name_key(text))
    if row is None:
        return None
    now = [f"{iso3} ({countries()[iso3].name})" for iso3 in row["iso3"].split(";")]
    if row["why"] == "ambiguous":
        return f"this name can mean {' or '.join(now)}", "Write the code that is meant."
    return "this is the name of a former country", f"Today it is {', '.join(now)}."


def ended(iso3: str, year: int) -> tuple[str, str] | None:
    """(rule broken, remedy) where a former country no longer was there in a year.

    >>> ended("SCG", 2023)[0], ended("SCG", 2004), ended("JPN", 2023)
    ('Serbia and Montenegro ended in 2006', None, None)
    """
    known = countries()[iso3]
    if known.last_year is None or year <= known.last_year:
        return None
    followed = ", ".join(f"{i} ({countries()[i].name})" for i in known.successors)
    remedy = f"Write the country that followed it{followed and f': {followed}'}, or correct the year."
    return f"{known.name} ended in {known.last_year}", remedy


def country_named(text: str) -> str | None:
    """ISO alpha-3 of a code, a name or an alias; None where it names no country, or no single one.

    The form of a state need not be said: "Kingdom of Norway" is Norway, where no other country is called so.

    >>> country_named("jp"), country_named("Iran (Islamic Republic of)"), country_named("Kingdom of Norway")
    ('JPN', 'IRN', 'NOR')
    """
    if unclear(text):
        return None
    iso3 = _codes().get(folded(text).upper()) or _named(name_key(text))
    if iso3:
        return iso3
    short = " ".join(word for word in name_key(text).split() if word not in FORMS_OF_STATES)
    return None if short == name_key(text) or unclear(short) else _named(short)


def country(text: str) -> Country:
    """The country named by an ISO code, a name or an alias; UnknownNameError tells the nearest names.

    >>> country("jpn").name, country("Kazakhstan").iso3, country("日本").iso3
    ('Japan', 'KAZ', 'JPN')
    """
    known = countries()
    iso3 = country_named(text)
    if iso3:
        return known[iso3]
    told = unclear_country(text)
    if told:
        raise told
    raise unknown("country", text, suggested(text, known, [c.name for c in known.values()]), nearness=CLOSE)


def suggested(text: str, codes: Iterable[str], names: Iterable[str]) -> list[str]:
    """What may have been meant: a code only where the text is as short as one.

    >>> suggested("ASEAM", ["SEN"], ["Senegal"]), suggested("SEM", ["SEN"], ["Senegal"])
    (['Senegal'], ['SEN', 'Senegal'])
    """
    return [*(codes if len(text.strip()) <= CODE_LETTERS else ()), *names]


def unclear_country(text: str) -> UnknownNameError | None:
    """The error for a name that stands for no one country, or for a part of one, in words that say what it means."""
    problem = unclear(text)
    if problem:
        return UnknownNameError(f"{text.strip()!r} names no one country: {problem[0]}. {problem[1]}")
    whole = place_alias(text)
    if whole is None:
        return None
    name = countries()[whole].name
    return UnknownNameError(f"unknown country {text.strip()!r}: it is a part of {name}. Write {whole} for all of it.")


def _named(key: str) -> str | None:
    return _names().get(key) or country_alias(key)


def _year(text: str) -> int | None:
    return int(text) if text else None
