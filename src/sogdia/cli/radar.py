"""`sogdia radar`: the area of a glacial lake in radar images, or no decision; of several images, the alarm."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sogdia.cli import options, show
from sogdia.cli.sheet import AnswerSheet
from sogdia.files import must_be_writable

if TYPE_CHECKING:
    from sogdia.hazards.radar import LakeSeries

HEADINGS = [
    ("image", "left"), ("date", "left"), ("decision", "left"), ("area, km2", "right"), ("+-, km2", "right"),
    ("threshold, dB", "right"), ("valley per peak", "right"), ("water to land, dB", "right"), ("looks", "right"),
]  # fmt: skip
M2_PER_KM2 = 1e6


def command(
    scenes: Annotated[list[Path], typer.Argument(help="GeoTIFF files of backscatter, e.g. terrain-corrected VV.")],
    lake: Annotated[str, typer.Option(help="A point in the lake: latitude,longitude in degrees.")],
    unit: Annotated[
        str | None, typer.Option(help="db, power or amplitude. Default: what the file or its values tell.")
    ] = None,
    band: Annotated[int | None, typer.Option(help="Number of the band, where there are several.")] = None,
    method: Annotated[str, typer.Option(help="edge-otsu or otsu.")] = "edge-otsu",
    looks: Annotated[float | None, typer.Option(help="Equivalent number of looks. Default: estimated.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the outlines of the lake: .geojson.")] = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """Show the area of a lake in radar images, or "no decision" where water and land cannot be told apart."""
    if out is not None:
        must_be_writable(out)
    with options.named({name: f"--{name}" for name in ("lake", "unit", "band", "method", "looks")}):
        from sogdia.hazards.radar import lake_series

        answer = lake_series(scenes, lake, unit=unit, band=band, method=method, looks=looks)
    if out is not None:
        typer.echo(str(answer.write(out)), err=True)
    if not show.for_programs(answer, as_json, as_csv):
        with AnswerSheet(full=full, wide=wide) as sheet:
            _print(answer, sheet)


def _print(answer: LakeSeries, sheet: AnswerSheet) -> None:
    rows = [
        [
            image.scene, "-" if image.date is None else image.date.date().isoformat(), image.decision,
            *(show.number(None if m2 is None else m2 / M2_PER_KM2) for m2 in (image.area_m2, image.area_sigma_m2)),
            show.number(image.threshold_db), show.number(image.separability), show.number(image.contrast_db),
            show.number(image.looks),
        ]
        for image in answer.images
    ]  # fmt: skip
    sheet.table(answer.title, HEADINGS, rows)
    if answer.changes:
        headings = [("from", "left"), ("to", "left"), ("change", "right"), ("+-", "right"), ("", "left")]
        changes = [
            [c.before, c.after, show.percent(c.share), show.percent(c.sigma), "ALARM" if c.alarm else ""]
            for c in answer.changes
        ]
        sheet.table("\nChanges between accepted images", headings, changes)
    for note in answer.notes:
        sheet.line(note)
