"""An English text of a report in another language, sentence by sentence, as far as the catalogues say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from sogdia.errors import UnknownNameError
from sogdia.render.languages.known import language
from sogdia.render.languages.names import PLACE_NAMES, country_name, mineral_name, names
from sogdia.render.languages.said.marked import SIGNS, Mark, Marked, marked, plain, signs_in
from sogdia.render.languages.said.sentences import ENGLISH, kind_of, languages, sentences

KEPT = 2**15
"""Texts whose translation is remembered."""
_TOGETHER, _IN_A_LIST = 3, 24
"""Sentences, and parts of a list, that a catalogue may say as one."""
_SIGNS = "".join(SIGNS.values())
_ENDS = re.compile(rf"(?<=[.?!]) (?=[A-Z{_SIGNS}])")
_CODE = re.compile(r"[A-Z]*\d[A-Z\d.]*|[a-z\d]+(?:_[a-z\d]+)+|[A-Z\d]{2,}")
"""Keys of rows, names of variables, codes of countries: the same in each language."""
_LETTER = re.compile("[A-Za-z]")
_BETWEEN = re.compile(r"(; |, and |, | and )(?![^()]*\))")
_WIDE_MARKS = ((", ", "\u3001"), ("; ", "\uff1b"), (": ", "\uff1a"), ("(", "\uff08"), (")", "\uff09"))
_BLANKS = re.compile(r"(?<=[\u3001-\uff1b]) | (?=[\u3041-\uff1b])|(?<=[0-9%]) (?=\uff08)")
_PER_CENT = re.compile("[ \u00a0\u202f]?%")
_SIZES = {"thousand": 1e-3, "million": 1.0, "billion": 1e3}
_WITHOUT_BLANKS = frozenset({"ja"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text. said: whether it is in the language that was asked for, and not left in English."""

    text: str
    said: bool


def speaks(code: str) -> bool:
    """Whether the catalogues hold anything in a language.

    >>> speaks("ja"), speaks("en")
    (True, False)
    """
    return code in languages()


def pieces(text: str, code: str) -> tuple[Piece, ...]:
    """The text in a language; sentences that no catalogue has stay English and are marked as such.

    >>> [piece.said for piece in pieces("Suppliers of tin, 2023. Blue is a colour.", "ja")]
    [True, False]
    """
    if code == ENGLISH or not _LETTER.search(text) or _CODE.fullmatch(text):
        return (Piece(text if code == ENGLISH else _per_cent(text, code), True),)
    whole = said(text, code)
    if whole is not None:
        return (Piece(whole, True),)
    return _by_sentence(text, code)


def blank(code: str) -> str:
    """What stands between two sentences of a language."""
    return "" if code in _WITHOUT_BLANKS else " "


@lru_cache(KEPT)
def words(text: str, code: str) -> str:
    """The text in a language as one string, English where no catalogue has it."""
    return blank(code).join(piece.text for piece in pieces(text, code))


@lru_cache(KEPT)
def said(text: str, code: str) -> str | None:
    """A sentence, or a part of one, in a language; None where no catalogue has it.

    >>> said("Kazakhstan, China and 3 more", "ja")
    'カザフスタン、中国ほか3'
    """
    own = sentences(code).whole.get(plain(text))
    return own if own is not None else _said(marked(text), code)


@lru_cache(KEPT)
def _said(text: Marked, code: str) -> str | None:
    known = sentences(code)
    english = text.text()
    if english in known.whole:
        return known.whole[english]
    if not _LETTER.search(text.shape) or _LIST.fullmatch(text.shape):
        return _names_only(text, code)
    for sentence in known.near(text.shape):
        filled = sentence.fits(text)
        own = None if filled is None else _filled(filled, code)
        if own is not None:
            return sentence.own.format_map(own)
    return None


def _by_sentence(text: str, code: str) -> tuple[Piece, ...]:
    """Each sentence on its own; some that belong together stand as one in a catalogue."""
    whole = marked(text)
    ends = [0, *(found.end() for found in _ENDS.finditer(whole.shape)), len(whole.shape) + 1]
    done, at = list[Piece](), 0
    while at < len(ends) - 1:
        for to in range(min(at + _TOGETHER, len(ends) - 1), at, -1):
            part = whole.within(ends[at], ends[to] - 1)
            own = _said(part, code)
            if own is not None or to == at + 1:
                done.append(Piece(part.text() if own is None else own, own is not None))
                at = to
                break
    return tuple(done)


def _filled(slots: Mapping[str, Marked], code: str) -> dict[str, str] | None:
    """What stands in the slots in the language, None where one of them has no translation."""
    done = {}
    for slot, part in slots.items():
        own = _KINDS.get(kind_of(slot), _as_it_is)(part, code)
        if own is None:
            return None
        done[slot] = own
    return done


