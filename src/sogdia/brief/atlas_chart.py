"""An atlas as one picture in a file: expected loss by mineral and supplier down, by cause across."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import polars as pl

from sogdia.brief.chart_file import must_be_a_picture, write_figure
from sogdia.render.blocks import Figure
from sogdia.render.charts.heat import heat_map
from sogdia.render.formats import amount
from sogdia.render.svg import titled
from sogdia.render.wording import country_name, sentence
from sogdia.scenarios.atlas import Atlas

SHOWN = 24
KEY = ["importer", "mineral", "supplier"]


def write_atlas_chart(answer: Atlas, path: Path) -> Path:
    """Write the picture as SVG or PNG, by the ending of the name."""
    path = Path(path)
    must_be_a_picture(path)
    return write_figure(atlas_figure(answer), path)


def atlas_figure(answer: Atlas) -> Figure:
    """The dearest pairs of a mineral and a supplier, by kind of cause."""
    dearest = answer.by(*KEY).head(SHOWN)
    several = len(answer.totals) > 1
    cells = answer.by(*KEY, "hazard").join(dearest.select(KEY), on=KEY, how="semi", nulls_equal=True)
    frame = pl.DataFrame(
        {
            "row": [_row(row, several=several) for row in cells.iter_rows(named=True)],
            "column": [sentence(name.replace("_", " ")) for name in cells["hazard"]],
            "value": cells["expected_loss_musd"],
            "text": [amount(value) for value in cells["expected_loss_musd"]],
        },
        schema={"row": pl.String, "column": pl.String, "value": pl.Float64, "text": pl.String},
    )
    rows = [_row(row, several=several) for row in dearest.iter_rows(named=True)]
    causes = [sentence(str(name).replace("_", " ")) for name in answer.by("hazard")["hazard"]]
    largest = max((value for value in frame["value"] if value is not None), default=0.0)
    draw = partial(heat_map, frame, rows, causes, max(float(largest), 1e-9))
    title = f"Expected losses a year, million USD: {answer.title}"
    plain = Figure("atlas", draw, frame, title, title, answer.sources())
    return titled(plain, title, answer.notes[:1])


def _row(row: dict[str, object], *, several: bool) -> str:
    """Mineral and supplier, with the importer where there are several."""
    supplier = "several suppliers" if row["supplier"] is None else country_name(str(row["supplier"]))
    own = f"{country_name(str(row['importer']))}: " if several else ""
    return f"{own}{sentence(str(row['mineral']).replace('_', ' '))}, {supplier}"
