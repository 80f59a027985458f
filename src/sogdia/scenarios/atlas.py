"""An atlas: what a year costs importers in expectation and in the tail, by mineral, supplier and cause.

The expected loss is the probability-weighted loss, the weighted mean over the sampled years; the tail loss is the mean
of the worst years. Surges of world demand stand apart: expected loss of each surge alone, not part of the sums.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, plain_rows, tidy
from sogdia.data.provenance import citations
from sogdia.scenarios.attribution import attribution
from sogdia.scenarios.ensemble import Ensemble
from sogdia.scenarios.surge_losses import surge_losses
from sogdia.units import KUSD_PER_MUSD

MEASURES = {"expected_loss_musd": "expected_loss", "tail_loss_musd": "tail_loss"}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Atlas(Answer):
    """rows: importer, mineral, supplier, hazard, cause, expected_loss_musd, tail_loss_musd; surges: importer, mineral,
    expected_loss_musd of surges of world demand alone. totals: of each importer, with standard errors.
    """

    year: int
    rows: pl.DataFrame
    surges: pl.DataFrame
    totals: tuple[Mapping[str, Any], ...]
    notes: tuple[str, ...]
    source_ids: tuple[str, ...]

    @property
    def title(self) -> str:
        """Whose losses."""
        return f"{', '.join(str(total['importer']) for total in self.totals)}: losses a year by cause, base {self.year}"

    def by(self, *names: str) -> pl.DataFrame:
        """Expected and tail loss added up by some of importer, mineral, supplier, hazard and cause, dearest first."""
        keys = list(names)
        summed = self.rows.group_by(keys, maintain_order=True).agg(pl.col(name).sum() for name in MEASURES)
        return summed.sort(["expected_loss_musd", *keys], descending=[True, *([False] * len(keys))], nulls_last=True)

    def table(self) -> pl.DataFrame:
        """Tidy long table; partner is the supplier. Columns of its own: hazard, cause. Surges have the hazard
        demand_surge, and the variable surge_loss.
        """
        long = self.rows.rename(MEASURES).unpivot(
            index=["importer", "mineral", "supplier", "hazard", "cause"], on=list(MEASURES.values()),
            variable_name="variable", value_name="value",
        )  # fmt: skip
        apart = self.surges.select(
            "importer", "mineral", pl.lit(None, pl.String).alias("supplier"), pl.lit("demand_surge").alias("hazard"),
            pl.format("surge of world demand for {}", "mineral").alias("cause"), pl.lit("surge_loss").alias("variable"),
            pl.col("expected_loss_musd").alias("value"),
        )  # fmt: skip
        whole = pl.concat([long, apart]).rename({"supplier": "partner"})
        whole = whole.with_columns(unit=pl.lit("MUSD"), stat=pl.lit("value"))
        return tidy(whole, year=str(self.year), source_id=SEPARATOR.join(self.source_ids))

    def sources(self) -> tuple[str, ...]:
        """Ids of what the ensembles rest on."""
        return self.source_ids

    def to_dict(self) -> dict[str, Any]:
        """Totals, sums by cause and by mineral, all rows, surges, notes, sources."""
        return {
            "year": self.year,
            "totals": [dict(total) for total in self.totals],
            "by_cause": plain_rows(self.by("importer", "hazard")),
            "by_mineral": plain_rows(self.by("importer", "mineral")),
            "by_supplier": plain_rows(self.by("importer", "supplier")),
            "rows": plain_rows(self.rows),
            "demand_surges": plain_rows(self.surges),
            "notes": list(self.notes),
            "sources": citations(self.source_ids),
        }


def atlas(ensembles: Sequence[Ensemble]) -> Atlas:
    """The atlas of some ensembles, one for each importer."""
    frames, surges, totals = [], [], []
    for ensemble in ensembles:
        importer = pl.lit(ensemble.setup.importer.key).alias("importer")
        frames.append(attribution(ensemble).select(importer, pl.all()))
        surges.append(surge_losses(ensemble.setup).select(importer, pl.all()))
        totals.append(_total(ensemble))
    notes = each_once(*(ensemble.notes for ensemble in ensembles))
    return Atlas(
        year=ensembles[0].setup.year,
        rows=pl.concat(frames),
        surges=pl.concat(surges),
        totals=tuple(totals),
        notes=notes,
        source_ids=each_once(*(ensemble.sources() for ensemble in ensembles)),
    )


def _total(ensemble: Ensemble) -> dict[str, Any]:
    """The headline of one importer, with its standard errors and effective sample size."""
    figures = ensemble.figures
    imports = np.sum([market.imports_kusd for market in ensemble.setup.markets]) / KUSD_PER_MUSD
    return {
        "importer": ensemble.setup.importer.key,
        "minerals": [market.mineral for market in ensemble.setup.markets],
        "imports_musd": float(imports),
        "expected_loss_musd": figures.expected / KUSD_PER_MUSD,
        "expected_loss_se_musd": figures.expected_se / KUSD_PER_MUSD,
        "tail_loss_musd": figures.cvar / KUSD_PER_MUSD,
        "tail_loss_se_musd": figures.cvar_se / KUSD_PER_MUSD,
        "effective_years": figures.effective_years,
        "years": len(ensemble.sample.weight),
        "unanswered": [one.mineral for one in ensemble.setup.unanswered],
    }
