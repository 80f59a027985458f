"""The answers of this room: one long shape, notes on every face, and the sources that were really read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from sogdia import Study
from sogdia.answer import KEYS, Answer
from sogdia.codes import economy
from sogdia.data import Store, catalogue, open_store, repair
from sogdia.data.adding import add
from sogdia.exposure import Exposure, PartnerSupply, TracedOrigin
from sogdia.exposure.inputs import load
from sogdia.exposure.position import compute
from support.cli import run
from support.small_markets import store_with_trade

TRADE, OLD_TRADE = "SOGDIA_ASSUMPTION", "CEPII_BACI"
PURCHASES = """company,year,mineral,hs6,origin,quantity_t,value_kusd
ACME,2022,nickel,,NOR,100,2000
ACME,2022,nickel,,PHL,300,3000
ACME,2022,,261100,VNM,10,150
"""


@pytest.fixture(scope="module")
def answers(store: Store) -> Mapping[str, Answer]:
    """One answer of each kind."""
    study = Study("JPN", store=store)
    return {
        "exposure": study.expose(["copper", "gold"], year=2022),
        "history": study.history("rare_earths"),
        "origin": study.origin("copper", year=2022),
        "partners": study.partner_supply(year=2022),
    }


@pytest.fixture
def bought(tmp_path: Path) -> Path:
    """The folder of a store with purchases of a company."""
    file = tmp_path / "purchases.csv"
    file.write_text(PURCHASES, encoding="utf-8")
    add(file, folder=tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def relaid(tmp_path: Path, store: Store) -> Store:
    """A store whose trade of 2022 and governance are the user's own, each from a source of its own."""
    frames = {
        "trade": store.trade(years=[2022]).collect(),
        "governance": store.scan("governance").collect(),
    }
    entries = []
    for table, frame in frames.items():
        frame.write_parquet(tmp_path / f"{table}.parquet")
        source_id = TRADE if table == "trade" else "GTAP_2004"
        years = tuple(sorted(frame["year"].unique()))
        entries.append(
            catalogue.entry_for(
                tmp_path, f"{table}.parquet", table=table, rows=frame.height, source_ids=(source_id,), years=years
            )
        )
    catalogue.write(tmp_path, tuple(entries))
    return open_store(tmp_path)


def source_of(answer: Answer, variable: str) -> list[str]:
    """What the long table cites for a measure."""
    (source_id,) = answer.table().filter(pl.col("variable") == variable)["source_id"].unique()
    return list(source_id.split(";"))


