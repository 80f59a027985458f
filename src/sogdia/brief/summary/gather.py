"""The evidence of a summary: taken from a report that is there, or asked for without the rest of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sogdia.brief.collect import access
from sogdia.brief.report import Report
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.claims import claims, importers
from sogdia.codes import Region
from sogdia.data import Mineral, Store
from sogdia.data.minerals import without_fuels
from sogdia.errors import NoAnswerError
from sogdia.exposure import expose_importer, partner_supply
from sogdia.exposure.trade_codes import check_codes
from sogdia.plan.for_report import PlanFound
from sogdia.progress import Progress
from sogdia.shock.supplier_loss import supplier_losses
from sogdia.shock.visible_trade import visible_minerals


def evidence_of(report: Report, found: PlanFound) -> SummaryEvidence:
    """The evidence that a report holds, with the plan."""
    return SummaryEvidence(
        report.importer, report.partners, report.year, report.minerals, report.exposure, report.partner_supply,
        report.losses, report.corridors, report.claims, found.plan, found.why, found.weighed_abroad,
    )  # fmt: skip


def gathered(
    store: Store, importer: Region, partners: Sequence[Region], minerals: Sequence[Mineral], year: int, *,
    every_mineral: bool, plan: Callable[[], PlanFound], progress: Progress = lambda _: None,
) -> SummaryEvidence:  # fmt: skip
    """Ask the rooms for what a summary shows, the plan last. The answers are those of a report on the same question."""
    if not minerals:
        raise NoAnswerError("a summary needs at least one mineral: name some, or none for all of them.")
    check_codes(minerals, year, None)
    keys = None if every_mineral else [mineral.key for mineral in minerals]
    members = [member for partner in partners for member in partner.members]
    progress("exposure")
    exposure = expose_importer(store, importer, minerals, year, every_product=every_mineral)
    supplied = without_fuels(store.minerals.values()) if every_mineral else minerals
    supply = partner_supply(store, importer, partners, supplied, year)
    progress("loss of each main supplier")
    visible = visible_minerals(store, importer, minerals, year)
    losses = supplier_losses(store, importer, visible, year, products_of=None if every_mineral else minerals)
    checked = claims(store) if every_mineral and importers() & set(importer.members) else None
    progress("corridors")
    corridors = access(importer, members, keys) if partners else None
    progress("plan")
    found = plan()
    return SummaryEvidence(
        importer, tuple(partners), year, tuple(minerals), exposure, supply, losses, corridors, checked, found.plan,
        found.why, found.weighed_abroad,
    )  # fmt: skip
