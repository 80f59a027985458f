"""The exposure of the importer in each mineral: one ranked table, with the definition of every measure."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from sogdia.brief.definitions import measure_column
from sogdia.brief.exposure_products import products_table, unseen_table
from sogdia.brief.part import Part
from sogdia.brief.report import Report
from sogdia.brief.views import imported, in_group, visible
from sogdia.data.coverage_grade import GRADE_NAMES
from sogdia.exposure.ranking import GROUPS, NOT_VISIBLE, RANKED, from_one_country
from sogdia.render.blocks import Column, Section, Table
from sogdia.render.formats import part
from sogdia.render.wording import counted, name_in_sentence, possessive, sentence, the
from sogdia.shock.loss_of_supplier import LEAST_IMPORTS_KUSD

MEASURES = (
    "supply_risk_of_imports",
    "import_value_kusd",
    "import_quantity_t",
    "imputed_value_share",
    "imputed_weight_share",
    "price_usd_per_kg",
    "suppliers",
    "top_supplier_weight_share",
    "top_supplier_value_share",
    "import_hhi_weight",
    "hhi_trend",
    "net_import_reliance",
    "production_hhi",
    "geopolrisk_score",
    "geopolrisk_low",
    "geopolrisk_high",
    "ec_supply_risk",
)


def section(report: Report) -> Section:
    """The ranked table of every mineral with recorded imports."""
    rows = imported(report)
    blocks = (
        _table(report, rows.filter(pl.col("rank_group") != NOT_VISIBLE)),
        unseen_table(report, in_group(rows, NOT_VISIBLE)),
        products_table(report),
    )
    return PART.section(_lead(report, rows), blocks)


def _lead(report: Report, rows: pl.DataFrame) -> str:
    seen = visible(rows)
    if seen.is_empty():
        return (
            f"In {report.year} {name_in_sentence(report.importer)} imported none of these minerals in forms seen here."
        )
    found = from_one_country(rows)
    if found.ranked.is_empty():
        return f"In {report.year} none of the minerals that {name_in_sentence(report.importer)} imported is ranked."
    worth = in_group(rows, RANKED).filter(pl.col("import_value_kusd") >= LEAST_IMPORTS_KUSD)
    most = worth.sort("import_hhi_weight", descending=True, nulls_last=True).head(1)
    text = (
        f"In {report.year}, {found.single.height} of the {counted(found.ranked.height, 'ranked mineral')} that "
        f"{name_in_sentence(report.importer)} imported came for more than half of their weight from a single country "
        "that makes what it sells."
    )
    for row in most.iter_rows(named=True):
        text += (
            f" The most concentrated of those worth a million dollars or more was {row['name'].lower()}: "
            f"{part(row['top_supplier_weight_share'])} by weight from {the(row['top_supplier'])}."
        )
    return text


def _table(report: Report, rows: pl.DataFrame) -> Table:
    table = Table(
        key="exposure",
        frame=rows.select(
            "mineral", "name", "top_supplier", "top_supplier_value", "ec_scope", *MEASURES,
            coverage=pl.col("coverage").replace(GRADE_NAMES), group=pl.col("rank_group").replace(GROUPS),
        ),
        columns=(
            Column("name", "Mineral", "text", "", "all trade codes mapped to the mineral, see Methods"),
            measure_column("supply_risk_of_imports", "Supply risk"),
            Column("top_supplier", "Largest supplier", "text", "", "country with the largest imports by weight"),
            measure_column("top_supplier_weight_share", "its share by weight"),
            measure_column("import_value_kusd"),
            Column("coverage", "Coverage", "text", "",
                   "how much of the trade in the mineral these trade codes see: whole chain, main form or ore only"),
            Column("group", "Group", "text", "",
                   "ranked by supply risk, or why it is not: see Methods"),
            measure_column("ec_supply_risk", "by the EC method", shown=False),
            Column("ec_scope", "Score of", "text", "",
                   "full: the world and the importer; world alone: net import reliance is not known, so the world's "
                   "concentration stands alone and the score says nothing about the importer"),
            Column("top_supplier_value", "Largest by value", "text", "", "country with the largest imports by value"),
            measure_column("top_supplier_value_share", "its share by value"),
            measure_column("import_hhi_weight", "Import HHI, by weight"),
            measure_column("hhi_trend", "Trend of HHI, by value"),
            measure_column("suppliers", shown=False),
            measure_column("import_quantity_t"),
            measure_column("imputed_value_share", shown=False),
            measure_column("imputed_weight_share", shown=False),
            measure_column("price_usd_per_kg", shown=False),
            measure_column("net_import_reliance"),
            measure_column("production_hhi", "World production HHI", shown=False),
            measure_column("geopolrisk_score", "GeoPolRisk"),
            measure_column("geopolrisk_low", shown=False),
            measure_column("geopolrisk_high", shown=False),
        ),
        caption=(
            f"{sentence(possessive(name_in_sentence(report.importer)))} position in {report.year}: the ranked "
            "minerals by supply risk, then the other groups. Choose a heading to sort; a dash means not known, never "
            "zero."
        ),
        source_ids=report.exposure.measure_sources(*MEASURES),
        link="mineral-",
        link_column="mineral",
    )  # fmt: skip
    return replace(table, columns=tuple(_with_sources(report, column) for column in table.columns))


def _with_sources(report: Report, column: Column) -> Column:
    """The column with the sources of its own measure, where it is one."""
    if column.name not in MEASURES:
        return column
    return replace(column, source_ids=report.exposure.measure_sources(column.name))


PART = Part("exposure", "Exposure, mineral by mineral", 20, section, lambda report: (report.exposure,))
