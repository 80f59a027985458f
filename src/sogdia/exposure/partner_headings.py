"""What the partners sell by four-digit heading: a second layer under the six-digit codes of the store.

Headings see products that no six-digit code here covers, such as ferro-alloys, unwrought metals and uranium. They hold
a product with its articles and scrap, list at most ten partners by value, and never add up with six-digit figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.data.products import WORLD
from sogdia.exposure.record_inputs import membership
from sogdia.sums import known_total, total

KEY = ["heading", "partner"]
YEARS_BEFORE = 2
COLUMNS = (
    "heading", "name", "minerals", "stage", "partner", "exports_to_importer_kusd", "share_of_importer_imports",
    "exports_kusd", "importer_share_of_exports", "main_buyer", "main_buyer_share", "main_buyer_share_before", "note",
    "source_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartnerHeadings:
    """rows: COLUMNS (main_buyer_share_before: its share YEARS_BEFORE), the largest sales to the importer first, then
    the largest exports; values in thousand USD, null where they were not read. year: of all rows, None where the store
    carries no heading. to_importer_kusd: what the importer bought from the partners in the headings read. source_ids:
    behind the rows.
    """

    rows: pl.DataFrame
    year: int | None
    to_importer_kusd: float
    source_ids: tuple[str, ...]


def partner_headings(store: Store, importer: Region, partners: Sequence[Region], year: int) -> PartnerHeadings:
    """Sales of the partners by heading in the last year up to `year`: the importer's side where it was read, else the
    partner's.
    """
    past = store.rows("heading_trade").filter(pl.col("year") <= year)
    trade = past.filter(pl.col("year") == pl.col("year").max())
    members = membership(partners, "country").rename({"economy": "partner"})
    own = members["country"].implode()
    exports = trade.filter(pl.col("flow") == "export", pl.col("reporter").is_in(own))
    bought = _sales(trade, importer, members)
    sold = (
        exports.filter(pl.col("partner") == WORLD).rename({"reporter": "country"}).drop("partner")
        .join(members, on="country").group_by(KEY).agg(exports_kusd=known_total("value_kusd"), ids="source_id")
    )  # fmt: skip
    rows = (
        sold.join(bought, on=KEY, how="full", coalesce=True)
        .join(_main_buyers(exports, past, members), on=KEY, how="left")
        .join(_imports(trade, importer), on="heading", how="left")
        .join(store.rows("headings").select("heading", "name", "minerals", "stage"), on="heading", how="left")
        .filter(pl.any_horizontal(pl.col("exports_kusd", "exports_to_importer_kusd") > 0))
        .with_columns(
            note=pl.when(pl.col("note") != "").then("note"),
            share_of_importer_imports=pl.col("exports_to_importer_kusd") / pl.col("imports_kusd"),
            importer_share_of_exports=pl.col("exports_to_importer_kusd") / pl.col("exports_kusd"),
            source_id=pl.concat_list(pl.col("ids", "seen_by").fill_null([])).list.unique().list.sort().list.join(";"),
        )
        .select(COLUMNS)
        .sort("exports_to_importer_kusd", "exports_kusd", *KEY, descending=[True, True, False, False], nulls_last=True)
    )
    ids = tuple(sorted({i for cell in rows["source_id"] for i in cell.split(";")}))
    at = int(trade["year"][0]) if trade.height and rows.height else None
    return PartnerHeadings(rows, at, float(rows.select(total("exports_to_importer_kusd")).item()), ids)


def _sales(trade: pl.DataFrame, importer: Region, members: pl.DataFrame) -> pl.DataFrame:
    """Sales to the importer: heading, partner, exports_to_importer_kusd, seen_by (source ids)."""
    columns = {"heading": "heading", "value_kusd": "value_kusd", "source_id": "source_id", "note": "note"}
    seller = members["country"].implode()
    inward = trade.filter(
        pl.col("flow") == "import", pl.col("reporter").is_in(importer.members), pl.col("partner").is_in(seller)
    ).select(**columns, buyer="reporter", country="partner")
    outward = trade.filter(
        pl.col("flow") == "export", pl.col("partner").is_in(importer.members), pl.col("reporter").is_in(seller)
    ).select(**columns, buyer="partner", country="reporter")
    pair = ["heading", "buyer", "country"]
    known = inward.filter(pl.col("value_kusd").is_not_null())
    both = pl.concat([known, outward.join(known, on=pair, how="anti")])
    return (
        both.join(members, on="country")
        .group_by(KEY)
        .agg(
            exports_to_importer_kusd=known_total("value_kusd"),
            seen_by="source_id",
            note=pl.col("note").drop_nulls().unique().sort().str.join("; "),
        )
    )


def _imports(trade: pl.DataFrame, importer: Region) -> pl.DataFrame:
    """Imports of a single country by heading: heading, imports_kusd; a region, whose members trade inside, has none."""
    own = trade.filter(
        pl.col("flow") == "import", pl.col("partner") == WORLD, pl.col("reporter") == importer.key,
        pl.col("value_kusd") > 0,
    )  # fmt: skip
    return own.select("heading", imports_kusd="value_kusd")


def _main_buyers(exports: pl.DataFrame, past: pl.DataFrame, members: pl.DataFrame) -> pl.DataFrame:
    """The largest buyer of a partner that is a single country: heading, partner, main_buyer, main_buyer_share and
    main_buyer_share_before.
    """
    before = past.filter(pl.col("flow") == "export", pl.col("year") == pl.col("year").max() - YEARS_BEFORE).select(
        "heading", reporter="reporter", buyer="partner", main_buyer_share_before="share"
    )
    sizes = members.group_by("partner").agg(size=pl.len())
    single = members.join(sizes.filter(pl.col("size") == 1), on="partner").select("partner", reporter="country")
    listed = exports.filter(pl.col("partner") != WORLD, pl.col("share").is_not_null()).rename({"partner": "buyer"})
    largest = (
        listed.join(single, on="reporter")
        .sort("share", "buyer", descending=[True, False])
        .group_by(*KEY, "reporter", maintain_order=True)
        .agg(pl.col("buyer").first(), main_buyer_share=pl.col("share").first())
    )
    return (
        largest.join(before, on=["heading", "reporter", "buyer"], how="left").rename({"buyer": "main_buyer"})
        .drop("reporter")
    )  # fmt: skip
