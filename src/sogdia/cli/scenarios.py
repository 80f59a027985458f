"""`sogdia scenarios`: every scenario that has a name."""

from __future__ import annotations

from typing import Annotated

import typer

from sogdia.cli import options, setup, show
from sogdia.cli.sheet import AnswerSheet

COLUMNS = (("case", "left"), ("what", "left"), ("share", "right"), ("the store cannot answer, because", "left"))


def command(
    importer: Annotated[str, typer.Option("--importer", "-i", help="Whose suppliers and ways.")] = "JPN",
    mineral: options.Mineral = None,
    year: options.Year = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    store: options.StoreFolder = None,
) -> None:
    """List documented events, losses of suppliers and states of the corridors, for `sogdia shock --case`."""
    answer = setup.study(importer, store=store).scenarios(mineral, year=year)
    if show.for_programs(answer, as_json, as_csv):
        return
    rows = [
        [row["case"], row["what"], show.percent(row["share"]), row["why_not"] or ""]
        for row in answer.rows.iter_rows(named=True)
    ]
    with AnswerSheet(full=full, wide=wide) as sheet:
        sheet.table(answer.title, COLUMNS, rows, answer.notes)