def test_a_company_never_cites_the_trade_statistics(bought: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = Study(store=bought).expose_company("ACME", year=2022)
    assert "OWN_PURCHASES" in answer.sources()
    assert "CEPII_BACI" not in answer.sources()
    assert not answer.table()["source_id"].str.contains("CEPII").any()
    assert set(source_of(answer, "import_value_kusd")) == {"OWN_PURCHASES"}
    for arguments in (("--full",), ("--json",)):
        status, text, _ = run(capsys, "expose", "--company", "ACME", "-y", 2022, "--store", bought, *arguments)
        assert status == 0
        assert "CEPII" not in text
    assert json.loads(text)["importer"] == "ACME"
    assert set(json.loads(text)["sources"]) == set(answer.sources())


def test_the_codes_of_a_purchase_are_cited_where_a_code_named_the_mineral(bought: Path) -> None:
    study = Study(store=bought)
    assert "mineral_codes" not in study.expose_company("ACME", "nickel", year=2022).source_ids
    assert "mineral_codes" in study.expose_company("ACME", "tungsten", year=2022).source_ids


def test_files_of_the_user_are_cited_for_the_years_that_they_are_in_force(relaid: Store) -> None:
    study = Study("JPN", store=relaid)
    now, before = study.expose("cobalt", year=2022), study.expose("cobalt", year=2020)
    assert source_of(now, "import_value_kusd") == [TRADE]
    assert source_of(before, "import_value_kusd") == [OLD_TRADE]
    assert set(source_of(now, "hhi_trend")) == {TRADE, OLD_TRADE}
    assert source_of(before, "hhi_trend") == [OLD_TRADE]
    assert source_of(now, "import_risk") == [TRADE, "GTAP_2004", "BMF_WMD"]
    assert "WB_WGI" not in now.sources()


def test_weights_cite_the_method_that_imputes_them_only_where_one_is_imputed(tmp_path: Path) -> None:
    for weight, cited in ((10.0, [OLD_TRADE]), (None, [OLD_TRADE, repair.SOURCE_ID])):
        rows = [(2022, "CHN", "JPN", "261100", 100.0, 10.0), (2022, "AUS", "JPN", "261100", 100.0, weight)]
        study = Study("JPN", store=store_with_trade(tmp_path / str(weight), rows))
        answer = study.expose("tungsten", year=2022)
        assert source_of(answer, "import_quantity_t") == cited
        assert source_of(answer, "import_quantity_reported_t") == [OLD_TRADE]
        assert answer.records["import_quantity_t"].to_list() == [20.0]


def test_years_without_statistics_cite_none(store: Store) -> None:
    answer = Study("JPN", store=store).expose("cobalt", year=2005)
    assert answer.records["production_hhi"].to_list() == [None]
    assert "BMF_WMD" not in answer.sources()


@pytest.mark.parametrize("name", ["exposure", "history", "origin", "partners"])
def test_every_answer_has_the_long_table_notes_and_sources_that_resolve(
    answers: Mapping[str, Answer], name: str
) -> None:
    answer = answers[name]
    table = answer.table()
    assert table.columns[: len(KEYS)] == list(KEYS)
    assert table["importer"].unique().to_list() == ["JPN"]
    for column in ("mineral", "country", "year", "variable", "unit", "stat", "source_id"):
        assert table[column].null_count() == 0, column
    cited = {i for cell in table["source_id"].unique() for i in cell.split(";")}
    assert cited == set(answer.sources())
    content = answer.to_dict()
    json.dumps(content, allow_nan=False)
    assert content["notes"] == list(answer.notes)
    assert list(content["sources"]) == list(answer.sources())
    assert all("Licence" in citation for citation in content["sources"].values())
    assert answer.title in repr(answer)
    assert answer.title in answer._repr_html_()


def test_the_long_table_holds_what_the_rows_hold(answers: Mapping[str, Answer]) -> None:
    origin, supply = answers["origin"], answers["partners"]
    assert isinstance(origin, TracedOrigin)
    assert isinstance(supply, PartnerSupply)
    traced = origin.table().filter(pl.col("variable") == "traced_share")
    assert dict(traced.select("partner", "value").iter_rows()) == dict(
        origin.rows.select("origin", "traced_share").iter_rows()
    )
    chromium = supply.table().filter(pl.col("mineral") == "chromium", pl.col("country") == "KAZ")
    row = supply.rows.filter(pl.col("mineral") == "chromium", pl.col("partner") == "KAZ").row(0, named=True)
    assert {v: row[v] for v in chromium["variable"]} == dict(chromium.select("variable", "value").iter_rows())
    assert chromium.filter(pl.col("variable") == "main_buyer_share")["main_buyer"].to_list() == [row["main_buyer"]]


def test_titles_say_who_what_and_when(answers: Mapping[str, Answer], store: Store) -> None:
    assert answers["exposure"].title == "Japan, imports in 2022"
    assert answers["history"].title == "Japan, imports in 1995-2024"
    assert answers["origin"].title == "Copper consumed by Japan in 2022, by country of mining"
    assert "Kazakhstan" in answers["partners"].title
    assert Study("JPN", store=store).expose("tungsten", year=2022, stage="ore").title.endswith("2022, ore only")
    everyone = compute(load(store, [store.mineral("tin")], [2022]))
    assert everyone.title == "Every importing country, imports in 2022"


def test_a_single_year_is_a_number_and_a_history_a_span(answers: Mapping[str, Answer]) -> None:
    assert answers["exposure"].to_dict()["year"] == 2022
    assert answers["history"].to_dict()["year"] == "1995-2024"
    assert set(answers["history"].table()["year"]) == {str(year) for year in range(1995, 2025)}


def test_notes_tell_of_imputed_weights_and_of_the_world_alone_in_python_too(store: Store) -> None:
    notes = Study("JPN", store=store).expose(["gold", "niobium"], year=2024).notes
    (imputed,) = [note for note in notes if "imputed" in note]
    assert "imports of JPN" in imputed
    assert "Gold (19.9 % of value, 36.3 % of weight; of the weights reported AUS has 91.2 %)" in imputed
    assert "Niobium" not in imputed
    (alone,) = [note for note in notes if "world's concentration alone" in note]
    assert "mineral content of the trade not known: Gold)" in alone


def test_notes_on_several_years_name_them(store: Store) -> None:
    gold, japan = store.mineral("gold"), economy("JPN")
    notes = compute(load(store, [gold], [2022, 2023, 2024]), [japan]).notes
    (imputed,) = [note for note in notes if "imputed" in note]
    assert imputed == "Weights imputed for more than 5 % (imports of JPN): Gold in 2022, 2024."
    (alone,) = [note for note in notes if "world's concentration alone" in note]
    assert "mineral content of the trade not known: Gold in 2022-2024" in alone


def test_the_notes_of_partners_name_minerals_without_a_code_together(answers: Mapping[str, Answer]) -> None:
    supply = answers["partners"]
    assert isinstance(supply, PartnerSupply)
    (unmapped,) = [note for note in supply.notes if "no trade code" in note]
    assert "Rhenium" in unmapped
    assert "Cobalt" not in unmapped


def test_an_origin_that_is_on_no_record_is_in_the_notes(store: Store) -> None:
    (note,) = [n for n in Study("FRA", store=store).origin("boron", year=2022).notes if "unexplained_share" in n]
    assert "LUX" in note
    assert "TUR" not in note


def test_an_empty_answer_is_an_answer(store: Store) -> None:
    answer = Study("JPN", store=store).expose([])
    assert isinstance(answer, Exposure)
    assert answer.table().is_empty()
    assert answer.to_dict()["records"] == []
