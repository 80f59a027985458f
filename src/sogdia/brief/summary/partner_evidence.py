"""What a partner's summary rests on: its buyers, what processing leaves at home, what importers buy, and the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from sogdia.brief.collect import access
from sogdia.codes import Region, economy
from sogdia.corridors import Access
from sogdia.data import Mineral, Store
from sogdia.errors import NoAnswerError
from sogdia.exposure import ExporterPosition, exporter_position, expose_importer, partner_supply
from sogdia.exposure.doubts import HUB
from sogdia.plan.for_report import PlanFound
from sogdia.plan.projects import embedded_projects
from sogdia.progress import Progress
from sogdia.stakes import PartnerLedger, partner_ledger
from sogdia.stakes.processing import processings

ORE = "ore"
BUYERS = ("JPN", "KOR", "EU27", "USA")
"""Economies whose purchases stand beside what the partner sells."""


@dataclass(frozen=True, slots=True)
class PartnerEvidence:
    """seller: the partner; importer: who would buy and back projects; position: the partner's buyers; ores: of its ores
    alone; bought: imports of each of BUYERS from all countries [kUSD], by mineral; bought_ids: sources of these;
    ledgers: of each kind of processing; names: of projects in the partner's countries, by id; plan: of the importer,
    see SummaryEvidence; resold: minerals of which it sells more than it makes, see `sogdia.exposure.doubts`.
    """

    seller: Region
    importer: Region
    year: int
    minerals: tuple[Mineral, ...]
    position: ExporterPosition
    ores: ExporterPosition | None
    bought: Mapping[str, Mapping[str, float]]
    bought_ids: tuple[str, ...]
    ledgers: tuple[PartnerLedger, ...]
    names: Mapping[str, str]
    corridors: Access | None
    plan: Mapping[str, Any] | None
    no_plan: str
    resold: frozenset[str] = frozenset()

    @property
    def partners(self) -> tuple[Region, ...]:
        """The partner alone."""
        return (self.seller,)


def partner_gathered(
    store: Store, importer: Region, seller: Region, minerals: Sequence[Mineral], year: int, *,
    plan: Callable[[], PlanFound], progress: Progress = lambda _: None,
) -> PartnerEvidence:  # fmt: skip
    """Ask the rooms for what a partner's summary shows, the plan last. NoAnswerError where no sale is on record."""
    progress("buyers")
    position = exporter_position(store, seller, minerals, year)
    ores = _ores(store, seller, minerals, year)
    sold = partner_supply(store, importer, (seller,), minerals, year).rows
    progress("needs")
    bought, ids = {}, dict[str, None]()
    for key in BUYERS:
        if set(economy(key).members) & set(seller.members):
            continue
        exposure = expose_importer(store, economy(key), minerals, year)
        known = exposure.records.filter(pl.col("import_value_kusd").is_not_null())
        bought[key] = dict(known.select("mineral", "import_value_kusd").iter_rows())
        ids |= dict.fromkeys(exposure.measure_sources("import_value_kusd"))
    progress("processing")
    ledgers = tuple(partner_ledger(seller, kind) for kind in processings())
    progress("corridors")
    corridors = access(importer, seller.members, None)
    progress("plan")
    found = plan()
    names = {p.project_id: p.name for p in embedded_projects() if p.country in seller.members}
    return PartnerEvidence(
        seller, importer, year, tuple(minerals), position, ores, bought, tuple(ids), ledgers, names, corridors,
        found.plan, found.why, frozenset(sold.filter(pl.col("mark") == HUB)["mineral"]),
    )  # fmt: skip


def _ores(store: Store, seller: Region, minerals: Sequence[Mineral], year: int) -> ExporterPosition | None:
    """The buyers of the partner's ores alone; None where it sells none on record."""
    codes = {mineral.key: tuple(code for code in mineral.codes if code.stage == ORE) for mineral in minerals}
    mined = [replace(mineral, codes=codes[mineral.key]) for mineral in minerals if codes[mineral.key]]
    try:
        return exporter_position(store, seller, mined, year)
    except NoAnswerError:
        return None
