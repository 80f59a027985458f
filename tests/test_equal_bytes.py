"""The same command on the same data gives the same bytes, whatever the hash seed, threads, locale and time zone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from sogdia import Study
from sogdia.brief import collect
from sogdia.data import Store
from support.whole_report import documented

LIBRARY = Path(pl.__file__).parent
SETTINGS = (
    {"PYTHONHASHSEED": "1", "POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "77", "POLARS_MAX_THREADS": "5", "OPENBLAS_NUM_THREADS": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
)
OTHER = SETTINGS[1]
COMMANDS = (
    ("expose", "JPN", "--json"),
    ("expose", "EU27", "--year", "2012", "--json"),
    ("expose", "DEU", "-m", "rare_earths"),
    ("shock", "rare_earths", "--year", "2009", "--cut", "CHN=0.4", "--draws", "20", "--json"),
    ("shock", "cobalt", "--embargo", "COD", "-i", "EU27", "--draws", "8", "--json"),
    ("shock", "cobalt", "--output", "COD=0.5", "--chain", "--draws", "4", "--json"),
    ("route", "KAZ:Khromtau", "--mineral", "chromium", "--json"),
)


def printed(setting: dict[str, str], *arguments: str) -> bytes:
    """What a command prints in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "sogdia", *arguments], env={**os.environ, **setting}, capture_output=True, check=True
    )
    return run.stdout


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a report by its path, the manifest without the time it was made."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    manifest = json.loads(found.pop("manifest.json"))
    manifest.pop("created")
    return {**found, "manifest.json": json.dumps(manifest).encode()}


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_prints_the_same_bytes_in_two_processes(arguments: tuple[str, ...]) -> None:
    one, other = (printed(setting, *arguments) for setting in SETTINGS)
    assert one == other


@pytest.mark.slow
def test_the_report_of_one_study_is_the_same_in_two_processes_but_for_its_time(
    store: Store, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This process has its own hash seed, threads, locale and time zone; the command is given others."""
    assert os.environ.get("PYTHONHASHSEED") != OTHER["PYTHONHASHSEED"]
    here, there = tmp_path / "here" / "report", tmp_path / "there" / "report"
    hindcast = documented(tmp_path_factory, store)
    monkeypatch.setattr(collect, "first_years", lambda _: hindcast)
    Study("JPN", ["KAZ"], store=store).brief(here, minerals=["rare_earths"])
    printed(OTHER, "brief", "--mineral", "rare_earths", "--partner", "KAZ", "--out", str(there))
    one, other = map(files, (here, there))
    assert one.keys() == other.keys()
    assert {"annex.html", "data/losses.csv", "data/corridors.csv", "data/hindcast-errors.csv"} <= set(one)
    assert [name for name, content in one.items() if content != other[name]] == []


def test_no_answer_groups_rows_in_the_engine_that_splits_them_between_threads(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_lazy_frames = pl.LazyFrame.group_by

    def refused(frame: pl.LazyFrame, *by: object, **options: object) -> object:
        """A collected frame is grouped by way of the same method, called in the library itself and in memory."""
        if Path(sys._getframe(1).f_code.co_filename).is_relative_to(LIBRARY / "dataframe"):
            return of_lazy_frames(frame, *by, **options)
        raise AssertionError("group a frame that has been collected: the lazy engine adds in any order")

    monkeypatch.setattr(pl.LazyFrame, "group_by", refused)
    study = Study("KOR", ["AUS"], store=store)
    study.expose(["tin", "cobalt"])
    study.history("tin")
    study.origin("tin")
    study.partner_supply()
    study.shock("cobalt", output="COD=0.5", draws=4)
    study.shock("tin", cut="IDN=0.5", draws=4, ore_only=True, assume_home=True)
    study.supplier_losses("cobalt", draws=4)
