"""The workbook holds the same numbers as the frames, and no cell of it is a formula."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import fastexcel
import openpyxl
import polars as pl
import pypdf
from polars.testing import assert_frame_equal

from sogdia.render.blocks import Column, Section, Table, stacked
from sogdia.render.excel import sheet_name, tidy, write_workbook
from sogdia.render.excel_sheet import NAMES, ordered

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "plain", '=HYPERLINK("http://example.org")']


def read(path: Path, sheet: str) -> pl.DataFrame:
    return fastexcel.read_excel(path).load_sheet(sheet, header_row=NAMES).to_polars()


def test_the_workbook_read_back_equals_the_tables(folder: Path, parts: tuple[Section, ...]) -> None:
    names = fastexcel.read_excel(folder / "tables.xlsx").sheet_names
    groups = stacked(parts)
    assert names == ["contents", "summary", "notes", *(sheet_name(file) for file in groups)]
    for file, group in groups.items():
        ours = tidy(group)
        ours = ours.select(ordered(ours))
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
        sheets = [archive.read(f"xl/worksheets/sheet{n}.xml").decode() for n in range(4, 4 + len(stacked(parts)))]
    assert all('state="frozen"' in sheet and "<autoFilter" in sheet for sheet in sheets)
    assert all('orientation="landscape"' in sheet and 'fitToHeight="0"' in sheet for sheet in sheets)


def test_every_sheet_says_what_it_holds_from_where_and_of_when(folder: Path, parts: tuple[Section, ...]) -> None:
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    for file, group in stacked(parts).items():
        title, caption, sources, dated = (row[0].value for row in book[sheet_name(file)].iter_rows(max_row=4))
        assert "mineral imports" in title
        assert caption == group[0].caption
        assert sources.startswith("Sources: ")
        assert "Trade of" in dated
        assert book[sheet_name(file)].print_title_rows == f"${NAMES}:${NAMES + 1}"


def test_contents_lead_to_every_sheet(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    targets = {link.hyperlink.location for row in book["contents"].iter_rows() for link in row if link.hyperlink}
    assert targets == {f"'{name}'!A1" for name in book.sheetnames if name != "contents"}


def test_bands_are_numbers_beside_their_central_figure(folder: Path) -> None:
    losses = read(folder / "tables.xlsx", "losses")
    at = losses.columns.index("price")
    assert losses.columns[at : at + 3] == ["price", "price_low", "price_high"]
    assert losses["price_low"].dtype == pl.Float64
    assert not [name for name in losses.columns if name.endswith("_band")]


def test_the_summary_sheet_repeats_figures_of_the_tables(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "tables.xlsx")
    cells = [cell.value for row in book["summary"].iter_rows() for cell in row if cell.value is not None]
    first = read(folder / "tables.xlsx", "exposure").row(0, named=True)
    assert first["name"] in cells
    assert first["import_value_kusd"] in cells


def test_another_program_opens_the_workbook_without_repair(folder: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    assert office, "LibreOffice (calc, without a display) opens the workbook in this test: install it"
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(folder / "tables.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "tables.pdf").pages[:3])
    assert "Contents" in text or "what it holds" in text
    assert "#NAME" not in text
    assert "Err:" not in text
