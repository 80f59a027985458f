"""The IAMC format, read by pyam."""

from __future__ import annotations

import warnings

import polars as pl


def test_another_program_reads_every_figure(exported, long):
    with warnings.catch_warnings():  # of what it imports
        warnings.simplefilter("ignore")
        import pyam

    frame = pyam.IamDataFrame(str(exported("iamc") / "exposure.csv"))
    assert frame.year == [2022, 2023]
    assert set(frame.region) == {"Japan", "European Union (27 members since 2020)"}
    read = frame.filter(region="Japan", variable="Critical Minerals|Copper|Average import price", year=2023)
    own = long.filter(
        (pl.col("importer") == "JPN") & (pl.col("mineral") == "copper") & (pl.col("year") == "2023")
        & (pl.col("variable") == "unit_value_usd_per_kg")
    )  # fmt: skip
    assert read.data["value"].tolist() == own["value"].to_list()
    assert len(frame.data) == long.filter(pl.col("partner").is_null()).height
