"""The report's part on what is at stake, and the sentence on its first page that names industries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sogdia.brief import Report
from sogdia.brief.cost_line import cost_in_industries, industries
from sogdia.brief.sections.overview import section as overview
from sogdia.brief.sections.stakes import section
from sogdia.data.coverage_grade import GRADE_NAMES, WHOLE_CHAIN
from sogdia.render.blocks import Figure, Section, Table


@pytest.fixture(scope="module")
def part(japan: Report) -> Section:
    made = section(japan)
    assert made is not None
    return made


def test_the_part_shows_importance_against_risk_with_a_table(part: Section) -> None:
    figures = [block for block in part.blocks if isinstance(block, Figure)]
    tables = [block for block in part.blocks if isinstance(block, Table)]
    assert [figure.key for figure in figures] == [table.key for table in tables] == ["stakes"]
    assert {"economic_importance", "supply_risk_of_imports"} <= set(figures[0].frame.columns)
    assert set(figures[0].frame["name"]) <= set(tables[0].frame["name"])


def test_a_point_is_hollow_where_coverage_is_partial(part: Section) -> None:
    frame = next(block.frame for block in part.blocks if isinstance(block, Figure))
    partial = frame.filter(frame["detail"] != GRADE_NAMES[WHOLE_CHAIN])
    assert partial.height
    assert partial["hollow"].all()


def test_a_mineral_that_the_codes_hardly_see_has_no_risk(part: Section) -> None:
    table = next(block.frame for block in part.blocks if isinstance(block, Table))
    assert table.filter(table["mineral"] == "chromium")["supply_risk_of_imports"].to_list() == [None]


def test_the_first_page_names_the_industries_of_the_largest_loss(japan: Report) -> None:
    line = cost_in_industries(japan)
    assert line in overview(japan).lead
    borne, _ = industries(japan, "niobium")
    assert borne[0][0] in line
    assert sum(share for _, share in borne) <= 1.0 + 1e-9


def test_a_report_without_stakes_has_neither(japan: Report) -> None:
    bare = replace(japan, stakes=None)
    assert section(bare) is None
    assert cost_in_industries(bare) == ""
