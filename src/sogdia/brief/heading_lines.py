"""What the partners sell by four-digit heading, a layer that sees metals, alloys and compounds: sentences and table."""

from __future__ import annotations

from typing import Any

import polars as pl

from sogdia.brief.report import Report
from sogdia.brief.views import with_country_names
from sogdia.exposure.partner_headings import YEARS_BEFORE
from sogdia.render.blocks import Column, Table
from sogdia.render.formats import money, part
from sogdia.render.wording import country_text, join, lower_first, name_in_sentence, sentence, short

SHOWN = 3
ERRATIC = ("7108",)
"""Gold: the exporters' reports lack most of it, and the totals of the years jump."""
NOTABLE_KUSD = 1000.0
"""Sales that a sentence names [thousand USD]."""


def headings_table(report: Report) -> Table | None:
    """The partners' sales by heading; None where the store carries none. Gold is left out: its years do not agree."""
    headings = report.partner_supply.headings
    rows = headings.rows.filter(~pl.col("heading").is_in(ERRATIC))
    if rows.is_empty():
        return None
    named = {partner.key: short(partner) for partner in report.partners}
    importer = short(report.importer)
    return Table(
        key="partner-headings",
        frame=with_country_names(rows, "main_buyer").with_columns(partner_name=pl.col("partner").replace(named)),
        columns=(
            Column("heading", "Heading", "text", "HS"),
            Column("name", "What it holds", "text"),
            Column("partner_name", "Partner", "text"),
            Column("exports_to_importer_kusd", f"To {importer}", "amount", "thousand USD", "sales to the importer"),
            Column("share_of_importer_imports", "of its imports", "share", "", "of the importer's whole heading"),
            Column("exports_kusd", "Exports", "amount", "thousand USD", "of the whole heading to all countries"),
            Column("main_buyer", "Largest buyer", "text", "", "of the ten that are listed"),
            Column("main_buyer_share", "its share", "share", "", "by value"),
            Column("main_buyer_share_before", "two years before", "share", "", "its share then"),
            Column("note", "Remark", "text", shown=False),
            Column("source_id", "Source", "source", shown=False),
        ),
        caption=(
            f"What the partners sell by four-digit heading, {headings.year}. A heading holds a product with its "
            "articles and scrap, and often several products: its figures are never to be added to those by six digits. "
            "A dash: not among the ten partners listed, which is not nothing."
        ),
        source_ids=headings.source_ids,
        rows_shown=15,
    )


def sold_by_heading(report: Report) -> str:
    """One sentence on what the importer takes from the partners by heading, with its share of each; empty without."""
    headings = report.partner_supply.headings
    sold = headings.rows.filter(pl.col("exports_to_importer_kusd") >= NOTABLE_KUSD).head(SHOWN)
    if sold.is_empty():
        return ""
    named = {partner.key: short(partner) for partner in report.partners}
    parts = []
    for row in sold.iter_rows(named=True):
        share = row["share_of_importer_imports"]
        of_imports = "" if share is None else f", {part(share)} of its imports"
        parts.append(
            f"{lower_first(row['name'])} from {named[row['partner']]} ({money(row['exports_to_importer_kusd'])}"
            f"{of_imports})"
        )
    named_first = sold.row(0, named=True)
    return (
        f" In four-digit headings, which see metals, alloys and compounds, {name_in_sentence(report.importer)} took "
        f"{money(headings.to_importer_kusd)} from them in {headings.year}: {join(parts)}."
        + _main_buyer(named_first, named[named_first["partner"]], headings.year)
    )


def _main_buyer(row: dict[str, Any], partner: str, year: int | None) -> str:
    """Whom the partner sells most of it to, how that changed, and the way that the goods take."""
    text = ""
    if row["main_buyer"] is not None:
        before = row["main_buyer_share_before"]
        change = "" if before is None or year is None else f", against {part(before)} in {year - YEARS_BEFORE}"
        buyer = sentence(country_text(row["main_buyer"]))
        text = (
            f" {buyer} takes {part(row['main_buyer_share'])} of what {partner} sells "
            f"of {lower_first(row['name'])}{change}."
        )
    return f"{text} {sentence(row['note'])}." if row["note"] else text
