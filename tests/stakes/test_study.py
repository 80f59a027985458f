"""Stakes as a user asks for them: with and without a shock, in Python and on the command line."""

from __future__ import annotations

import json

import polars as pl
import pytest

from sogdia import InputError, NoAnswerError, SogdiaError, Study
from sogdia.answer import KEYS
from sogdia.data import Store, sources
from sogdia.shock.market_shock import Shock
from sogdia.shock.money_at_stake import money_at_stake
from sogdia.stakes import Stakes
from sogdia.stakes.measures import STAKE_MEASURES
from support.cli import run

DRAWS = 5
ROW = {
    "mineral", "product", "use", "sector", "share", "income_loss_musd", "share_of_sector_value_added",
    "economic_importance", "evidence",
}  # fmt: skip
WIDTH = 80


@pytest.fixture(scope="module")
def japan(store: Store) -> Study:
    return Study("JPN", store=store)


@pytest.fixture(scope="module")
def shock(japan: Study) -> Shock:
    return japan.shock("rare_earths", cut="CHN=1", draws=DRAWS)


@pytest.fixture(scope="module")
def stop(japan: Study) -> Stakes:
    return japan.stakes("rare_earths", cut="CHN=1", draws=DRAWS, lost_output=True)


def of_importer(shock: Shock, variable: str) -> dict[str, float]:
    return shock.rows.filter(pl.col("role") == "importer", pl.col("variable") == variable).row(0, named=True)


def test_the_losses_of_industries_add_up_to_the_shocks_own_consumer_loss(stop: Stakes, shock: Shock) -> None:
    change = of_importer(shock, "consumer_surplus_change")
    losses = [row.income_loss_musd for row in stop.rows if row.income_loss_musd is not None]
    assert len(losses) == len(stop.rows)
    assert sum(loss.central or 0.0 for loss in losses) == pytest.approx(-change["central"] / 1e3)
    assert sum(loss.low or 0.0 for loss in losses) == pytest.approx(-change["high"] / 1e3)
    assert sum(loss.high or 0.0 for loss in losses) == pytest.approx(-change["low"] / 1e3)


def test_what_users_paid_in_the_base_year_follows_from_the_loss(shock: Shock, japan: Study) -> None:
    """A country without home supply at a price of its own pays its import bill."""
    found = money_at_stake(shock, japan.importer)
    assert found.base_value_musd == pytest.approx(of_importer(shock, "import_bill")["base"] / 1e3)
    assert found.use.central == pytest.approx(of_importer(shock, "use")["central"] / of_importer(shock, "use")["base"])


def test_the_money_of_a_shock_is_in_its_parts(stop: Stakes) -> None:
    income = stop.income
    assert income is not None
    assert income.transfer_musd is not None
    assert income.forgone_musd is not None
    assert income.loss_musd.central == pytest.approx(income.transfer_musd + income.forgone_musd)
    assert income.transfer_musd > 0
    assert income.forgone_musd >= 0


def test_the_gain_of_own_producers_is_off_the_national_loss(stop: Stakes, shock: Shock) -> None:
    own = shock.rows.filter(pl.col("role") == "producer", pl.col("country") == "JPN")
    gain = own.filter(pl.col("variable") == "surplus_change")["central"].item() / 1e3
    assert stop.income is not None
    assert stop.income.national_loss_musd is not None
    assert stop.income.national_loss_musd.central == pytest.approx(stop.income.loss_musd.central - gain)


def test_a_region_loses_what_its_members_lose(store: Store) -> None:
    study = Study("EU27", store=store)
    answer = study.stakes("rare_earths", cut="CHN=1", draws=1)
    shock = study.shock("rare_earths", cut="CHN=1", draws=1)
    assert answer.income is not None
    assert answer.income.loss_musd.central == pytest.approx(
        -of_importer(shock, "consumer_surplus_change")["central"] / 1e3
    )
    assert answer.income.producers_gain_musd is not None


def test_income_is_called_so_and_never_added(stop: Stakes) -> None:
    assert any("income, not GDP" in note for note in stop.notes)
    assert any("never to be added" in note for note in stop.notes)
    assert any("orders of magnitude" in note for note in stop.notes)


def test_lost_output_is_off_by_default(japan: Study) -> None:
    assert japan.stakes("rare_earths", cut="CHN=1", draws=1).lost_output == ()


def test_lost_output_names_the_industries_whose_dependent_part_is_known(stop: Stakes) -> None:
    assert {lost.sector for lost in stop.lost_output} == {"C26", "C27", "C29"}
    assert all(lost.part.evidence == "assumed" for lost in stop.lost_output)
    assert all((lost.lost_musd.low or 0) <= (lost.lost_musd.high or 0) for lost in stop.lost_output)


def test_a_shock_that_the_market_refuses_is_refused_with_its_reason(japan: Study) -> None:
    with pytest.raises(NoAnswerError) as by_market:
        japan.shock("tungsten", cut="CHN=1", draws=1)
    with pytest.raises(NoAnswerError) as by_stakes:
        japan.stakes("tungsten", cut="CHN=1", draws=1)
    assert str(by_stakes.value) == str(by_market.value)


