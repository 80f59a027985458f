"""The metadata of an export, read by rocrate; and what stands in its place is safe."""

from __future__ import annotations

import hashlib

import pytest
from rocrate import rocrate

from sogdia.errors import DataError, InputError, UnknownNameError
from sogdia.exports import ExportFormat, export, formats, register

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rocrate")


def test_another_program_finds_every_file_its_hash_and_the_sources(exported, contents):
    folder = exported("brightway")
    crate = rocrate.ROCrate(str(folder))
    files = {entity.id: entity for entity in crate.data_entities}
    assert set(files) == {path.name for path in folder.iterdir()} - {"ro-crate-metadata.json"}
    for name, entity in files.items():
        assert entity["sha256"] == hashlib.sha256((folder / name).read_bytes()).hexdigest()
    cited = {entity["identifier"]: entity for entity in crate.root_dataset["citation"]}
    assert set(cited) == set(contents.exposure.sources())
    assert all(entity["license"] for entity in cited.values())
    assert crate.get("#run")["instrument"]["name"] == "Sogdia"


def test_an_export_replaces_an_export_and_nothing_else(contents, tmp_path):
    out = tmp_path / "out"
    export(contents, "tidy", out)
    export(contents, "iamc", out)
    assert {path.name for path in out.iterdir()} == {"exposure.csv", "ro-crate-metadata.json"}
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(DataError, match="left alone"):
        export(contents, "tidy", tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_an_unknown_format_is_refused_with_those_there_are(contents, tmp_path):
    with pytest.raises(UnknownNameError, match="sdmx"):
        export(contents, "sdmxx", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_one_declaration_adds_a_format(contents, tmp_path):
    toy = ExportFormat("toy", "A toy.", (), lambda _: {"deep/toy.txt": b"toy"})
    with register(toy):
        assert "toy" in formats()
        out = export(contents, "toy", tmp_path / "out")
        assert (out / "deep" / "toy.txt").read_bytes() == b"toy"
        with pytest.raises(InputError, match="another format"), register(toy):
            pass
    assert "toy" not in formats()
