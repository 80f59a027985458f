from __future__ import annotations

import polars as pl
import pytest

from sogdia import Study
from sogdia.codes import hs6_problem


@pytest.mark.parametrize(("hs6", "last"), [("811230", 2016), ("283030", 2013), ("250390", 2007)])
def test_a_series_that_stopped_is_known_as_such_and_the_data_agree(store, trade, hs6, last):
    (code,) = [c for m in store.minerals.values() for c in m.codes if c.hs6 == hs6]
    assert (code.last_year, code.in_use(last), code.in_use(last + 1)) == (last, True, False)
    assert trade.filter(pl.col("hs6") == hs6)["year"].max() == last


def test_every_other_code_goes_on_to_the_last_year_of_the_data(store, trade):
    last = dict(trade.group_by("hs6").agg(pl.col("year").max()).iter_rows())
    open_codes = {c.hs6 for m in store.minerals.values() for c in m.codes if c.last_year is None}
    assert {hs6 for hs6 in open_codes if last[hs6] < max(store.years)} == set()


def test_germanium_is_not_mapped_since_2017_which_is_not_zero(store):
    germanium = store.mineral("germanium")
    assert germanium.not_mapped(2016) is None
    assert germanium.not_mapped(2017) == "Germanium: not mapped in 2017 (811230 ended in 2016)."
    answer = Study("JPN").expose("germanium", year=2020)
    assert answer.records.is_empty()
    assert answer.suppliers.is_empty()
    assert answer.notes == ("Germanium: not mapped in 2020 (811230 ended in 2016).",)


@pytest.mark.parametrize("key", ["cadmium", "sulphur"])
def test_a_mineral_with_another_code_stays_mapped_when_one_ends(store, key):
    mineral = store.mineral(key)
    assert mineral.not_mapped(2022) is None
    assert len(mineral.hs6(year=2022)) == len(mineral.hs6()) - 1


def test_a_mineral_without_any_code_says_so(store):
    assert store.mineral("gallium").not_mapped(2022) == "Gallium: no trade code is mapped to it in this store."


def test_every_code_is_well_formed_described_and_traded(store, trade):
    codes = {c.hs6 for m in store.minerals.values() for c in m.codes}
    assert all(hs6_problem(code) is None for code in codes)
    assert codes <= set(store.scan("products").collect()["hs6"])
    assert codes <= set(trade["hs6"].unique())


def test_content_factors_lie_inside_their_range_or_are_a_declared_gap(store):
    for mineral in store.minerals.values():
        for code in mineral.codes:
            if code.evidence == "gap":
                assert code.content_factor is None
            else:
                assert 0 < code.content_factor_low <= code.content_factor <= code.content_factor_high


def test_stages_come_upstream_first(store):
    assert store.mineral("tungsten").stages == ("ore", "metal")
    assert store.mineral("rare_earths").stages == ("compound", "metal")
    assert store.mineral("tungsten").hs6("ore") == ("261100",)
