"""How exposed is the importer in each mineral? One ranked table, the definition beside every measure."""

from __future__ import annotations

import polars as pl

from sogdia.brief.blocks import Column, Section, Table, Text
from sogdia.brief.definitions import measure_column, measure_sources
from sogdia.brief.formats import part
from sogdia.brief.report import Report
from sogdia.brief.rows import CONCENTRATED, position, without_imports
from sogdia.brief.wording import counted, join, possessive, sentence, the, told
from sogdia.scenarios.supplier_loss import LEAST_IMPORTS_KUSD

MEASURES = (
    "import_value_kusd",
    "import_quantity_t",
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
SOURCES = measure_sources(MEASURES)


def section(report: Report) -> Section:
    """The ranked table of every mineral with recorded imports."""
    rows = position(report)
    return Section(
        key="exposure",
        title="Exposure, mineral by mineral",
        lead=_lead(report, rows),
        blocks=(_table(report, rows), *_unanswered(report)),
    )


def _lead(report: Report, rows: pl.DataFrame) -> str:
    held = rows.filter(pl.col("top_supplier_weight_share") > CONCENTRATED)
    worth = rows.filter(pl.col("import_value_kusd") >= LEAST_IMPORTS_KUSD)
    most = worth.sort("import_hhi_weight", descending=True, nulls_last=True).head(1)
    text = (
        f"In {report.year}, {held.height} of {counted(rows.height, 'mineral')} that {told(report.importer)} imported "
        f"came for more than half of their weight from a single country."
    )
    for row in most.iter_rows(named=True):
        text += (
            f" The most concentrated of those worth a million dollars or more was {row['name'].lower()}: "
            f"{part(row['top_supplier_weight_share'])} by weight from {the(row['top_supplier'])}."
        )
    return text


def _table(report: Report, rows: pl.DataFrame) -> Table:
    return Table(
        key="exposure",
        frame=rows.select("mineral", "name", "top_supplier", "top_supplier_value", *MEASURES),
        columns=(
            Column("name", "Mineral", "text", "", "all trade codes mapped to the mineral, see Methods"),
            measure_column("ec_supply_risk", "Supply risk (EC method)"),
            Column("top_supplier", "Largest supplier", "text", "", "country with the largest imports by weight"),
            measure_column("top_supplier_weight_share", "its share by weight"),
            Column("top_supplier_value", "Largest by value", "text", "", "country with the largest imports by value"),
            measure_column("top_supplier_value_share", "its share by value"),
            measure_column("import_hhi_weight", "Import HHI, by weight"),
            measure_column("hhi_trend", "Trend of HHI, by value"),
            measure_column("suppliers", shown=False),
            measure_column("import_value_kusd"),
            measure_column("import_quantity_t"),
            measure_column("price_usd_per_kg", shown=False),
            measure_column("net_import_reliance"),
            measure_column("production_hhi", "World production HHI", shown=False),
            measure_column("geopolrisk_score", "GeoPolRisk"),
            measure_column("geopolrisk_low", shown=False),
            measure_column("geopolrisk_high", shown=False),
        ),
        caption=(
            f"{sentence(possessive(told(report.importer)))} position in {report.year}, highest supply risk first. "
            "Choose a heading to sort; a dash means not known, never zero."
        ),
        source_ids=SOURCES,
        link="mineral-",
        link_column="mineral",
    )


def _unanswered(report: Report) -> tuple[Text, ...]:
    """Minerals that are not in the table, and why."""
    paragraphs = [reason for m in report.minerals if (reason := m.not_mapped(report.year))]
    absent = without_imports(report)
    if absent:
        paragraphs.append(
            f"No import recorded in {report.year}: {join(absent)}. That is unknown, not proof that there was none."
        )
    return (Text(tuple(paragraphs), ("CEPII_BACI", "WMD_HS_MAP"), "Minerals without an answer"),) if paragraphs else ()
