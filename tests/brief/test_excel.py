"""The workbook holds the same numbers as the frames, and no cell of it is a formula."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import fastexcel
import polars as pl
from polars.testing import assert_frame_equal

from sogdia.render.blocks import Column, Section, Table, stacked
from sogdia.render.excel import sheet_name, tidy, write_workbook

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "plain", '=HYPERLINK("http://example.org")']


def read(path: Path, sheet: str) -> pl.DataFrame:
    return fastexcel.read_excel(path).load_sheet(sheet).to_polars()


def test_the_workbook_read_back_equals_the_tables(folder: Path, parts: tuple[Section, ...]) -> None:
    names = fastexcel.read_excel(folder / "tables.xlsx").sheet_names
    groups = stacked(parts)
    assert names == ["contents", "notes", *(sheet_name(file) for file in groups)]
    for file, group in groups.items():
        ours = tidy(group)
        theirs = read(folder / "tables.xlsx", sheet_name(file)).select(
            pl.col(name).cast(kind) for name, kind in ours.schema.items()
        )
        assert_frame_equal(theirs, ours, rel_tol=1e-12)


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    table = Table("hostile", pl.DataFrame({"a": HOSTILE}), (Column("a", "A", "text"),), "hostile text", ("SOGDIA",))
    section = Section("s", "S", "", (table,))
    path = write_workbook(tmp_path / "t.xlsx", (section,), title="=title", notes=("=note",))
    with zipfile.ZipFile(path) as archive:
        cells = " ".join(archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/worksheets/sheet"))
    assert not re.search(r"<f[ >]", cells)
    assert read(path, "hostile")["a"].to_list() == HOSTILE


def test_long_sheet_names_are_cut_to_what_excel_allows() -> None:
    assert len(sheet_name("x" * 40)) == 31


def test_every_sheet_freezes_its_header_and_has_filters(folder: Path, parts: tuple[Section, ...]) -> None:
    with zipfile.ZipFile(folder / "tables.xlsx") as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{n}.xml").decode() for n in range(3, 3 + len(stacked(parts)))]
    assert all('state="frozen"' in sheet and "<autoFilter" in sheet for sheet in sheets)
