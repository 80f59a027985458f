"""Is what a report says in English said in another language, sentence by sentence, and never something else?"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from sogdia.data import open_store
from sogdia.exposure.registry import measures
from sogdia.render.languages.said import pieces, said, speaks, words
from sogdia.render.languages.said.sentences import SLOT, SaidEntry, entries, kind_of

ROOT = Path(__file__).resolve().parents[3] / "src" / "sogdia"
WORD = re.compile(r"\w+")
KNOWN = 0.3
"""The part of the runs of words of a sentence that the program must hold, where there are some."""
EXAMPLES = {
    "n": "12", "ns": "2, 3", "figure": "0.5", "usd": "USD 1.2 million", "country": "the Netherlands",
    "countries": "China and Peru", "route": "China \u2013 Kyrgyzstan", "mineral": "tin", "minerals": "Tin and zinc",
    "place": "Poti", "state": "metal",
}  # fmt: skip
ENGLISH_WORD = re.compile(r"(?<![\w/])[A-Za-z][a-z]{3,}(?![\w/])")
TYPED = re.compile(r"`[^`]*`|--[a-z-]+|[\w-]+\.(?:com|asia|html|xlsx)")
"""What a reader types, and names of files and places on the web."""
AS_THEY_ARE = {
    "Kastner",
    "Nonhebel",
    "World",
    "Mining",
    "figures",
    "data",
    "GeoPolRisk",
    "BACI",
    "CEPII",
    "USGS",
    "Sogdia",
    "FIGARO",
    "UNICODE",
    "Comtrade",
    "EXIOBASE",
}
"""Words in Latin letters that Japanese texts write as they are."""


def example(entry: SaidEntry) -> str:
    """The English sentence with something in each slot."""
    return SLOT.sub(lambda slot: EXAMPLES.get(kind_of(slot[1]), "ore only"), entry.texts["en"])


def said_by_the_program() -> str:
    """Every text that stands in a module, table or template of the package, one after the other."""
    trees = (ast.parse(path.read_text("utf-8")) for path in sorted(ROOT.rglob("*.py")))
    texts = [
        node.value for tree in trees for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]  # fmt: skip
    found = (path for ending in ("csv", "j2", "js") for path in sorted(ROOT.rglob(f"*.{ending}")))
    others = [path for path in found if "web" not in path.parts]
    return "\n".join([*texts, *(path.read_text("utf-8") for path in others)])


@pytest.mark.parametrize("file", sorted({entry.file for entry in entries()}))
def test_every_sentence_has_the_same_slots_in_each_language(file: str) -> None:
    slots = {e.texts["en"]: {frozenset(SLOT.findall(text)) for text in e.texts.values()} for e in of(file)}
    assert [english for english, found in slots.items() if len(found) > 1] == []


def of(file: str) -> list[SaidEntry]:
    return [entry for entry in entries() if entry.file == file]


@pytest.mark.parametrize("file", sorted({entry.file for entry in entries()}))
def test_every_sentence_is_said_when_its_slots_are_filled(file: str) -> None:
    silent = [text for text in map(example, of(file)) if said(text, "ja") is None]
    assert silent == []


def test_no_sentence_is_left_in_english() -> None:
    left = {}
    for entry in entries():
        found = set(ENGLISH_WORD.findall(TYPED.sub("", SLOT.sub("", entry.texts["ja"])))) - AS_THEY_ARE
        if found:
            left[entry.texts["en"]] = found
    assert left == {}


def test_every_definition_of_a_measure_is_said_as_it_stands() -> None:
    assert [m.definition for m in measures().values() if said(m.definition, "ja") is None] == []


def test_every_form_of_goods_of_the_table_is_said() -> None:
    assert [form for form in open_store(None).rows("trade_forms")["form"] if said(form, "ja") is None] == []


def test_what_is_translated_is_what_the_program_says() -> None:
    """A sentence is put together of parts, so that some of its words need not stand beside each other in a module."""
    there = set(runs(said_by_the_program()))
    stale = [
        entry.texts["en"]
        for entry in entries()
        if (found := [run in there for clause in SLOT.split(entry.texts["en"])[::2] for run in runs(clause)])
        and len(found) > 2
        and sum(found) < KNOWN * len(found)
    ]
    assert stale == []


def runs(text: str) -> list[tuple[str, ...]]:
    """Every run of three words."""
    found = WORD.findall(text)
    return list(zip(found, found[1:], found[2:], strict=False))


def test_names_numbers_and_money_are_said_in_the_language() -> None:
    assert said("Kazakhstan, China and 3 more", "ja") == "カザフスタン、中国ほか3"
    assert words("USD\u202f1.2 billion", "ja") == "12億ドル"
    assert words("the Netherlands 66\u202f%", "ja") == "オランダ66%"


def test_a_number_is_no_sentence_and_stays_as_it_is() -> None:
    assert [(piece.text, piece.said) for piece in pieces("1,234.5", "ja")] == [("1,234.5", True)]


def test_what_no_catalogue_says_stays_english_and_is_marked() -> None:
    found = pieces("Blue is a colour of 3 seas. Tin.", "ja")
    assert (found[0].text, found[0].said) == ("Blue is a colour of 3 seas.", False)


def test_what_stays_english_stays_as_it_was_even_with_signs_of_our_own() -> None:
    for text in ("The Netherlands' blue sea.", "Blue \ue002 sea, 5\ue000 of China."):
        found = pieces(text, "ja")
        assert [(piece.text.replace("\ufffd", ""), piece.said) for piece in found] == [
            (text.replace("\ue002", "").replace("\ue000", ""), False)
        ]


def test_a_sentence_about_another_name_is_another_sentence() -> None:
    """A name that belongs to the wording of a sentence has to be that name."""
    assert said("Iron and steel", "ja") != said("Tin and steel", "ja") or said("Tin and steel", "ja") is None


def test_english_is_said_as_it_stands_and_a_language_without_catalogues_is_not_spoken() -> None:
    assert words("Suppliers of tin.", "en") == "Suppliers of tin."
    assert (speaks("ja"), speaks("ru"), speaks("en")) == (True, False, False)
