"""The last section: every source that a block or a row of a table names."""

from __future__ import annotations

import polars as pl

from sogdia.answer import each_once
from sogdia.brief.provenance import OWN
from sogdia.data import source
from sogdia.render.blocks import Column, Section, Table, ids_in, source_ids, tables
from sogdia.render.wording import counted

FIELDS = ("source_id", "publisher", "title", "year", "licence", "url", "vintage", "note")
ROW_SOURCE = "source_id"


def source_list(parts: tuple[Section, ...]) -> Section:
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
        source_ids=(OWN,),
    )
    lead = (
        f"The report rests on {counted(frame.height, 'source')}. The name under a figure or table leads here; "
        "rows that come from different publications name their own."
    )
    return Section("sources", "Sources", lead, (table,))


def cited(parts: tuple[Section, ...]) -> tuple[str, ...]:
    """The ids that blocks name, then those that rows of tables name, each once."""
    named = (table.frame[ROW_SOURCE] for table in tables(parts) if ROW_SOURCE in table.frame.columns)
    return each_once(source_ids(parts), (OWN,), *(ids_in(cell) for column in named for cell in column))
