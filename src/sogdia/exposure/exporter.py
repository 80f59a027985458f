"""The exporter's view: who buys, how far each depends on the other, and the demand that the exporter does not meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, plain_rows, tidy
from sogdia.codes import Region, countries
from sogdia.codes.countries import splits
from sogdia.data import Mineral, Store
from sogdia.data.products import WORLD
from sogdia.data.provenance import citations
from sogdia.errors import NoAnswerError
from sogdia.exposure import trade_codes
from sogdia.exposure.inputs import load
from sogdia.exposure.measure import Measure
from sogdia.exposure.tables import FLOWS, WEIGHTS, ids_behind
from sogdia.sums import known_total, total

PAIR = ["mineral", "buyer"]
HEADINGS = (
    "heading", "name", "minerals", "stage", "year", "buyer", "value_kusd", "share_of_exports", "exports_kusd",
    "source_id",
)  # fmt: skip
UNSERVED_SHOWN = 5
"""Of buyers that buy nothing from the exporter, the largest of each mineral."""
DEFINITIONS = (
    "Unmet demand is what a buyer imports from others: the most that the exporter could replace, not what it could "
    "deliver.",
    f"Buyers that buy nothing from the exporter: the {UNSERVED_SHOWN} largest of each mineral are shown.",
)
COLUMNS = (
    Measure("sales_kusd", "thousand USD", "Sales", "exports of the exporter to the buyer, by value", FLOWS),
    Measure("sales_t", "t", "Sales by weight", "the same, of traded product", WEIGHTS),
    Measure("share_of_exports", "fraction", "Exporter depends", "sales / all exports of the exporter", FLOWS),
    Measure("share_of_imports", "fraction", "Buyer depends", "sales / all imports of the buyer", FLOWS),
    Measure("imports_kusd", "thousand USD", "Buyer's imports", "from all countries, by value", FLOWS),
    Measure("unmet_kusd", "thousand USD", "Unmet demand", "imports of the buyer from others", FLOWS),
)
"""The columns of figures; shares are by value."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExporterPosition(Answer):
    """rows: mineral, buyer and COLUMNS, for each buyer and for the largest that buy nothing from the exporter (sales
    0); by mineral, the largest sales first. minerals: mineral, exports_kusd, buyers, buyer_hhi (sum of squared shares
    of buyers), world_imports_kusd, unmet_kusd (imports of the world from others), share_of_world; the largest exports
    first. headings: sales by four-digit heading, HEADINGS, of an exporter that is one country.
    """

    exporter: Region
    year: int
    rows: pl.DataFrame
    minerals: pl.DataFrame
    headings: pl.DataFrame
    notes: tuple[str, ...]
    source_ids: dict[str, tuple[str, ...]]

    @property
    def title(self) -> str:
        """Who sells, and when."""
        return f"{self.exporter.name}: buyers and unmet demand in {self.year}"

    def table(self) -> pl.DataFrame:
        """Tidy long table; importer is the buyer, partner the exporter."""
        units = {m.variable: m.unit for m in COLUMNS}
        sources = {m.variable: SEPARATOR.join(ids_behind(m.tables, self.source_ids)) or None for m in COLUMNS}
        rows = self.rows.unpivot(index=PAIR, on=list(units), variable_name="variable", value_name="value").select(
            "mineral", "variable", "value",
            importer="buyer", country="buyer",
            unit=pl.col("variable").replace_strict(units, return_dtype=pl.String),
            source_id=pl.col("variable").replace_strict(sources, return_dtype=pl.String),
        )  # fmt: skip
        sold = tidy(rows, partner=self.exporter.key, year=str(self.year), stat="value")
        headings = self.headings.select(
            "source_id", mineral="minerals", stage="stage", importer="buyer", country="buyer",
            year=pl.col("year").cast(pl.String), variable=pl.format("heading {} share_of_exports", "heading"),
            unit=pl.lit("fraction"), value="share_of_exports",
        )  # fmt: skip
        return pl.concat([sold, tidy(headings, partner=self.exporter.key, stat="value")])

    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of trade and of the headings."""
        return each_once(ids_behind(WEIGHTS, self.source_ids), tuple(self.headings["source_id"].unique().sort()))

    def to_dict(self) -> dict[str, Any]:
        """Minerals and buyers with units and definitions, notes and citations."""
        return {
            "exporter": self.exporter.key,
            "year": self.year,
            "minerals": plain_rows(self.minerals),
            "rows": plain_rows(self.rows),
            "headings": plain_rows(self.headings),
            "notes": list(self.notes),
            "units": {m.variable: m.unit for m in COLUMNS},
            "definitions": {m.variable: m.definition for m in COLUMNS},
            "sources": citations(self.sources()),
        }


def exporter_position(store: Store, exporter: Region, minerals: Sequence[Mineral], year: int) -> ExporterPosition:
    """Buyers of an exporter's minerals; NoAnswerError where it exports none of them on record.

    What the members of a region sell each other is no export of it.
    """
    inputs = load(store, minerals, [year])
    imports = _imports(inputs.flows, exporter)
    sums = imports.group_by("mineral").agg(exports_kusd=total("sales_kusd"), world_imports_kusd=total("imports_kusd"))
    sold = sums.filter(pl.col("exports_kusd") > 0)
    if sold.is_empty():
        names = ", ".join(m.name for m in minerals)
        raise NoAnswerError(f"no export of {exporter.name} in {year} on record: {names}. Ask for other minerals.")
    pairs = imports.join(sold, on="mineral").with_columns(
        share_of_exports=pl.col("sales_kusd") / pl.col("exports_kusd"),
        share_of_imports=pl.when(pl.col("imports_kusd") > 0).then(pl.col("sales_kusd") / pl.col("imports_kusd")),
        unmet_kusd=pl.col("imports_kusd") - pl.col("sales_kusd"),
    )
    told = _by_mineral(sold, pairs)
    counted = [m for m in minerals if m.key in set(told["mineral"])]
    together = [
        f"{countries()[iso3].name}: its figures include {splits()[iso3].what}."
        for iso3 in exporter.members
        if iso3 in splits() and year <= splits()[iso3].last_year
    ]
    notes = (*_unseen(store, counted), *trade_codes.notes(counted, [year], None), *together, *DEFINITIONS)
    headings = _headings(store, exporter, [m.key for m in minerals], year)
    return ExporterPosition(exporter, year, _shown(pairs), told, headings, notes, dict(inputs.source_ids))


def _imports(flows: pl.DataFrame, exporter: Region) -> pl.DataFrame:
    """Imports of each buyer outside the exporter: from all, and from the exporter."""
    own = pl.col("exporter").is_in(exporter.members)
    foreign = flows.filter(~pl.col("importer").is_in(exporter.members)).rename({"importer": "buyer"})
    return foreign.group_by(PAIR).agg(
        imports_kusd=total("value_kusd"), sales_kusd=total(pl.col("value_kusd").filter(own)),
        sales_t=known_total(pl.col("quantity_t").filter(own)),
    )  # fmt: skip


def _shown(pairs: pl.DataFrame) -> pl.DataFrame:
    """All buyers, and of those that buy none from the exporter the largest of each mineral."""
    ordered = pairs.sort("mineral", "sales_kusd", "imports_kusd", "buyer", descending=[False, True, True, False])
    unserved = pl.col("sales_kusd") <= 0
    rank = unserved.cum_sum().over("mineral")
    return ordered.filter(~unserved | (rank <= UNSERVED_SHOWN)).select(*PAIR, *(m.variable for m in COLUMNS))


def _by_mineral(sold: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Exports, buyers and what the world buys from others, the largest exports first."""
    buyers = pairs.group_by("mineral").agg(
        buyers=(pl.col("sales_kusd") > 0).sum(), buyer_hhi=total(pl.col("share_of_exports") ** 2)
    )
    told = sold.join(buyers, on="mineral").with_columns(
        unmet_kusd=pl.col("world_imports_kusd") - pl.col("exports_kusd"),
        share_of_world=pl.col("exports_kusd") / pl.col("world_imports_kusd"),
    )
    return told.sort("exports_kusd", "mineral", descending=[True, False])