def test_without_a_shock_no_money_is_named(japan: Study) -> None:
    answer = japan.stakes("tungsten")
    assert answer.income is None
    assert all(row.income_loss_musd is None for row in answer.rows)
    assert all(row.economic_importance and row.sector_share_of_economy for row in answer.rows)
    assert 0.0 < answer.users_share("tungsten") < 0.5


def test_all_materials_are_ranked_where_none_is_named(japan: Study) -> None:
    answer = japan.stakes()
    assert len(answer.importances) == len(answer.minerals) > 60
    values = [item.value for item in answer.importances if item.rank is not None]
    assert len(values) > 45
    assert values == sorted(values, reverse=True)


def test_a_material_that_the_store_has_no_mineral_for_can_be_asked_about(japan: Study) -> None:
    assert japan.stakes("helium").minerals == ("helium",)
    assert japan.stakes(["Silicon", "tungsten"]).minerals == ("silicon", "tungsten")


def test_one_shock_is_to_one_mineral(japan: Study) -> None:
    with pytest.raises(InputError) as several:
        japan.stakes(["cobalt", "graphite"], cut="CHN=1")
    assert several.value.faults[0].file == "mineral"
    assert "never added" in several.value.faults[0].rule
    with pytest.raises(InputError) as none:
        japan.stakes(cut="CHN=1")
    assert none.value.faults[0].file == "mineral"


@pytest.mark.parametrize("mineral", [7, [], True, ["tin", 3], "a\u202eb"])
@pytest.mark.parametrize("events", [{}, {"cut": "CHN=1", "draws": 1}])
def test_what_is_no_name_is_refused_and_not_a_crash(japan: Study, mineral: object, events: dict[str, object]) -> None:
    with pytest.raises(SogdiaError):
        japan.stakes(mineral, **events)


def test_lost_output_without_a_shock_is_refused(japan: Study) -> None:
    with pytest.raises(InputError) as refused:
        japan.stakes("tungsten", lost_output=True)
    assert refused.value.faults[0].file == "lost_output"


def test_an_importer_outside_the_table_is_told_so(store: Store) -> None:
    with pytest.raises(NoAnswerError, match="Uzbekistan has no row in the input-output table"):
        Study("UZB", ["KAZ"], store=store).stakes("copper")


def test_a_mineral_without_end_uses_is_told_so(japan: Study) -> None:
    with pytest.raises(NoAnswerError, match="end uses of crude_oil"):
        japan.stakes("crude_oil")


def test_the_long_table_has_the_key_columns_and_its_sources_resolve(stop: Stakes) -> None:
    table = stop.table()
    assert table.columns[: len(KEYS)] == list(KEYS)
    assert set(stop.sources()) <= set(sources())
    assert {"use_share", "income_loss", "national_loss", "economic_importance", "price_rise"} <= set(table["variable"])
    assert table.filter(pl.col("value").is_null(), pl.col("variable") == "income_loss").is_empty()


def test_every_variable_of_the_long_tables_is_defined_with_its_unit(stop: Stakes, japan: Study) -> None:
    for answer, table in (("stakes", stop.table()), ("ledger", japan.ledger("KAZ").table())):
        shown = set(table.select("variable", "unit").unique().rows())
        assert shown == {(m.variable, m.unit) for m in STAKE_MEASURES if m.answer == answer}


def test_the_ledger_of_the_studys_partners_together(japan: Study) -> None:
    answer = japan.ledger(processing="copper")
    assert "UZB" in " ".join(answer.notes)
    assert answer.figures["direct_va"].low is not None


def test_the_json_of_a_shock_has_the_shape_that_checks_ask_for(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("stakes", "JPN", "graphite", "--cut", "CHN=1", "--draws", "2", "--json")
    status, out, _ = run(capsys, *words)
    assert status == 0
    answer = json.loads(out)
    assert answer["rows"]
    for row in answer["rows"]:
        assert set(row) >= ROW
        assert set(row["income_loss_musd"]) == {"low", "central", "high"}
    assert sum(row["share"] for row in answer["rows"]) == pytest.approx(1.0, abs=2e-3)


def test_the_json_of_a_ledger_has_the_shape_that_checks_ask_for(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "ledger", "KAZ", "ferroalloys", "--json")
    assert status == 0
    answer = json.loads(out)
    for name in ("direct_va", "indirect_va", "imports", "jobs"):
        assert set(answer[name]) >= {"low", "central", "high"}


@pytest.mark.parametrize(
    "words",
    [("stakes", "JPN"), ("stakes", "EU27", "aluminium"), ("stakes", "JPN", "tantalum"),
     ("ledger", "KAZ", "ferroalloys"), ("ledger", "UZB", "copper"),
     ("stakes", "JPN", "rare_earths", "--cut", "CHN=1", "--draws", "2", "--lost-output")],
    ids=" ".join,
)  # fmt: skip
def test_tables_are_readable_at_80_columns(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Notes are sentences, which a terminal wraps; a row of a table has figures in columns two blanks apart."""
    status, out, _ = run(capsys, *words)
    assert status == 0
    rows = [line.rstrip() for line in out.splitlines() if "  " in line.strip()]
    assert rows
    assert [line for line in rows if len(line) > WIDTH] == []


def test_the_command_line_calls_a_wrong_option_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "stakes", "JPN", "tungsten", "--lost-output")
    assert status == 2
    assert "--lost-output" in err
