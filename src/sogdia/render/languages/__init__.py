"""Phrasebook, names and numbers in the languages of the summary: English, Japanese and Russian."""

from sogdia.render.languages.catalogue import Phrasebook, catalogue
from sogdia.render.languages.known import LANGUAGES, language
from sogdia.render.languages.language import Language
from sogdia.render.languages.names import country_name, mineral_name, name_sources, place_name, project_name
from sogdia.render.languages.numerals import Numerals

__all__ = [
    "LANGUAGES",
    "Language",
    "Numerals",
    "Phrasebook",
    "catalogue",
    "country_name",
    "language",
    "mineral_name",
    "name_sources",
    "place_name",
    "project_name",
]
