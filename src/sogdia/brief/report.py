"""The record that a report is made from: the answers it shows. The brief computes nothing of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from sogdia.claims import Claims
from sogdia.codes import Region
from sogdia.corridors import Access
from sogdia.data import Mineral
from sogdia.exposure import Exposure, PartnerSupply, TracedOrigin
from sogdia.hindcast import Hindcast
from sogdia.shock.supplier_loss import SupplierLosses
from sogdia.stakes import Stakes


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report on one importer and its partners shows.

    minerals: those with trade codes, in the order of the report. exposure: the importer in `year`; history: the
    importer in every year; leaders: `largest_suppliers(history)`. traced: where the ore was mined, by mineral key;
    untraced: why that is not known, for the others. reserves: see data.reserves; projects: rows of the table for the
    partner countries; events: rows of `restriction_events` for the minerals. quality: see data.repair.report, codes
    and year of this report.
    losses: what the loss of each main supplier would do. hindcast: of the conditional mode and the first year of each
    event, None where it was not asked for; documented: every row of
    `restriction_events`, which it judges. corridors: how the partners reach the importer, None without partners.
    unseen: see data.coverage.products_without_code. stakes: who uses the minerals, None where the importer is in no
    input-output table. claims: of articles on the importer, None where there are none, or the report is on some
    minerals alone. evidence: see data.evidence_counts, None where it was not asked for.
    """

    importer: Region
    partners: tuple[Region, ...]
    year: int
    minerals: tuple[Mineral, ...]
    exposure: Exposure
    history: Exposure
    leaders: pl.DataFrame
    partner_supply: PartnerSupply
    traced: Mapping[str, TracedOrigin]
    untraced: Mapping[str, str]
    reserves: pl.DataFrame
    projects: pl.DataFrame
    events: pl.DataFrame
    quality: pl.DataFrame
    losses: SupplierLosses
    hindcast: Hindcast | None
    documented: pl.DataFrame
    corridors: Access | None
    unseen: pl.DataFrame
    stakes: Stakes | None = None
    claims: Claims | None = None
    evidence: pl.DataFrame | None = None
