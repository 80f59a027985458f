"""One file is enough for a new indicator: the effective number of suppliers, declared here, is found everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import polars as pl
import pytest

from sogdia import Study
from sogdia.brief.sections import sections
from sogdia.concentration import herfindahl
from sogdia.data import Store
from sogdia.errors import InputError
from sogdia.exposure import Indicator, Label, Measure, indicators, measures, register
from sogdia.exposure.measure import TABLE, Columns
from sogdia.exposure.record_inputs import RecordInputs
from sogdia.exposure.tables import FLOWS
from sogdia.exposure.weights import floats
from sogdia.render.blocks import tables
from support.cli import run
from support.programs import TOOLS, loaded

NAME = "effective_suppliers"


def columns(inputs: RecordInputs) -> Columns:
    """1 / HHI by value: as many equal suppliers would be as concentrated. And a word on it."""
    value = floats(inputs.outside, "value_kusd")
    number = 1.0 / herfindahl(value, inputs.outside_record, inputs.records)
    return {NAME: number, "effective_word": pl.Series(np.where(number < 2, "few", "many"))}


def notes(records: pl.DataFrame) -> tuple[str, ...]:
    return tuple(f"{name}: fewer than two suppliers." for name in records.filter(pl.col(NAME) < 2)["name"])


TOY = Indicator(
    "effective suppliers",
    25,
    (
        Measure(NAME, "count", "Effective number of suppliers", "1 / HHI by value", FLOWS, TABLE, "Effective"),
        Label("effective_word", "In a word", "few or many", TABLE),
    ),
    columns,
    notes,
)


@pytest.fixture
def registered() -> Iterator[None]:
    with register(TOY):
        yield


@pytest.mark.usefixtures("registered")
def test_a_new_indicator_is_in_the_records_the_long_table_the_notes_and_the_list_of_measures(store: Store) -> None:
    answer = Study("JPN", store=store).expose("niobium", year=2022)
    record = answer.records.row(0, named=True)
    assert record[NAME] == pytest.approx(1.0 / record["import_hhi_value"])
    assert record["effective_word"] == "few"
    row = answer.table().filter(pl.col("variable") == NAME).row(0, named=True)
    assert (row["value"], row["unit"], row["source_id"]) == (record[NAME], "count", "CEPII_BACI")
    assert "Niobium: fewer than two suppliers." in answer.notes
    assert measures()[NAME].definition == "1 / HHI by value"


@pytest.mark.usefixtures("registered")
def test_a_new_indicator_is_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    status, written, _ = run(capsys, "expose", "JPN", "-m", "niobium", "-y", 2022, "--json")
    content = json.loads(written)
    assert status == 0
    assert content["records"][0][NAME] > 0
    assert (content["units"][NAME], content["definitions"][NAME]) == ("count", "1 / HHI by value")
    _, text, _ = run(capsys, "expose", "JPN", "-m", "niobium", "-y", 2022, "--full")
    heading, row = (next(line for line in text.splitlines() if line.startswith(w)) for w in ("Mineral", "Niobium"))
    assert " Effective " in heading
    assert row.split()[-1] == "few"


@pytest.mark.usefixtures("registered")
def test_a_new_indicator_is_among_the_definitions_of_the_report_and_of_the_documentation(store: Store) -> None:
    report = Study("KOR", [], store=store).report(minerals=["niobium"], with_hindcast=False)
    (definitions,) = [table for table in tables(sections(report)) if table.key == "glossary"]
    assert NAME in definitions.frame["variable"].to_list()
    assert f"| `{NAME}` | Effective number of suppliers | count | 1 / HHI by value |" in documented()


def documented() -> str:
    """The page of measures as the documentation would have it."""
    with loaded(TOOLS / "write_docs.py") as program:
        page: str = program.measures_page()
    return page


def test_it_is_gone_when_the_block_ends(store: Store) -> None:
    with register(TOY):
        assert TOY in indicators()
    assert TOY not in indicators()
    assert NAME not in measures()
    assert NAME not in Study("JPN", store=store).expose("niobium", year=2022).records.columns


def test_indicators_stand_in_their_order_whatever_their_files_are_called() -> None:
    names = [indicator.name for indicator in indicators()]
    assert names == [
        "imports", "concentration", "trend", "production", "reliance", "geopolrisk", "ec_supply_risk"
    ]  # fmt: skip
    with register(TOY):
        assert [i.name for i in indicators()].index("effective suppliers") == names.index("trend")


def test_a_name_that_is_taken_is_refused() -> None:
    taken = Indicator("again", 99, (Measure("suppliers", "count", "Suppliers", "", FLOWS),), columns)
    with pytest.raises(InputError, match=r"indicator again: found 'suppliers'; another indicator has this column"):
        register(taken).__enter__()


def test_a_column_that_is_computed_must_be_declared(store: Store) -> None:
    silent = Indicator("silent", 99, (), columns)
    with register(silent), pytest.raises(ValueError, match=f"silent computes {NAME}"):
        Study("JPN", store=store).expose("niobium", year=2022)


def test_every_label_and_reason_and_band_is_a_declared_column() -> None:
    declared = {column.variable for indicator in indicators() for column in indicator.columns}
    for measure in measures().values():
        assert {*(measure.band or ()), *filter(None, [measure.reason])} <= declared
        assert measure.unit
        assert measure.definition
