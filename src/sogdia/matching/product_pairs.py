"""Needs and offers of products of processing, and of four-digit headings, which see what six digits here do not."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import polars as pl

from sogdia.answer import each_once
from sogdia.codes import Region
from sogdia.data import Store
from sogdia.data.products import WORLD, Output, Product, ProductPurchases, ProductTables
from sogdia.exposure.partner_headings import PartnerHeadings
from sogdia.exposure.products import leading
from sogdia.matching.pair import NEED, OFFER, Figure, Pair, fit_of
from sogdia.sums import known_total

NO_PURCHASES = "the buyer's purchases of it are not on record"
NO_OUTPUT = "no source names the seller among the makers"
NO_ORIGIN = "no source names the seller among the origins"
NOT_KNOWN = "not known from the sources of this product"
NOT_READ = "not read for this heading"


def product_pairs(
    direction: str, store: Store, buyer: Region, seller: Region, subjects: Collection[str] | None, year: int
) -> list[Pair]:
    """A pair for each product that the buyer buys or the seller makes. subjects: of these minerals only."""
    tables = ProductTables(store)
    pairs = []
    for product in tables.products.values():
        if subjects is not None and product.subject not in subjects:
            continue
        bought, made = tables.purchases(product, buyer, year), tables.output(product, year)
        pair = _product_pair(direction, product, buyer, seller, bought, made)
        if pair is not None:
            pairs.append(pair)
    return pairs


def _product_pair(
    direction: str,
    product: Product,
    buyer: Region,
    seller: Region,
    bought: ProductPurchases | None,
    made: Output | None,
) -> Pair | None:
    own = None if made is None else made.rows.filter(pl.col("country").is_in(seller.members))
    sold = None if bought is None else bought.rows.filter(pl.col("origin").is_in(seller.members))
    amount = None if own is None else own.select(known_total("quantity")).item()
    share = None if own is None else own.select(known_total("share")).item()
    sales = None if sold is None else sold.select(known_total("share")).item()
    if bought is None and not amount and not share:
        return None
    top, top_share, hhi = leading(bought.rows.rename({"origin": "country"})) if bought else (None, None, None)
    made_by = leading(made.rows)[0] if made is not None else None
    years = None if bought is None else _span(bought.first_year, bought.last_year)
    ids = bought.source_ids if bought else ()
    said = NOT_KNOWN if bought else NO_PURCHASES
    out = made.source_ids if made and own is not None and own.height else ()
    at = str(made.year) if made else None
    figures = (
        _figure(NEED, "import_value", "thousand USD", bought.value_kusd if bought else None, years, ids, said),
        _figure(NEED, "import_quantity", "t", bought.quantity_t if bought else None, years, ids, said),
        _figure(
            NEED, "net_import_reliance", "fraction", None, None, (), "the buyer's own output is not set against it"
        ),
        _figure(NEED, "import_hhi", "0..1", hhi, years, ids, said),
        _figure(NEED, "top_supplier_share", "fraction", top_share, years, ids, said),
        _figure(NEED, "loss_central", "thousand USD", None, None, (), "no market is made of this product"),
        _figure(OFFER, "share_of_importer_imports", "fraction", sales, years, ids, NO_ORIGIN),
        _figure(OFFER, "production", made.unit if made else "t", amount, at, out, NO_OUTPUT),
        _figure(OFFER, "share_of_world_production", "fraction", share, at, out, NO_OUTPUT),
    )
    has_need = float(bought is not None)
    gaps = [NO_PURCHASES] if bought is None else []
    if bought is not None and not sales and not amount and not share:
        gaps.append(
            "the seller is not known to make it: " + (f"the largest maker is {made_by}" if made_by else NOT_KNOWN)
        )
    elif bought is not None and not sales:
        gaps.append("the seller makes it, and is not among the buyer's known origins")
    fit = fit_of(sales, amount or share, 0.0, has_need)
    labels = {"top_supplier": top, "largest_maker": made_by, "imports_from": bought.basis if bought else None,
              "share_of": bought.share_of if bought else None}  # fmt: skip
    return Pair(direction, "product", product.key, product.name, product.subject, product.stage, buyer.key, seller.key,
                fit, tuple(gaps), figures, labels)  # fmt: skip


def heading_pairs(
    direction: str,
    store: Store,
    buyer: Region,
    seller: Region,
    headings: PartnerHeadings,
    subjects: Collection[str] | None,
) -> list[Pair]:
    """A pair for each four-digit heading in which the seller exports or the buyer buys from it."""
    if headings.year is None:
        return []
    trade = store.rows("heading_trade").filter(
        pl.col("flow") == "import", pl.col("partner") == WORLD, pl.col("reporter") == buyer.key,
        pl.col("year") == headings.year,
    )  # fmt: skip
    needed = {row["heading"]: row for row in trade.iter_rows(named=True)}
    pairs = []
    for row in headings.rows.iter_rows(named=True):
        minerals = [m for m in (row["minerals"] or "").split(";") if m]
        if subjects is not None and not set(minerals) & set(subjects):
            continue
        need = needed.get(row["heading"])
        value = need["value_kusd"] if need else None
        year, ids = str(headings.year), tuple(row["source_id"].split(";"))
        figures = (
            _figure(NEED, "import_value", "thousand USD", value, year, (need["source_id"],) if need else (), NOT_READ),
            *(
                _figure(OFFER, variable, unit, row[variable], year, ids, NOT_READ)
                for variable, unit in (
                    ("exports_kusd", "thousand USD"), ("exports_to_importer_kusd", "thousand USD"),
                    ("share_of_importer_imports", "fraction"), ("importer_share_of_exports", "fraction"),
                    ("main_buyer_share", "fraction"), ("main_buyer_share_before", "fraction"),
                )
            ),
        )  # fmt: skip
        sold, exports = row["exports_to_importer_kusd"], row["exports_kusd"]
        gaps = [f"the seller sells it elsewhere{_most(row['main_buyer'])}"] if exports and not sold else []
        gaps += ["the buyer's purchases of the heading were not read"] if value is None else []
        fit = fit_of(sold, exports, 0.0, 1.0 if value is None else value)
        pairs.append(
            Pair(direction, "heading", row["heading"], row["name"] or row["heading"], row["minerals"], row["stage"],
                 buyer.key, seller.key, fit, tuple(gaps), figures, {"main_buyer": row["main_buyer"]})
        )  # fmt: skip
    return pairs


def _most(buyer: str | None) -> str:
    return f", most to {buyer}" if buyer else ""


def _span(first: int, last: int) -> str:
    return str(last) if first == last else f"{first}-{last}"


def _figure(
    side: str, variable: str, unit: str, value: float | None, year: str | None, ids: Sequence[str], reason: str
) -> Figure:
    """A figure with its reason where it is null, and with its sources where it is not."""
    if value is None:
        return Figure(side, variable, unit, None, year, (), reason)
    return Figure(side, variable, unit, float(value), year, each_once(tuple(ids)))
