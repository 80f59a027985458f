"""The languages that there are: to add one, add its file, its catalogue and its rows in the tables of names."""

from __future__ import annotations

from sogdia.errors import unknown
from sogdia.render.languages.english import ENGLISH
from sogdia.render.languages.japanese import JAPANESE
from sogdia.render.languages.language import Language
from sogdia.render.languages.russian import RUSSIAN

LANGUAGES: dict[str, Language] = {language.code: language for language in (ENGLISH, JAPANESE, RUSSIAN)}


def language(code: str) -> Language:
    """The language of a code or a name; UnknownNameError lists those that exist.

    >>> language("ja").own_name, language("Russian").code
    ('日本語', 'ru')
    """
    word = code.strip().casefold()
    for known in LANGUAGES.values():
        if word in (known.code, known.name.casefold(), known.own_name):
            return known
    raise unknown("language", code, list(LANGUAGES))
