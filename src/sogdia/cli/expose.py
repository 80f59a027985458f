"""`sogdia expose`: who supplies what, how concentrated, how risky."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sogdia.cli import options, setup, show
from sogdia.errors import Fault, InputError
from sogdia.units import KUSD_PER_MUSD

if TYPE_CHECKING:
    import polars as pl

    from sogdia.data import Mineral
    from sogdia.exposure import Exposure
    from sogdia.study import Study

COLUMNS = (
    ("Mineral", "left"), ("Imports, t", "right"), ("million USD", "right"), ("Largest supplier", "left"),
    ("by weight", "right"), ("by value", "right"), ("HHI", "right"), ("per 10 years", "right"), ("World HHI", "right"),
    ("GeoPolRisk", "right"), ("90 % band", "left"), ("EC SR", "right"),
)  # fmt: skip
SUPPLIER_COLUMNS = (
    ("Supplier", "left"), ("t", "right"), ("by weight", "right"), ("million USD", "right"), ("by value", "right"),
    ("instability", "right"),
)  # fmt: skip
SUPPLIERS_SHOWN = 15
MORE_MEASURES = ("n_minus_1_share", "net_import_reliance", "price_usd_per_kg", "characterisation_factor")
LEGEND = (
    "Shares by weight of traded product, missing and doubtful weights imputed from value, and by value.",
    "HHI: concentration of imports by weight, 0..1, with its trend by value.",
    "World HHI: concentration of production. GeoPolRisk: World HHI x imports weighted by political instability.",
    "EC SR: supply risk by the European Commission's method.",
)


def command(
    importer: options.Importer = "JPN",
    mineral: options.Mineral = None,
    year: options.Year = None,
    stage: Annotated[str | None, typer.Option(help="Count one stage only: ore, compound, metal or alloy.")] = None,
    company: Annotated[str | None, typer.Option(help="A company of your purchases instead of a country.")] = None,
    as_json: options.AsJson = False,
    store: options.StoreFolder = None,
    regions: options.RegionFile = None,
) -> None:
    """Show an importer's position in each mineral: suppliers, concentration, risk."""
    study = setup.study(importer, store=store, regions=regions)
    if company and stage:
        remedy = "Leave --stage out, or ask for a country."
        raise InputError([Fault("expose", "purchases of a company are not told apart by stage", remedy, value=stage)])
    name = company or study.importer.name
    result = (
        study.expose_company(company, mineral, year=year) if company else study.expose(mineral, year=year, stage=stage)
    )
    at = study.year(year)
    if as_json:
        show.print_json(_content(study, result, at))
        return
    if result.records.is_empty():
        for line in (f"{name}, imports in {at}: no answer.", *result.notes):
            typer.echo(line)
        return
    names = {m.key: m.name for m in study.store.minerals.values()}
    ranked = result.records.sort("geopolrisk_score", descending=True, nulls_last=True)
    rows = [_row(record, names) for record in ranked.iter_rows(named=True)]
    notes = [*result.notes, *_imputed(ranked, names), *_world_alone(ranked, names), *LEGEND, *_sources(study)]
    show.table(f"{name}, imports in {at}", COLUMNS, rows, notes)
    if ranked.height == 1:
        record = ranked.row(0, named=True)
        _measures(study.store.minerals[record["mineral"]], record, at, stage)
        if not result.suppliers.is_empty():
            _suppliers(result, at)


def _row(record: dict[str, Any], names: dict[str, str]) -> list[str]:
    top = record["top_supplier"] or ("none recorded" if record["suppliers"] == 0 else "weights unknown")
    band = "-"
    if record["geopolrisk_low"] is not None:
        band = f"{record['geopolrisk_low']:.3f}-{record['geopolrisk_high']:.3f}"
    return [
        names[record["mineral"]],
        show.number(record["import_quantity_t"]),
        _million(record["import_value_kusd"]),
        top,
        show.percent(record["top_supplier_weight_share"]),
        show.percent(record["top_supplier_value_share"]),
        _index(record["import_hhi_weight"]),
        _trend(record.get("hhi_trend")),
        _index(record["production_hhi"]),
        _index(record["geopolrisk_score"]),
        band,
        _score(record),
    ]


def _index(value: float | None) -> str:
    """An index from 0 to 1, always with three decimals."""
    return "-" if value is None else f"{value:.3f}"


def _million(kusd: float | None) -> str:
    return show.number(None if kusd is None else kusd / KUSD_PER_MUSD)


