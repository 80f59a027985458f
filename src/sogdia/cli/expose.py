"""`sogdia expose`: who supplies what, how concentrated, how risky."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sogdia.cli import options, setup, show
from sogdia.cli.sheet import AnswerSheet
from sogdia.errors import Fault, InputError
from sogdia.units import KUSD_PER_MUSD

if TYPE_CHECKING:
    import polars as pl

    from sogdia.data import Mineral
    from sogdia.exposure import Exposure, Label, Measure

Record = Mapping[str, Any]
Column = tuple[str, str, Callable[[Record], str]]
"""Heading, side, and the cell of a record."""

SUPPLIER_COLUMNS = (
    ("Supplier", "left"), ("t", "right"), ("by weight", "right"), ("million USD", "right"), ("by value", "right"),
    ("instability", "right"), ("", "left"),
)  # fmt: skip
SUPPLIERS_SHOWN = 15
ORDER = (
    "supply_risk_of_imports", "top_supplier", "top_supplier_weight_share", "top_supplier_value_share",
    "import_hhi_weight", "import_value_kusd", "coverage", "production_hhi", "geopolrisk_score", "ec_supply_risk",
    "import_quantity_t", "hhi_trend",
)  # fmt: skip
"""Columns behind the mineral, what matters most first: a narrow terminal leaves out the last. Others stand behind."""
SUPPLIER_MARKS = {"hub": " (hub)", "processor": " (hub)", "excess": " (!)", "imputed": " (~)"}
"""After a supplier that is not a plain maker; see `sogdia.exposure.doubts`."""
LEGEND = (
    "Shares by weight of traded product, missing and doubtful weights imputed from value, and by value.",
    "(hub): exports more than it makes on record, or refines what others mine. (!): a main maker that exports more "
    "than it makes on record. (~): most of its weight is imputed.",
    "HHI: concentration of imports by weight, 0..1, with its trend by value.",
    "World HHI: concentration of production. GeoPolRisk: World HHI x imports weighted by political instability.",
    "EC SR: supply risk by the European Commission's method; * by the world's concentration alone.",
)


def command(
    importer: options.Importer = "JPN",
    mineral: options.Mineral = None,
    year: options.Year = None,
    stage: Annotated[str | None, typer.Option(help="Count one stage only: ore, compound, metal or alloy.")] = None,
    with_gold: Annotated[bool, typer.Option("--with-gold", help="Rank gold and silver too.")] = False,
    hubs: options.ThroughHubs = False,
    company: Annotated[str | None, typer.Option(help="A company of your purchases instead of a country.")] = None,
    exporter: Annotated[str | None, typer.Option(help="An exporter instead of an importer: who buys from it.")] = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    store: options.StoreFolder = None,
    regions: options.RegionFile = None,
) -> None:
    """Show an importer's position in each mineral: suppliers, concentration, risk."""
    if company and stage:
        remedy = "Leave --stage out, or ask for a country."
        raise InputError([Fault("--stage", "purchases of a company have no stage", remedy, value=stage)])
    if exporter and (company or stage or with_gold):
        raise InputError([Fault("--exporter", "an exporter has no company, stage or ranking", "Leave the others out.")])
    study = setup.study(importer, store=store, regions=regions)
    if exporter:
        sales = study.expose_exporter(exporter, mineral, year=year)
        if not show.for_programs(sales, as_json, as_csv):
            from sogdia.cli.exporter_tables import print_exporter

            with AnswerSheet(full=full, wide=wide) as sheet:
                print_exporter(sales, study.store.minerals, sheet)
        return
    result = (
        study.expose_company(company, mineral, year=year)
        if company
        else study.expose(mineral, year=year, stage=stage, with_gold=with_gold, through_hubs=hubs)
    )
    if show.for_programs(result, as_json, as_csv):
        return
    with AnswerSheet(full=full, wide=wide) as sheet:
        if result.records.is_empty() and (result.products is None or result.products.rows.is_empty()):
            for line in (f"{result.title}: no answer.", *result.notes):
                sheet.line(line)
            return
        if result.records.is_empty():
            sheet.line(f"{result.title}: no answer in the trade codes.", head=True)
        _print(result, study.store.minerals, sheet)


def _print(result: Exposure, minerals: Mapping[str, Mineral], sheet: AnswerSheet) -> None:
    """The ranked minerals and each other group; of a single one the other measures and the suppliers too."""
    from sogdia.cli import expose_groups

    columns: list[Column] = [("Mineral", "left", lambda record: minerals[record["mineral"]].name), *_columns()]
    headings = [(heading, side) for heading, side, _ in columns]
    notes = (*result.notes, *expose_groups.LEGEND, *LEGEND, _sources(result))
    expose_groups.tables(result, headings, lambda record: [cell(record) for _, _, cell in columns], minerals, sheet)
    for note in notes:
        sheet.line(note)
    if result.records.height == 1:
        record = result.records.row(0, named=True)
        _details(minerals[record["mineral"]], record, result.stage, sheet)
        if not result.suppliers.is_empty():
            _suppliers(result.suppliers, record["year"], sheet)


