"""`sogdia expose`: who supplies what, how concentrated, how risky."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from sogdia.cli import options, setup, show
from sogdia.units import KUSD_PER_MUSD

if TYPE_CHECKING:
    from sogdia.exposure import Exposure
    from sogdia.study import Study

COLUMNS = (
    ("Mineral", "left"), ("Imports, t", "right"), ("Imports, mUSD", "right"), ("Largest supplier", "left"),
    ("by weight", "right"), ("by value", "right"), ("HHI", "right"), ("per 10 years", "right"), ("World HHI", "right"),
    ("GeoPolRisk", "right"), ("90 % band", "left"), ("EC SR", "right"),
)  # fmt: skip
LEGEND = (
    "Shares by weight of traded product and by value. HHI: concentration of imports, 0..1, with its trend by value.",
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
    name = company or study.importer.name
    result = (
        study.expose_company(company, mineral, year=year) if company else study.expose(mineral, year=year, stage=stage)
    )
    at = study.year(year)
    if as_json:
        show.as_json(_content(study, result, at))
        return
    names = {m.key: m.name for m in study.store.minerals.values()}
    ranked = result.records.sort("geopolrisk_score", descending=True, nulls_last=True)
    rows = [_row(record, names) for record in ranked.iter_rows(named=True)]
    show.table(f"{name}, imports in {at}", COLUMNS, rows, [*result.notes, *LEGEND, *_sources(study)])
    if mineral and len(mineral) == 1:
        _suppliers(result, at)


def _row(record: dict[str, Any], names: dict[str, str]) -> list[str]:
    top = record["top_supplier"] or "none recorded"
    band = "-"
    if record["geopolrisk_low"] is not None:
        band = f"{record['geopolrisk_low']:.2f}-{record['geopolrisk_high']:.2f}"
    return [
        names[record["mineral"]],
        show.number(record["import_quantity_t"]),
        show.number(record["import_value_kusd"] / KUSD_PER_MUSD if record["import_value_kusd"] is not None else None),
        top,
        show.percent(record["top_supplier_weight_share"]),
        show.percent(record["top_supplier_value_share"]),
        show.number(record["import_hhi_weight"]),
        _trend(record.get("hhi_trend")),
        show.number(record["production_hhi"]),
        show.number(record["geopolrisk_score"]),
        band,
        show.number(record["ec_supply_risk"]),
    ]


def _trend(per_year: float | None) -> str:
    return "-" if per_year is None else f"{10 * per_year:+.2f}"


def _suppliers(result: Exposure, year: int) -> None:
    from sogdia.codes import countries

    ranked = result.suppliers.sort("weight_share", descending=True, nulls_last=True).head(15)
    rows = [
        [
            countries()[row["supplier"]].name,
            show.number(row["quantity_t"]),
            show.percent(row["weight_share"]),
            show.number(row["value_kusd"] / KUSD_PER_MUSD),
            show.percent(row["value_share"]),
            show.number(row["instability"]),
        ]
        for row in ranked.iter_rows(named=True)
    ]
    headings = (("Supplier", "left"), ("t", "right"), ("by weight", "right"), ("mUSD", "right"), ("by value", "right"))
    show.table(f"\nSuppliers in {year}", (*headings, ("instability", "right")), rows)


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
