"""One list of readers: a reader added by one file is recognised, listed in help and errors, documented and used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from sogdia.data import open_store
from sogdia.data.adding import add
from sogdia.data.readers.reader import Reader, ReadTable, Template, TemplateColumn
from sogdia.data.readers.recognise import recognise
from sogdia.data.readers.registry import keys, reader, readers, registered
from sogdia.data.schema import conform
from sogdia.data.template import write_template
from sogdia.errors import InputError, UnknownNameError
from sogdia.tabular import checks
from sogdia.tabular.header import header_at, table
from sogdia.tabular.user_file import UserFile, the_sheet
from support.cli import run
from support.reader_files import YEARLY, folder, governance, mining, purchases, release_files, workbook

DOCS = Path(__file__).parents[3] / "docs"
HEADER = ("smelter", "year", "bought_t")


def _read(file: UserFile) -> ReadTable:
    """Purchases of a smelter that buys antimony from Tajikistan alone."""
    found = table(the_sheet(file, "smelter"), HEADER)
    company, year = checks.names(found.columns["smelter"]), checks.years(found.columns["year"])
    quantity = checks.quantities(found.columns["bought_t"])
    checks.refuse([*found.faults, *company.faults, *year.faults, *quantity.faults])
    bought = pl.DataFrame({"company": company.values, "year": year.values, "quantity_t": quantity.values})
    frame = bought.with_columns(
        mineral=pl.lit("antimony"), origin=pl.lit("TJK"), hs6=pl.lit(None), value_kusd=pl.lit(None)
    )
    return ReadTable("purchases", conform(frame, "purchases"), ("OWN_PURCHASES",), ("from a smelter's book",))


TOY = Reader(
    key="smelter",
    title="a smelter's book",
    table="purchases",
    replaces="the whole table",
    order=15,
    recognises=lambda file: any(header_at(grid, HEADER) is not None for grid in file.tables),
    read=_read,
    template=Template("book", tuple(TemplateColumn(name, 10) for name in HEADER), ("One row a year.",), ((1, 2, 3),)),
)


@pytest.fixture
def toy() -> Iterator[Reader]:
    with registered(TOY) as added:
        yield added


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "anything.csv"
    path.write_text("smelter,year,bought_t\nAnzob,2022,12.5\n", encoding="utf-8")
    return path


def test_a_toy_reader_is_recognised_by_content_and_its_rows_reach_the_store(
    toy: Reader, book: Path, tmp_path: Path
) -> None:
    assert recognise(book).reader is toy
    added = add(book, folder=tmp_path / "store")
    assert (added.table, added.rows, added.years) == ("purchases", 1, (2022,))
    stored = open_store(tmp_path / "store").scan("purchases").collect()
    assert stored.select("company", "origin", "quantity_t").rows() == [("Anzob", "TJK", 12.5)]


def test_a_toy_reader_is_listed_in_the_help_of_data_add(toy: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    status, shown, _ = run(capsys, "data", "add", "--help")
    assert status == 0
    assert "smelter: a smelter's book" in shown


def test_a_toy_reader_is_named_where_a_file_is_not_recognised(toy: Reader, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        add(path, folder=tmp_path / "store")
    (fault,) = caught.value.faults
    assert "a smelter's book" in fault.rule
    assert "smelter" in fault.remedy
    assert (fault.row, fault.value) == (1, "a, b")


def test_a_toy_reader_can_be_named_and_brings_its_template(toy: Reader, book: Path, tmp_path: Path) -> None:
    assert add(book, kind="smelter", folder=tmp_path / "store").rows == 1
    written = write_template(tmp_path / "book.csv", kind="smelter").read_text(encoding="utf-8")
    assert written == "smelter,year,bought_t\n"
    assert write_template(tmp_path / "book.xlsx", kind="smelter").exists()


def test_a_toy_reader_is_gone_afterwards(book: Path, tmp_path: Path) -> None:
    with registered(TOY):
        assert "smelter" in keys()
    assert "smelter" not in keys()
    with pytest.raises(UnknownNameError, match="kind of data"):
        add(book, kind="smelter", folder=tmp_path / "store")
    with pytest.raises(InputError):
        add(book, folder=tmp_path / "store")


def test_no_two_readers_have_one_key() -> None:
    assert len(set(keys())) == len(readers()) >= 4
    with registered(TOY), pytest.raises(ValueError, match="smelter"), registered(TOY):
        pass


@pytest.mark.parametrize("key", keys())
def test_every_reader_is_in_the_documentation(key: str) -> None:
    line = f"- {key}: {reader(key).title}; replaces {reader(key).replaces}"
    assert line in (DOCS / "cli.md").read_text(encoding="utf-8")
    assert f"| `{key}` |" in (DOCS / "your-own-data.md").read_text(encoding="utf-8")


def test_every_kind_of_file_is_recognised_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text(purchases({}), encoding="utf-8")
    (tmp_path / "two.csv").write_text(governance(), encoding="utf-8")
    (tmp_path / "three.csv").write_text(release_files()[YEARLY], encoding="utf-8")
    kinds = {
        "one.csv": "purchases",
        "two.csv": "wgi",
        "three.csv": "baci",
        workbook(tmp_path, {"Antimony": mining()}).name: "wmd",
        folder(tmp_path, release_files()).name: "baci",
    }
    assert {name: recognise(tmp_path / name).reader.key for name in kinds} == kinds
