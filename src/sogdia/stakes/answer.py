"""The answer to "which industries, how much": uses of minerals in an economy, and the money of one shock in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import fsum
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, tidy
from sogdia.codes import Region
from sogdia.data.provenance import citations
from sogdia.stakes.end_use import EndUse
from sogdia.stakes.figures import IncomeAtStake
from sogdia.stakes.importance import Importance
from sogdia.stakes.output_loss import LostOutput
from sogdia.stakes.published import PublishedLoss
from sogdia.stakes.sectors import sector, sectors
from sogdia.uncertain import Band, Range

TABLE_YEAR = "2022"
"""Year of the input-output table."""
LONG = {
    "mineral": pl.String, "year": pl.String, "variable": pl.String, "unit": pl.String, "stat": pl.String,
    "value": pl.Float64, "source_id": pl.String, "product": pl.String, "use": pl.String, "sector": pl.String,
    "final_industry": pl.String, "evidence": pl.String,
}  # fmt: skip
STATS = ("low", "central", "high")


@dataclass(frozen=True, slots=True)
class UseAtStake:
    """One use of one material. mineral: its key, or the name of a material that the store has no key for.

    income_loss_musd: the shock's loss that falls on it; share_of_sector_value_added: that over the value added of the
    sector that buys first; sector_share_of_economy: value added of that sector over that of the economy, 0..1;
    sector_mineral_inputs: what it spends on all products that carry minerals, over its output, and the imported part.
    """

    mineral: str
    product: str
    use: EndUse
    income_loss_musd: Band | None
    sector_value_added_musd: float | None
    share_of_sector_value_added: float | None
    sector_share_of_economy: float | None
    economic_importance: float | None
    sector_mineral_inputs: float | None = None
    sector_imported_mineral_inputs: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """The row as plain values."""
        use = self.use
        return {
            "mineral": self.mineral, "product": self.product, "use": use.use, "sector": use.sector,
            "sector_name": sector(use.sector).name, "final_industry": use.final_industry,
            "final_industry_name": sector(use.final_industry).name, "share": use.share.central,
            "share_low": use.share.low, "share_high": use.share.high,
            "income_loss_musd": _ends(self.income_loss_musd),
            "share_of_sector_value_added": self.share_of_sector_value_added,
            "sector_value_added_musd": self.sector_value_added_musd,
            "sector_share_of_economy": self.sector_share_of_economy,
            "sector_mineral_inputs": self.sector_mineral_inputs,
            "sector_imported_mineral_inputs": self.sector_imported_mineral_inputs,
            "economic_importance": self.economic_importance, "evidence": use.evidence,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Stakes(Answer):
    """rows: by material, the largest use first. importances: of the materials asked about, the largest first; ranks are
    among all. year, scenario, income, price_rises (by sector, as fractions), lost_output: of a shock, empty without
    one. studies: what others published on the importer and these materials. value_added_musd: of the economy,
    sector_value_added_musd: of its sectors.
    """

    importer: Region
    year: str | None
    scenario: str | None
    rows: tuple[UseAtStake, ...]
    importances: tuple[Importance, ...]
    income: IncomeAtStake | None
    price_rises: Mapping[str, float]
    lost_output: tuple[LostOutput, ...]
    studies: tuple[PublishedLoss, ...]
    value_added_musd: float
    sector_value_added_musd: Mapping[str, float]
    notes: tuple[str, ...]
    source_ids: tuple[str, ...]

    @property
    def minerals(self) -> tuple[str, ...]:
        """The materials asked about, in the order of the rows."""
        return tuple(dict.fromkeys(row.mineral for row in self.rows))

    @property
    def title(self) -> str:
        """Whose stakes, in what, and in which shock."""
        what = self.minerals[0] if len(self.minerals) == 1 else f"{len(self.minerals)} materials"
        shock = f": {self.scenario}, base {self.year}" if self.scenario else ""
        return f"{self.importer.name}, what is at stake in {what}{shock}"

    def of(self, mineral: str) -> tuple[UseAtStake, ...]:
        """The rows of one material."""
        return tuple(row for row in self.rows if row.mineral == mineral)

    def users_share(self, mineral: str) -> float:
        """Value added of the industries that buy a material first or sell what it ends in, over that of the economy."""
        codes = {code for row in self.of(mineral) for code in (row.use.sector, row.use.final_industry)}
        return fsum(self.sector_value_added_musd.get(code, 0.0) for code in codes) / self.value_added_musd

    def main_industry(self, mineral: str) -> tuple[str, float, bool]:
        """Sector in whose products most of a material ends, its share, and whether a part of that share is assumed."""
        shares: dict[str, list[float]] = {}
        for row in self.of(mineral):
            shares.setdefault(row.use.final_industry, []).append(row.use.share.central)
        code = max(shares, key=lambda one: fsum(shares[one]))
        assumed = any(r.use.evidence == "assumed" for r in self.of(mineral) if r.use.final_industry == code)
        return code, fsum(shares[code]), assumed

    def weights_on_sectors(self) -> dict[str, float]:
        """The shock's central loss over the value added of each sector that buys first, as a fraction."""
        losses: dict[str, list[float]] = {}
        for row in self.rows:
            if row.share_of_sector_value_added is not None:
                losses.setdefault(row.use.sector, []).append(row.share_of_sector_value_added)
        return {code: fsum(parts) for code, parts in losses.items()}

    def table(self) -> pl.DataFrame:
        """Tidy long table; stat is low, central and high, or "value". Shares and importance are of the year 2022."""
        rows = [*self._use_figures(), *self._importance_figures(), *self._shock_figures()]
        long = pl.DataFrame(rows, schema=LONG, orient="row")
        return tidy(long, importer=self.importer.key, country=self.importer.key)

    def sources(self) -> tuple[str, ...]:
        """Ids of the sources of every figure."""
        studies = (each_once(study.source_ids, study.ours_source_ids) for study in self.studies)
        return each_once(self.source_ids, *(item.source_ids for item in self.importances), *studies)

    def to_dict(self) -> dict[str, Any]:
        """Rows, importances, the money of the shock, what others published, notes and citations."""
        return {
            "importer": self.importer.key,
            "minerals": list(self.minerals),
            "scenario": self.scenario,
            "year": self.year,
            "value_added_musd": self.value_added_musd,
            "rows": [row.to_dict() for row in self.rows],
            "economic_importance": [_importance(item, self.users_share(item.name)) for item in self.importances],
            "income": None if self.income is None else _income(self.income),
            "price_rises": {code: rise for code, rise in self.price_rises.items() if rise},
            "lost_output": [_lost(item) for item in self.lost_output],
            "published": [_study(study) for study in self.studies],
            "notes": list(self.notes),
            "sources": citations(self.sources()),
        }

    def _use_figures(self) -> Iterator[tuple[object, ...]]:
        for row in self.rows:
            use = row.use
            sources = SEPARATOR.join(each_once(use.source_ids))
            key = (row.product, use.use, use.sector, use.final_industry, use.evidence)
            for stat, value in zip(STATS, _values(use.share), strict=True):
                yield (row.mineral, str(TABLE_YEAR), "use_share", "fraction", stat, value, sources, *key)
            if row.income_loss_musd is not None:
                all_sources = SEPARATOR.join(self.source_ids)
                for stat, value in zip(STATS, _values(row.income_loss_musd), strict=True):
                    yield (row.mineral, self.year, "income_loss", "million USD", stat, value, all_sources, *key)
                share = row.share_of_sector_value_added
                yield (
                    row.mineral, self.year, "share_of_sector_value_added", "fraction", "value", share, all_sources,
                    *key,
                )  # fmt: skip

    def _importance_figures(self) -> Iterator[tuple[object, ...]]:
        for item in self.importances:
            sources = SEPARATOR.join(item.source_ids)
            rank = None if item.rank is None else float(item.rank)
            for variable, unit, value in (
                ("economic_importance", "0..10", item.value), ("economic_importance_rank", "rank", rank),
                ("users_share_of_value_added", "fraction", self.users_share(item.name)),
            ):  # fmt: skip
                key = (item.group.product, None, None, None, item.evidence)
                yield (item.name, TABLE_YEAR, variable, unit, "value", value, sources, *key)

    def _shock_figures(self) -> Iterator[tuple[object, ...]]:
        if self.income is None:
            return
        mineral, sources = self.minerals[0], SEPARATOR.join(self.source_ids)
        none = (None, None, None, None, None)
        for variable, band in (
            ("users_loss", self.income.loss_musd), ("producers_gain", self.income.producers_gain_musd),
            ("national_loss", self.income.national_loss_musd),
        ):  # fmt: skip
            for stat, value in zip(STATS, (None,) * 3 if band is None else _values(band), strict=True):
                yield (mineral, self.year, variable, "million USD", stat, value, sources, *none)
        for variable, value in (("transfer", self.income.transfer_musd), ("forgone", self.income.forgone_musd)):
            yield (mineral, self.year, variable, "million USD", "central", value, sources, *none)
        for code, rise in self.price_rises.items():
            yield (mineral, self.year, "price_rise", "fraction", "central", rise, sources, None, None, code, None, None)
        for lost in self.lost_output:
            for stat, value in zip(STATS, _values(lost.lost_musd), strict=True):
                key = (lost.part.product, None, lost.sector, None, lost.part.evidence)
                yield (mineral, self.year, "lost_output_upper_range", "million USD", stat, value, sources, *key)


