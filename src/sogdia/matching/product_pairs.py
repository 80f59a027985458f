"""Needs and offers of products of processing, and of four-digit headings, which see what six digits here do not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from sogdia.answer import each_once
from sogdia.codes import Region
from sogdia.data import Store
from sogdia.data.coverage_grade import FRINGE
from sogdia.data.products import SIX_DIGITS, WORLD, Output, Product, ProductPurchases, ProductTables
from sogdia.exposure.partner_headings import PartnerHeadings
from sogdia.exposure.products import leading
from sogdia.matching.losses import Extra, no_loss
from sogdia.matching.pair import LEAST_NEED_KUSD, NEED, OFFER, NeedOffer, SidedFigure, fit_of, offered
from sogdia.sums import known_total

NO_PURCHASES = "the buyer's purchases of it are not on record"
NO_OUTPUT = "no source names the seller among the makers"
NO_CAPACITY = "no capacity of the seller on record"
NO_ORIGIN = "no source names the seller among the origins"
NOT_KNOWN = "not known from the sources of this product"
NOT_EXPORTED = "no heading that this product fills is on record for the seller"
HEADING_OFFERS = (
    ("exports_kusd", "thousand USD"), ("exports_to_importer_kusd", "thousand USD"),
    ("share_of_importer_imports", "fraction"), ("importer_share_of_exports", "fraction"),
    ("main_buyer_share", "fraction"), ("main_buyer_share_before", "fraction"),
)  # fmt: skip
"""Figures of the seller's headings."""
NO_RELIANCE = "the buyer's own output is not set against it"
NOT_READ = "not read for this heading"
NO_MARKET = "no market is made of this product, or it counts in that of its mineral"


def product_pairs(
    direction: str,
    store: Store,
    buyer: Region,
    seller: Region,
    headings: PartnerHeadings,
    subjects: Collection[str] | None,
    year: int,
    coverage: Mapping[str, str],
    losses: Extra,
) -> list[NeedOffer]:
    """A pair for each product that the buyer buys or the seller makes. headings: of the seller, which are the exports
    of a product that fills one; subjects: of these minerals only; coverage: grades of the buyer's trade by mineral;
    losses: by product.
    """
    tables = ProductTables(store)
    exported = {row["heading"]: row for row in headings.rows.iter_rows(named=True)}
    pairs = []
    for product in tables.products.values():
        if subjects is not None and product.subject not in subjects:
            continue
        bought, made = tables.purchases(product, buyer, year), tables.output(product, year)
        row = exported.get(product.heading) if product.heading_whole else None
        loss = losses.get(product.key, (no_loss(NO_MARKET), None))
        sales, capacity = ProductSales.of(row, headings.year), tables.capacity(product, seller.members)
        pair = _product_pair(direction, product, buyer, seller, bought, made, sales, loss, capacity)
        if pair is not None:
            covered = bought is not None and bought.basis == SIX_DIGITS
            missing = () if covered else product.codes
            grade = coverage.get(product.mineral or "", FRINGE)
            pairs.append(replace(pair, coverage=grade, missing_codes=missing))
    return pairs


@dataclass(frozen=True, slots=True)
class ProductSales:
    """Exports of the seller in the heading that a product fills: to all, to the buyer, and the main buyer."""

    exports_kusd: float | None = None
    to_buyer_kusd: float | None = None
    main_buyer: str | None = None
    year: str | None = None
    source_ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any] | None, year: int | None) -> ProductSales:
        """From a row of the seller's headings; nothing where there is none."""
        if row is None:
            return cls()
        ids = tuple(row["source_id"].split(";"))
        return cls(row["exports_kusd"], row["exports_to_importer_kusd"], row["main_buyer"], str(year), ids)


