"""Other words for countries, regions and minerals lead to one thing each, and to the right one."""

from __future__ import annotations

import csv
import unicodedata
from importlib import resources

import pytest

from sogdia.codes import (
    countries,
    country,
    country_named,
    economy,
    ended,
    label_alias,
    mineral_alias,
    mineral_word,
    name_key,
    regions,
    unclear,
)  # fmt: skip
from sogdia.codes.aliases import place_alias, region_alias
from sogdia.errors import UnknownNameError
from sogdia.study import Study
from sogdia.text import folded

TEXT = resources.files("sogdia.codes").joinpath("aliases.csv").read_text(encoding="utf-8")
ROWS = [(row["kind"], row["alias"], row["meant"]) for row in csv.DictReader(TEXT.splitlines())]
OF_COUNTRIES = ("country", "label", "region", "place")


def words(*kinds: str) -> list[tuple[str, str]]:
    return [(alias, meant) for kind, alias, meant in ROWS if kind in kinds]


def test_every_other_word_for_a_country_names_one_of_today() -> None:
    wrong = [(alias, iso3) for alias, iso3 in words("country") if country_named(alias) != iso3 != economy(alias).key]
    assert wrong == []
    assert all(countries()[iso3].status == "current" for _, iso3 in words("country", "label", "place"))


def test_every_other_word_for_a_region_names_it() -> None:
    assert [(alias, key) for alias, key in words("region") if economy(alias).key != key] == []


def test_every_other_word_for_a_mineral_names_one_of_the_store(store) -> None:
    assert [(alias, key) for alias, key in words("mineral") if store.mineral(f" {alias.upper()} ").key != key] == []


def test_every_product_group_and_part_leads_to_minerals_and_products_of_the_store(store) -> None:
    products = {row["product"] for row in store.rows("processed_products").iter_rows(named=True)}
    assert {key for _, key in words("product")} <= products
    assert {key for _, keys in words("group", "part") for key in keys.split(";")} <= set(store.minerals)


def test_a_word_stands_once_in_the_form_that_is_compared() -> None:
    keys = [(True, name_key(alias)) if kind in OF_COUNTRIES else (False, folded(alias)) for kind, alias, _ in ROWS]
    assert sorted(keys) == sorted(set(keys))


def test_no_other_word_for_a_country_is_a_code_a_name_or_a_region() -> None:
    names = {name_key(c.name) for c in countries().values()} | {iso3.casefold() for iso3 in countries()}
    names |= {key.casefold() for key in regions()}
    taken = [alias for alias, _ in words("country") if name_key(alias) in names or unclear(alias)]
    assert [alias for alias in taken if alias.casefold() in names] == []


def test_no_other_word_for_a_mineral_is_the_name_of_another(store) -> None:
    names = {folded(m.name): m.key for m in store.minerals.values()} | {folded(key): key for key in store.minerals}
    assert [alias for kind, alias, _ in ROWS if kind not in OF_COUNTRIES and folded(alias) in names] == []


@pytest.mark.parametrize(
    ("official", "iso3"),
    [
        ("Venezuela (Bolivarian Republic of)", "VEN"), ("Micronesia (Federated States of)", "FSM"),
        ("Lao People's Dem. Rep.", "LAO"), ("Rep. of Moldova", "MDA"), ("China, Macao SAR", "MAC"),
        ("Congo (Brazzaville)", "COG"), ("Korea, Dem. People's Rep.", "PRK"),
        ("Democratic Republic of the Congo", "COD"),
        ("Br. Virgin Isds", "VGB"), ("Other Asia, nes", "TWN"), ("Kyrgyz Republic", "KGZ"),
        ("Kingdom of Norway", "NOR"),
        ("Republic of Kazakhstan", "KAZ"), ("Egypt, Arab Rep.", "EGY"), ("Faroe Isds", "FRO"), ("ﾆﾎﾝ", "JPN"),
        ("Южная Корея", "KOR"), ("コンゴ民主共和国", "COD"), ("ｶｻﾞﾌｽﾀﾝ", "KAZ"), ("KZ", "KAZ"), ("el", "GRC"),
    ],
)  # fmt: skip
def test_official_names_of_publishers_are_known(official: str, iso3: str) -> None:
    assert country_named(official) == iso3


@pytest.mark.parametrize("name", ["Côte d'Ivoire", "Curaçao", "Türkiye", "São Tomé and Príncipe", "Réunion"])
def test_accents_apostrophes_blanks_and_case_do_not_matter(name: str) -> None:
    plain = unicodedata.normalize("NFD", name)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    forms = [
        plain,
        bare,
        name.upper(),
        name.replace("'", "’"),
        name.replace("'", "ʼ"),
        f"\u00a0{name.replace(' ', chr(0x3000))} ",
    ]
    assert {country(form).iso3 for form in forms} == {country(name).iso3}


def test_width_of_characters_and_blanks_do_not_matter() -> None:
    assert country_named(" ＵＫ ") == "GBR"
    assert (mineral_alias("Ｌｉ"), mineral_alias("ﾘﾁｳﾑ")) == ("lithium", "lithium")
    assert region_alias("Ｅ.Ｕ.") == "EU27"


def test_the_marks_of_kana_tell_words_apart() -> None:
    assert folded("ガ") != folded("カ")
    assert folded(unicodedata.normalize("NFD", "ジンバブエ")) == folded("ジンバブエ")


def test_a_study_takes_names_as_its_user_writes_them(store) -> None:
    study = Study("日本", "Қазақстан", store=store)
    assert (study.importer.key, study.partners[0].key) == ("JPN", "KAZ")
    assert [m.key for m in study.minerals(["Li", "レアアース", "Tin", "Li"])] == ["lithium", "rare_earths", "tin"]


@pytest.mark.parametrize("name", ["Korea", "Congo", "Virgin Islands"])
def test_a_name_that_two_countries_share_stays_refused(name: str) -> None:
    with pytest.raises(UnknownNameError, match="can mean"):
        country(name)


def test_a_publishers_table_may_say_less_than_a_person() -> None:
    assert (label_alias("Korea"), label_alias("Congo")) == ("KOR", None)


def test_a_part_of_a_country_is_said_to_be_one() -> None:
    assert place_alias("Northern Ireland") == "GBR"
    with pytest.raises(UnknownNameError, match=r"part of United Kingdom\. Write GBR"):
        economy("Wales")


def test_a_former_country_is_not_there_after_its_end() -> None:
    rule, remedy = ended("ANT", 2015) or ("", "")
    assert "ended in 2010" in rule
    assert "year" in remedy
    assert (ended("ANT", 2010), ended("KAZ", 2030)) == (None, None)


def test_every_element_is_known_by_its_symbol() -> None:
    symbols = (
        "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y"
    )
    symbols += " Zr Nb Mo Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os"
    symbols += " Ir Pt Au Hg Tl Pb Bi Th U"
    assert [symbol for symbol in symbols.split() if mineral_word(symbol) is None] == []
