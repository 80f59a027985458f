"""Every number in the report can be traced, and the words fit the numbers."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl
import pytest

from sogdia.brief import Report
from sogdia.brief.sections import sections
from sogdia.brief.source_list import cited
from sogdia.data import Store, source
from sogdia.render.blocks import Fold, Section, Text, figures, source_ids, tables, walk
from sogdia.render.formats import FORMATS
from sogdia.study import Study


def prose(parts: tuple[Section, ...]) -> list[str]:
    """Every sentence of the report that is not in a cell of a table."""
    found = []
    for part in parts:
        found += [part.title, part.lead]
        found += [block.summary for block in part.blocks if isinstance(block, Fold)]
        for block in walk(part.blocks):
            found += list(block.paragraphs) if isinstance(block, Text) else []
            found += [block.caption] if hasattr(block, "caption") else []
    return found


def test_every_block_names_a_source_and_every_source_resolves(parts: tuple[Section, ...]) -> None:
    blocks = [block for part in parts for block in walk(part.blocks)]
    assert len(blocks) > 100
    assert all(block.source_ids for block in blocks)
    assert all(source(i).licence for i in source_ids(parts))


def test_every_source_that_is_cited_stands_in_the_list_of_sources(parts: tuple[Section, ...]) -> None:
    listed = next(table.frame["source_id"].to_list() for table in tables(parts) if table.key == "sources")
    assert set(cited(parts[:-1])) == set(listed)
    assert len(listed) == len(set(listed))


def test_every_column_of_a_table_is_in_its_data_and_has_a_known_format(parts: tuple[Section, ...]) -> None:
    for table in tables(parts):
        assert {column.name for column in table.columns} <= set(table.frame.columns), table.key
        assert {column.format for column in table.columns} <= set(FORMATS), table.key


def test_every_share_has_a_definition_beside_it(parts: tuple[Section, ...]) -> None:
    shares = [(table.key, c.name) for table in tables(parts) for c in table.columns if c.format == "share"]
    undefined = [
        (table.key, c.name)
        for table in tables(parts)
        for c in table.columns
        if c.format == "share" and not c.definition
    ]
    assert len(shares) > 10
    assert undefined == []


def test_keys_of_figures_and_tables_are_unique(parts: tuple[Section, ...]) -> None:
    for keys in ([f.key for f in figures(parts)], [t.key for t in tables(parts)], [p.key for p in parts]):
        assert len(keys) == len(set(keys))


def test_every_figure_has_data_a_caption_with_a_number_and_words_for_those_who_cannot_see_it(
    parts: tuple[Section, ...],
) -> None:
    for figure in figures(parts):
        assert figure.frame.height > 0, figure.key
        assert re.search(r"\d", figure.caption), figure.key
        assert len(figure.alt) > len(figure.caption), figure.key


def test_no_sentence_shows_a_python_value(parts: tuple[Section, ...]) -> None:
    wrong = re.compile(r"\bNone\b|\bnan\b|\binf\b|\{|\}|\bnull\b|[A-Z]{3}27")
    assert [text for text in prose(parts) if wrong.search(text)] == []


def test_the_lead_counts_ranked_minerals_of_which_more_than_half_comes_from_one_maker(
    report: Report, parts: tuple[Section, ...]
) -> None:
    ranked = report.exposure.records.filter(pl.col("rank_group") == "ranked")
    makers = ranked.filter(pl.col("top_supplier_mark").is_null(), pl.col("top_supplier_weight_share") > 0.5)
    lead = next(part.lead for part in parts if part.key == "exposure")
    assert 0 < makers.height < ranked.height
    assert f"{makers.height} of the {ranked.height} ranked minerals" in lead


@pytest.mark.parametrize(("year", "percent"), [(2009, 82.7), (2012, 53.7)])
def test_china_s_share_in_japan_s_rare_earths_is_the_published_one(
    parts: tuple[Section, ...], year: int, percent: float
) -> None:
    story = next(table.frame for table in tables(parts) if table.key == "rare-earth-story")
    share = story.filter(pl.col("year") == year)["weight_share_reported"].item()
    assert 100 * share == pytest.approx(percent, abs=0.1)


def test_a_code_that_ended_is_told_as_not_mapped_and_never_as_zero(parts: tuple[Section, ...]) -> None:
    folds = {b.title: b for part in parts for b in part.blocks if isinstance(b, Fold)}
    assert "not mapped" in folds["Germanium"].summary
    assert "2016" in folds["Germanium"].summary
    assert [b.key for b in walk(folds["Germanium"].blocks) if hasattr(b, "caption")] == ["trend-germanium"]


def test_a_sale_that_is_not_recorded_is_a_dash_and_not_a_zero(parts: tuple[Section, ...]) -> None:
    supply = next(table.frame for table in tables(parts) if table.key == "partner-supply")
    assert supply["exports_to_importer_kusd"].null_count() > 0
    assert supply.filter(pl.col("exports_to_importer_kusd") == 0).is_empty()


SOME = ("chromium", "gold", "lithium", "rare_earths", "uranium")


@pytest.mark.parametrize(
    ("importer", "partners"),
    [
        ("KOR", ["CENTRAL_ASIA"]),
        ("EU27", ["AUS", "CHL"]),
        ("DEU", ["NAM"]),
        ("USA", ["MNG", "ZMB", "COD"]),
        ("TJK", ["JPN"]),
    ],
)
def test_the_words_fit_other_importers_and_partners(store: Store, importer: str, partners: list[str]) -> None:
    parts = sections(Study(importer, partners, store=store).report(minerals=SOME, with_hindcast=False))
    text = " ".join(prose(parts))
    assert "Japan's" not in text
    assert "Kazakhstan" not in " ".join(part.lead for part in parts if part.key in {"overview", "partners"})
    assert not re.search(r"\bNone\b|\bnan\b|\{|\}", text)
    assert all(source(i) for i in cited(parts))


def test_a_report_without_partners_has_no_part_on_them(report: Report) -> None:
    alone = replace(
        report,
        partners=(),
        partner_supply=replace(report.partner_supply, rows=report.partner_supply.rows.clear()),
        reserves=report.reserves.clear(),
        projects=report.projects.clear(),
    )
    parts = sections(alone)
    assert "partners" not in {part.key for part in parts}
    assert "partner" not in " ".join(prose(parts))


def test_partners_of_whom_nothing_is_recorded_are_said_to_supply_nothing(report: Report) -> None:
    silent = replace(
        report,
        partner_supply=replace(report.partner_supply, rows=report.partner_supply.rows.clear()),
        reserves=report.reserves.clear(),
        projects=report.projects.clear(),
    )
    parts = sections(silent)
    text = " ".join(prose(parts))
    assert "No direct sale of these minerals by Kazakhstan" in text
    assert "what they could add is not known" in text
    assert "No export, production, reserve or project of the partners is recorded for" in text


def test_a_report_on_one_mineral_leaves_out_what_it_does_not_touch(korea: Report) -> None:
    parts = sections(korea)
    assert "story" not in {part.key for part in parts}
    assert [f.key for f in figures(parts) if f.key.startswith("trend")] == ["trend-tungsten"]
