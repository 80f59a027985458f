"""Do the packaged fonts hold every character that a page shows, and stay small?"""

from __future__ import annotations

from base64 import b64decode
from datetime import date
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from sogdia.render.fonts import FACES, faces, font_face_css, font_folder, font_stack
from sogdia.render.languages import LANGUAGES
from support.programs import TOOLS, loaded

MOST_BYTES = 300_000
WEIGHTS = (400, 700)
REMAKE = "run tools/make_fonts.py"


@pytest.fixture(scope="module")
def held():
    """The characters of each face by family and weight, alike in both of its files."""
    characters = {}
    for face in FACES:
        paged = TTFont(BytesIO(face.page_bytes())).getBestCmap()
        if face.print_file:
            assert TTFont(font_folder() / face.print_file).getBestCmap().keys() == paged.keys()
        characters[face.family, face.weight] = {chr(code) for code in paged}
    return characters


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_character_of_catalogues_and_names_is_in_the_fonts(held, weight):
    with loaded(TOOLS / "make_fonts.py") as tool:
        needed = tool.needed()
    together = {c for (_, of), characters in held.items() if of == weight for c in characters}
    assert needed - together == set(), REMAKE


@pytest.mark.parametrize("weight", WEIGHTS)
def test_what_numbers_are_written_with_in_japanese_is_in_the_japanese_face(held, weight):
    write = LANGUAGES["ja"].numerals
    written = write.money(1_234_567.8) + write.money(0.0123) + write.tonnes(123_456.0) + write.day(date(2026, 11, 26))
    assert {c for c in written if ord(c) > 0x2E80} == set("兆億万ドルトン年月日")
    assert {c for c in written if ord(c) > 0x2E80} <= held["Sogdia Sans JP", weight]


@pytest.mark.parametrize("weight", WEIGHTS)
def test_numbers_of_every_language_are_in_the_latin_face(held, weight):
    written = "0123456789.,%–−<>\u202f\u00a0▲▼→≈≥≤±×○●abcXYZабвЖЩё«»№"
    assert set(written) - held["Sogdia Sans", weight] == set()


def test_each_file_is_small():
    files = [font_folder() / name for face in FACES for name in (face.print_file, face.page_file) if name]
    assert max(file.stat().st_size for file in files) <= MOST_BYTES


def test_fonts_carry_their_licence_and_no_reserved_name():
    for face in FACES:
        names = TTFont(BytesIO(face.page_bytes()))["name"]
        assert "Open Font License" in names.getDebugName(13)
        assert names.getDebugName(1) == face.family


def test_a_page_embeds_what_its_language_needs_and_no_more():
    assert "Sogdia Sans JP" not in font_face_css("en") + font_stack("ru")
    japanese = font_face_css("ja")
    assert japanese.count("@font-face") == len(faces("ja")) == len(FACES) - 2
    assert "Sogdia Sans JP Annex" not in japanese + font_stack("ja")
    assert faces("ja", annex=True) == FACES
    data = japanese.split("base64,")[1].split('"')[0]
    assert b64decode(data) == faces("ja")[0].page_bytes()


def test_nothing_is_fetched():
    assert "http" not in font_face_css("ja")
