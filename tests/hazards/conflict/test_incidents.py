"""ACLED and GTD files of a user: counts near places, and faults that say where."""

from __future__ import annotations

from pathlib import Path

import pytest

from sogdia import InputError, SogdiaError, Study
from sogdia.data import Store
from sogdia.hazards.conflict.incidents import user_incidents
from sogdia.network import Corridors, Network

ACLED_HEADER = "event_id_cnty,event_date,year,event_type,country,latitude,longitude,notes\n"
GTD_HEADER = "eventid,iyear,imonth,country_txt,latitude,longitude,summary\n"
NEAR, FAR = "43.40,76.90", "51.17,71.43"
"""Beside Almaty, and in Astana."""


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "incidents.csv"
    path.write_bytes(text.encode(encoding))
    return path


def acled(*rows: tuple[int, str, str]) -> str:
    lines = (
        f'K{i},01 May {year},{year},{kind},Kazakhstan,{at},"a, ""note"""\n' for i, (year, kind, at) in enumerate(rows)
    )
    return ACLED_HEADER + "".join(lines)


def test_armed_events_of_acled_near_a_place_are_counted_and_protests_are_not(tmp_path: Path, network: Network) -> None:
    rows = [(2020, "Battles", NEAR), (2022, "Violence against civilians", NEAR), (2021, "Protests", NEAR)]
    found = user_incidents(written(tmp_path, acled(*rows, (2023, "Battles", FAR))), network)
    assert found.years == 4
    assert found.per_year["KAZ:Almaty"] == 0.5
    assert found.per_year["KAZ:Astana"] == 0.25
    assert found.per_year["KGZ:Osh"] == 0


def test_gtd_is_read_whatever_its_encoding_and_incidents_without_a_place_are_left_out(
    tmp_path: Path, network: Network
) -> None:
    text = (
        f"{GTD_HEADER}1,2011,5,Kazakhstan,{NEAR},caf\xe9\n2,2012,1,Kazakhstan,,,nowhere\n3,2020,1,Kazakhstan,{FAR},x\n"
    )
    found = user_incidents(written(tmp_path, text, "latin-1"), network, radius_km=30)
    assert found.years == 10
    assert found.per_year["KAZ:Almaty"] == 0.1
    assert found.radius_km == 30


def test_a_wider_radius_never_counts_fewer(tmp_path: Path, network: Network) -> None:
    path = written(tmp_path, acled(*((2020, "Battles", f"{43 + i / 10},{76 + i / 10}") for i in range(20))))
    near, wide = (user_incidents(path, network, radius) for radius in (20, 200))
    assert all(wide.per_year[place] >= count for place, count in near.per_year.items())


def test_incidents_become_outages_of_the_place_with_the_user_as_source(
    tmp_path: Path, store: Store, corridors: Corridors
) -> None:
    path = written(tmp_path, acled((2020, "Battles", NEAR), (2021, "Battles", NEAR)))
    answer = Study("JPN", store=store).hazard("KAZ:Almaty", incidents=path, corridors=corridors)
    outage = next(outage for outage in answer.outages if outage.cause == "armed incidents nearby")
    assert outage.rate_per_year.central == pytest.approx(1.0 * 0.01)
    assert outage.evidence == "assumed"
    assert "incidents.csv" in outage.note
    assert "OWN_HAZARDS" in answer.sources()


@pytest.mark.parametrize(
    ("text", "row", "column", "value"),
    [
        (acled((2020, "Battles", "143.4,76.9")), 2, "latitude", "143.4"),
        (acled((2020, "Battles", NEAR), (2020, "Battles", "43.4,east")), 3, "longitude", "east"),
        (acled((20, "Battles", NEAR)), 2, "year", "20"),
        (f"{GTD_HEADER}1,MMXI,5,Kazakhstan,{NEAR},x\n", 2, "iyear", "MMXI"),
        ("date,place\n2020,Almaty\n", 1, None, "date, place"),
    ],
)
def test_a_fault_names_file_row_column_and_value(
    tmp_path: Path, network: Network, text: str, row: int, column: str | None, value: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError) as refused:
        user_incidents(path, network)
    fault = refused.value.faults[0]
    assert (fault.file, fault.row, fault.column, fault.value) == (str(path), row, column, value)
    assert fault.remedy


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rest", b"year,latitude,longitude,event_type\n"])
def test_a_file_that_holds_no_incidents_is_refused(tmp_path: Path, network: Network, content: bytes) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(InputError):
        user_incidents(path, network)


def test_a_file_that_does_not_exist_is_refused(tmp_path: Path, network: Network) -> None:
    with pytest.raises(SogdiaError, match="no such file"):
        user_incidents(tmp_path / "none.csv", network)
