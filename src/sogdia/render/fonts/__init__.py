"""The fonts of pages and of the PDF, so that each language shows without installed fonts.

They are subsets of Noto (SIL Open Font License 1.1) that `tools/make_fonts.py` makes: `Sogdia Sans` has Latin and
Cyrillic letters and signs, `Sogdia Sans JP` kana and the ideographs of the summary in Japanese, and `Sogdia Sans JP
Annex` those that the annex alone needs, so that the summary stays light.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

LATIN, JAPANESE, ANNEX = "Sogdia Sans", "Sogdia Sans JP", "Sogdia Sans JP Annex"
FALLBACK = "system-ui, sans-serif"
IDEOGRAPHS = "U+2E80-9FFF, U+F900-FAFF, U+FF00-FFEF"


@dataclass(frozen=True, slots=True)
class Face:
    """One font. family: its name; weight: as CSS counts it; print_file: for the PDF, "" where it needs none; page_file:
    for pages; characters: the range that pages use it for, "" for all.
    """

    family: str
    weight: int
    print_file: str
    page_file: str
    characters: str = ""

    def page_bytes(self) -> bytes:
        """The font as pages take it, in WOFF."""
        return files(__package__).joinpath(self.page_file).read_bytes()


FACES = (
    Face(LATIN, 400, "SogdiaSans-Regular.ttf", "SogdiaSans-Regular.woff"),
    Face(LATIN, 700, "SogdiaSans-Bold.ttf", "SogdiaSans-Bold.woff"),
    Face(JAPANESE, 400, "SogdiaSansJP-Regular.otf", "SogdiaSansJP-Regular.woff", IDEOGRAPHS),
    Face(JAPANESE, 700, "SogdiaSansJP-Bold.otf", "SogdiaSansJP-Bold.woff", IDEOGRAPHS),
    Face(ANNEX, 400, "", "SogdiaSansJPAnnex-Regular.woff", IDEOGRAPHS),
    Face(ANNEX, 700, "", "SogdiaSansJPAnnex-Bold.woff", IDEOGRAPHS),
)


def faces(code: str, *, annex: bool = False) -> tuple[Face, ...]:
    """The fonts that a page in a language needs, by its code. annex: with those of the annex.

    >>> [face.page_file for face in faces("ru")]
    ['SogdiaSans-Regular.woff', 'SogdiaSans-Bold.woff']
    """
    return tuple(face for face in FACES if face.family in families(code, annex=annex))


def families(code: str, *, annex: bool = False) -> tuple[str, ...]:
    """The names of the fonts of a language, in the order in which they are tried.

    >>> families("ja"), families("en")
    (('Sogdia Sans', 'Sogdia Sans JP'), ('Sogdia Sans',))
    """
    if code != "ja":
        return (LATIN,)
    return (LATIN, JAPANESE, ANNEX) if annex else (LATIN, JAPANESE)


def font_stack(code: str, *, annex: bool = False) -> str:
    """The value of `font-family` for a page in a language.

    >>> font_stack("en")
    '"Sogdia Sans", system-ui, sans-serif'
    """
    return ", ".join([*(f'"{family}"' for family in families(code, annex=annex)), FALLBACK])


@cache
def font_face_css(code: str, *, annex: bool = False) -> str:
    """The rules `@font-face` of a page in a language, with the fonts inside."""
    return "\n".join(_rule(face) for face in faces(code, annex=annex))


def font_folder() -> Path:
    """The folder of the fonts, for a program that sets the PDF."""
    return Path(str(files(__package__)))


def _rule(face: Face) -> str:
    data = b64encode(face.page_bytes()).decode("ascii")
    limits = f"unicode-range:{face.characters};" if face.characters else ""
    return (
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-display:block;{limits}'
        f'src:url("data:font/woff;base64,{data}") format("woff");}}'
    )
