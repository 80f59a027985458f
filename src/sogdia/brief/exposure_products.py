"""Two tables beside the ranking: minerals whose trade is in other forms, and products of processing."""

from __future__ import annotations

import polars as pl

from sogdia.answer import each_once
from sogdia.brief.report import Report
from sogdia.brief.views import with_country_names
from sogdia.exposure.products import COLUMNS
from sogdia.render.blocks import Column, Table
from sogdia.render.wording import name_in_sentence, possessive, sentence

FROM = {"six_digits": "six digits", "product": "a source on it", "heading": "whole heading"}


def unseen_table(report: Report, rows: pl.DataFrame) -> Table | None:
    """Minerals that the importer buys in forms without a trade code here; None where there is none."""
    if rows.is_empty():
        return None
    cover = report.exposure.coverage
    frame = rows.select("mineral", "name", "import_value_kusd").with_columns(
        share_of_world=pl.Series([cover[key].share_of_world for key in rows["mineral"]], dtype=pl.Float64),
        missing=pl.Series(["; ".join(cover[key].missing) for key in rows["mineral"]], dtype=pl.String),
    )
    return Table(
        key="not-visible",
        frame=frame,
        columns=(
            Column("name", "Mineral", "text"),
            Column("import_value_kusd", "Seen of it", "amount", "thousand USD", "imports in the codes of this store"),
            Column("share_of_world", "of world trade", "share", "", "the importer's part of world trade in them"),
            Column("missing", "Forms without a trade code here", "text", "", "with their HS 1992 codes"),
        ),
        caption=(
            f"Not visible in these trade codes: {possessive(name_in_sentence(report.importer))} purchases of these "
            "minerals are in other forms, so that they are neither ranked nor counted."
        ),
        source_ids=each_once(
            report.exposure.measure_sources("import_value_kusd"), *(cover[key].sources for key in rows["mineral"])
        ),
        link="mineral-",
        link_column="mineral",
    )  # fmt: skip


def products_table(report: Report) -> Table | None:
    """The importer's purchases of processed products and who makes them; None where none is on record."""
    products = report.exposure.products
    if products is None or products.rows.is_empty():
        return None
    told = {column.variable: column.definition for column in COLUMNS}
    frame = with_country_names(
        products.rows.with_columns(imports_from=pl.col("imports_from").replace(FROM)), "top_supplier", "top_producer"
    ).filter(pl.any_horizontal(pl.col("import_value_kusd", "top_supplier", "top_producer").is_not_null()))
    if frame.is_empty():
        return None
    return Table(
        key="processed-products",
        frame=frame.drop("missing_codes").sort("import_value_kusd", "name", descending=[True, False], nulls_last=True),
        columns=(
            Column("name", "Product", "text"),
            Column("import_value_kusd", "Imports", "amount", "thousand USD", told["import_value_kusd"]),
            Column("top_supplier", "Largest supplier", "text", "", told["top_supplier"]),
            Column("top_supplier_share", "its share", "share", "", told["top_supplier_share"]),
            Column("top_producer", "Largest maker", "text", "", told["top_producer"]),
            Column("top_producer_share", "its share", "share", "", told["top_producer_share"]),
            Column("import_quantity_t", "Imports", "amount", "t", told["import_quantity_t"], shown=False),
            Column("import_hhi", "Import HHI", "index", "", told["import_hhi"]),
            Column("imports_from", "Imports from", "text", "", told["imports_from"]),
            Column("imports_year", "Year", "text", shown=False),
            Column("production_hhi", "Output HHI", "index", "", told["production_hhi"]),
            Column("mine_hhi", "Mine HHI", "index", "", told["mine_hhi"]),
            Column("output_year", "Output of", "text", shown=False),
            Column("source_id", "Source", "source", shown=False),
        ),
        caption=(
            f"{sentence(possessive(name_in_sentence(report.importer)))} purchases of processed products, and the "
            "concentration of their makers beside that of mining. A dash means not known, never zero."
        ),
        source_ids=products.sources,
        rows_shown=20,
    )
