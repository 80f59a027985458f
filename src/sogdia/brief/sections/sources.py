"""Where do the figures of this report come from? Every source that a block or a row of a table names."""

from __future__ import annotations

import polars as pl

from sogdia.answer import SEPARATOR
from sogdia.data import source
from sogdia.render.blocks import Column, Section, Table, source_ids, tables
from sogdia.render.wording import counted

FIELDS = ("source_id", "publisher", "title", "year", "licence", "url", "vintage", "note")
ROW_SOURCE = "source_id"


def section(parts: tuple[Section, ...]) -> Section:
    """The sources of the sections before."""
    used = [source(i) for i in cited(parts)]
    frame = pl.DataFrame([{name: getattr(item, name) for name in FIELDS} for item in used])
    table = Table(
        key="sources",
        frame=frame,
        columns=(
            Column("source_id", "Key", "anchor"),
            Column("publisher", "Publisher", "text"),
            Column("title", "Title", "text"),
            Column("year", "Year", "text"),
            Column("licence", "Licence", "text"),
            Column("vintage", "Vintage", "text"),
            Column("note", "Remark", "text", shown=False),
            Column("url", "Address", "text", shown=False),
        ),
        caption="Publisher, title, year, licence and vintage of each source; addresses and remarks in the file.",
        source_ids=("SOGDIA",),
    )
    lead = (
        f"The report rests on {counted(frame.height, 'source')}. The name under a figure or table leads here; "
        "rows that come from different publications name their own."
    )
    return Section("sources", "Sources", lead, (table,))


def cited(parts: tuple[Section, ...]) -> tuple[str, ...]:
    """The ids that blocks name, then those that rows of tables name, each once."""
    rows = (
        value
        for table in tables(parts)
        if ROW_SOURCE in table.frame.columns
        for cell in table.frame[ROW_SOURCE].drop_nulls()
        for value in cell.split(SEPARATOR)
    )
    return tuple(dict.fromkeys((*source_ids(parts), "SOGDIA", *rows)))
