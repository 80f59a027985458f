"""An exporter's buyers add up to its exports, and what they buy from others is unmet demand."""

from __future__ import annotations

import json

import pytest

from sogdia import ExporterPosition, NoAnswerError, Study
from sogdia.exposure.exporter import UNSERVED_SHOWN
from sogdia.sums import total
from support.cli import run


@pytest.fixture(scope="module")
def answer(store) -> ExporterPosition:
    return Study("JPN", store=store).expose_exporter("Kazakhstan", ["chromium", "zinc"], year=2022)


def test_sales_to_all_buyers_are_the_exports(answer: ExporterPosition) -> None:
    sums = answer.rows.group_by("mineral").agg(total("sales_kusd"), total("share_of_exports"))
    for row in sums.join(answer.minerals, on="mineral").iter_rows(named=True):
        assert row["sales_kusd"] == pytest.approx(row["exports_kusd"])
        assert row["share_of_exports"] == pytest.approx(1.0)


def test_sales_and_unmet_demand_are_the_imports_of_a_buyer(answer: ExporterPosition) -> None:
    for row in answer.rows.iter_rows(named=True):
        assert row["sales_kusd"] + row["unmet_kusd"] == pytest.approx(row["imports_kusd"])
        assert 0 <= row["share_of_imports"] <= 1


def test_the_largest_buyers_that_buy_none_are_shown(answer: ExporterPosition) -> None:
    unserved = answer.rows.filter(answer.rows["sales_kusd"] <= 0)
    assert unserved.group_by("mineral").len()["len"].to_list() == [UNSERVED_SHOWN, UNSERVED_SHOWN]


def test_forms_that_the_codes_do_not_see_are_named_and_headings_stand_beside(answer: ExporterPosition) -> None:
    assert any("Chromium (ferrochromium" in note for note in answer.notes)
    assert "7202" in answer.headings["heading"].to_list()


def test_the_answer_is_ready_for_json_with_sources(answer: ExporterPosition) -> None:
    content = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    assert content["exporter"] == "KAZ"
    assert content["sources"].keys() == set(answer.sources())
    assert answer.table()["source_id"].null_count() == 0


def test_an_exporter_without_exports_is_no_answer(store) -> None:
    with pytest.raises(NoAnswerError, match="no export of Tajikistan in 2022"):
        Study("JPN", store=store).expose_exporter("TJK", "niobium", year=2022)


def test_the_command_shows_buyers_and_refuses_a_stage(capsys) -> None:
    status, output, _ = run(capsys, "expose", "--exporter", "Казахстан", "-m", "Zn", "-y", "2022", "--full")
    assert status == 0
    assert "Kazakhstan: buyers and unmet demand in 2022" in output
    status, _, error = run(capsys, "expose", "--exporter", "KAZ", "--stage", "ore")
    assert status == 2
    assert "--exporter" in error
