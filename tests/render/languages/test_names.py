"""Has every country, region and mineral a name in each language, and is it said where the name is from?"""

from __future__ import annotations

import pytest

from sogdia.codes import countries, country_named, mineral_alias, regions
from sogdia.data import source
from sogdia.data.embedded import snapshot
from sogdia.errors import UnknownNameError
from sogdia.network import embedded_corridors
from sogdia.plan.projects import embedded_projects
from sogdia.render.languages import LANGUAGES, country_name, mineral_name, name_sources
from sogdia.render.languages.names import COUNTRY_NAMES, MINERAL_NAMES, PLACE_NAMES, PROJECT_NAMES, names
from support.programs import TOOLS, loaded

OTHERS = [code for code in LANGUAGES if code != "en"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_country_region_and_mineral_has_a_name_of_its_own(code):
    places = [country_name(key, code) for key in (*countries(), *regions())]
    minerals = [mineral_name(key, code) for key in snapshot().minerals]
    assert len(set(places)) == len(places)
    assert len(set(minerals)) == len(minerals)


@pytest.mark.parametrize("file", [COUNTRY_NAMES, MINERAL_NAMES])
def test_no_row_names_what_does_not_exist(file):
    known = {*countries(), *regions()} if file == COUNTRY_NAMES else set(snapshot().minerals)
    assert {(row.key, row.language) for row in names(file).values()} == {(k, code) for k in known for code in OTHERS}


ENDS = ("mine", "plant", "port_ocean", "port_caspian", "destination")


@pytest.mark.parametrize("code", OTHERS)
def test_every_end_of_a_way_and_every_project_that_is_no_stock_has_a_name_and_no_other(code):
    places = {place.id for place in embedded_corridors().network.places if place.kind in ENDS}
    projects = {project.project_id for project in embedded_projects() if project.effect != "stock"}
    assert {row.key for row in names(PLACE_NAMES).values() if row.language == code} == places
    assert {row.key for row in names(PROJECT_NAMES).values() if row.language == code} == projects


@pytest.mark.parametrize("code", OTHERS)
def test_every_source_of_a_name_is_known(code):
    assert name_sources(code)
    for source_id in name_sources(code):
        assert source(source_id).publisher


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_printed_of_a_mineral_is_understood_when_it_is_typed(code):
    typed = {key: mineral_alias(mineral_name(key, code)) for key in snapshot().minerals}
    assert {key: meant for key, meant in typed.items() if meant not in (None, key)} == {}
    assert sum(meant == key for key, meant in typed.items()) > 50


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_printed_of_a_country_never_means_another_one(code):
    typed = {key: country_named(country_name(key, code)) for key in countries()}
    assert {key: meant for key, meant in typed.items() if meant not in (None, key)} == {}


def test_a_chosen_name_says_what_it_replaces_or_why():
    rows = [*names(COUNTRY_NAMES).values()]
    assert all(row.note for row in rows if row.evidence != "seen")


def test_names_from_the_repository_of_unicode_are_as_it_has_them():
    with loaded(TOOLS / "make_country_names.py") as tool:
        cldr = tool.cldr_rows()
    held = {key: row.name for key, row in names(COUNTRY_NAMES).items() if row.evidence == "seen"}
    assert held == {key: cldr[key]["name"] for key in held}
    assert len(held) > 450


def test_an_unknown_name_tells_the_nearest():
    with pytest.raises(UnknownNameError, match="copper"):
        mineral_name("coper", "ja")
    with pytest.raises(UnknownNameError, match="unknown country"):
        country_name("XXX", "ru")
