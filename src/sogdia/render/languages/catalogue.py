"""One catalogue of whole sentences for each language, with {slots} for what they are about.

`en.toml` and its like hold one key for each sentence; tables of keys make dotted names. A sentence that counts is a
table of forms (`one`, `other`), and the slot `n` chooses among them. A key that is not there, a slot that is not filled
and a slot that the sentence does not have are errors: no page shows half a sentence.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any

from sogdia.errors import DataError, did_you_mean
from sogdia.render.languages.known import language
from sogdia.render.languages.language import FORMS, Form, Language
from sogdia.render.languages.numerals import Numerals

COUNTED = "n"
"""The slot whose number chooses the form of a sentence; the text of a form may leave it out."""

Forms = Mapping[Form, str]


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """The sentences of one language by key. A sentence has one text, or one for each form of what it counts."""

    language: Language
    texts: Mapping[str, str | Forms]

    @property
    def numerals(self) -> Numerals:
        """How this language writes numbers, money, dates and lists."""
        return self.language.numerals

    def __contains__(self, key: object) -> bool:
        return key in self.texts

    def __call__(self, key: str, **slots: object) -> str:
        """A sentence with its slots filled; DataError where the key or a slot is missing or not known."""
        sentence = self.texts.get(key)
        if sentence is None:
            near = did_you_mean(key, self.texts)
            raise DataError(f"the catalogue {self.language.code!r} has no sentence {key!r}. {near}".strip())
        wanted = slots_of(sentence)
        if wanted != set(slots):
            raise DataError(
                f"sentence {key!r} of the catalogue {self.language.code!r}: slots missing "
                f"{sorted(wanted - set(slots))}, slots that it does not have {sorted(set(slots) - wanted)}"
            )
        return self._form_of(key, sentence, slots.get(COUNTED)).format(**slots)

    def _form_of(self, key: str, sentence: str | Forms, number: object) -> str:
        """The text of a sentence, in the form of the number that it counts."""
        if isinstance(sentence, str):
            return sentence
        if not isinstance(number, int):
            raise DataError(f"sentence {key!r} counts something: its slot {COUNTED!r} takes a whole number")
        return sentence[self.language.form(number)]


@cache
def catalogue(code: str) -> Phrasebook:
    """The sentences of a language; UnknownNameError where there is no such language.

    >>> catalogue("ja").language.name
    'Japanese'
    """
    chosen = language(code)
    text = resources.files(__package__).joinpath(f"{chosen.code}.toml").read_text(encoding="utf-8")
    return catalogue_of(chosen, tomllib.loads(text))


def catalogue_of(chosen: Language, tables: Mapping[str, Any]) -> Phrasebook:
    """The catalogue of tables as TOML gives them; DataError where a counted sentence lacks a form of the language.

    >>> words = catalogue_of(language("en"), {"plan": {"size": {"one": "{n} project.", "other": "{n} projects."}}})
    >>> words("plan.size", n=1), words("plan.size", n=3)
    ('1 project.', '3 projects.')
    """
    return Phrasebook(chosen, dict(_sentences(chosen, tables, "")))


def slots_of(sentence: str | Forms) -> set[str]:
    """The names of the slots of a sentence, in any of its forms; one that counts has the slot `n`.

    >>> sorted(slots_of("{country} sells {share} of {mineral}.")), slots_of({"one": "One project."})
    (['country', 'mineral', 'share'], {'n'})
    """
    texts = [sentence] if isinstance(sentence, str) else [*sentence.values(), f"{{{COUNTED}}}"]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def _sentences(chosen: Language, tables: Mapping[str, Any], before: str) -> Iterator[tuple[str, str | Forms]]:
    for name, value in tables.items():
        key = f"{before}{name}"
        if isinstance(value, str):
            yield key, value
        elif value and set(value) <= set(FORMS):
            lacking = [form for form in chosen.forms if form not in value]
            if lacking:
                raise DataError(f"sentence {key!r} of the catalogue {chosen.code!r} lacks the forms {lacking}")
            yield key, value
        else:
            yield from _sentences(chosen, value, f"{key}.")