def _product_pair(
    direction: str,
    product: Product,
    buyer: Region,
    seller: Region,
    bought: ProductPurchases | None,
    made: Output | None,
    sales: ProductSales,
    loss: tuple[tuple[SidedFigure, ...], str | None],
    capacity: pl.DataFrame,
) -> NeedOffer | None:
    own = None if made is None else made.rows.filter(pl.col("country").is_in(seller.members))
    named = None if bought is None else bought.rows.filter(pl.col("origin").is_in(seller.members))
    amount = None if own is None else own.select(known_total("quantity")).item()
    share = None if own is None else own.select(known_total("share")).item()
    sold = None if named is None else named.select(known_total("share")).item()
    value = bought.value_kusd if bought else None
    makes = offered(amount or share, sales.exports_kusd, value)
    planned = capacity.select(known_total("quantity")).item()
    if bought is None and not makes:
        return None
    top, top_share, hhi = leading(bought.rows.rename({"origin": "country"})) if bought else (None, None, None)
    maker = leading(made.rows)[0] if made is not None else None
    figures = (
        *_need_figures(bought, top_share, hhi),
        *loss[0],
        *_sale_figures(bought, sold, sales),
        *_output_figures(made, amount, share),
        _capacity_figure(capacity, planned),
    )
    gaps = _product_gaps(bought, sold or sales.to_buyer_kusd, makes, maker, sales)
    if planned and not makes and not sold and bought is not None:
        gaps = (f"the seller has capacity of {planned:,.0f} {capacity['unit'][0]} on record, and no output",)
    need = None if bought is None else LEAST_NEED_KUSD if value is None else value
    fit = fit_of(sold or sales.to_buyer_kusd, makes, planned or 0.0, need)
    labels = {
        "top_supplier": top,
        "supplier_lost": loss[1],
        "largest_maker": maker,
        "imports_from": bought.basis if bought else None,
        "share_of": bought.share_of if bought else None,
        "main_buyer": sales.main_buyer,
    }
    named_so = (direction, "product", product.key, product.name, product.subject, product.stage)
    return NeedOffer(*named_so, buyer.key, seller.key, fit, gaps, figures, labels)


def _sale_figures(bought: ProductPurchases | None, sold: float | None, sales: ProductSales) -> tuple[SidedFigure, ...]:
    ids, own = bought.source_ids if bought else (), (sales.year, sales.source_ids, NOT_EXPORTED)
    return (
        _figure(OFFER, "exports_kusd", "thousand USD", sales.exports_kusd, *own),
        _figure(OFFER, "exports_to_importer_kusd", "thousand USD", sales.to_buyer_kusd, *own),
        _figure(OFFER, "share_of_importer_imports", "fraction", sold, _span(bought), ids, NO_ORIGIN),
    )


def _need_figures(
    bought: ProductPurchases | None, top_share: float | None, hhi: float | None
) -> tuple[SidedFigure, ...]:
    years, ids = _span(bought), bought.source_ids if bought else ()
    said = NOT_KNOWN if bought else NO_PURCHASES
    return (
        _figure(NEED, "import_value", "thousand USD", bought.value_kusd if bought else None, years, ids, said),
        _figure(NEED, "import_quantity", "t", bought.quantity_t if bought else None, years, ids, said),
        _figure(NEED, "net_import_reliance", "fraction", None, None, (), NO_RELIANCE),
        _figure(NEED, "import_hhi", "0..1", hhi, years, ids, said),
        _figure(NEED, "top_supplier_share", "fraction", top_share, years, ids, said),
    )


def _output_figures(made: Output | None, amount: float | None, share: float | None) -> tuple[SidedFigure, ...]:
    unit, at, ids = (made.unit, str(made.year), made.source_ids) if made else ("t", None, ())
    return (
        _figure(OFFER, "production", unit, amount, at, ids, NO_OUTPUT),
        _figure(OFFER, "share_of_world_production", "fraction", share, at, ids, NO_OUTPUT),
    )