def _headings(store: Store, exporter: Region, minerals: Sequence[str], year: int) -> pl.DataFrame:
    """The listed buyers by heading in the last year up to `year`, of headings that hold one of the minerals."""
    own = store.rows("heading_trade").filter(
        pl.col("flow") == "export", pl.col("reporter") == exporter.key, pl.col("year") <= year
    )
    trade = own.filter(pl.col("year") == pl.col("year").max())
    whole = trade.filter(pl.col("partner") == WORLD).select("heading", exports_kusd="value_kusd")
    named = store.rows("headings").select("heading", "name", "minerals", "stage")
    held = pl.col("minerals").fill_null("").str.split(";").list.set_intersection(list(minerals)).list.len() > 0
    return (
        trade.filter(pl.col("partner") != WORLD, pl.col("share").is_not_null())
        .join(named, on="heading").join(whole, on="heading", how="left").filter(held)
        .rename({"partner": "buyer", "share": "share_of_exports"})
        .sort("exports_kusd", "heading", "share_of_exports", "buyer", descending=[True, False, True, False],
              nulls_last=True)
        .select(HEADINGS)
    )  # fmt: skip


def _unseen(store: Store, minerals: Sequence[Mineral]) -> tuple[str, ...]:
    """Which forms of the minerals the trade codes do not see, so that nobody takes what is counted for all."""
    forms = store.rows("trade_forms")
    missing = []
    for mineral in minerals:
        own = set(mineral.hs6())
        known = forms.filter(pl.col("mineral") == mineral.key, pl.col("rank") == "main")
        names = [row["form"] for row in known.iter_rows(named=True) if not own & set(row["hs1992"].split(";"))]
        missing += [f"{mineral.name} ({', '.join(names)})"] if names else []
    if not missing:
        return ()
    return (f"Forms that these trade codes do not count: {'; '.join(missing)}. Headings and products see more.",)
