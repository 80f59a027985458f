"""How exposed is the importer in each mineral? One ranked table, the definition beside every measure."""

from __future__ import annotations

import polars as pl

from sogdia.brief.definitions import measure_column
from sogdia.brief.report import Report
from sogdia.brief.views import CONCENTRATED, mineral_names, position, without_imports
from sogdia.exposure.caveats import NOTABLE_IMPUTED, notably_imputed, world_alone
from sogdia.exposure.trade_codes import ended
from sogdia.exposure.weights import LEAST_WEIGHED_SHARE
from sogdia.render.blocks import Column, Section, Table, Text
from sogdia.render.formats import part, share, threshold
from sogdia.render.wording import counted, join, lower_first, possessive, sentence, the, told
from sogdia.shock.supplier_loss import LEAST_IMPORTS_KUSD

MEASURES = (
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
    rows = position(report)
    return Section(
        key="exposure",
        title="Exposure, mineral by mineral",
        lead=_lead(report, rows),
        blocks=(_table(report, rows), *_weaker(report, rows), *_unanswered(report)),
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
        frame=rows.select("mineral", "name", "top_supplier", "top_supplier_value", "ec_scope", *MEASURES),
        columns=(
            Column("name", "Mineral", "text", "", "all trade codes mapped to the mineral, see Methods"),
            measure_column("ec_supply_risk", "Supply risk (EC method)"),
            Column(
                "ec_scope",
                "Score of",
                "text",
                "",
                "full: the world and the importer; world alone: net import reliance is not known, so the world's "
                "concentration stands alone and the score says nothing about the importer",
            ),
            Column("top_supplier", "Largest supplier", "text", "", "country with the largest imports by weight"),
            measure_column("top_supplier_weight_share", "its share by weight"),
            Column("top_supplier_value", "Largest by value", "text", "", "country with the largest imports by value"),
            measure_column("top_supplier_value_share", "its share by value"),
            measure_column("import_hhi_weight", "Import HHI, by weight"),
            measure_column("hhi_trend", "Trend of HHI, by value"),
            measure_column("suppliers", shown=False),
            measure_column("import_value_kusd"),
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
            f"{sentence(possessive(told(report.importer)))} position in {report.year}, highest supply risk first. "
            "Choose a heading to sort; a dash means not known, never zero."
        ),
        source_ids=report.exposure.measure_sources(*MEASURES),
        link="mineral-",
        link_column="mineral",
    )


def _weaker(report: Report, rows: pl.DataFrame) -> tuple[Text, ...]:
    """Figures that rest on less: scores of the world alone, imputed or missing weights, codes that ended."""
    names = {key: lower_first(name) for key, name in mineral_names(report).items()}
    paragraphs = [
        f"Supply risk by the world's concentration alone, because net import reliance is not known ({reason}): "
        f"{join([names[m] for m in minerals])}."
        for reason, minerals in world_alone(rows).items()
    ]
    imputed = [
        f"{names[row['mineral']]} ({share(row['imputed_value_share'])} of value, "
        f"{share(row['imputed_weight_share'])} of weight; of the weights reported {the(row['top_supplier'])} has "
        f"{share(row['top_supplier_weight_share_reported'])})"
        for row in rows.iter_rows(named=True)
        if notably_imputed(row)
    ]
    if imputed:
        paragraphs.append(f"Weights imputed for more than {threshold(NOTABLE_IMPUTED)}: {join(imputed)}.")
    thin = rows.filter(pl.col("import_quantity_t").is_null())["mineral"].to_list()
    if thin:
        paragraphs.append(
            f"Prices and shares by weight not known, because less than {threshold(LEAST_WEIGHED_SHARE)} of the value "
            f"has a weight: {join([names[m] for m in thin])}."
        )
    counted_alone = [(m.name, silent) for m in report.minerals if (silent := ended(m, None, report.year))]
    paragraphs += [f"{name}: {silent}; its other codes are counted alone." for name, silent in counted_alone]
    return (
        (Text(tuple(paragraphs), report.exposure.measure_sources(*MEASURES), "Figures that rest on less"),)
        if paragraphs
        else ()
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