def _as_it_is(part: Marked, code: str) -> str:
    del code
    return part.text()


def _nested(part: Marked, code: str) -> str | None:
    """A part of a sentence, without the full stop that it has where it stands alone."""
    own = _said(part, code)
    return None if own is None else own.removesuffix("\u3002")


def _each(part: Marked, code: str) -> str | None:
    """Parts after each other; one that has a comma itself is tried before it is cut."""
    cuts = [(0, 0), *(found.span() for found in _BETWEEN.finditer(part.shape)), (len(part.shape), len(part.shape))]
    done, at = "", 0
    while at < len(cuts) - 1:
        start = cuts[at][1]
        for to in range(min(at + _IN_A_LIST, len(cuts) - 1), at, -1):
            own = _nested(part.within(start, cuts[to][0]), code)
            if own is not None:
                mark = "\uff1b" if part.shape[slice(*cuts[at])].startswith(";") else "\u3001"
                done += (mark if at else "") + own
                at = to
                break
        else:
            return None
    return done


def _names_only(text: Marked, code: str) -> str | None:
    """A text of names and numbers alone: a list of them, or each in its place."""
    more = _AND_MORE.search(text.shape)
    if more:
        own = _names_only(text.within(0, more.start()), code)
        further = _said(text.within(more.start("rest"), more.end()), code)
        return None if own is None or further is None else own + further
    if _LIST.fullmatch(text.shape):
        own_names = [_named(mark, code) for mark in text.marks]
        return None if None in own_names else language(code).numerals.listed([name for name in own_names if name])
    own, marks = "", iter(text.marks)
    for sign in text.shape:
        name = _named(next(marks), code) if signs_in(sign) else sign
        if name is None:
            return None
        own += name
    return _set(own, code)


def _set(text: str, code: str) -> str:
    """The marks between names and numbers as the language sets them.

    >>> _set("2000: ブラジル 91.6 %, カナダ 8.1 %", "ja")
    '2000：ブラジル91.6%、カナダ8.1%'
    """
    text = _per_cent(text, code)
    if code not in _WITHOUT_BLANKS:
        return text
    for mark, wide in _WIDE_MARKS:
        text = text.replace(mark, wide)
    return _BLANKS.sub("", text)


def _per_cent(text: str, code: str) -> str:
    return _PER_CENT.sub(language(code).numerals.per_cent, text) if "%" in text else text


_ONE = f"[{SIGNS['country']}{SIGNS['mineral']}]"
_LIST = re.compile(rf"{_ONE}(?:, {_ONE})*(?:,? and {_ONE})?(?:,? and {SIGNS['n']} more)?")
_AND_MORE = re.compile(rf",? (?P<rest>and {SIGNS['n']} more)$")


def _named(mark: Mark, code: str) -> str | None:
    """A name or number in the language."""
    if mark.kind == "n":
        return language(code).numerals.marked(mark.said)
    if mark.kind == "usd":
        return _money(mark.said, code)
    naming = country_name if mark.kind == "country" else mineral_name
    try:
        return naming(mark.key, code)
    except UnknownNameError:
        return sentences(code).whole.get(mark.said[:1].upper() + mark.said[1:])


def _money(amount: str, code: str) -> str:
    """An amount of dollars.

    >>> _money("USD 1.2 billion", "ja"), _money("USD 164", "ja"), _money("USD −24.5 thousand", "ja")
    ('12億ドル', '164ドル', '−2万4,500ドル')
    """
    _, digits, *size = amount.split(" ")
    number = float(digits.replace(",", "").replace("\u2212", "-"))
    return language(code).numerals.money(number * _SIZES[size[0]] if size else number / 1e6)


def _place(part: Marked, code: str) -> str:
    english = part.text()
    return _places(code).get(english) or _nested(part, code) or english


@cache
def _places(code: str) -> Mapping[str, str]:
    """Names of places by their English name, which is the last part of their id."""
    return {
        row.key.rpartition(":")[2]: row.name
        for row in names(PLACE_NAMES).values()
        if row.language == language(code).code
    }


_KINDS: Mapping[str, Callable[[Marked, str], str | None]] = {
    **dict.fromkeys(("n", "ns", "figure", "usd", "country", "countries", "route", "mineral", "minerals"), _names_only),
    **dict.fromkeys(("text", "part", "grade", "group", "state", "form", "stage"), _nested),
    **dict.fromkeys(("texts", "parts", "forms", "stages", "spells", "items"), _each),
    "place": _place,
}
"""How what stands in a slot is said, by its kind; others stand as they are."""
