from __future__ import annotations

import pytest

from sogdia.codes import countries, economy, must_be_disjoint, own_regions, regions
from sogdia.errors import InputError, UnknownNameError


def test_every_member_of_a_region_is_a_country_and_counted_once():
    for region in regions().values():
        assert set(region.members) <= set(countries())
        assert len(region.members) == len(set(region.members))


@pytest.mark.parametrize(("key", "members"), [("EU27", 27), ("CENTRAL_ASIA", 5), ("G7", 7), ("OECD", 38)])
def test_regions_have_all_their_members(key, members):
    assert len(regions()[key].members) == members


def test_the_united_kingdom_is_not_in_the_union_of_27():
    assert "GBR" not in regions()["EU27"].members


@pytest.mark.parametrize("text", ["CENTRAL_ASIA", "central asia", "Central Asia"])
def test_a_region_is_found_however_it_is_written(text):
    assert set(economy(text).members) == {"KAZ", "KGZ", "TJK", "TKM", "UZB"}


def test_a_country_is_a_region_of_one():
    assert economy("Japan").members == ("JPN",)


def test_a_region_of_the_user_comes_before_ours_and_takes_names_or_codes():
    own = own_regions({"My partners": ("Kazakhstan", "UZB"), "EU27": ("DEU",)})
    assert economy("my partners", own).members == ("KAZ", "UZB")
    assert economy("EU27", own).members == ("DEU",)


@pytest.mark.parametrize(
    ("name", "members", "said"),
    [
        ("mine", ["Uzbekstan"], "Did you mean Uzbekistan"),
        ("mine", ["BEL", "BEL"], "BEL stands there twice"),
        ("mine", ["BEL", "Belgium"], "BEL stands there twice"),
        ("mine", ["Congo"], "COD (DR Congo) or COG (Congo)"),
        ("mine", [], "a region has members"),
        ("DEU", ["FRA"], "not called like a country (DEU is Germany)"),
        ("germany", ["FRA"], "not called like a country (DEU is Germany)"),
        ("Zaire", ["FRA"], "a name of its own"),
        (" ", ["FRA"], "a name of its own"),
    ],
)
def test_a_region_of_the_user_has_a_name_of_its_own_and_each_member_once(name, members, said):
    with pytest.raises(InputError) as caught:
        own_regions({name: members}, "my.toml")
    assert said in str(caught.value)
    assert {(fault.file, fault.column) for fault in caught.value.faults} == {("my.toml", name)}


def test_two_regions_of_the_user_are_not_called_the_same():
    with pytest.raises(InputError, match="'The North' is the same name"):
        own_regions({"The North": ["NOR"], "the_north": ["SWE"]})


def test_every_fault_of_every_region_is_told():
    with pytest.raises(InputError) as caught:
        own_regions({"a": ["BEL", "BEL", "QQQ"], "FRA": []})
    assert len(caught.value.faults) == 4


@pytest.mark.parametrize(
    ("importer", "partners", "said"),
    [
        ("JPN", ["EU27", "DEU"], "found 'DEU'; DEU counts once, but is in EU27 too"),
        ("DEU", ["EU27"], "found 'EU27'; DEU counts once, but is in DEU too"),
        ("JPN", ["KAZ", "KAZ"], "found 'KAZ'; KAZ counts once"),
    ],
)
def test_a_country_is_importer_or_in_one_partner_only(importer, partners, said):
    with pytest.raises(InputError, match=said):
        must_be_disjoint(economy(importer), [economy(partner) for partner in partners])


def test_an_unknown_economy_tells_the_nearest_names():
    with pytest.raises(UnknownNameError, match=r"unknown country or region 'EU28'.*EU27"):
        economy("EU28")


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("ASEAN", "ASEAN"), ("Benelux", "BENELUX"), ("GCC", "GCC"), ("EU諸国", "EU27"), ("Italia", "ITA"),
        ("Ελλάδα", "GRC"), ("Großbritannien", "GBR"), ("ไทย", "THA"), ("Magyarország", "HUN"),
    ],
)  # fmt: skip
def test_names_in_own_languages_and_common_groups_are_known(word, key):
    assert economy(word).key == key


def test_a_code_is_suggested_only_for_a_word_as_short_as_one():
    with pytest.raises(UnknownNameError) as caught:
        economy("ASEAM")
    assert "SEN" not in str(caught.value)
