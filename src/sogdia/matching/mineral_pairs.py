"""Needs and offers of minerals, as the six-digit trade codes and the statistics of production see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sogdia.codes import Region
from sogdia.data import Mineral
from sogdia.exposure import Exposure, PartnerSupply
from sogdia.exposure.partners import COLUMNS
from sogdia.exposure.tables import ids_behind
from sogdia.matching.losses import Extra
from sogdia.matching.pair import NEED, OFFER, NeedOffer, SidedFigure, fit_of, offered
from sogdia.matching.prospects import Prospects

NEEDS = (
    ("import_value", "thousand USD", "import_value_kusd"), ("import_quantity", "t", "import_quantity_t"),
    ("net_import_reliance", "fraction", "net_import_reliance"), ("import_hhi", "0..1", "import_hhi_weight"),
    ("top_supplier_share", "fraction", "top_supplier_weight_share"), ("world_hhi", "0..1", "production_hhi"),
)  # fmt: skip
"""SidedFigure, unit, and the column of the exposure that it is."""
OFFERS = (
    "exports_kusd", "exports_to_importer_kusd", "share_of_importer_imports", "importer_share_of_exports",
    "main_buyer_share", "production_t", "share_of_world_production",
)  # fmt: skip
NOT_RECORDED = "not on record"
FRINGE = "fringe"


def mineral_pairs(
    direction: str, buyer: Region, seller: Region, minerals: Sequence[Mineral], exposure: Exposure,
    supply: PartnerSupply, prospects: Prospects, losses: Extra, ways: Extra,
) -> list[NeedOffer]:  # fmt: skip
    """A pair for each mineral that the buyer buys or the seller makes, sells, holds or plans."""
    needs = {row["mineral"]: row for row in exposure.records.iter_rows(named=True)}
    offers = {row["mineral"]: row for row in supply.rows.iter_rows(named=True)}
    pairs = []
    for mineral in minerals:
        need, offer = needs.get(mineral.key), offers.get(mineral.key)
        future = prospects.figures(mineral.key)
        held = sum(f.value or 0.0 for f in future)
        if not ((need and need["import_value_kusd"]) or offer or held):
            continue
        loss, way = losses[mineral.key], ways[mineral.key]
        figures = (*_needs(need, exposure), *loss[0], *_offers(offer, supply), *future, *way[0])
        sales, bought = _of(offer, "exports_to_importer_kusd"), _of(need, "import_value_kusd")
        made = offered(_of(offer, "production_t"), _of(offer, "exports_kusd"), bought)
        labels = {
            "top_supplier": need["top_supplier"] if need else None, "supplier_lost": loss[1],
            "main_buyer": offer["main_buyer"] if offer else None, "route_from": way[1], **prospects.labels(mineral.key),
        }  # fmt: skip
        fit, gaps = fit_of(sales, made, held, bought), _gaps(need, offer, held, way)
        pairs.append(
            NeedOffer(direction, "mineral", mineral.key, mineral.name, mineral.key, "/".join(mineral.stages) or None,
                 buyer.key, seller.key, fit, gaps, figures, labels, need["coverage"] if need else None,
                 tuple(need["missing_codes"]) if need else ())
        )  # fmt: skip
    return pairs


def _of(row: Mapping[str, Any] | None, column: str) -> float | None:
    return None if row is None or row[column] is None else float(row[column])


def _needs(row: Mapping[str, Any] | None, exposure: Exposure) -> list[SidedFigure]:
    """The figures of the need; null with a reason where the buyer has no purchases on record."""
    year = str(exposure.years[0])
    figures = []
    for variable, unit, column in NEEDS:
        value = _of(row, column)
        sources = exposure.measure_sources(column) if value is not None else ()
        figures.append(
            SidedFigure(NEED, variable, unit, value, year, sources, None if value is not None else NOT_RECORDED)
        )
    return figures


def _offers(row: Mapping[str, Any] | None, supply: PartnerSupply) -> list[SidedFigure]:
    """The figures of today's offer."""
    columns = {column.variable: column for column in COLUMNS}
    figures = []
    for variable in OFFERS:
        value = _of(row, variable)
        sources = ids_behind(columns[variable].tables, supply.source_ids) if value is not None else ()
        reason = None if value is not None else NOT_RECORDED
        figures.append(SidedFigure(OFFER, variable, columns[variable].unit, value, str(supply.year), sources, reason))
    return figures


def _gaps(
    need: Mapping[str, Any] | None,
    offer: Mapping[str, Any] | None,
    held: float,
    way: tuple[tuple[SidedFigure, ...], str | None],
) -> tuple[str, ...]:
    """What stands between need and offer."""
    gaps = []
    bought, sold = _of(need, "import_value_kusd"), _of(offer, "exports_to_importer_kusd")
    exports, made = _of(offer, "exports_kusd"), _of(offer, "production_t")
    if need is not None and need["coverage"] == FRINGE:
        gaps.append("the trade codes see a fringe of the buyer's trade: see the products made of it")
    if not bought:
        gaps.append("the buyer has no purchases on record in these trade codes")
    if bought and not exports and not made:
        gaps.append("no output or exports of the seller on record" + (", only reserves or projects" if held else ""))
    if exports and not sold and not offered(made, exports, bought):
        gaps.append("the seller makes none on record and passes on less than 1 % of what the buyer buys")
    elif exports and not sold:
        gaps.append(f"the seller sells it elsewhere, most to {offer['main_buyer'] if offer else None}")
    if bought and exports and sold and exports < bought:
        gaps.append(f"all exports of the seller are {exports / bought:.0%} of what the buyer buys")
    if made and not exports:
        gaps.append("the seller makes it and exports none on record")
    if way[0][0].reason and (exports or made or held):
        gaps.append(f"no cost of the way: {way[0][0].reason}")
    return tuple(gaps)
