"""An ensemble: thousands of years that may come, and what they cost an importer.

Years are drawn, every market's state of every year is put into classes, the distinct states are solved once, and their
losses are put back to the years and added up in a fixed order. Neither the number of workers nor the size of blocks nor
the order in which they are finished changes a bit of the answer, which its hash shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sogdia.answer import SEPARATOR, Answer, each_once, tidy
from sogdia.data.provenance import citations
from sogdia.scenarios.block import BlockLosses
from sogdia.scenarios.sample import SampledYears
from sogdia.scenarios.setup import EnsembleSetup
from sogdia.scenarios.state_names import state_table
from sogdia.scenarios.year_losses import LossFigures, loss_figures
from sogdia.units import KUSD_PER_MUSD

LONG = {
    "mineral": pl.String, "variable": pl.String, "unit": pl.String, "stat": pl.String, "value": pl.Float64,
    "source_id": pl.String,
}  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class Ensemble(Answer):
    """setup, sample, losses: what was solved, for whoever goes on from there (an atlas, a plan). settings: of the run;
    run: its folder; failed: states without an answer; seconds: that this process took.
    """

    setup: EnsembleSetup
    sample: SampledYears
    losses: tuple[BlockLosses, ...]
    settings: Mapping[str, Any]
    run: str
    failed: int
    seconds: float
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """Whose years, how many, from which base."""
        return (
            f"{self.setup.importer.name}: {self.settings['years']:,} years that may come, base {self.setup.year}, "
            f"{len(self.setup.markets)} minerals"
        )

    @cached_property
    def loss_kusd(self) -> NDArray[np.float64]:
        """Loss of each year and mineral, (years, minerals), NaN where there is no answer."""
        columns = [each.loss_kusd[of.of_year] for each, of in zip(self.losses, self.sample.states, strict=True)]
        return np.stack(columns, axis=1)

    @cached_property
    def year_loss_kusd(self) -> NDArray[np.float64]:
        """Loss of each year, minerals added up in their order, (years,)."""
        total = np.zeros(len(self.loss_kusd))
        for column in range(self.loss_kusd.shape[1]):
            total += self.loss_kusd[:, column]
        return total

    @cached_property
    def figures(self) -> LossFigures:
        """Expected and tail loss of all minerals together, in thousand US dollars a year."""
        return loss_figures(self.year_loss_kusd, self.sample.weight, float(self.settings["tail"]))

    @cached_property
    def by_mineral(self) -> Mapping[str, LossFigures]:
        """The same of each mineral alone: its tail is that of its own worst years."""
        tail = float(self.settings["tail"])
        return {
            market.mineral: loss_figures(self.loss_kusd[:, number], self.sample.weight, tail)
            for number, market in enumerate(self.setup.markets)
        }

    @property
    def distinct_states(self) -> int:
        """How many states were solved, all markets together."""
        return sum(len(of.states) for of in self.sample.states)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of what decides the years, of the states' losses and of the years' losses and weights."""
        digest = sha256(str(self.settings["fingerprint"]).encode())
        for each in self.losses:
            digest.update(np.ascontiguousarray(each.loss_kusd).tobytes())
            digest.update(np.ascontiguousarray(each.status).tobytes())
        digest.update(self.year_loss_kusd.tobytes())
        digest.update(self.sample.weight.tobytes())
        return digest.hexdigest()

    def states(self) -> pl.DataFrame:
        """The distinct states: mineral, state, events, years, probability, loss_kusd, use_cost, status."""
        return state_table(self.setup, self.sample, self.losses)

    def years(self) -> pl.DataFrame:
        """The years: weight, loss_kusd, and the number of the state of each market."""
        return pl.DataFrame(
            {
                "weight": self.sample.weight, "loss_kusd": self.year_loss_kusd,
                **{m.mineral: of.of_year for m, of in zip(self.setup.markets, self.sample.states, strict=True)},
            }
        )  # fmt: skip

    def table(self) -> pl.DataFrame:
        """Tidy long table: expected_loss and tail_loss of all minerals (mineral null) and of each, with the standard
        error of each (stat "se"); effective_years and distinct_states.
        """
        everything = SEPARATOR.join(self.sources())
        rows: list[tuple[object, ...]] = []
        sources = {market.mineral: SEPARATOR.join(market.source_ids) for market in self.setup.markets}
        for mineral, figures in ((None, self.figures), *self.by_mineral.items()):
            ids = everything if mineral is None else sources[mineral]
            for name, value, error in (
                ("expected_loss", figures.expected, figures.expected_se),
                ("tail_loss", figures.cvar, figures.cvar_se),
            ):
                rows.append((mineral, name, "MUSD", "value", value / KUSD_PER_MUSD, ids))
                rows.append((mineral, name, "MUSD", "se", error / KUSD_PER_MUSD, ids))
        rows.append((None, "effective_years", "count", "value", self.figures.effective_years, everything))
        rows.append((None, "distinct_states", "count", "value", float(self.distinct_states), everything))
        long = pl.DataFrame(rows, schema=LONG, orient="row")
        return tidy(long, importer=self.setup.importer.key, year=str(self.setup.year))

    def sources(self) -> tuple[str, ...]:
        """Ids of what the markets and the streams rest on."""
        return each_once(
            *(market.source_ids for market in self.setup.markets),
            *(stream.source_ids for stream in self.setup.streams),
        )

    def to_dict(self) -> dict[str, Any]:
        """Run, hash, counts, the two headline figures with their errors, minerals, notes, sources."""
        cells = len(self.sample.weight) * len(self.setup.markets)
        return {
            "run": self.run,
            "hash": self.hash,
            "importer": self.setup.importer.key,
            "base_year": self.setup.year,
            "years": len(self.sample.weight),
            "seed": self.settings["seed"],
            "minerals": [market.mineral for market in self.setup.markets],
            "distinct_states": self.distinct_states,
            "distinct_share": self.distinct_states / cells,
            "expected_loss_musd": self.figures.expected / KUSD_PER_MUSD,
            "expected_loss_se_musd": self.figures.expected_se / KUSD_PER_MUSD,
            "tail": self.settings["tail"],
            "cvar_musd": self.figures.cvar / KUSD_PER_MUSD,
            "cvar_se_musd": self.figures.cvar_se / KUSD_PER_MUSD,
            "effective_years": self.figures.effective_years,
            "failed": self.failed,
            "unknown_years": self.figures.unknown_years,
            "seconds": round(self.seconds, 3),
            "by_mineral": [
                {
                    "mineral": mineral,
                    "expected_loss_musd": each.expected / KUSD_PER_MUSD,
                    "expected_loss_se_musd": each.expected_se / KUSD_PER_MUSD,
                    "cvar_musd": each.cvar / KUSD_PER_MUSD,
                    "cvar_se_musd": each.cvar_se / KUSD_PER_MUSD,
                }
                for mineral, each in self.by_mineral.items()
            ],
            "unanswered": [{"mineral": one.mineral, "reason": one.reason} for one in self.setup.unanswered],
            "not_sampled": [{"state": state, "reason": reason} for state, reason in self.setup.left_out],
            "notes": list(self.notes),
            "sources": citations(self.sources()),
        }  # fmt: skip