def _values(figure: Band | Range) -> tuple[float | None, float | None, float | None]:
    return figure.low, figure.central, figure.high


def _ends(figure: Band | Range | None) -> dict[str, float | None] | None:
    return None if figure is None else dict(zip(STATS, _values(figure), strict=True))


def _importance(item: Importance, users_share: float) -> dict[str, Any]:
    return {
        "mineral": item.name, "product": item.group.product, "economic_importance": item.value, "rank": item.rank,
        "substitution_index": item.index, "users_share_of_value_added": users_share, "evidence": item.evidence,
    }  # fmt: skip


def _income(income: IncomeAtStake) -> dict[str, Any]:
    return {
        "users_loss_musd": _ends(income.loss_musd), "transfer_musd": income.transfer_musd,
        "forgone_musd": income.forgone_musd, "producers_gain_musd": _ends(income.producers_gain_musd),
        "national_loss_musd": _ends(income.national_loss_musd),
    }  # fmt: skip


def _lost(item: LostOutput) -> dict[str, Any]:
    return {
        "sector": item.sector, "sector_name": sectors()[item.sector].name, "dependent_part": _ends(item.part.phi),
        "relative_use": item.relative_use, "lost_output_musd": _ends(item.lost_musd), "evidence": item.part.evidence,
        "basis": item.part.note,
    }  # fmt: skip


def _study(study: PublishedLoss) -> dict[str, Any]:
    return {
        "study": study.study, "mineral": study.mineral, "scenario": study.scenario, "year": study.year,
        "unit": study.unit, "low": study.low, "central": study.central, "high": study.high,
        "ours_musd": _ends(study.ours_musd), "times_ours": study.times_ours, "reason": study.reason,
        "evidence": study.evidence,
    }  # fmt: skip