def _score(record: dict[str, Any]) -> str:
    """The Commission's score; a star where the world's concentration stands alone."""
    from sogdia.exposure.caveats import stands_alone

    if record["ec_supply_risk"] is None:
        return "-"
    return f"{record['ec_supply_risk']:.2f}" + ("*" if stands_alone(record) else "")


def _world_alone(records: pl.DataFrame, names: dict[str, str]) -> list[str]:
    """Which scores leave the importer out, and why."""
    from sogdia.exposure.caveats import world_alone

    told = "; ".join(
        f"{reason}: {', '.join(names[m] for m in minerals)}" for reason, minerals in world_alone(records).items()
    )
    return [f"* by the world's concentration alone, net import reliance not known ({told})."] if told else []


def _imputed(records: pl.DataFrame, names: dict[str, str]) -> list[str]:
    """Minerals whose weights rest on imputation for a notable part."""
    from sogdia.exposure.caveats import NOTABLE_IMPUTED, notably_imputed

    told = [
        f"{names[r['mineral']]} ({show.percent(r['imputed_value_share'])} of value, "
        f"{show.percent(r['imputed_weight_share'])} of weight; of the weights reported "
        f"{r['top_supplier']} has {show.percent(r['top_supplier_weight_share_reported'])})"
        for r in records.iter_rows(named=True)
        if notably_imputed(r)
    ]
    return [f"Weights imputed for more than {100 * NOTABLE_IMPUTED:.0f} %: {', '.join(told)}."] if told else []


def _measures(mineral: Mineral, record: dict[str, Any], year: int, stage: str | None) -> None:
    """The measures that have no column in the table of all minerals."""
    from sogdia.exposure import measures
    from sogdia.exposure.trade_codes import mixed_stages

    mix = mixed_stages(mineral, year, stage)
    rows = []
    for name in MORE_MEASURES:
        measure, value = measures()[name], record[name]
        remark = ""
        if name == "net_import_reliance":
            remark = record["reliance_gap"] or ""
        if name == "price_usd_per_kg" and mix and value is not None:
            remark = f"a mix of {mix}, not a price: see --stage"
        share = measure.unit == "fraction"
        rows.append(
            [measure.label, show.percent(value) if share else show.number(value), "" if share else measure.unit, remark]
        )
    show.table(f"\n{mineral.name}, other measures", (("", "left"), ("", "right"), ("", "left"), ("", "left")), rows)


def _trend(per_year: float | None) -> str:
    return "-" if per_year is None else f"{10 * per_year:+.2f}"


def _suppliers(result: Exposure, year: int) -> None:
    from sogdia.render.wording import country_name

    ranked = result.suppliers.sort(
        "weight_share", "value_share", "supplier", descending=[True, True, False], nulls_last=True
    )
    rows = [
        [
            country_name(row["supplier"]) or "-",
            show.number(row["quantity_t"]),
            show.percent(row["weight_share"]),
            _million(row["value_kusd"]),
            show.percent(row["value_share"]),
            _index(row["instability"]),
        ]
        for row in ranked.head(SUPPLIERS_SHOWN).iter_rows(named=True)
    ]
    show.table(f"\nSuppliers in {year}", SUPPLIER_COLUMNS, rows, _rest(ranked.slice(SUPPLIERS_SHOWN)))


def _rest(others: pl.DataFrame) -> list[str]:
    """What the suppliers that are not shown supply together."""
    from sogdia.exposure.inputs import known_sum

    if others.is_empty():
        return []
    value, weight = (others.select(known_sum(name)).item() for name in ("value_kusd", "quantity_t"))
    return [f"and {others.height} others, {show.number(weight)} t, {_million(value)} million USD."]


def _content(study: Study, result: Exposure, year: int) -> dict[str, Any]:
    from sogdia.exposure import measures

    used = {source_id for m in measures().values() for source_id in m.source_ids}
    return {
        "importer": study.importer.key,
        "year": year,
        "records": result.records.to_dicts(),
        "suppliers": result.suppliers.to_dicts(),
        "notes": list(result.notes),
        "units": {m.variable: m.unit for m in measures().values()},
        "definitions": {m.variable: m.definition for m in measures().values()},
        "sources": {source_id: _citation(source_id) for source_id in sorted(used)},
    }


def _citation(source_id: str) -> str:
    from sogdia.data import source

    return source(source_id).citation()


def _sources(study: Study) -> list[str]:
    tables = ("trade", "production", "governance")
    return [
        "Sources: "
        + "; ".join(f"{s.publisher} ({s.year}), {s.title}" for t in tables for s in study.store.sources(t))
        + "."
    ]
