"""Names of countries, minerals, places and projects in each language, from tables that say where each name is from.

English names are those that the codes and the store carry; the tables hold the other languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sogdia.codes import countries, regions
from sogdia.data.embedded import snapshot
from sogdia.errors import unknown
from sogdia.render.languages.known import language
from sogdia.render.wording import short
from sogdia.tabular.evidence import SOURCED, Evidence, provenance_of
from sogdia.tabular.rows import Cells, packaged_records

COUNTRY_NAMES, MINERAL_NAMES = "country_names.csv", "mineral_names.csv"
PLACE_NAMES, PROJECT_NAMES = "place_names.csv", "project_names.csv"


@dataclass(frozen=True, slots=True)
class Name:
    """key: of a country, region, mineral, place or project; language: code of one; name: as printed."""

    key: str
    language: str
    name: str
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@cache
def names(file: str) -> Mapping[tuple[str, str], Name]:
    """The rows of a table of names by key and language; InputError with every fault if the file was damaged."""
    rows = packaged_records(files("sogdia.render.languages").joinpath("tables", file), COLUMNS, _name)
    return {(row.key, row.language): row for row in rows}


def country_name(key: str, code: str) -> str:
    """The name of a country or region by its key; UnknownNameError where there is none.

    >>> country_name("KAZ", "ja"), country_name("COD", "ru"), country_name("EU27", "en")
    ('カザフスタン', 'ДР Конго', 'European Union')
    """
    if language(code).code == "en":
        return _english_place(key)
    return _named(COUNTRY_NAMES, "country", key, code)


def mineral_name(key: str, code: str) -> str:
    """The name of a mineral by its key; UnknownNameError where there is none.

    >>> mineral_name("rare_earths", "ja"), mineral_name("copper", "ru"), mineral_name("tin", "en")
    ('レアアース', 'медь', 'Tin')
    """
    if language(code).code == "en":
        minerals = snapshot().minerals
        if key not in minerals:
            raise unknown("mineral", key, minerals)
        return minerals[key].name
    return _named(MINERAL_NAMES, "mineral", key, code)


def place_name(key: str, code: str) -> str | None:
    """The short name of a place of the network by its id; None where the table has none in this language.

    >>> place_name("KAZ:Khromtau", "ja"), place_name("JPN:Kitakyushu", "ru"), place_name("KAZ:Khromtau", "en")
    ('クロムタウ', 'Китакюсю', None)
    """
    return _name_or_none(PLACE_NAMES, key, code)


def project_name(key: str, code: str) -> str | None:
    """The short name of a project by its id; None where the table has none in this language.

    >>> project_name("erg_pavlodar_gallium", "ja")
    'パブロダールのガリウム生産'
    """
    return _name_or_none(PROJECT_NAMES, key, code)


def name_sources(code: str) -> tuple[str, ...]:
    """The ids of the sources of the names in a language, each once."""
    rows = [row for file in (COUNTRY_NAMES, MINERAL_NAMES, PLACE_NAMES, PROJECT_NAMES) for row in names(file).values()]
    return tuple(sorted({i for row in rows if row.language == language(code).code for i in row.source_ids}))


COLUMNS = ("key", "language", "name", *SOURCED)


def _name(cells: Cells) -> Name:
    return Name(cells.text("key"), cells.text("language"), cells.text("name"), **provenance_of(cells))


def _named(file: str, what: str, key: str, code: str) -> str:
    row = names(file).get((key, language(code).code))
    if row is None:
        raise unknown(what, key, sorted({known for known, _ in names(file)}))
    return row.name


def _name_or_none(file: str, key: str, code: str) -> str | None:
    row = names(file).get((key, language(code).code))
    return None if row is None else row.name


def _english_place(key: str) -> str:
    if key in countries():
        return countries()[key].name
    if key in regions():
        return short(regions()[key])
    raise unknown("country", key, [*countries(), *regions()])
