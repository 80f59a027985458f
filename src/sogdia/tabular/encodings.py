"""Bytes that are no UTF-8 are told to be Japanese (Shift-JIS) or Western European (cp1252), or neither for certain.

In Western text letters with marks stand alone or in pairs between plain letters. Cyrillic, Greek and Arabic words in
their old encodings are long runs of the same bytes, and half-width katakana are runs that hold signs no word has.
"""

from __future__ import annotations

import re

HIGH_RUN = re.compile(rb"[\x80-\xff]+")
LONGEST_WESTERN_RUN = 2
SIGNS = frozenset("‘’‚“”„–—…€‰°®™©«»¡¿ºª·§×±²³µ½¼¾·´¨`\u00a0\u00ad£¥")
KANA = re.compile("[\u3040-\u30ff]")
# A run of half-width katakana, of which one lies where Western and Cyrillic encodings have signs.
HALF_WIDTH = re.compile("[\uff61-\uff9f]{3,}")
SIGN_KATAKANA = re.compile("[\uff66-\uff7f]")
IDEOGRAPHS = re.compile("[一-鿿々]{2,}")
# First bytes of the ideographs of everyday Japanese; those of other alphabets' small letters are E0 and above.
EVERYDAY = re.compile(rb"[\x88-\x97]")
PRIVATE = re.compile("[\ue000-\uf8ff]")


def is_japanese(raw: bytes, text: str) -> bool:
    """Whether bytes are Shift-JIS. text: the bytes decoded so.

    >>> all(is_japanese(name.encode("cp932"), name) for name in ("日本鉱業", "ｱｹﾞﾎﾞﾉ", "アゲ"))
    True
    >>> cyrillic = "Казахстан".encode("cp1251")
    >>> is_japanese(cyrillic, cyrillic.decode("cp932", "replace"))
    False
    """
    if PRIVATE.search(text):
        return False
    if any(SIGN_KATAKANA.search(run) for run in HALF_WIDTH.findall(text)):
        return True
    if KANA.search(text):
        return True
    leads = [character.encode("cp932", "replace")[:1] for run in IDEOGRAPHS.findall(text) for character in run]
    everyday = sum(EVERYDAY.fullmatch(lead) is not None for lead in leads)
    return bool(leads) and 2 * everyday >= len(leads)


def is_western(raw: bytes) -> bool:
    """Whether bytes are clearly cp1252: marked letters and signs of print, alone or in pairs.

    >>> is_western("Müller, Malmö".encode("cp1252")), is_western("Казахстан".encode("cp1251"))
    (True, False)
    """
    for run in HIGH_RUN.findall(raw):
        try:
            text = run.decode("cp1252")
        except UnicodeDecodeError:
            return False
        marked = sum(character.isalpha() for character in text)
        if marked > LONGEST_WESTERN_RUN or not all(c.isalpha() or c in SIGNS for c in text):
            return False
    return True
