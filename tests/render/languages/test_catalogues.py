"""Do all languages say the same sentences, about the same things?"""

from __future__ import annotations

import re

import pytest

from sogdia.data.embedded import snapshot
from sogdia.errors import DataError, UnknownNameError
from sogdia.render.languages import LANGUAGES, catalogue
from sogdia.render.languages.catalogue import catalogue_of, slots_of
from sogdia.render.languages.known import language

ENGLISH_WORD = re.compile(r"[A-Za-z]{2,}")
SLOT = re.compile(r"\{[^}]*\}")
COMMON_WORDS = {
    "Sogdia", "Shapley", "CVaR", "HHI", "WGI", "BACI", "CEPII", "USGS", "USD", "HS", "PDF", "CSV", "HTML", "JSON", "EU",
    "OECD", "APT", "GDP", "CIF", "FOB", "MUSD", "kWh", "CO", "km", "Apache",
}  # fmt: skip
"""Words in Latin letters that Japanese and Russian texts write as they are."""
IN_TABLES = ("claim.", "project.")
"""Beginnings of keys whose English stands in tables of the data."""


def of(tables, code="en"):
    return catalogue_of(language(code), tables)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_what_a_language_says_english_says_with_the_same_slots(code):
    english = catalogue("en").texts
    other = {key: text for key, text in catalogue(code).texts.items() if not key.startswith(IN_TABLES)}
    assert set(other) <= set(english)
    assert {key: slots_of(other[key]) for key in other} == {key: slots_of(english[key]) for key in other}


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_says_all_that_english_says(code):
    assert set(catalogue("en").texts) <= set(catalogue(code).texts)


def test_every_claim_of_the_data_is_said_in_japanese():
    claims = {f"claim.{key}" for key in snapshot().rows("claims")["claim_id"]}
    assert {key for key in catalogue("ja").texts if key.startswith("claim.")} == claims


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_sentence_is_left_in_english(code):
    left = {}
    for key, sentence in catalogue(code).texts.items():
        for text in [sentence] if isinstance(sentence, str) else sentence.values():
            words = set(ENGLISH_WORD.findall(SLOT.sub("", text))) - COMMON_WORDS
            if words:
                left[key] = words
    assert left == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_can_be_filled(code):
    words = catalogue(code)
    for key, sentence in words.texts.items():
        for n in (1, 2, 5):
            slots = {slot: n if slot == "n" else "X" for slot in slots_of(sentence)}
            assert "{" not in words(key, **slots)


@pytest.mark.parametrize("code", LANGUAGES)
def test_slots_are_plain_names(code):
    for key, sentence in catalogue(code).texts.items():
        assert all(slot.isidentifier() for slot in slots_of(sentence)), key


def test_a_key_that_is_not_there_is_an_error_that_names_the_nearest():
    with pytest.raises(DataError, match=r"plan\.siez.*plan\.size"):
        of({"plan": {"size": "Small."}})("plan.siez")


def test_a_slot_left_out_and_a_slot_too_many_are_errors_that_name_them():
    words = of({"line": "{country} sells {mineral}."})
    with pytest.raises(DataError, match=r"line.*'mineral'"):
        words("line", country="Japan")
    with pytest.raises(DataError, match=r"line.*'year'"):
        words("line", country="Japan", mineral="tin", year=2024)


def test_a_counted_sentence_takes_the_form_of_its_number():
    russian = of({"n": {"one": "{n} проект", "few": "{n} проекта", "many": "{n} проектов"}}, "ru")
    assert [russian("n", n=n) for n in (1, 2, 5, 11, 21)] == [
        "1 проект",
        "2 проекта",
        "5 проектов",
        "11 проектов",
        "21 проект",
    ]
    with pytest.raises(DataError, match="whole number"):
        russian("n", n="two")


def test_a_counted_sentence_without_a_form_of_the_language_is_an_error():
    with pytest.raises(DataError, match=r"size.*few"):
        of({"size": {"one": "{n} проект", "many": "{n} проектов"}}, "ru")


def test_an_unknown_language_lists_those_that_there_are():
    with pytest.raises(UnknownNameError, match="en, ja, ru"):
        catalogue("xx")
