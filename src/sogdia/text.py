"""Characters that have no place in data, and how they are written where a message has to show them.

Control characters (C0 but tab and line ends, DEL, C1) change what a terminal does. Marks of direction (U+202E and its
like) show text in another order than it is read in. A half of a surrogate pair is no character at all and cannot be
written to any file. None of them is part of a name, a unit or a figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import normalize

UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no cell, name or sentence may hold. Tab and line ends are not among them: they separate cells and lines."""
LAYOUT = re.compile("[\t\n\r\u2028\u2029]")
"""What a table or a message may hold between its parts, and a name may not."""
NAME_CHARACTERS = 200
"""No name of a place, company, region or scenario is longer."""
CUT = "..."
APOSTROPHES = re.compile("['`\u00b4\u02b9-\u02bc\u02c8\u2018\u2019\u201b\u2032\uff07]")
DASHES = re.compile("[-_\u2010-\u2015\u2212\uff0d\u30fb\uff65]")
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
ACCENTS = re.compile("[\u0300-\u036f]")
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters with a stroke or joined, which Unicode does not take apart."""


def code_point(character: str) -> str:
    """The number of a character in Unicode.

    >>> code_point(chr(0x202E))
    'U+202E'
    """
    return f"U+{ord(character):04X}"


def unsafe_character(text: str) -> str | None:
    """The first character that has no place in data, as U+XXXX; None where there is none.

    >>> unsafe_character("a" + chr(27)), unsafe_character("two" + chr(10) + "lines")
    ('U+001B', None)
    """
    match = UNSAFE.search(text)
    return code_point(match[0]) if match else None


def name_problem(text: str) -> tuple[str, str] | None:
    """(rule broken, remedy) where a text cannot be the name of a place, company, region, scenario or file.

    >>> name_problem("Khromtau") is None, name_problem("a" + chr(9))[0]
    (True, 'a name has no control characters, and this one has U+0009')
    """
    match = UNSAFE.search(text) or LAYOUT.search(text)
    if match:
        return f"a name has no control characters, and this one has {code_point(match[0])}", "Remove the character."
    if len(text) > NAME_CHARACTERS:
        return f"a name has {NAME_CHARACTERS} characters at most, and this one has {len(text)}", "Shorten it."
    return None


def escaped(text: str, *, lines: bool = False) -> str:
    """A text that is safe to show: unsafe characters as <U+XXXX>. lines: whether line ends and tabs may stay.

    >>> escaped("a" + chr(27) + "[2J"), escaped("a" + chr(10) + "b"), escaped("a" + chr(10) + "b", lines=True)
    ('a<U+001B>[2J', 'a<U+000A>b', 'a\\nb')
    """
    safe = UNSAFE.sub(lambda match: f"<{code_point(match[0])}>", text)
    return safe if lines else LAYOUT.sub(lambda match: f"<{code_point(match[0])}>", safe)


def shortened(text: str, characters: int) -> str:
    """The beginning of a text that is too long to show.

    >>> shortened("Kazakhstan", 20), shortened("Kazakhstan", 6)
    ('Kazakhstan', 'Kaz...')
    """
    return text if len(text) <= characters else text[: characters - len(CUT)] + CUT


def first_of(names: Sequence[str], most: int) -> str:
    """The first names of a list, and how many more there are.

    >>> first_of(["a", "b", "c"], 2), first_of(["a", "b"], 2)
    ('a, b and 1 more', 'a, b')
    """
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


def folded(text: str) -> str:
    """The form in which names are compared: accents, case, apostrophes, kinds of blank and dash, and width are dropped.

    It does not matter how an accent is composed. The marks of kana are no accents and stay.

    >>> folded(" Côte\u00a0d’Ivoire"), folded("KAZ:Öskemen"), folded("ﾆﾎﾝ"), folded("rare_earths")
    ('cote divoire', 'kaz:oskemen', 'ニホン', 'rare earths')
    """
    bare = DASHES.sub(" ", APOSTROPHES.sub("", INVISIBLE.sub("", text)))
    apart = ACCENTS.sub("", normalize("NFKD", bare).casefold())
    return " ".join(normalize("NFC", apart.translate(LETTERS)).split())
