"""Every figure of the annex leads to a source, and the count sees one that does not."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from sogdia.brief import counted
from sogdia.brief.figure_count import FigureCount
from sogdia.render.blocks import Column, Section, Table, Text


def test_every_figure_of_the_annex_leads_to_a_source(parts: tuple[Section, ...]) -> None:
    count = counted(parts)
    assert count.figures > 10_000
    assert count.with_source == count.figures


def test_figures_are_counted_in_words_and_cells() -> None:
    rows = pl.DataFrame({"name": ["a", "b"], "v": [1.5, None], "band": ["1 to 2", "none"]})
    table = Table("t", rows, (Column("name", "Name", "text"), Column("v", "V", "amount"), Column("band", "B", "text")),
                  "2 rows", ("SOGDIA",))  # fmt: skip
    section = Section("s", "S", "It is 3.4 of 10.", (table, Text(("In 2024.",), ("SOGDIA",))))
    assert counted((section,)) == FigureCount(2 + 1 + 2 + 1, 6)


def test_a_figure_without_a_source_or_with_an_unknown_one_is_found() -> None:
    text = Text(("7 tonnes",), ("SOGDIA",))
    section = Section("s", "S", "", (text,))
    assert counted((section,)) == FigureCount(1, 1)
    assert counted((replace(section, blocks=(replace(text, source_ids=()),)),)) == FigureCount(1, 0)
    assert counted((replace(section, blocks=(replace(text, source_ids=("NO_SUCH",)),)),)) == FigureCount(1, 0)


def test_a_row_that_names_its_source_is_judged_by_it() -> None:
    rows = pl.DataFrame({"v": [1.0, 2.0], "source_id": ["NO_SUCH", None]})
    table = Table("t", rows, (Column("v", "V", "amount"), Column("source_id", "Source", "source")), "rows", ("SOGDIA",))
    assert counted((Section("s", "S", "", (table,)),)) == FigureCount(2, 1)
