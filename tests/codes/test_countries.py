from __future__ import annotations

import re

import pytest

from sogdia.codes import baci_codes, baci_iso3, countries, country
from sogdia.errors import UnknownNameError


@pytest.mark.parametrize(
    ("code", "iso3"),
    [
        (490, "TWN"), (699, "IND"), (842, "USA"), (757, "CHE"), (251, "FRA"), (579, "NOR"), (381, "ITA"), (380, "ITA"),
        (840, "USA"), (756, "CHE"), (250, "FRA"), (578, "NOR"), (356, "IND"), (158, "TWN"), (412, "XKX"), (516, "NAM"),
    ],
)  # fmt: skip
def test_numbers_that_differ_from_iso_name_the_right_country(code, iso3):
    assert baci_iso3(code, 2022) == iso3


@pytest.mark.parametrize(
    ("code", "last", "iso3"), [(58, 1998, "BEL"), (711, 1999, "ZAF"), (891, 2005, "SCG"), (736, 2011, "SDN")]
)
def test_a_code_that_ended_names_nobody_afterwards(code, last, iso3):
    assert baci_iso3(code, last) == iso3
    assert baci_iso3(code, last + 1) is None


@pytest.mark.parametrize(
    ("code", "first", "iso3"),
    [
        (56, 1999, "BEL"), (442, 1999, "LUX"), (688, 2006, "SRB"), (499, 2006, "MNE"), (729, 2012, "SDN"),
        (728, 2012, "SSD"),
    ],
)  # fmt: skip
def test_a_code_names_nobody_before_it_began(code, first, iso3):
    assert baci_iso3(code, first) == iso3
    assert baci_iso3(code, first - 1) is None


def test_successors_take_over_where_their_predecessors_end():
    codes = baci_codes()
    for old, new in ((58, 56), (58, 442), (891, 688), (891, 499), (736, 729), (736, 728)):
        assert codes[old].last_year + 1 == codes[new].first_year


def test_every_number_names_a_known_country_or_says_why_not():
    for entry in baci_codes().values():
        assert entry.iso3 in countries() or (entry.iso3 == "" and entry.note), entry


@pytest.mark.parametrize("code", [697, 200, 278, 810])
def test_a_number_without_a_single_country_is_refused_with_a_reason(code):
    assert [baci_iso3(code, year) for year in (1995, 2024)] == [None, None]
    assert baci_codes()[code].note


def test_a_number_that_is_not_in_the_table_names_nobody():
    assert baci_iso3(12345, 2022) is None


def test_country_codes_are_well_formed_and_no_two_share_one():
    everyone = countries().values()
    assert all(re.fullmatch(r"[A-Z]{3}", c.iso3) for c in everyone)
    for field in ("iso3", "iso2", "m49", "name"):
        given = [getattr(c, field) for c in everyone if getattr(c, field)]
        assert len(given) == len(set(given)), field


def test_namibia_is_not_missing():
    assert countries()["NAM"].iso2 == "NA"


def test_kosovo_and_taiwan_have_the_codes_used_everywhere():
    assert (country("XKX").iso3, country("TWN").iso3) == ("XKX", "TWN")


def test_former_countries_are_marked():
    assert {c.iso3 for c in countries().values() if c.status == "former"} == {"ANT", "SCG"}


@pytest.mark.parametrize("text", ["UZB", " uzb ", "Uzbekistan", "uzbekistan"])
def test_a_country_is_found_by_code_or_name(text):
    assert country(text).iso3 == "UZB"


def test_an_unknown_country_tells_the_nearest_names():
    with pytest.raises(UnknownNameError, match=r"unknown country 'Kazahstan'.*Kazakhstan"):
        country("Kazahstan")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Congo", r"COD \(DR Congo\) or COG \(Congo\)"),
        ("Zaire", r"former country. Today it is COD"),
        ("Soviet Union", r"Today it is .*KAZ.*UZB"),
    ],
)
def test_a_shared_or_former_name_says_what_it_can_mean_and_suggests_no_other(name, said):
    with pytest.raises(UnknownNameError, match=said) as caught:
        country(name)
    assert "Did you mean" not in str(caught.value)