def _capacity_figure(rows: pl.DataFrame, amount: float | None) -> SidedFigure:
    unit, at = (rows["unit"][0], str(rows["year"].max())) if rows.height else ("t", None)
    return _figure(OFFER, "capacity", unit, amount, at, tuple(rows["source_id"].unique().sort()), NO_CAPACITY)


def _product_gaps(
    bought: ProductPurchases | None, sold: float | None, makes: float | None, maker: str | None, sales: ProductSales
) -> tuple[str, ...]:
    """What stands between need and offer of a product."""
    if bought is None:
        return (NO_PURCHASES,)
    if sold:
        return ()
    if sales.exports_kusd and makes:
        return (f"the seller sells it elsewhere{_most(sales.main_buyer)}",)
    if makes:
        return ("the seller makes it, and is not among the buyer's known origins",)
    return ("the seller is not known to make it: " + (f"the largest maker is {maker}" if maker else NOT_KNOWN),)


def heading_pairs(
    direction: str,
    store: Store,
    buyer: Region,
    seller: Region,
    headings: PartnerHeadings,
    subjects: Collection[str] | None,
) -> list[NeedOffer]:
    """A pair for each four-digit heading in which the seller exports or the buyer buys from it, but for those that one
    product fills, which stand among the products.
    """
    if headings.year is None:
        return []
    trade = store.rows("heading_trade").filter(
        pl.col("flow") == "import",
        pl.col("partner") == WORLD,
        pl.col("reporter") == buyer.key,
        pl.col("year") == headings.year,
    )
    products = ProductTables(store).products.values()
    whole = {p.heading for p in products if p.heading_whole and (subjects is None or p.subject in subjects)}
    needed = {row["heading"]: row for row in trade.iter_rows(named=True)}
    pairs = []
    for row in headings.rows.iter_rows(named=True):
        minerals = [m for m in (row["minerals"] or "").split(";") if m]
        if row["heading"] in whole or (subjects is not None and not set(minerals) & set(subjects)):
            continue
        pairs.append(_heading_pair(direction, buyer, seller, row, needed.get(row["heading"]), str(headings.year)))
    return pairs


def _heading_pair(
    direction: str, buyer: Region, seller: Region, row: Mapping[str, Any], need: Mapping[str, Any] | None, year: str
) -> NeedOffer:
    value = need["value_kusd"] if need else None
    ids = tuple(row["source_id"].split(";"))
    figures = (
        _figure(NEED, "import_value", "thousand USD", value, year, (need["source_id"],) if need else (), NOT_READ),
        *(_figure(OFFER, name, unit, row[name], year, ids, NOT_READ) for name, unit in HEADING_OFFERS),
    )
    sold, exports = row["exports_to_importer_kusd"], row["exports_kusd"]
    gaps = [f"the seller sells it elsewhere{_most(row['main_buyer'])}"] if exports and not sold else []
    gaps += ["the buyer's purchases of the heading were not read"] if value is None else []
    fit = fit_of(sold, offered(None, exports, value), 0.0, LEAST_NEED_KUSD if value is None else value)
    named_so = (direction, "heading", row["heading"], row["name"] or row["heading"], row["minerals"], row["stage"])
    return NeedOffer(*named_so, buyer.key, seller.key, fit, tuple(gaps), figures, {"main_buyer": row["main_buyer"]})


def _most(buyer: str | None) -> str:
    return f", most to {buyer}" if buyer else ""


def _span(bought: ProductPurchases | None) -> str | None:
    """The years of the purchases."""
    if bought is None:
        return None
    first, last = bought.first_year, bought.last_year
    return str(last) if first == last else f"{first}-{last}"


def _figure(
    side: str, variable: str, unit: str, value: float | None, year: str | None, ids: Sequence[str], reason: str
) -> SidedFigure:
    """A figure with its reason where it is null, and with its sources where it is not."""
    if value is None:
        return SidedFigure(side, variable, unit, None, year, (), reason)
    return SidedFigure(side, variable, unit, float(value), year, each_once(tuple(ids)))
