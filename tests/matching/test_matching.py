"""Needs and offers are set side by side in both directions, every figure has a source or a reason, gaps named."""

from __future__ import annotations

import json

import pytest

from sogdia import InputError, Study
from sogdia.answer import KEYS
from sogdia.matching import Matching
from sogdia.matching.pair import FITS, NEED, OFFER, TO_IMPORTER, TO_PARTNER, fit_of
from support.cli import run

MINERALS = ["titanium", "chromium", "tungsten"]


@pytest.fixture(scope="module")
def answer(store) -> Matching:
    return Study("JPN", store=store).match("Central Asia", MINERALS, year=2022, with_losses=False)


def test_every_figure_has_a_source_or_says_why_it_is_null(answer: Matching) -> None:
    figures = [(pair.code, figure) for pair in answer.pairs for figure in pair.figures]
    without_source = [(code, f.variable) for code, f in figures if f.value and not f.source_ids]
    assert without_source == []
    assert [(code, f.variable) for code, f in figures if f.value is None and not f.reason] == []


def test_both_directions_are_there_with_buyer_and_seller_exchanged(answer: Matching) -> None:
    assert {(p.direction, p.buyer, p.seller) for p in answer.pairs} == {
        (TO_IMPORTER, "JPN", "CENTRAL_ASIA"), (TO_PARTNER, "CENTRAL_ASIA", "JPN"),
    }  # fmt: skip


def test_ferro_alloys_are_supplied_today_as_the_headings_show(answer: Matching) -> None:
    alloys = next(p for p in answer.of(TO_IMPORTER) if p.code == "7202")
    assert alloys.fit == "supplies"
    assert 0.1 < (alloys.value(OFFER, "share_of_importer_imports") or 0.0) < 0.4


def test_a_mineral_holds_need_and_offer_together(answer: Matching) -> None:
    tungsten = next(p for p in answer.of(TO_IMPORTER) if (p.kind, p.code) == ("mineral", "tungsten"))
    assert (tungsten.value(NEED, "import_value") or 0.0) > 0
    assert (tungsten.value(OFFER, "projects") or 0.0) >= 1
    assert tungsten.labels["projects"]
    assert all(f.reason for f in tungsten.figures if f.variable.startswith("loss"))


def test_the_way_has_a_cost_where_a_mine_is_on_record(answer: Matching) -> None:
    chromium = next(p for p in answer.of(TO_IMPORTER) if (p.kind, p.code) == ("mineral", "chromium"))
    low, central, high = (chromium.value(OFFER, f"route_cost_{stat}") for stat in ("low", "central", "high"))
    assert low is not None
    assert central is not None
    assert high is not None
    assert 0 < low <= central <= high


def test_what_a_pair_lacks_is_named(answer: Matching) -> None:
    elsewhere = [p for p in answer.of(TO_IMPORTER) if p.fit in ("could_supply", "not_offered", "not_yet")]
    assert elsewhere
    assert [p.code for p in elsewhere if not p.gaps] == []


def test_the_pairs_stand_by_fit_and_then_by_purchases(answer: Matching) -> None:
    order = [list(FITS).index(p.fit) for p in answer.of(TO_IMPORTER)]
    assert order == sorted(order)
    assert sum(answer.counts().values()) == len(answer.of())


def test_the_long_table_has_a_row_for_every_figure(answer: Matching) -> None:
    table = answer.table()
    assert table.columns[: len(KEYS)] == list(KEYS)
    assert table.height == sum(len(pair.figures) for pair in answer.pairs)
    assert set(answer.sources()) >= {"CEPII_BACI"}


def test_plain_values_are_ready_for_json(answer: Matching) -> None:
    content = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    first = content["pairs"][0]
    assert first["need"]["import_value"].keys() == {"value", "unit", "year", "source_id", "reason"}


@pytest.mark.parametrize(
    ("sales", "made", "prospects", "bought", "fit"),
    [
        (1.0, 1.0, 0.0, 1000.0, "supplies"),
        (0.0, 1.0, 5.0, 1000.0, "could_supply"),
        (None, None, 5.0, 1000.0, "not_yet"),
        (None, None, 0.0, 1000.0, "not_offered"),
        (0.0, 1.0, 0.0, None, "no_need_on_record"),
        (0.0, 1.0, 0.0, 99.0, "no_need_on_record"),
    ],
)
def test_a_pair_has_the_first_fit_that_holds(sales, made, prospects, bought, fit) -> None:
    assert fit_of(sales, made, prospects, bought) == fit


def test_partner_and_importer_share_no_country(store) -> None:
    with pytest.raises(InputError, match="counts once"):
        Study("JPN", store=store).match("G7")


def test_the_command_prints_what_can_be_offered_and_what_is_missing(capsys) -> None:
    status, output, _ = run(capsys, "match", "日本", "KZ", "-m", "Ti", "-y", "2022", "--no-losses", "--full")
    assert status == 0
    assert "What Kazakhstan can offer Japan, 2022" in output
    assert "Titanium" in output


def test_exports_of_a_crumb_by_who_makes_none_are_no_offer() -> None:
    from sogdia.matching.pair import offered

    assert offered(None, 7.3, 2_000_000.0) is None
    assert offered(4.0, 7.3, 2_000_000.0) == 7.3
    assert offered(None, 7.3, 100.0) == 7.3


def test_a_pair_carries_the_coverage_of_the_need_and_the_loss_of_a_product() -> None:
    pairs = Study("JPN").match("KAZ", "antimony").to_dict()["pairs"]
    by_code = {(p["direction"], p["code"]): p for p in pairs}
    ore, metal = by_code["to_importer", "antimony"], by_code["to_importer", "antimony_metal"]
    assert ore["coverage"] == metal["coverage"] == "fringe"
    assert ore["missing_codes"] == ["811000", "282580"]
    assert metal["missing_codes"] == ["811000"]
    assert metal["need"]["loss_central"]["value"] > 0
    assert metal["labels"]["supplier_lost"] == "CHN"
