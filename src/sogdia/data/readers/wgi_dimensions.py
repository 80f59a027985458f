"""All six dimensions of the Worldwide Governance Indicators, for analyses of one's own.

The files are those of `wgi`, in the same layouts; the kind is named by the user, since the content is the same. Supply
risk counts political stability alone, as the methods followed here do, and takes it from the table `governance`.
"""

from __future__ import annotations

import polars as pl

from sogdia.data.readers.reader import Reader, ReadTable
from sogdia.data.readers.wgi import combine
from sogdia.data.readers.wgi_layouts import DIMENSIONS, series_of
from sogdia.data.schema import conform
from sogdia.errors import Fault, InputError
from sogdia.tabular.user_file import UserFile, must_be_table

TABLE = "governance_dimensions"


def read(file: UserFile) -> ReadTable:
    """The dimensions that a file has, as rows of the table `governance_dimensions`; InputError with every fault."""
    grids = must_be_table(file)
    parts, repaired, missing = list[pl.DataFrame](), list[Fault](), list[str]()
    for dimension in DIMENSIONS:
        found = next(((grid, series) for grid in grids if (series := series_of(grid, dimension)) is not None), None)
        if found is None:
            missing.append(dimension.name)
            continue
        reading = combine(*found, dimension)
        parts.append(reading.frame.drop("instability").with_columns(dimension=pl.lit(dimension.code)))
        repaired += [each for each in reading.repaired if each not in repaired]
    if not parts:
        rule, remedy = "the file holds governance indicators", "Take the full WGI data set."
        raise InputError([Fault(file.name, rule, remedy, value="no such indicator")])
    frame = conform(pl.concat(parts), TABLE).sort("country", "year", "dimension")
    told = (f"{file.name}: without {', '.join(missing)}.",) if missing else ()
    return ReadTable(TABLE, frame, ("WB_WGI",), ("estimates as published",), tuple(repaired), told)


READER = Reader(
    key="wgi6",
    title="a file of governance indicators, for all six dimensions",
    table=TABLE,
    replaces="the whole table",
    order=41,
    recognises=lambda _: False,
    read=read,
)
