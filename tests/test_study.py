"""Does a study take what one naturally writes, refuse the rest in plain words, and show what it is about?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import sogdia
from sogdia import InputError, Study
from sogdia.data import Store


def test_one_partner_may_be_given_as_text(store):
    assert [p.key for p in Study(partners="KAZ", store=store).partners] == ["KAZ"]


def test_one_mineral_may_be_given_as_text(store):
    study = Study(store=store)
    assert study.minerals("tungsten") == study.minerals(["tungsten"])


def test_a_mineral_named_twice_counts_once(store):
    twice = Study(store=store).expose(["tin", "Sn", "tungsten"], year=2022)
    assert twice.records["mineral"].to_list() == ["tin", "tungsten"]


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
