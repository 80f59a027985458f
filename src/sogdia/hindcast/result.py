"""The answer of the hindcast: what was predicted and observed, how large the errors are, what could not be judged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, plain_rows, tidy
from sogdia.data.provenance import citations, sources
from sogdia.hindcast.learn import Posterior
from sogdia.hindcast.modes import CONDITIONAL
from sogdia.uncertain import price_of_logs

OWN = "As named in the table of events that was read."
LONG = {
    "importer": pl.String, "mineral": pl.String, "country": pl.String, "partner": pl.String, "year": pl.String,
    "variable": pl.String, "unit": pl.String, "stat": pl.String, "value": pl.Float64, "source_id": pl.String,
    "event_id": pl.String, "mode": pl.String, "scored": pl.Boolean, "years": pl.String,
}  # fmt: skip
UNITS = {"price": "log", "events": "count", "pairs": "count", "price_pairs": "count", "price_pairs_quoted": "count"}
"""Unit of a metric by its name, else by its first word; others are fractions."""

Event = tuple[str, str]
"""Id of an event, and the mineral it struck."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Hindcast(Answer):
    """pairs: one row per event, mineral, year, importer and mode; beyond: the price forecast is beyond the model's
    range, so that it is no price and its band covers nothing. rivals: what other suppliers delivered, predicted and
    observed. volumes: volume errors per event, year and mode. metrics: see `score`. posteriors: market class -> what
    all scored events together say of its elasticities. left_out: event, mineral and why the data cannot judge it.
    source_ids: what the rows of each event rest on.
    """

    pairs: pl.DataFrame
    rivals: pl.DataFrame
    volumes: pl.DataFrame
    metrics: pl.DataFrame
    posteriors: Mapping[str, Posterior]
    left_out: pl.DataFrame
    notes: tuple[str, ...]
    source_ids: Mapping[Event, tuple[str, ...]]

    @property
    def title(self) -> str:
        """How many events, importers and pairs there are."""
        pairs = self.pairs.filter("scored").unique(["event_id", "mineral", "importer"])
        events = pairs.unique(["event_id", "mineral"]).height
        return f"The model against documented events; scored: {events} event(s), {pairs.height} importer(s)"

    def table(self) -> pl.DataFrame:
        """Tidy long table, then event_id, mode, scored and years: the shares and prices of each pair, what rivals
        delivered, and the errors. importer and country are the buyer, partner the supplier. What was observed is a
        variable of its own; a price beyond the model's range is null.
        """
        rows = [
            *(figure for row in self.pairs.iter_rows(named=True) for figure in _pair_figures(row)),
            *(figure for row in self.rivals.iter_rows(named=True) for figure in _rival_figures(row)),
            *({**row, "variable": row["metric"], "unit": _unit(row["metric"]), "stat": "value"}
              for row in self.metrics.iter_rows(named=True)),
        ]  # fmt: skip
        cited = [{**row, "source_id": SEPARATOR.join(self._sources_of(row))} for row in rows]
        complete = [{name: row.get(name) for name in LONG} for row in cited]
        return tidy(pl.DataFrame(complete, schema=LONG, infer_schema_length=None))

    def sources(self) -> tuple[str, ...]:
        """Ids of what the trade, the elasticities and the records of all events rest on."""
        return each_once(*self.source_ids.values())

    def to_dict(self) -> dict[str, Any]:
        """Errors, pairs, rivals, volumes, elasticities, events left out, notes, sources."""
        return {
            "metrics": plain_rows(self.metrics),
            "pairs": plain_rows(self.pairs),
            "rivals": plain_rows(self.rivals),
            "volumes": plain_rows(self.volumes),
            "elasticities": {
                name: {
                    "centre": p.centre().tolist(),
                    "log_sd": p.spread().tolist(),
                    "episodes": p.episodes,
                    "events": list(p.events),
                }
                for name, p in self.posteriors.items()
            },
            "left_out": plain_rows(self.left_out),
            "notes": list(self.notes),
            "sources": _citations(self.sources()),
        }

    def _sources_of(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """Those of an event; those of all for an error over all events."""
        if row.get("event_id") is None:
            return self.sources()
        return self.source_ids[row["event_id"], row["mineral"]]


def _pair_figures(row: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """The figures of one pair in the columns of LONG."""
    key = {
        **{name: row[name] for name in ("importer", "mineral", "event_id", "mode", "scored")},
        "country": row["importer"], "partner": row["supplier"], "year": str(row["year"]),
    }  # fmt: skip
    price = price_of_logs(row["log_price_low"], row["log_price_predicted"], row["log_price_high"])
    seen = row["log_price_observed"]
    figures = {
        ("supplier_share", "fraction"): {
            "base": row["share_no_change"],
            "low": row["share_low"],
            "central": row["share_predicted"],
            "high": row["share_high"],
        },
        ("supplier_share_observed", "fraction"): {"value": row["share_observed"]},
        ("supplier_share_pro_rata", "fraction"): {"value": row["share_pro_rata"]},
        ("supplier_share_reallocation", "fraction"): {"value": row["share_reallocation"]},
        ("import_price", "ratio"): {"base": 1.0, "low": price.low, "central": price.central, "high": price.high},
        ("import_price_observed", "ratio"): {"value": math.exp(seen) if math.isfinite(seen) else None},
        ("imports", "ratio"): {"base": 1.0, "central": row["volume_predicted"]},
        ("imports_observed", "ratio"): {"value": row["volume_observed"]},
    }
    for (variable, unit), stats in figures.items():
        for stat, value in stats.items():
            yield {**key, "variable": variable, "unit": unit, "stat": stat, "value": _known(value)}


def _rival_figures(row: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """What another supplier delivered, in the columns of LONG."""
    key = {
        **{name: row[name] for name in ("importer", "mineral", "event_id")},
        "country": row["importer"], "partner": row["rival"], "year": str(row["year"]), "mode": CONDITIONAL, "unit": "t",
    }  # fmt: skip
    yield {**key, "variable": "source", "stat": "base", "value": _known(row["base_t"])}
    yield {**key, "variable": "source", "stat": "central", "value": _known(row["predicted_t"])}
    yield {**key, "variable": "source_observed", "stat": "value", "value": _known(row["observed_t"])}


def _unit(metric: str) -> str:
    if metric.endswith(("coverage", "correlation")):
        return "fraction"
    return UNITS.get(metric) or UNITS.get(metric.partition("_")[0], "fraction")


def _known(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _citations(source_ids: Iterable[str]) -> dict[str, str]:
    """One line for each source; a user's table of events may name some that are not known here."""
    ids = tuple(source_ids)
    own = {name: OWN for name in ids if name not in sources()}
    return {**citations(name for name in ids if name not in own), **own}
