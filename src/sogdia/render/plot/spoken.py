"""The language that pictures are drawn in, so that names get the room that they need in it.

Charts are given English texts. What writes a text or measures it asks here first; the language holds until a `with`
block ends, as precision does in `decimal`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sogdia.render.languages import said

_language = ContextVar("language of pictures", default=said.ENGLISH)


@contextmanager
def spoken(code: str) -> Iterator[None]:
    """Draw in a language until the block ends.

    >>> with spoken("ja"):
    ...     own("Kazakhstan")
    'カザフスタン'
    """
    before = _language.set(code)
    try:
        yield
    finally:
        _language.reset(before)


def language() -> str:
    """The code of the language that is drawn in."""
    return _language.get()


def own(text: str) -> str:
    """The text in the language that is drawn in; English where no catalogue has it.

    >>> own("Kazakhstan")
    'Kazakhstan'
    """
    code = _language.get()
    return text if code == said.ENGLISH else said.words(text, code)
