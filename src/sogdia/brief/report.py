"""What does a report hold? The results it is made from; the brief computes nothing of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sogdia.codes import Region
from sogdia.corridors import Access
from sogdia.data import Mineral
from sogdia.exposure import Exposure
from sogdia.hindcast import Hindcast


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report on one importer and its partners shows.

    minerals: those with trade codes, in the order of the report. exposure: the importer in `year`; history: the
    importer in every year; leaders: `largest_suppliers(history)`. partner_supply: see exposure.partners; traced: by
    mineral key, see exposure.traced. reserves, projects: rows of the curated tables for the partner countries,
    reserves with share_of_world by the same measure; events: rows of `restriction_events` for the minerals.
    quality: see data.quality.report, codes and year of this report. untraced: mineral key -> why not traced.
    losses: see scenarios.supplier_loss, with the sources of the elasticities behind it in loss_sources. hindcast: of
    the conditional mode and the first year of each event, None where it was not asked for; documented: every row of
    `restriction_events`, which it judges. corridors: how the partners reach the importer, None without partners.
    unseen: products of the minerals that no trade code of the store covers: mineral, output, hs1992, source_id.
    """

    importer: Region
    partners: tuple[Region, ...]
    year: int
    minerals: tuple[Mineral, ...]
    exposure: Exposure
    history: Exposure
    leaders: pl.DataFrame
    partner_supply: pl.DataFrame
    traced: Mapping[str, pl.DataFrame]
    untraced: Mapping[str, str]
    reserves: pl.DataFrame
    projects: pl.DataFrame
    events: pl.DataFrame
    quality: pl.DataFrame
    losses: pl.DataFrame
    loss_sources: tuple[str, ...]
    hindcast: Hindcast | None
    documented: pl.DataFrame
    corridors: Access | None
    unseen: pl.DataFrame
    notes: tuple[str, ...]
