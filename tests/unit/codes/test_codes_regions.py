from __future__ import annotations

import pytest

from sogdia.codes import countries, economy, regions
from sogdia.errors import UnknownNameError


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
    own = {"My partners": ("Kazakhstan", "UZB"), "EU27": ("DEU",)}
    assert economy("my partners", own).members == ("KAZ", "UZB")
    assert economy("EU27", own).members == ("DEU",)


def test_a_wrong_member_of_a_region_of_the_user_is_an_error():
    with pytest.raises(UnknownNameError, match="Uzbekistan"):
        economy("mine", {"mine": ("Usbekistan",)})


def test_an_unknown_economy_tells_the_nearest_names():
    with pytest.raises(UnknownNameError, match=r"unknown country or region 'EU28'.*EU27"):
        economy("EU28")
