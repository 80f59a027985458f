"""Are amounts written as each language writes them, and right?"""

from __future__ import annotations

import math
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sogdia.render.languages import LANGUAGES

EN, JA, RU = (LANGUAGES[code].numerals for code in ("en", "ja", "ru"))
SIZES = {"兆": 1e12, "億": 1e8, "万": 1e4, "": 1.0}


def dollars_read(text):
    """US dollars of an amount in Japanese."""
    body = text.removesuffix("ドル").replace("−", "-").replace(",", "")
    sign, total = (-1.0 if body.startswith("-") else 1.0), 0.0
    for digits, size in re.findall(r"([\d.]+)(兆|億|万|)", body):
        total += float(digits) * SIZES[size]
    return sign * total


@pytest.mark.parametrize(
    ("musd", "japanese"),
    [
        (589, "5億8,900万ドル"),
        (100, "1億ドル"),
        (99.96, "1億ドル"),
        (10_000, "100億ドル"),
        (13_240, "132億ドル"),
        (1_320, "13億2,000万ドル"),
        (999_600, "1兆ドル"),
        (1, "100万ドル"),
        (0.01, "1万ドル"),
        (0.0123, "1万2,300ドル"),
        (0.00095, "950ドル"),
        (0, "0ドル"),
        (-589, "−5億8,900万ドル"),
        (None, "–"),
        (math.nan, "–"),
    ],
)
def test_money_in_japanese_counts_in_ten_thousands(musd, japanese):
    assert JA.money(musd) == japanese


@given(st.floats(-1e7, 1e7))
def test_money_in_japanese_reads_back_as_three_digits_of_the_amount(musd):
    read = dollars_read(JA.money(musd))
    assert read == pytest.approx(musd * 1e6, rel=0.0051, abs=0.51)


def test_the_same_amount_in_three_languages():
    assert EN.money(589) == "USD\u202f589 million"
    assert RU.money(589) == "589\u00a0млн\u00a0долл."
    assert EN.money(13_240) == "USD\u202f13.2 billion"
    assert RU.money(13_240) == "13,2\u00a0млрд\u00a0долл."


def test_what_rounds_up_to_a_size_is_said_in_that_size():
    assert EN.money(999.7) == "USD\u202f1.00 billion"
    assert RU.money(999.7) == "1,00\u00a0млрд\u00a0долл."
    assert JA.money(9999.9) == "100億ドル"


def test_a_band_says_its_unit_once():
    assert EN.money_range(120, 340) == "USD\u202f120–340 million"
    assert EN.money_range(900, 1_200) == "USD\u202f900 million–1.20 billion"
    assert JA.money_range(120, 340) == "1億2,000万〜3億4,000万ドル"
    assert RU.money_range(120, 340) == "120–340\u00a0млн\u00a0долл."
    assert RU.money_range(900, 1_200) == "900\u00a0млн–1,20\u00a0млрд\u00a0долл."


@pytest.mark.parametrize("numerals", [EN, JA, RU])
def test_an_unknown_value_is_a_dash_and_never_zero(numerals):
    written = [numerals.number(None), numerals.count(None), numerals.share(None), numerals.money(None)]
    assert [*written, numerals.tonnes(None), numerals.money_range(None, 3), numerals.money_range(1, None)] == ["–"] * 7


@pytest.mark.parametrize("numerals", [EN, JA, RU])
def test_a_band_of_one_amount_is_the_amount(numerals):
    assert numerals.money_range(7, 7) == numerals.money(7)


def test_shares_are_whole_from_ten_per_cent_on():
    assert [EN.share(x) for x in (0.6613, 0.0995, 0.0123, 0.9951, 1.0, 0.0)] == [
        "66\u202f%", "10\u202f%", "1.2\u202f%", "99.5\u202f%", "100\u202f%", "0\u202f%",
    ]  # fmt: skip
    assert [JA.share(x) for x in (0.6613, 0.0123)] == ["66%", "1.2%"]
    assert [RU.share(x) for x in (0.6613, 0.0123)] == ["66\u00a0%", "1,2\u00a0%"]


def test_russian_numbers_have_a_comma_before_decimals_and_never_break():
    assert RU.number(1234.5) == "1\u00a0230"
    assert RU.number(1.234) == "1,23"
    assert " " not in RU.money(1_234) + RU.tonnes(1.5e6) + RU.share(0.5)


def test_weights():
    assert JA.tonnes(123_456) == "12万3,000トン"
    assert RU.tonnes(1_500_000) == "1,50\u00a0млн\u00a0т"
    assert EN.tonnes(1_500_000) == "1,500,000\u202ft"


def test_dates_and_lists():
    day = date(2026, 11, 26)
    assert [n.day(day) for n in (EN, JA, RU)] == ["26 November 2026", "2026年11月26日", "26 ноября 2026\u00a0г."]
    assert [n.listed(["a"]) for n in (EN, JA, RU)] == ["a", "a", "a"]
    assert [n.listed(["a", "b"]) for n in (EN, JA, RU)] == ["a and b", "a、b", "a и b"]
    assert [n.listed([]) for n in (EN, JA, RU)] == ["", "", ""]


MUSD = {"thousand": 1e-3, "million": 1.0, "billion": 1e3, "": 1e-6}
AMOUNTS = st.floats(1e-2, 9e5)


def read_back(text: str, size: str) -> float:
    """Millions of US dollars of an English amount; size: its word where it does not say one itself."""
    digits, _, own = text.removeprefix("USD\u202f").partition(" ")
    return float(digits.replace(",", "")) * MUSD[own or size]


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_an_amount_and_its_bounds_are_read_as_what_they_are(central: float, low: float, high: float) -> None:
    """Aloud: a bound without a word of size has that of the amount."""
    written = LANGUAGES["en"].numerals.money_and_band(central, low, high)
    said = written[0].partition(" ")[2]
    for text, musd in zip(written, (central, low, high), strict=True):
        assert read_back(text, said) == pytest.approx(musd, rel=6e-3)


def test_a_bound_of_nothing_has_no_size() -> None:
    assert LANGUAGES["en"].numerals.money_and_band(950.0, 0.0, 960.0)[1:] == ("0", "960")
