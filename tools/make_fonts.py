"""Make the fonts of the pages: subsets of Noto with the characters that catalogues, names and pages need.

    python tools/make_fonts.py [--noto FOLDER]

FOLDER holds the fonts of the Debian packages fonts-noto-core and fonts-noto-cjk, /usr/share/fonts as a rule. Each face
is written as TrueType or OpenType (for the PDF) and as WOFF (for pages). Run it after an edit of a catalogue or a table
of names; a test says which characters are missing.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/sogdia"
FONTS = PACKAGE / "render/fonts"
SANS, SYMBOLS, SYMBOLS_2 = "truetype/noto/NotoSans-{}.ttf", "truetype/noto/NotoSansMath-Regular.ttf", (
    "truetype/noto/NotoSansSymbols2-Regular.ttf"
)  # fmt: skip
JAPANESE = "opentype/noto/NotoSansCJK-{}.ttc"
JAPANESE_IN_COLLECTION = 0
WEIGHTS = ("Regular", "Bold")
TEXTS = (
    "render/languages/*.py",
    "render/languages/*.toml",
    "render/languages/tables/*.csv",
    "web/page/*.js",
    "web/page/words_*.json",
    "web/static/*.html",
)
OF_THE_ANNEX = ("render/languages/said/*.toml",)
"""Files whose every character has to be in a face; the annex has one of its own for what the rest lacks. What the
dashboard alone says is shown by the reader's fonts."""
PLAIN = (
    range(0x20, 0x7F), range(0xA0, 0x180), range(0x400, 0x460), range(0x490, 0x4F0), range(0x2010, 0x2028),
    range(0x202F, 0x203B), range(0x20A0, 0x20C0), range(0x2116, 0x2117),
)  # fmt: skip
"""Latin, Russian and Kazakh letters and the marks between words: names in the data may hold any of them."""
MATHEMATICS = "−≈≠≤≥×÷±∞√→←↑↓↔△▽"
SHAPES = "▲▼▶◀●○◯■□◆◇✓✗"
KANA = (range(0x3000, 0x3020), range(0x3041, 0x3097), range(0x3099, 0x3100), range(0xFF01, 0xFF5F))
"""The marks and letters of Japanese, all of them."""
JAPANESE_SIGNS = {chr(c) for part in KANA for c in part} | set("0123456789%,.")
"""With Latin digits, for runs that mix both."""
IDEOGRAPHS = 0x2E80
"""Characters from here on are set in the Japanese face."""
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum"]


def main() -> None:
    """Read the arguments and write every face."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--noto", type=Path, default=Path("/usr/share/fonts"))
    noto = parser.parse_args().noto
    for weight in WEIGHTS:
        write(latin(noto, weight), "Sogdia Sans", weight)
        write(japanese(noto, weight, JAPANESE_SIGNS | ideographs(needed(TEXTS))), "Sogdia Sans JP", weight)
        further = ideographs(needed(OF_THE_ANNEX)) - ideographs(needed(TEXTS)) - JAPANESE_SIGNS
        write(japanese(noto, weight, further), "Sogdia Sans JP Annex", weight, printed=False)


def texts(patterns: Iterable[str]) -> Iterator[Path]:
    """The files whose characters are needed."""
    for pattern in patterns:
        yield from sorted(PACKAGE.glob(pattern))


def needed(patterns: Iterable[str] = (*TEXTS, *OF_THE_ANNEX)) -> set[str]:
    """Every character of the files, without line ends and tabs."""
    return {c for path in texts(patterns) for c in path.read_text(encoding="utf-8") if c not in "\r\n\t"}


def ideographs(characters: Iterable[str]) -> set[str]:
    """Those that are set in the Japanese faces."""
    return {c for c in characters if ord(c) >= IDEOGRAPHS}


def latin(noto: Path, weight: str) -> TTFont:
    """Latin and Cyrillic letters with the signs that Noto keeps in fonts of their own."""
    letters = {c for c in needed() if ord(c) < IDEOGRAPHS} | {chr(c) for part in PLAIN for c in part}
    parts = [subset(TTFont(noto / SANS.format(weight)), letters)]
    for file, signs in ((SYMBOLS, MATHEMATICS), (SYMBOLS_2, SHAPES)):
        missing = set(signs) - {chr(c) for part in parts for c in part.getBestCmap()}
        parts.append(subset(TTFont(noto / file), missing, features=[]))
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{at}.ttf" for at in range(len(parts))]
        for part, file in zip(parts, files, strict=True):
            for table in ("GDEF", "GPOS", "GSUB") if file != files[0] else ():
                if table in part:
                    del part[table]
            part.save(file)
        merged = Merger().merge([str(file) for file in files])
    merged["head"].created = parts[0]["head"].created
    return merged


def japanese(noto: Path, weight: str, characters: set[str]) -> TTFont:
    """These characters in the Japanese face."""
    return subset(TTFont(noto / JAPANESE.format(weight), fontNumber=JAPANESE_IN_COLLECTION), characters)


def subset(font: TTFont, characters: Iterable[str], features: list[str] | None = None) -> TTFont:
    """The font with some characters alone, without hints."""
    options = Options()
    options.hinting, options.desubroutinize, options.recalc_timestamp = False, False, False
    options.layout_features = FEATURES if features is None else features
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline, options.glyph_names = True, False
    tool = Subsetter(options)
    tool.populate(unicodes={ord(c) for c in characters})
    tool.subset(font)
    return font


def write(font: TTFont, family: str, weight: str, *, printed: bool = True) -> None:
    """Name the font and write it for pages and, where it is printed, for the PDF."""
    file = f"{family.replace(' ', '')}-{weight}"
    names = {1: family, 2: weight, 3: f"{file};made by the Sogdia authors", 4: f"{family} {weight}", 6: file}
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]
        elif record.nameID in (16, 17, 21, 22):
            font["name"].removeNames(nameID=record.nameID)
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames[0] = file
        top.topDictIndex[0].FamilyName, top.topDictIndex[0].FullName = family, f"{family} {weight}"
    font.recalcTimestamp = False
    font["head"].modified = font["head"].created
    path = FONTS / f"{file}.{'otf' if 'CFF ' in font else 'ttf'}"
    for flavor, target in ((None, path),) * printed + (("woff", path.with_suffix(".woff")),):
        font.flavor = flavor
        font.save(target)
        print(f"{target.name:28} {target.stat().st_size / 1024:6.0f} KiB  {len(font.getBestCmap()):5} characters")


if __name__ == "__main__":
    main()
