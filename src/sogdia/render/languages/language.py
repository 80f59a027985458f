"""What a language is here: a code, its names, the forms of a counted noun, and its way to write numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from sogdia.render.languages.numerals import Numerals

Form = Literal["one", "few", "many", "other"]
"""Forms of a counted noun, in the words of the Unicode plural rules."""
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class Language:
    """code: ISO 639-1; name: in English; own_name: in itself; forms: of a counted noun; form: of a whole number."""

    code: str
    name: str
    own_name: str
    forms: tuple[Form, ...]
    form: Callable[[int], Form]
    numerals: Numerals
