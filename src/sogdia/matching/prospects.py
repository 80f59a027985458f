"""What a seller holds in the ground and plans to build: reserves and projects by mineral."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.answer import each_once
from sogdia.data import Store
from sogdia.data.reserves import reserves_of
from sogdia.matching.pair import OFFER, SidedFigure
from sogdia.sums import known_total

MEASURES = ("usgs_economic", "national_balance", "identified_resources", "deposit")
"""Measures of reserves, the strictest first; only figures of one measure and one basis are added."""
NO_RESERVES = "no reserves of it on record for this seller"


@dataclass(frozen=True)
class Prospects:
    """reserves, projects: rows of these tables that belong to the countries of the seller."""

    reserves: pl.DataFrame
    projects: pl.DataFrame

    def figures(self, mineral: str) -> tuple[SidedFigure, ...]:
        """Reserves, their share of the world's, and the number of projects."""
        planned = self.projects.filter(pl.col("mineral") == mineral)
        ids = each_once(*((i,) for cell in planned["source_id"] for i in cell.split(";")))
        count = SidedFigure(OFFER, "projects", "count", float(planned.height), None, ids)
        rows = self._reserves(mineral)
        if rows.is_empty():
            nothing = (None, None, (), NO_RESERVES)
            return (
                SidedFigure(OFFER, "reserves", "t", *nothing),
                SidedFigure(OFFER, "reserves_share", "fraction", *nothing),
                count,
            )
        year, sources = str(rows["year"].max()), tuple(sorted(set(rows["source_id"])))
        amount = rows.select(known_total("reserves_t")).item()
        share = rows.select(known_total("share_of_world")).item()
        unstated = None if amount is not None else "not stated in tonnes"
        alone = None if share is not None else "no total of the world by the same measure"
        return (
            SidedFigure(OFFER, "reserves", "t", amount, year, sources, unstated),
            SidedFigure(OFFER, "reserves_share", "fraction", share, year, sources, alone),
            count,
        )

    def labels(self, mineral: str) -> dict[str, str | None]:
        """Names of the projects, and what a tonne of reserves is a tonne of."""
        names = self.projects.filter(pl.col("mineral") == mineral)["name"].to_list()
        rows = self._reserves(mineral)
        return {
            "projects": "; ".join(names) or None,
            "reserves_basis": None if rows.is_empty() else f"{rows['basis'][0]} ({rows['measure'][0]})",
        }

    def _reserves(self, mineral: str) -> pl.DataFrame:
        """Rows of the strictest measure, on the basis that most countries have."""
        own = self.reserves.filter(pl.col("mineral") == mineral, pl.col("reserves_t").fill_null(1.0) > 0)
        measure = next((m for m in MEASURES if m in own["measure"]), None)
        rows = own.filter(pl.col("measure") == measure) if measure else own.clear()
        if rows.is_empty():
            return rows
        bases = (
            rows.group_by("form", "basis").agg(pl.len()).sort("len", "form", "basis", descending=[True, False, False])
        )
        return rows.filter(pl.col("form") == bases["form"][0], pl.col("basis") == bases["basis"][0])


def prospects_of(store: Store, countries: Sequence[str]) -> Prospects:
    """The reserves and projects of a seller."""
    projects = store.rows("projects").filter(pl.col("country").is_in(countries))
    return Prospects(reserves_of(store, countries).filter(pl.col("aggregate") == "country"), projects)
