"""The part of the report on claims of articles."""

from __future__ import annotations

from dataclasses import replace

from sogdia.brief import Report
from sogdia.brief.sections.claims import section
from sogdia.claims import claims
from sogdia.data import Store
from sogdia.render.blocks import Table


def test_the_part_has_every_claim_with_three_on_top(japan: Report, store: Store) -> None:
    made = section(replace(japan, claims=claims(store)))
    assert made is not None
    (table,) = made.blocks
    assert isinstance(table, Table)
    assert table.frame["claim"].to_list()[:4] == ["C06", "C01", "C15", "C02"]
    assert table.frame.height == 22
    assert "22 claims" in made.lead


def test_a_report_on_some_minerals_or_another_importer_has_none(japan: Report, korea: Report) -> None:
    assert section(japan) is None
    assert section(korea) is None


def test_a_report_on_everything_has_the_claims_on_its_importer(report: Report) -> None:
    assert report.claims is not None
    assert len(report.claims.findings) == 22
