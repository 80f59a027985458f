"""A part of the report that one file registers is in the page, its contents, the workbook and the data files."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest

import sogdia.brief.sections as room
from sogdia.brief import Report, write
from sogdia.brief.part import Part
from sogdia.brief.provenance import trade_sources
from sogdia.brief.sections import parts, register, sections
from sogdia.data import Store
from sogdia.errors import InputError
from sogdia.render.blocks import Column, Section, Table
from sogdia.render.excel_sheet import NAMES


def toy(report: Report) -> Section | None:
    """One table with a row for each mineral; nothing where the report is on a single one."""
    if len(report.minerals) == 1:
        return None
    table = Table(
        key="toy-minerals",
        frame=pl.DataFrame({"name": [mineral.name for mineral in report.minerals]}),
        columns=(Column("name", "Mineral of the toy", "text"),),
        caption=f"{len(report.minerals)} minerals of the toy.",
        source_ids=trade_sources(report),
    )
    return TOY.section("The toy counts minerals.", (table, None))


TOY = Part("toy", "A toy part", 25, toy)


def test_a_part_registered_by_one_file_is_in_page_contents_workbook_and_data(
    japan: Report, store: Store, tmp_path: Path
) -> None:
    with register(TOY):
        folder = write(japan, tmp_path / "brief", store)
    page = (folder / "annex.html").read_text(encoding="utf-8")
    contents = re.findall(r'<li><a href="#([a-z]+)">([^<]+)</a></li>', page)
    assert contents[:3] == [("overview", "Where the exposure lies"), ("exposure", "Exposure, mineral by mineral"),
                            ("toy", "A toy part")]  # fmt: skip
    assert '<section id="toy"' in page
    assert "The toy counts minerals." in page
    assert "Mineral of the toy" in page
    sheet = pl.read_excel(folder / "tables.xlsx", sheet_name="toy-minerals", read_options={"header_row": NAMES})
    assert sheet["name"].to_list() == [mineral.name for mineral in japan.minerals]
    listed = pl.read_excel(folder / "tables.xlsx", sheet_name="contents", read_options={"header_row": 2})
    assert "toy-minerals" in listed["sheet"].to_list()
    assert pl.read_csv(folder / "data" / "toy-minerals.csv").height == len(japan.minerals)
    assert "toy-minerals.csv" in (folder / "manifest.json").read_text(encoding="utf-8")


def test_a_part_is_gone_when_its_context_closes(japan: Report) -> None:
    with register(TOY):
        assert TOY in parts()
    assert TOY not in parts()
    assert "toy" not in {section.key for section in sections(japan)}


def test_a_part_with_nothing_to_say_is_left_out(germany: Report) -> None:
    with register(TOY):
        assert "toy" not in {section.key for section in sections(germany)}


def test_a_key_is_registered_once() -> None:
    with register(TOY), pytest.raises(InputError, match="toy"), register(TOY):
        pass
    assert TOY not in parts()


def test_every_file_of_the_folder_is_a_part_with_a_place_of_its_own() -> None:
    folder = Path(room.__file__).parent
    files = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert {part.make.__module__.rsplit(".", 1)[1] for part in parts()} == files
    assert len({part.order for part in parts()}) == len({part.key for part in parts()}) == len(parts())
    assert [part.order for part in parts()] == sorted(part.order for part in parts())


def test_sections_stand_in_the_order_of_the_registry_then_glossary_and_sources(korea: Report) -> None:
    made = sections(korea)
    order = [part.key for part in parts()]
    assert [section.key for section in made] == [key for key in order if key in {s.key for s in made}] + [
        "glossary",
        "sources",
    ]
