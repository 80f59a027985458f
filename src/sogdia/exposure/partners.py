"""What the partner countries supply today, to the importer and to the world, mineral by mineral."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, plain_rows, tidy
from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.coverage_rules import coverage_rules
from sogdia.data.provenance import citations
from sogdia.exposure import trade_codes
from sogdia.exposure.doubts import supplier_marks
from sogdia.exposure.inputs import Inputs, load, uncovered
from sogdia.exposure.measure import Measure
from sogdia.exposure.partner_headings import PartnerHeadings, partner_headings
from sogdia.exposure.record_inputs import membership
from sogdia.exposure.tables import FLOWS, WEIGHTS, ids_behind
from sogdia.exposure.trade_codes import codes_at
from sogdia.sums import known_total, total

KEY = ["mineral", "partner"]
PRODUCTION = ("production",)
COLUMNS = (
    Measure("exports_to_importer_kusd", "thousand USD", "Exports to the importer", "by value", FLOWS),
    Measure("exports_to_importer_t", "t", "Exports to the importer, by weight", "of traded product", WEIGHTS),
    Measure("exports_kusd", "thousand USD", "Exports", "to the whole world, by value", FLOWS),
    Measure("exports_t", "t", "Exports by weight", "to the whole world, of traded product", WEIGHTS),
    Measure("importer_share_of_exports", "fraction", "Importer's share", "exports to the importer / exports", FLOWS),
    Measure("share_of_importer_imports", "fraction", "Share of imports", "exports to it / all its imports", FLOWS),
    Measure("main_buyer_share", "fraction", "Main buyer's share", "exports to the largest buyer / exports", FLOWS),
    Measure("production_t", "t", "Production", "in the mineral's basis", PRODUCTION),
    Measure("share_of_world_production", "fraction", "Share of world production", "production / world's", PRODUCTION),
)
"""The columns of figures; shares of exports and imports are by value."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PartnerSupply(Answer):
    """rows: one per mineral and partner with any recorded export or production in the year: mineral, partner,
    main_buyer, mark (of a partner that is one country, see `sogdia.exposure.doubts`), and the columns of COLUMNS.
    Null: not recorded, or not known. headings: what the partners sell by four-digit heading.
    """

    rows: pl.DataFrame
    notes: tuple[str, ...]
    importer: Region
    partners: tuple[Region, ...]
    year: int
    source_ids: dict[str, tuple[str, ...]]
    headings: PartnerHeadings

    @property
    def title(self) -> str:
        """The partners, the importer and the year."""
        names = ", ".join(partner.name for partner in self.partners) or "No partner"
        return f"{names}: supply to {self.importer.name} and to the world in {self.year}"

    def table(self) -> pl.DataFrame:
        """Tidy long table; country and partner of a row are the partner, main_buyer names the buyer of its share."""
        units = {m.variable: m.unit for m in COLUMNS}
        sources = {m.variable: SEPARATOR.join(ids_behind(m.tables, self.source_ids)) or None for m in COLUMNS}
        buyer = pl.when(pl.col("variable") == "main_buyer_share").then("main_buyer")
        rows = self.rows.unpivot(
            index=[*KEY, "main_buyer"], on=list(units), variable_name="variable", value_name="value"
        ).with_columns(
            country="partner",
            main_buyer=buyer,
            unit=pl.col("variable").replace_strict(units, return_dtype=pl.String),
            source_id=pl.col("variable").replace_strict(sources, return_dtype=pl.String),
        )
        whole = tidy(rows, importer=self.importer.key, year=str(self.year), stat="value")
        return pl.concat([whole, self._heading_table(whole.columns)])

    def _heading_table(self, columns: list[str]) -> pl.DataFrame:
        """Sales by heading: the heading stands in the variable, and the mineral column names what it holds."""
        figures = ("exports_to_importer_kusd", "exports_kusd")
        rows = self.headings.rows.with_columns(mineral=pl.coalesce("minerals", "heading"))
        long = rows.unpivot(
            index=["heading", "mineral", "stage", "partner", "source_id"], on=list(figures), variable_name="figure",
            value_name="value",
        ).drop_nulls("value").with_columns(
            variable=pl.format("heading {} {}", "heading", "figure"), country="partner",
            main_buyer=pl.lit(None, pl.String),
        )  # fmt: skip
        year = None if self.headings.year is None else str(self.headings.year)
        return tidy(long, importer=self.importer.key, year=year, stat="value", unit="thousand USD").select(columns)

    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of trade, production and headings."""
        return each_once(ids_behind((*WEIGHTS, *PRODUCTION), self.source_ids), self.headings.source_ids)

    def to_dict(self) -> dict[str, Any]:
        """The rows with units and definitions, notes and citations."""
        return {
            "importer": self.importer.key,
            "partners": [partner.key for partner in self.partners],
            "year": self.year,
            "rows": plain_rows(self.rows),
            "headings": plain_rows(self.headings.rows),
            "headings_year": self.headings.year,
            "notes": list(self.notes),
            "units": {m.variable: m.unit for m in COLUMNS},
            "definitions": {m.variable: m.definition for m in COLUMNS},
            "sources": citations(self.sources()),
        }


def partner_supply(
    store: Store, importer: Region, partners: Sequence[Region], minerals: Sequence[Mineral], year: int
) -> PartnerSupply:
    """One row per mineral and partner with any recorded export or production in the year."""
    inputs = load(store, minerals, [year])
    rows = _marked(_rows(inputs, importer, partners), inputs, partners, store, minerals)
    notes = _notes(store, [m for m in minerals if m.key in set(rows["mineral"])], year)
    headings = partner_headings(store, importer, partners, year)
    return PartnerSupply(rows, notes, importer, tuple(partners), year, dict(inputs.source_ids), headings)


def _marked(
    rows: pl.DataFrame, inputs: Inputs, partners: Sequence[Region], store: Store, minerals: Sequence[Mineral]
) -> pl.DataFrame:
    """The rows with the mark of each partner that is one country."""
    single = {partner.members[0]: partner.key for partner in partners if len(partner.members) == 1}
    marks = supplier_marks(inputs, minerals, coverage_rules(store)).filter(pl.col("exporter").is_in(list(single)))
    named = marks.select("mineral", "mark", partner=pl.col("exporter").replace(single))
    return rows.join(named, on=KEY, how="left", maintain_order="left")


def _rows(inputs: Inputs, importer: Region, partners: Sequence[Region]) -> pl.DataFrame:
    members = membership(partners, "country").rename({"economy": "partner"})
    exports = inputs.flows.join(members.rename({"country": "exporter"}), on="exporter").join(
        members.rename({"country": "importer"}), on=["partner", "importer"], how="anti"
    )
    to_importer = pl.col("importer").is_in(importer.members)
    bought = exports.group_by(*KEY, "importer").agg(total("value_kusd"))
    main = (
        bought.sort("value_kusd", "importer", descending=[True, False])
        .group_by(KEY, maintain_order=True)
        .agg(
            main_buyer=pl.col("importer").first(),
            main_buyer_share=pl.col("value_kusd").first() / total("value_kusd"),
        )
    )
    sums = exports.group_by(KEY).agg(
        exports_to_importer_kusd=total(pl.col("value_kusd").filter(to_importer)),
        exports_to_importer_t=known_total(pl.col("quantity_t").filter(to_importer)),
        exports_kusd=total("value_kusd"),
        exports_t=known_total("quantity_t"),
    )
    wanted = inputs.flows.filter(to_importer & ~pl.col("exporter").is_in(importer.members))
    imports = wanted.group_by("mineral").agg(imports_kusd=total("value_kusd"))
    world = inputs.production.group_by("mineral").agg(world_t=total("amount_t"))
    produced = inputs.production.join(members, on="country").group_by(KEY).agg(production_t=total("amount_t"))
    made = produced.filter(pl.col("production_t") > 0)
    return (
        sums.join(made, on=KEY, how="full", coalesce=True)
        .join(main, on=KEY, how="left")
        .join(imports, on="mineral", how="left")
        .join(world, on="mineral", how="left")
        .with_columns(
            importer_share_of_exports=pl.col("exports_to_importer_kusd") / pl.col("exports_kusd"),
            share_of_importer_imports=pl.col("exports_to_importer_kusd") / pl.col("imports_kusd"),
            share_of_world_production=pl.col("production_t") / pl.col("world_t"),
        )
        .drop("imports_kusd", "world_t")
        .sort(KEY)
    )


def _notes(store: Store, minerals: Sequence[Mineral], year: int) -> tuple[str, ...]:
    """Codes that do not count, and years without statistics; minerals without a code in use are named together."""
    coded = [m for m in minerals if codes_at(m, None, year)]
    uncoded = ", ".join(m.name for m in minerals if m not in coded)
    together = (f"Exports are not known, because no trade code is mapped in {year}: {uncoded}.",) if uncoded else ()
    return (*trade_codes.notes(coded, [year], None), *together, *uncovered(store, [year]))
