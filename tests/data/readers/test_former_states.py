"""A state that has ended has no figures after its end, in whatever file they stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sogdia.data.embedded import snapshot
from sogdia.data.event_file import read_event_file
from sogdia.data.readers.reader import ReadTable
from sogdia.data.readers.recognise import recognise
from sogdia.errors import InputError
from support.national_files import COMEXT, plus
from support.output_files import BGS, USGS_2025
from support.reader_files import FLOWS, folder, governance, mining, purchases, release_files, workbook

LAST_YEAR = 2006
NAME, ISO3 = "Serbia and Montenegro", "SCG"


def written(path: Path, text: str) -> Path:
    (path / "file.csv").write_text(text, encoding="utf-8")
    return path / "file.csv"


FILES: dict[str, Callable[[Path], Path]] = {
    "baci": lambda path: folder(path, release_files(FLOWS.replace("398,392", "891,392"))),
    "comtrade": lambda path: written(path, plus(f"JPN M {ISO3} 261390 1 5")),
    "comext": lambda path: written(path, COMEXT.replace("DE,BR", "DE,CS")),
    "wmd": lambda path: workbook(path, {"Antimony": mining(NAME)}),
    "usgs": lambda path: written(path, USGS_2025.replace("Canada ", NAME)),
    "bgs": lambda path: written(path, BGS.replace("Ghana,GH,GHA", f"{NAME},CS,{ISO3}")),
    "wgi": lambda path: written(path, governance(ISO3)),
    "purchases": lambda path: written(path, purchases({"origin": NAME})),
}


def read(path: Path) -> None:
    """All that a file holds."""
    content = recognise(path).read()
    if not isinstance(content, ReadTable):
        content.each(lambda part: part.labelled().collect(), lambda _: None)


@pytest.mark.parametrize("kind", FILES)
def test_figures_of_a_state_after_its_end_are_refused(kind: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(FILES[kind](tmp_path))
    named = ("891", ISO3, NAME, "CS", "Canada", "4300", "0.5", "130000", "1000")
    assert any(fault.row is not None and (fault.value or "").startswith(named) for fault in caught.value.faults)


def test_an_event_of_a_state_after_its_end_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, f"event_id,mineral,country,first_year\nX,nickel,{ISO3},2014\n")
    with pytest.raises(InputError, match=str(LAST_YEAR)):
        read_event_file(file, snapshot())


def test_a_state_that_has_ended_may_stand_in_governance_without_figures(tmp_path: Path) -> None:
    content = recognise(written(tmp_path, governance(ISO3, ".."))).read()
    assert isinstance(content, ReadTable)
    assert content.frame.filter(content.frame["country"] == "JPN").height == 2
