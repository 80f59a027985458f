"""The part before the sources: what the measures and columns of all tables mean, each definition once."""

from __future__ import annotations

import polars as pl

from sogdia.answer import SEPARATOR
from sogdia.brief.provenance import OWN
from sogdia.exposure import measures
from sogdia.render.blocks import Column, Section, Table
from sogdia.render.terms import terms
from sogdia.render.wording import counted

EVERYWHERE = "files only"
SCHEMA = dict.fromkeys(("label", "unit", "definition", "stands_in", "variable", "anchor", "source_id"), pl.String)


def glossary(parts: tuple[Section, ...]) -> Section:
    """The definitions of the sections before, by label, and those of measures that only the files hold."""
    variable = {measure.definition: name for name, measure in measures().items()}
    rows = [
        {
            "label": term.label, "unit": term.unit, "definition": term.definition,
            "stands_in": "; ".join(term.parts), "variable": variable.get(term.definition), "anchor": term.anchor,
            "source_id": SEPARATOR.join(term.source_ids) or None,
        }
        for term in terms(parts).values()
    ]  # fmt: skip
    shown = {row["definition"] for row in rows}
    rows += [
        {"label": m.label, "unit": m.unit, "definition": m.definition, "stands_in": EVERYWHERE, "variable": name}
        for name, m in measures().items()
        if m.definition not in shown
    ]
    frame = pl.DataFrame(rows, schema=SCHEMA).sort(pl.col("label").str.to_lowercase(), "definition")
    table = Table(
        key="glossary",
        frame=frame,
        columns=(
            Column("label", "Term", "text"),
            Column("unit", "Unit", "text"),
            Column("definition", "Definition", "text"),
            Column("stands_in", "Stands in", "text"),
            Column("variable", "Name in the data", "text"),
            Column("source_id", "Sources", "source"),
        ),
        caption="Measures and columns, each definition once; the question mark in a heading leads here.",
        source_ids=(OWN,),
        row_anchor="anchor",
    )
    return Section("glossary", "Glossary", f"{counted(frame.height, 'term')} of the tables and files.", (table,))
