from __future__ import annotations

import pytest

from sogdia import Study
from sogdia.errors import DataError, InputError, UnknownNameError


def test_names_are_resolved_when_a_study_is_made():
    study = Study("japan", ["Kazakhstan", "uzb"])
    assert study.importer.key == "JPN"
    assert [p.key for p in study.partners] == ["KAZ", "UZB"]


def test_by_default_it_is_japan_and_central_asia():
    study = Study()
    assert study.importer.key == "JPN"
    assert {p.key for p in study.partners} == {"KAZ", "UZB", "KGZ", "TJK", "TKM"}


@pytest.mark.parametrize(("importer", "partners"), [("Jpan", ["KAZ"]), ("JPN", ["Kazahstan"])])
def test_a_wrong_name_is_told_at_once(importer, partners):
    with pytest.raises(UnknownNameError, match="Did you mean"):
        Study(importer, partners)


def test_regions_of_the_user_serve_as_importer_and_partner():
    own = {"Steppe": ["KAZ", "MNG"], "Isles": ["IDN", "PHL"]}
    study = Study("Steppe", ["Isles"], regions=own)
    assert (study.importer.members, study.partners[0].members) == (("KAZ", "MNG"), ("IDN", "PHL"))


@pytest.mark.parametrize(
    ("importer", "partners", "regions"),
    [
        ("Dup", ["AUS"], {"Dup": ["BEL", "BEL"]}),
        ("DEU", ["AUS"], {"DEU": ["FRA"]}),
        ("JPN", ["EU27", "DEU"], {}),
        ("JPN", ["G7"], {}),
    ],
)
def test_no_country_is_counted_twice(importer, partners, regions):
    with pytest.raises(InputError):
        Study(importer, partners, regions=regions)


def test_an_importer_of_central_asia_is_not_its_own_partner():
    assert {p.key for p in Study("KAZ").partners} == {"UZB", "KGZ", "TJK", "TKM"}
    assert Study("CENTRAL_ASIA").partners == ()


def test_the_default_year_has_trade_production_and_governance(store):
    year = Study().year()
    assert year == 2024
    for table in ("trade", "production", "governance"):
        assert year in store.scan(table).select("year").unique().collect()["year"].to_list()


def test_a_year_without_trade_names_the_years_there_are():
    with pytest.raises(UnknownNameError, match="no trade for the year 1990: the store holds 1995 to 2024"):
        Study().expose("cobalt", year=1990)


def test_by_default_every_traded_mineral_that_is_no_fuel_is_studied(store):
    keys = {m.key for m in Study().minerals()}
    assert {"rare_earths", "cobalt", "copper"} <= keys
    assert not keys & {"crude_oil", "steam_coal", "natural_gas", "gallium"}
    assert all(store.mineral(key).codes for key in keys)


def test_one_mineral_or_several_can_be_named():
    assert [m.key for m in Study().minerals("Cobalt")] == ["cobalt"]
    assert [m.key for m in Study().minerals(["tin", "zinc"])] == ["tin", "zinc"]


def test_a_store_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(DataError, match="is no store"):
        Study(store=tmp_path)
