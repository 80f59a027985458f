"""Do other words for countries and minerals lead to one thing each, and to the right one?"""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from sogdia.codes import countries, country, country_alias, economy, mineral_alias, regions, unclear
from sogdia.errors import UnknownNameError
from sogdia.study import Study


def table(file: str) -> list[list[str]]:
    text = resources.files("sogdia.codes").joinpath(file).read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))[1:]


COUNTRIES, MINERALS = table("country_aliases.csv"), table("mineral_aliases.csv")


@pytest.mark.parametrize(("alias", "iso3"), COUNTRIES)
def test_an_alias_names_a_country_of_today(alias, iso3):
    assert countries()[iso3].status == "current"
    assert country(alias).iso3 == economy(alias).key == iso3


@pytest.mark.parametrize(("alias", "mineral"), MINERALS)
def test_an_alias_names_a_mineral_of_the_store(store, alias, mineral):
    assert store.mineral(alias).key == mineral == store.mineral(f" {alias.upper()} ").key


@pytest.mark.parametrize("rows", [COUNTRIES, MINERALS], ids=["countries", "minerals"])
def test_an_alias_stands_once(rows):
    folded = [alias.casefold() for alias, _ in rows]
    assert sorted(folded) == sorted(set(folded))


def test_no_alias_of_a_country_is_a_code_a_name_or_a_region(store):
    names = {c.name.casefold() for c in countries().values()} | {iso3.casefold() for iso3 in countries()}
    names |= {key.casefold() for key in regions()}
    assert [alias for alias, _ in COUNTRIES if alias.casefold() in names or unclear(alias)] == []


def test_no_alias_of_a_mineral_is_another_mineral(store):
    names = {key: key for key in store.minerals} | {m.name.casefold(): m.key for m in store.minerals.values()}
    assert [alias for alias, mineral in MINERALS if names.get(alias.casefold(), mineral) != mineral] == []


def test_width_of_characters_and_blanks_do_not_matter():
    assert country_alias(" ＵＫ ") == "GBR"
    assert mineral_alias("Ｌｉ") == "lithium"
    assert mineral_alias("ﾘﾁｳﾑ") == "lithium"


def test_a_study_takes_names_as_its_user_writes_them(store):
    study = Study("日本", "Қазақстан", store=store)
    assert (study.importer.key, study.partners[0].key) == ("JPN", "KAZ")
    assert [m.key for m in study.minerals(["Li", "レアアース", "Tin"])] == ["lithium", "rare_earths", "tin"]


def test_a_name_that_two_countries_share_stays_refused():
    with pytest.raises(UnknownNameError, match="KOR"):
        country("Korea")