def _columns() -> list[Column]:
    """The columns of the table of all minerals, from the registry of indicators, in their order of weight."""
    from sogdia.cli.expose_groups import coverage
    from sogdia.exposure import Label, indicators
    from sogdia.exposure.measure import TABLE

    shown = [column for indicator in indicators() for column in indicator.columns if column.shown == TABLE]
    made: dict[str, list[Column]] = {"coverage": [("Coverage", "left", coverage)]}
    for column in shown:
        made[column.variable] = [_text_column(column)] if isinstance(column, Label) else _figure_columns(column)
    ordered = (*ORDER, *(name for name in made if name not in ORDER))
    return [column for name in ordered for column in made.get(name, ())]


def _text_column(label: Label) -> Column:
    def cell(record: Record) -> str:
        named = record[label.variable] or ("none recorded" if record["suppliers"] == 0 else label.missing)
        return named + SUPPLIER_MARKS.get(record["top_supplier_mark"] or "", "")

    return label.heading, "left", cell


def _figure_columns(measure: Measure) -> list[Column]:
    """The column of a measure, and that of its band where it has one."""
    unit, text = FORMATS.get(measure.unit, (measure.unit, show.number))
    heading = ", ".join(part for part in (measure.heading or measure.label, unit) if part)

    def figure(record: Record) -> str:
        return text(record.get(measure.variable)) + _mark(measure, record)

    def band(record: Record) -> str:
        ends = [record[name] for name in measure.band or ()]
        return "-" if None in ends else "-".join(map(text, ends))

    return [(heading, "right", figure), *([("90 % band", "left", band)] if measure.band else [])]


def _mark(measure: Measure, record: Record) -> str:
    """The country, where the largest supplier by value is another than by weight; a star at a supply risk in which
    the world's concentration stands alone.
    """
    from sogdia.exposure.caveats import stands_alone

    if measure.variable == "top_supplier_value_share" and record["top_supplier_value"] != record["top_supplier"]:
        return f" {record['top_supplier_value'] or ''}".rstrip()
    return "*" if measure.variable == "ec_supply_risk" and stands_alone(record) else ""


def _details(mineral: Mineral, record: Record, stage: str | None, sheet: AnswerSheet) -> None:
    """The measures that have no column in the table of all minerals."""
    from sogdia.exposure import measures
    from sogdia.exposure.measure import DETAIL
    from sogdia.exposure.trade_codes import mixed_stages

    rows = []
    for measure in measures().values():
        if measure.shown != DETAIL:
            continue
        value = record.get(measure.variable)
        remark = (record[measure.reason] or "") if measure.reason else ""
        mix = mixed_stages(mineral, record["year"], stage)
        if measure.variable == "price_usd_per_kg" and mix and value is not None:
            remark = f"a mix of {mix}, not a price: see --stage"
        unit, text = FORMATS.get(measure.unit, (measure.unit, show.number))
        rows.append([measure.label, text(value), unit, remark])
    columns = (("", "left"), ("", "right"), ("", "left"), ("", "left"))
    sheet.table(f"\n{mineral.name}, other measures", columns, rows)


def _suppliers(suppliers: pl.DataFrame, year: int, sheet: AnswerSheet) -> None:
    from sogdia.exposure.doubts import MARKS
    from sogdia.render.wording import country_name

    ranked = suppliers.sort("weight_share", "value_share", "supplier", descending=[True, True, False], nulls_last=True)
    rows = [
        [
            country_name(row["supplier"]) or "-",
            show.number(row["quantity_t"]),
            show.percent(row["weight_share"]),
            _million(row["value_kusd"]),
            show.percent(row["value_share"]),
            _index(row["instability"]),
            MARKS.get(row["mark"] or "", ""),
        ]
        for row in ranked.head(SUPPLIERS_SHOWN).iter_rows(named=True)
    ]
    others = _others(ranked.slice(SUPPLIERS_SHOWN))
    sheet.table(f"\nSuppliers in {year}", SUPPLIER_COLUMNS, rows, others)


def _others(suppliers: pl.DataFrame) -> list[str]:
    """What the suppliers that are not shown supply together."""
    from sogdia.sums import known_total

    if suppliers.is_empty():
        return []
    value, weight = (suppliers.select(known_total(name)).item() for name in ("value_kusd", "quantity_t"))
    return [f"and {suppliers.height} others, {show.number(weight)} t, {_million(value)} million USD."]


def _sources(result: Exposure) -> str:
    from sogdia.data import source

    used = [source(source_id) for source_id in result.sources()]
    return "Sources: " + "; ".join(f"{s.publisher} ({s.year or 'no date'}), {s.title}" for s in used) + "."


def _million(kusd: float | None) -> str:
    return show.number(None if kusd is None else kusd / KUSD_PER_MUSD)


def _index(value: float | None) -> str:
    """An index from 0 to 1, always with three decimals."""
    return "-" if value is None else f"{value:.3f}"


def _score(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _per_decade(per_year: float | None) -> str:
    return "-" if per_year is None else f"{10 * per_year:+.2f}"


FORMATS: Mapping[str, tuple[str, Callable[[float | None], str]]] = {
    "count": ("", show.number),
    "fraction": ("", show.percent),
    "0..1": ("", _index),
    "score": ("", _score),
    "per year": ("per 10 years", _per_decade),
    "thousand USD": ("million USD", _million),
}
"""How a figure of a unit is written: the unit shown beside it, and the text."""
