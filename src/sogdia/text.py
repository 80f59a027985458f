"""Characters that have no place in data, and how they are written where a message has to show them.

Control characters (C0 but tab and line ends, DEL, C1) change what a terminal does. Marks of direction (U+202E and its
like) show text in another order than it is read in. A half of a surrogate pair is no character at all and cannot be
written to any file. None of them is part of a name, a unit or a figure.
"""

from __future__ import annotations

import re

UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no cell, name or sentence may hold. Tab and line ends are not among them: they separate cells and lines."""
LAYOUT = re.compile("[\t\n\r\u2028\u2029]")
"""What a table or a message may hold between its parts, and a name may not."""
NAME_CHARACTERS = 200
"""No name of a place, company, region or scenario is longer."""
CUT = "..."


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
