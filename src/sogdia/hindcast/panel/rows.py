"""The episodes and pairs of a panel as rows for tables and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

from sogdia.answer import year_label
from sogdia.hindcast.panel.bands import ends
from sogdia.hindcast.panel.build import EpisodePanel
from sogdia.hindcast.panel.episodes import Episode
from sogdia.hindcast.panel.forecast import Forecasts
from sogdia.hindcast.panel.pairs import Pairs


def episode_rows(panel: EpisodePanel) -> pl.DataFrame:
    """One row for each episode, judged or not; n_importers: how many are judged."""
    rows = [{**_episode(one.episode), "price_is": one.measure.status, "n_importers": len(one.importers)}
            for one in panel.judged]  # fmt: skip
    rows += [{**_episode(event), "price_is": None, "n_importers": 0} for event in panel.unjudged]
    return pl.DataFrame(rows, infer_schema_length=None).sort("hs6", "exporter", "year")


def pair_rows(pairs: Pairs, made: Mapping[str, Forecasts]) -> pl.DataFrame:
    """One row for each pair: what was observed, the forecast with its band, and the simple forecasts."""
    events = [one.episode for one in pairs.panel.judged]
    own = [events[number] for number in pairs.episode]
    columns: dict[str, Any] = {
        "episode": [event.name for event in own],
        "hs6": [event.hs6 for event in own],
        "mineral": [event.mineral for event in own],
        "exporter": [event.exporter for event in own],
        "importer": list(pairs.importers),
        "year": [event.year for event in own],
        "years_since": [event.years_since for event in own],
    }
    for name, measured in pairs.by.items():
        forecast = made[name]
        columns[f"{name}_observed"] = measured.observed
        columns[f"{name}_predicted"] = forecast.central
        if forecast.quantile is not None:
            columns[f"{name}_low"], columns[f"{name}_high"] = ends(forecast.quantile)
        for simple, values in measured.simple.items():
            if np.any(values != 0.0):
                columns[f"{name}_{simple}"] = values
    return pl.DataFrame(columns)


def _episode(event: Episode) -> dict[str, Any]:
    return {
        "episode": event.name,
        "hs6": event.hs6,
        "mineral": event.mineral,
        "stage": event.stage,
        "market_class": event.market_class,
        "exporter": event.exporter,
        "year": event.year,
        "years_since": event.years_since,
        "base_years": year_label(event.base_years),
        "base_t": event.base_t,
        "shipped_t": event.shipped_t,
        "kept": event.kept,
        "lost_share": event.lost_share,
        "rivals_grew": event.rivals_grew,
        "supply_part": event.supply_part,
        "maker": event.maker,
        "record_breaks": event.breaks,
    }
