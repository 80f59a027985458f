"""SDMX, read by sdmx1."""

from __future__ import annotations

import pytest
import sdmx


@pytest.mark.filterwarnings("ignore::DeprecationWarning:sdmx")
def test_another_program_reads_structure_and_observations(exported, long):
    folder = exported("sdmx")
    structure = _read(folder / "structure.xml")
    flow = structure.dataflow["EXPOSURE"]
    dimensions = [dimension.id for dimension in flow.structure.dimensions]
    assert dimensions == ["IMPORTER", "MINERAL", "STAGE", "PARTNER", "VARIABLE", "STAT", "TIME_PERIOD"]
    message = _read(folder / "exposure.csv", structure=flow)
    values = {
        tuple(str(part.value) for part in one.dimension.values.values()): float(one.value)
        for data in message.data
        for one in data.obs
    }
    assert len(values) == long.height, "two observations share a key"
    rows = long.select("importer", "mineral", "stage", "partner", "variable", "stat", "year", "value").fill_null("_Z")
    assert values == {tuple(row[:-1]): row[-1] for row in rows.iter_rows()}


@pytest.mark.filterwarnings("ignore::DeprecationWarning:sdmx")
def test_every_code_that_is_used_is_in_its_list(exported, long):
    structure = _read(exported("sdmx") / "structure.xml")
    for name, column in (("CL_MINERAL", "mineral"), ("CL_IMPORTER", "importer"), ("CL_VARIABLE", "variable")):
        assert set(structure.codelist[name].items) == set(long[column].unique())
    assert str(structure.codelist["CL_MINERAL"]["copper"].name) == "Copper"


def _read(path, **structure):
    with path.open("rb") as file:
        return sdmx.read_sdmx(file, format=f"{path.suffix[1:]}", **structure) if structure else sdmx.read_sdmx(file)
