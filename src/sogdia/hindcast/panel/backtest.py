"""The backtest: the model against every natural experiment of the store, as an answer.

One object with the episodes, the pairs of episode and importer, and the metrics; the simple forecasts stand beside the
model in every row, and groups in which the model loses are shown like those in which it wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from sogdia import arguments
from sogdia.answer import Answer, each_once, plain_rows, tidy
from sogdia.data import Mineral, Store
from sogdia.data.provenance import citations
from sogdia.errors import NoAnswerError, unknown
from sogdia.hindcast.panel import learn
from sogdia.hindcast.panel.build import EpisodePanel, build
from sogdia.hindcast.panel.filters import filters
from sogdia.hindcast.panel.forecast import alone, central, forecasts
from sogdia.hindcast.panel.pairs import pairs_of
from sogdia.hindcast.panel.rows import episode_rows, pair_rows
from sogdia.hindcast.panel.score import metrics
from sogdia.hindcast.panel.settings import Settings, settings
from sogdia.progress import Progress

CONDITIONAL, ALONE, EX_ANTE = "conditional", "conditional_alone", "ex_ante"
"""Modes: the supplier ships what it shipped; the same without what the year before showed; the size is not known."""
STATS = ("model", "no_change", "last_year", "pro_rata", "reallocation", "naive", "gain_low", "gain_high")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Backtest(Answer):
    """metrics: filter, mode, measure, the model's score beside those of the simple forecasts, the interval of its gain,
    n_episodes, n_pairs (see `score`). pairs: one row per episode and importer. episodes: one row each.
    """

    metrics: pl.DataFrame
    pairs: pl.DataFrame
    episodes: pl.DataFrame
    notes: tuple[str, ...]
    source_ids: tuple[str, ...]

    @property
    def title(self) -> str:
        """How many episodes and pairs there are."""
        first = self.pairs.filter(pl.col("years_since") == 1)
        count = first["episode"].n_unique()
        return f"The model against {count} natural experiments; {first.height} pairs of episode and importer"

    def table(self) -> pl.DataFrame:
        """Tidy long table of the metrics; filter, mode, n_episodes and n_pairs follow the key columns."""
        long = self.metrics.unpivot(
            on=STATS, index=["filter", "mode", "measure", "n_episodes", "n_pairs"], variable_name="stat"
        )
        named = long.rename({"measure": "variable"}).with_columns(
            unit=pl.when(pl.col("variable").str.contains("log_price|tonnes|crps$|score$|width$"))
            .then(pl.lit("log"))
            .otherwise(pl.lit("fraction"))
        )
        return tidy(named, source_id=";".join(self.source_ids))

    def sources(self) -> tuple[str, ...]:
        """Ids of what the trade, production and quotations rest on."""
        return self.source_ids

    def to_dict(self) -> dict[str, Any]:
        """Episodes, pairs, metrics, notes, sources."""
        return {
            "episodes": plain_rows(self.episodes),
            "pairs": plain_rows(self.pairs),
            "metrics": plain_rows(self.metrics),
            "notes": list(self.notes),
            "sources": citations(self.source_ids),
        }


def backtest(
    store: Store, codes: Sequence[str] | None = None, *, only: str | None = None, limits: Settings | None = None,
    progress: Progress = lambda _: None,
) -> Backtest:  # fmt: skip
    """The model against the natural experiments of the store.

    codes: show these alone; what they are judged with is learnt from all other minerals all the same. only: show the
    metrics of one filter. NoAnswerError where no episode has an importer to judge.
    """
    limits = limits or settings()
    known = list(filters(limits))
    if only is not None and only not in known:
        raise unknown("filter", only, known)
    panel = build(store, limits=limits, progress=progress)
    progress("scores")
    return judged_panel(store, panel, codes, only)


def judged_panel(
    store: Store, panel: EpisodePanel, codes: Sequence[str] | None = None, only: str | None = None
) -> Backtest:
    """The answer for a panel that was built already; see `backtest`."""
    pairs = pairs_of(panel)
    within = pairs.of_episode(lambda one: codes is None or one.episode.hs6 in codes).astype(bool)
    if not within.any():
        raise NoAnswerError(
            "no supplier of weight lost enough of its exports of these codes: there is nothing to judge."
        )
    weight = learn.weights(pairs)[pairs.episode]
    made = forecasts(pairs, weight)
    unknown_size = pairs_of(panel, ex_ante=True)
    flows, flows_ex_ante = (central(some.flow_measure(), weight) for some in (pairs, unknown_size))
    rows = pl.concat(
        [
            metrics(pairs, made, flows, CONDITIONAL, within),
            metrics(pairs, alone(pairs, weight), flows, ALONE, within, placebo=True),
            metrics(unknown_size, forecasts(unknown_size, weight), flows_ex_ante, EX_ANTE, within),
        ]
    )
    shown = pl.lit(True) if codes is None else pl.col("hs6").is_in(list(codes))
    return Backtest(
        rows if only is None else rows.filter(pl.col("filter") == only),
        pair_rows(pairs, made).filter(shown), episode_rows(panel).filter(shown), _notes(panel),
        each_once(*(store.source_ids(table) for table in ("trade", "production", "mineral_codes"))),
    )  # fmt: skip


def codes_of(store: Store, minerals: Sequence[Mineral] | None, codes: str | Sequence[str] | None) -> list[str] | None:
    """The codes of minerals and those named, None where neither is given; UnknownNameError for a code of no mineral."""
    if minerals is None and codes is None:
        return None
    known = {code.hs6 for mineral in store.minerals.values() for code in mineral.codes}
    chosen = [code for mineral in minerals or () for code in mineral.hs6()]
    for code in arguments.names("codes", codes if codes is not None else (), "810520"):
        if code not in known:
            raise unknown("code", code, sorted(known))
        chosen.append(code)
    return list(dict.fromkeys(chosen))


def _notes(panel: EpisodePanel) -> tuple[str, ...]:
    unsolved = [int(np.isnan(one.predicted.tonnes).any(axis=0).sum()) for one in panel.judged]
    notes: tuple[str, ...] = (
        "Elasticities and bands of a mineral are learnt from the other minerals alone.",
        f"Further episodes, without an importer of weight that depended on the supplier: {len(panel.unjudged)}.",
    )
    if any(unsolved):
        asked = len(unsolved) * len(panel.sets.sigma)
        notes += (
            f"{sum(unsolved)} of {asked} markets, in {np.count_nonzero(unsolved)} episode(s), found no equilibrium and "
            "are left out: nearly all supply is lost there, and demand hardly answers prices.",
        )
    return notes
