"""Does a study take what one naturally writes, refuse the rest in plain words, and show what it is about?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import sogdia
from sogdia import InputError, Study
from sogdia.data import Store
from sogdia.data.adding import add


def test_one_partner_may_be_given_as_text(store):
    assert [p.key for p in Study(partners="KAZ", store=store).partners] == ["KAZ"]


def test_one_mineral_may_be_given_as_text(store):
    study = Study(store=store)
    assert study.minerals("tungsten") == study.minerals(["tungsten"])


def test_a_mineral_named_twice_counts_once(store):
    twice = Study(store=store).expose(["tin", "Sn", "tungsten"], year=2022)
    assert sorted(twice.records["mineral"]) == ["tin", "tungsten"]


def test_a_member_of_a_region_may_be_given_as_text(store):
    assert Study("FLANDERS", regions={"FLANDERS": "BEL"}, store=store).importer.members == ("BEL",)


def test_regions_may_stand_in_a_file(store, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('BENELUX = ["BEL", "NLD", "LUX"]', encoding="utf-8")
    assert Study("Benelux", regions=own, store=store).importer.members == ("BEL", "NLD", "LUX")
    own.write_text('BENELUX = ["BEL", "Atlantis"]', encoding="utf-8")
    with pytest.raises(InputError, match=r"own\.toml.*Atlantis"):
        Study(regions=str(own), store=store)


def test_a_year_may_come_from_numpy(store):
    assert Study(store=store).year(np.int64(2022)) == 2022


@pytest.mark.parametrize(
    ("keyword", "value", "kind"),
    [
        ("importer", 5, "int"),
        ("importer", None, "NoneType"),
        ("importer", ["JPN"], "list"),
        ("importer", b"JPN", "bytes"),
        ("partners", 5, "int"),
        ("partners", {"KAZ"}, "set"),
        ("partners", ["KAZ", 5], "int"),
        ("partners", b"KAZ", "bytes"),
        ("regions", ["BEL"], "list"),
        ("regions", 5, "int"),
        ("regions", {5: ["BEL"]}, "int"),
        ("regions", {"BENELUX": 5}, "int"),
        ("store", 5, "int"),
    ],
)
def test_a_wrong_type_is_named_with_its_keyword(keyword, value, kind):
    with pytest.raises(InputError, match=f"{keyword}: .* is of type {kind}"):
        Study(**{keyword: value})


@pytest.mark.parametrize("verb", [Study.expose, Study.history, Study.minerals])
@pytest.mark.parametrize(("mineral", "kind"), [({"tin"}, "set"), (5, "int"), ([None], "NoneType")])
def test_a_wrong_type_of_mineral_is_named(store, verb, mineral, kind):
    with pytest.raises(InputError, match=f"mineral: .* is of type {kind}"):
        verb(Study(store=store), mineral)


@pytest.mark.parametrize(("year", "kind"), [("2022", "str"), (2022.0, "float"), (True, "bool")])
def test_a_wrong_type_of_year_is_named(store, year, kind):
    with pytest.raises(InputError, match=f"year: .* is of type {kind}"):
        Study(store=store).expose("tin", year=year)


def test_an_unknown_keyword_is_python_s_own_error():
    with pytest.raises(TypeError, match="importeur"):
        Study(importeur="JPN")


def test_a_study_shows_itself_in_one_line(store):
    shown = repr(Study("EU27", "KAZ", store=store))
    assert shown.startswith("<Study: ")
    assert "\n" not in shown
    assert all(part in shown for part in ("EU27", "Kazakhstan", f"{store.years[0]}-{store.years[-1]}", "embedded"))


def test_a_notebook_shows_importer_partners_years_and_store_with_markup_as_text(store):
    own = Store((*store.folders, Path("<b>")))
    own.__dict__["files"] = store.files
    shown = Study("JPN", ["KAZ", "UZB"], store=own)._repr_html_()
    assert all(part in shown for part in ("Japan", "Kazakhstan, Uzbekistan", str(store.years[0]), "&lt;b&gt;"))
    assert "<b>" not in shown


def test_no_partner_is_said():
    assert "partners none" in repr(sogdia.Study("JPN", []))


WRONG = {
    "stage": lambda study: study.expose("tin", stage=5),
    "company": lambda study: study.expose_company(5),
    "mineral": lambda study: study.origin(["tin"]),
    "year": lambda study: study.partner_supply(year="2022"),
    "cut": lambda study: study.shock("tin", cut=5),
    "draws": lambda study: study.supplier_losses("tin", draws="3"),
    "state": lambda study: study.corridor_events("tin", state=5),
    "days": lambda study: study.corridor_events("tin", state="china_dispute", days="60"),
    "events": lambda study: study.hindcast(events=5),
    "min_share_of_world": lambda study: study.hindcast(min_share_of_world="0.1"),
    "origin": lambda study: study.route(5, mineral="chromium"),
    "destination": lambda study: study.route("KAZ:Khromtau", 5, mineral="chromium"),
    "close": lambda study: study.route("KAZ:Khromtau", mineral="chromium", close=5),
    "k": lambda study: study.route("KAZ:Khromtau", mineral="chromium", k="3"),
    "network": lambda study: study.route("KAZ:Khromtau", mineral="chromium", network=5),
    "out": lambda study: study.brief(5),
    "path": lambda _: sogdia.read_scenario(5),
    "name": lambda _: sogdia.Scenario(5, ()),
}


@pytest.fixture
def with_purchases(store, tmp_path):
    file = tmp_path / "purchases.csv"
    file.write_text("company,year,mineral,hs6,origin,quantity_t,value_kusd\nA,2022,tin,,CHN,1,1\n", encoding="utf-8")
    add(file, folder=tmp_path / "store")
    return Study(store=tmp_path / "store")


@pytest.mark.parametrize("keyword", WRONG)
def test_every_question_names_a_keyword_of_a_wrong_type(with_purchases, keyword):
    with pytest.raises(InputError, match=f"- {keyword}: "):
        WRONG[keyword](with_purchases)


@pytest.mark.parametrize("events", [5, (5,), "CHN=0.4"])
def test_events_of_a_scenario_are_events(events):
    with pytest.raises(InputError, match="- events: "):
        sogdia.Scenario("cut", events)
