"""Is a market made from the data as the pages say: flows, home sales by three ways, hubs, and notes on all of it?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sogdia.data import Mineral, Store
from sogdia.data.schema import conform
from sogdia.errors import NoAnswerError
from sogdia.market import calibrate
from support.small_markets import store_with_trade

TIN_ORE, CONTENT = "260900", 0.55
YEARS = (2010, 2018, 2019, 2020, 2021)


def production(**tonnes: float) -> pl.DataFrame:
    """Tin mined [t of content], the same in 2018 to 2021."""
    rows = [("tin", country, year, amount, "t", "r") for country, amount in tonnes.items() for year in YEARS[1:]]
    columns = ["mineral", "country", "year", "quantity", "unit", "flag"]
    return conform(pl.DataFrame(rows, schema=columns, orient="row"), "production")


def sales(mineral: str, country: str, tonnes: float) -> pl.DataFrame:
    """A row of curated home sales for 2020."""
    row = (mineral, None, country, 2020, 2020, tonnes, tonnes, tonnes, "SOGDIA_ASSUMPTION", "assumed", "made up")
    columns = [
        "mineral", "stage", "country", "first_year", "last_year", "quantity_low_t", "quantity_t", "quantity_high_t",
        "source_id", "evidence", "note",
    ]  # fmt: skip
    return conform(pl.DataFrame([row], schema=columns, orient="row"), "domestic_sales")


def ore(year: int, seller: str, buyer: str, tonnes: float | None, price: float = 5.0, value: float | None = None):
    """A shipment of tin ore."""
    return (year, seller, buyer, TIN_ORE, value if value is not None else price * (tonnes or 0.0), tonnes)


@pytest.fixture
def tin(store: Store) -> Mineral:
    return store.mineral("tin")


def simple(folder: Path, **tables: pl.DataFrame) -> Store:
    """In every year Peru ships 60 t to Japan and 20 t to Korea, Bolivia 20 t to Japan."""
    rows = [
        shipment
        for year in YEARS
        for shipment in (ore(year, "PER", "JPN", 60.0), ore(year, "PER", "KOR", 20.0), ore(year, "BOL", "JPN", 20.0))
    ]
    return store_with_trade(folder, rows, **({"production": production(PER=44.0)} | tables))


def test_flows_are_those_of_the_year(tmp_path: Path, tin: Mineral) -> None:
    found = calibrate(simple(tmp_path), tin, [2020], home_sales=False)
    assert found.producers == ("BOL", "PER")
    assert found.consumers == ("JPN", "KOR")
    np.testing.assert_allclose(found.flows, [[20.0, 0.0], [60.0, 20.0]])
    np.testing.assert_allclose(found.unit_value[found.flows > 0], 5.0)
    assert np.isnan(found.unit_value[0, 1])
    assert found.notes == ()


def test_several_base_years_are_averaged_and_a_year_without_a_flow_counts_as_none(tmp_path: Path, tin: Mineral) -> None:
    rows = [ore(2020, "PER", "JPN", 60.0), ore(2021, "PER", "JPN", 20.0, price=10.0), ore(2021, "BOL", "JPN", 10.0)]
    found = calibrate(store_with_trade(tmp_path, rows), tin, [2020, 2021], home_sales=False)
    np.testing.assert_allclose(found.flows, [[5.0], [40.0]])
    assert found.unit_value[1, 0] == pytest.approx((60 * 5 + 20 * 10) / 80)
    assert found.span() == "2020-2021"


def test_home_sales_are_production_in_traded_tonnes_less_exports(tmp_path: Path, tin: Mineral) -> None:
    found = calibrate(simple(tmp_path, production=production(PER=88.0)), tin, [2020])
    peru = found.producer("PER"), found.consumer("PER")
    assert found.flows[peru] == pytest.approx(88.0 / CONTENT - 80.0)
    assert found.unit_value[peru] == pytest.approx(5.0)
    assert found.home()[peru]
    assert found.exports()[peru[0]] == pytest.approx(80.0)


def test_a_country_that_ships_more_than_it_mines_sells_nothing_at_home(tmp_path: Path, tin: Mineral) -> None:
    found = calibrate(simple(tmp_path, production=production(PER=11.0)), tin, [2020])
    assert "PER" not in found.consumers


def test_a_maker_without_exports_is_a_market_of_its_own_at_the_mean_price(tmp_path: Path, tin: Mineral) -> None:
    found = calibrate(simple(tmp_path, production=production(CHN=55.0)), tin, [2020])
    china = found.producer("CHN"), found.consumer("CHN")
    assert found.flows[china] == pytest.approx(100.0)
    assert found.unit_value[china] == pytest.approx(5.0)


def test_before_the_statistics_home_sales_follow_exports_and_the_note_says_so(tmp_path: Path, tin: Mineral) -> None:
    rows = [ore(2010, "PER", "JPN", 40.0), *(ore(year, "PER", "JPN", 80.0) for year in YEARS[1:])]
    found = calibrate(store_with_trade(tmp_path, rows, production=production(PER=88.0)), tin, [2010])
    assert found.flows[found.producer("PER"), found.consumer("PER")] == pytest.approx((88.0 / CONTENT - 80.0) / 2)
    assert "Home sales of 2010 are assumed" in found.notes[-1]
    assert "2018-2020" in found.notes[-1]


def test_curated_home_sales_come_first_and_are_noted(tmp_path: Path, tin: Mineral) -> None:
    tables = {"production": production(PER=88.0), "domestic_sales": sales("tin", "PER", 33.0)}
    found = calibrate(simple(tmp_path, **tables), tin, [2020])
    assert found.flows[found.producer("PER"), found.consumer("PER")] == pytest.approx(33.0)
    assert any("Home sales of PER are those of the table domestic_sales" in note for note in found.notes)
    without = calibrate(simple(tmp_path / "b", **tables), tin, [2021])
    assert without.flows[without.producer("PER"), without.consumer("PER")] == pytest.approx(88.0 / CONTENT - 80.0)


def test_home_sales_are_left_out_where_the_content_is_unknown(tmp_path: Path, tin: Mineral) -> None:
    unknown = replace(tin, codes=tuple(replace(code, content_factor=None) for code in tin.codes))
    found = calibrate(simple(tmp_path), unknown, [2020])
    assert not found.home()[found.flows > 0].any()
    assert "the content of the traded product is not known" in found.notes[0]


def test_home_sales_are_left_out_where_mines_are_counted_and_metal_is_traded(tmp_path: Path, tin: Mineral) -> None:
    metal = replace(tin, codes=tuple(replace(code, stage="metal") for code in tin.codes))
    found = calibrate(simple(tmp_path), metal, [2020], "metal")
    assert not found.home()[found.flows > 0].any()
    assert "production is counted at the stage extraction, trade at metal" in found.notes[0]


def test_a_missing_weight_is_imputed_from_value_and_noted(tmp_path: Path, tin: Mineral) -> None:
    rows = [ore(2020, "PER", "JPN", 60.0), ore(2020, "PER", "KOR", 20.0), ore(2020, "BOL", "JPN", None, value=100.0)]
    found = calibrate(store_with_trade(tmp_path, rows), tin, [2020], home_sales=False)
    assert found.flows[found.producer("BOL"), found.consumer("JPN")] == pytest.approx(20.0)
    assert found.notes[0].startswith("1 of 3 flows in 2020 had a weight missing or wrong (20.0% of value)")


def test_only_the_named_codes_are_counted(store: Store) -> None:
    mineral = store.mineral("rare_earths")
    metal = calibrate(store, mineral, [2022], codes=["280530"], home_sales=False)
    whole = calibrate(store, mineral, [2022], home_sales=False)
    by_stage = calibrate(store, mineral, [2022], "metal", home_sales=False)
    assert metal.flows.sum() < whole.flows.sum()
    assert metal.flows.sum() == pytest.approx(by_stage.flows.sum())
    assert (by_stage.stage, by_stage.producers) == ("metal", metal.producers)


def test_a_stage_without_a_code_names_those_there_are(store: Store) -> None:
    with pytest.raises(NoAnswerError, match=r"no trade code at the stage 'ore'; it has: compound, metal"):
        calibrate(store, store.mineral("rare_earths"), [2022], "ore")


def test_a_year_after_the_code_ended_has_no_answer(store: Store) -> None:
    with pytest.raises(NoAnswerError, match="ended in 2016"):
        calibrate(store, store.mineral("germanium"), [2015, 2020])


def test_a_year_without_trade_has_no_answer(tmp_path: Path, tin: Mineral) -> None:
    rows = [(2020, "PER", "JPN", "260300", 10.0, 10.0)]
    with pytest.raises(NoAnswerError, match="no trade recorded in 2020"):
        calibrate(store_with_trade(tmp_path, rows), tin, [2020])


def test_an_unknown_seller_or_buyer_is_told_who_there_is(tmp_path: Path, tin: Mineral) -> None:
    found = calibrate(simple(tmp_path), tin, [2020], home_sales=False)
    with pytest.raises(NoAnswerError, match=r"CHN sells no tin .* no effect\. The largest that do: PER, BOL"):
        found.producer("CHN")
    with pytest.raises(NoAnswerError, match=r"CHN buys no tin .* largest that do: JPN, KOR"):
        found.consumer("CHN")


def test_import_prices_leave_home_sales_out(tmp_path: Path, tin: Mineral) -> None:
    rows = [ore(2020, "PER", "JPN", 60.0, price=4.0), ore(2020, "JPN", "KOR", 20.0, price=9.0)]
    found = calibrate(store_with_trade(tmp_path, rows, production=production(JPN=55.0)), tin, [2020])
    price = found.import_unit_value()
    assert price[found.consumer("JPN")] == pytest.approx(4.0)
    assert price[found.consumer("KOR")] == pytest.approx(9.0)


def test_through_hubs_the_user_buys_from_the_maker(tmp_path: Path, tin: Mineral) -> None:
    rows = [ore(2020, "PER", "NLD", 60.0), ore(2020, "NLD", "DEU", 60.0, price=6.0)]
    store = store_with_trade(tmp_path, rows, production=production(PER=88.0))
    found = calibrate(store, tin, [2020], through_hubs=True)
    assert found.flows[found.producer("PER"), found.consumer("DEU")] == pytest.approx(60.0)
    assert found.flows[found.producer("NLD")].sum() == 0.0
    assert found.flows[:, found.consumer("NLD")].sum() == 0.0
    assert any("50% of trade was counted twice" in note for note in found.notes)
    assert found.import_unit_value()[found.consumer("DEU")] == pytest.approx(6.0)


@pytest.mark.parametrize("hubs", [False, True])
def test_rare_earths_2009_are_the_market_of_the_record(store: Store, hubs: bool) -> None:
    """Chinese home sales of 70,000 t, about 77 sellers and 152 buyers, with and without hubs."""
    found = calibrate(store, store.mineral("rare_earths"), [2009], through_hubs=hubs)
    china = found.producer("CHN"), found.consumer("CHN")
    assert found.flows[china] == pytest.approx(70_000.0)
    assert (found.flows >= 0).all()
    assert 70 <= len(found.producers) <= 80
    assert 145 <= len(found.consumers) <= 160
