"""Export papers where a country has no row, and by a user's own table."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest

from sogdia.codes import countries
from sogdia.data.provenance import OWN_NETWORK
from sogdia.errors import InputError
from sogdia.network import (
    DEFAULT_FORMALITY_NOTE,
    Rates,
    embedded_rates,
    read_formalities,
    with_formalities,
)

HEADER = "country,usd_per_t_low,usd_per_t_central,usd_per_t_high\n"


@pytest.fixture(scope="module")
def rates() -> Rates:
    return embedded_rates()


def test_every_present_country_can_be_an_origin(rates: Rates) -> None:
    for code, country in countries().items():
        if country.status == "current":
            assert rates.formality(code).usd_per_t.central >= 0


def test_the_default_spans_the_surveyed_rows_and_is_marked_as_assumed(rates: Rates) -> None:
    surveyed = [row.usd_per_t for row in rates.formalities if row.evidence == "derived"]
    default = rates.formality("COD")
    assert (default.evidence, default.note) == ("assumed", DEFAULT_FORMALITY_NOTE)
    assert default.usd_per_t.low == min(row.low for row in surveyed)
    assert default.usd_per_t.central == pytest.approx(median(row.central for row in surveyed), abs=0.01)
    assert default.usd_per_t.high == max(row.high for row in surveyed)


def test_a_users_row_takes_the_place_of_ours(rates: Rates, tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_text(HEADER + "COD,30,40,50\nKAZ,1,2,3\n", encoding="utf-8")
    own = with_formalities(rates, read_formalities(path))
    assert (own.formality("COD").usd_per_t.central, own.formality("KAZ").usd_per_t.high) == (40, 3)
    assert (own.formality("COD").source_ids, own.formality("COD").evidence) == ((OWN_NETWORK,), "assumed")
    assert own.formality("COD").note == "papers.csv"
    assert own.formality("UZB") == rates.formality("UZB")
    assert len(own.formalities) == len(rates.formalities)


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ("CDO,30,40,50\n", "country"),
        ("COD,30,20,50\n", "usd_per_t_central"),
        ("COD,-1,20,50\n", "usd_per_t_low"),
        ("COD,1,2,3\nCOD,1,2,3\n", "country"),
    ],
)
def test_a_malformed_table_of_export_papers_is_refused(rows: str, column: str, tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_formalities(path)
    assert {fault.column for fault in caught.value.faults} == {column}


def test_a_missing_table_of_export_papers_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read_formalities(tmp_path / "none.csv")
