"""The format of integrated assessment models (IAMC): model, scenario, region, variable, unit and a column a year."""

from __future__ import annotations

from importlib.metadata import version

import polars as pl

from sogdia.exports.contents import ExportContents
from sogdia.exports.format import ExportFormat, Files
from sogdia.exposure import measures

SCENARIO = "Observed"
INDEX = ("model", "scenario", "region", "variable", "unit")


def files(contents: ExportContents) -> Files:
    """exposure.csv: measures of each importer and mineral; shares of single suppliers are left to the tidy tables."""
    minerals = {mineral.key: mineral.name for mineral in contents.minerals}
    regions = {importer.key: importer.name for importer in contents.importers}
    labels = {m.variable: m.label.replace("|", "/") for m in measures().values()}
    whole = contents.long.filter(pl.col("partner").is_null() & pl.col("variable").is_in(list(labels)))
    rows = whole.select(
        pl.lit(f"Sogdia {version('sogdia')}").alias("model"), pl.lit(SCENARIO).alias("scenario"),
        pl.col("importer").replace_strict(regions).alias("region"),
        pl.format(
            "Critical Minerals|{}|{}",
            pl.col("mineral").replace_strict(minerals), pl.col("variable").replace_strict(labels),
        ).alias("variable"),
        "unit", "year", "value",
    )  # fmt: skip
    wide = rows.pivot("year", index=INDEX, values="value", sort_columns=True).sort(INDEX)
    return {"exposure.csv": wide.write_csv().encode()}


FORMAT = ExportFormat("iamc", "A row for each variable, a column for each year", ("pyam",), files)
