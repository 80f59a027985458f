"""The partner's summary: sales that do not overlap, what stays at home, and the plan from the other side."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from sogdia.brief.files import resolved
from sogdia.brief.summary import PartnerEvidence, compose_partner
from sogdia.brief.summary.cited import Wording, text_of
from sogdia.brief.summary.kept import home_part, main_ledger
from sogdia.brief.summary.page import summary_page
from sogdia.brief.summary.partner_evidence import partner_gathered
from sogdia.brief.summary.sheet import summary_pdf
from sogdia.brief.summary.sold import sales_of
from sogdia.codes import economy
from sogdia.data import Store
from sogdia.plan.for_report import PlanFound
from sogdia.render.languages import catalogue
from sogdia.study import Study
from support.summaries import MINE, plan_of

MOST_WORDS = 900
OWN = "sareco_stepnogorsk"


@pytest.fixture(scope="module")
def kazakhstan(store: Store) -> PartnerEvidence:
    """Kazakhstan as seller to Japan, with a plan that backs one of its projects."""
    study = Study("JPN", ["KAZ"], store=store)
    found = PlanFound(plan_of({**MINE, "project": OWN, "name": "SARECO"}), "", 1)
    return partner_gathered(
        store, study.importer, economy("KAZ"), study.minerals(), study.year(), plan=lambda: found
    )  # fmt: skip


@pytest.fixture(scope="module")
def say() -> Wording:
    """English."""
    return Wording(catalogue("en"))


def test_every_figure_leads_to_a_source_and_the_words_are_few(kazakhstan: PartnerEvidence) -> None:
    made = compose_partner(kazakhstan)
    assert resolved(made.figures) == len(made.figures) > 60
    assert made.words <= MOST_WORDS
    assert len(pypdf.PdfReader(io.BytesIO(summary_pdf(made))).pages) == 2
    assert "<script" not in summary_page(made)


def test_sales_add_up_by_stage_and_hold_each_good_once(kazakhstan: PartnerEvidence, say: Wording) -> None:
    sales = sales_of(kazakhstan, say)
    assert sales is not None
    assert sum(total for total, _ in sales.stages().values()) == pytest.approx(sales.exports)
    assert len({one.name for one in sales.goods}) == len(sales.goods)
    for one in sales.goods:
        assert sum(value for _, value in one.buyers) <= one.exports * 1.01
    ores = {one.name: one.exports for one in sales.goods if one.stage == "ore"}
    assert ores["copper ore"] > 1000
    assert 0.2 < sales.raw_part < 0.4


def test_goods_of_which_more_is_sold_than_made_are_marked(kazakhstan: PartnerEvidence, say: Wording) -> None:
    mined = replace(kazakhstan, resold=frozenset())
    sales = sales_of(mined, say)
    assert sales is not None
    ore = next(one for one in sales.goods if one.stage == "ore")
    assert "copper" in ore.name
    told = [replace(kazakhstan, resold=frozenset(minerals)) for minerals in (set(), {"copper"})]
    shown = [summary_page(compose_partner(one)) for one in told]
    assert ["Copper ore\u2020" in page for page in shown] == [False, True]
    assert ["the origin is another" in page for page in shown] == [False, True]


def test_what_is_sold_on_is_read_from_the_data(store: Store) -> None:
    study = Study("JPN", ["UZB"], store=store)
    found = partner_gathered(
        store, study.importer, economy("UZB"), study.minerals(), study.year(), plan=lambda: PlanFound(None, "minerals")
    )  # fmt: skip
    assert "iron" in found.resold
    assert "copper" not in found.resold


def test_the_lines_name_the_largest_buyer_what_stays_and_what_is_backed(kazakhstan: PartnerEvidence) -> None:
    sells, keeps, together = (text_of(line.sentence) for line in compose_partner(kazakhstan).lines)
    assert sells.startswith("China takes ")
    assert keeps.startswith("Of a dollar of non-ferrous metals at most 90")
    assert together == "Japan gains by backing SARECO Stepnogorsk rare-earth plant."


def test_what_stays_at_home_is_all_but_the_imports_of_the_chain(kazakhstan: PartnerEvidence, say: Wording) -> None:
    ledger = main_ledger(kazakhstan, say)
    assert ledger is not None
    part, imports = home_part(ledger), ledger.figures["imports"]
    assert part is not None
    assert imports.high is not None
    assert part[0] == pytest.approx(1.0 - imports.high)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (None, "No project here can be weighed for Japan."),
        ({**plan_of(), "agreement": [{"project": OWN, "low": 2.0, "high": 1.0, "nash": None}]},
         "Japan alone repays no project here; SARECO Stepnogorsk rare-earth plant comes nearest."),
        ({**plan_of(), "agreement": [{"project": OWN, "low": 2.0, "high": 1e-15, "nash": None}]},
         "No project here can be weighed for Japan."),
    ],
)  # fmt: skip
def test_the_third_line_refuses_rather_than_comforts(
    kazakhstan: PartnerEvidence, plan: dict[str, Any] | None, said: str
) -> None:
    made = compose_partner(replace(kazakhstan, plan=plan))
    assert text_of(made.lines[2].sentence) == said
