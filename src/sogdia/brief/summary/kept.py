"""What stays in a partner's country: value added and jobs of each kind of processing, and what the importers buy."""

from __future__ import annotations

from sogdia.brief.summary.cited import Cited, Wording, Written, capital
from sogdia.brief.summary.figures import band, million, number
from sogdia.brief.summary.partner_evidence import PartnerEvidence
from sogdia.brief.summary.parts import HeadlineFigure, SummaryColumn, SummaryTable
from sogdia.brief.summary.sold import sales_of
from sogdia.exposure.ranking import STORES_OF_VALUE
from sogdia.stakes import PartnerLedger
from sogdia.stakes.partner_ledger import JOBS, LedgerFigure

LEDGER, TRADE = "ledger", "trade"
SHOWN = 5
PROCESSING = {"metal": "non-ferrous metals", "alloy": "ferro-alloys", "compound": "chemicals"}
"""The kind of processing that makes what is sold at a stage."""
LEAST_KUSD = 1000.0
"""Exports of a mineral from which it is shown [thousand USD]."""


def home_part(ledger: PartnerLedger) -> tuple[float, float | None, float] | None:
    """Low, central and high part of a dollar of the product that stays at home: 1 - imports of the whole chain."""
    imports = ledger.figures["imports"]
    if imports.low is None or imports.high is None:
        return None
    return 1.0 - imports.high, None if imports.central is None else 1.0 - imports.central, 1.0 - imports.low


def main_ledger(evidence: PartnerEvidence, say: Wording) -> PartnerLedger | None:
    """That of the kind of processing that the partner sells most from; None where no imports are known."""
    sales = sales_of(evidence, say)
    stages = {} if sales is None else {stage: total for stage, (total, _) in sales.stages().items()}
    order = sorted(PROCESSING, key=lambda stage: (-stages.get(stage, 0.0), stage))
    known = {ledger.processing.name: ledger for ledger in evidence.ledgers if home_part(ledger) is not None}
    return next((known[PROCESSING[stage]] for stage in order if PROCESSING[stage] in known), None)


def keeps_line(evidence: PartnerEvidence, say: Wording) -> Written:
    """The second line: what a dollar of the main kind of processing leaves at home, and its jobs."""
    ledger = main_ledger(evidence, say)
    if ledger is None:
        return say("partner.keeps.unknown")
    kept, jobs = _kept(say, ledger), ledger.figures[JOBS]
    goods = say.plain(f"processing.{key_of(ledger)}")
    if jobs.low is None or jobs.high is None:
        return capital(say("partner.keeps.no_jobs", goods=goods, kept=kept))
    return capital(say("partner.keeps.line", goods=goods, kept=kept, jobs=_people(say, jobs)))


def key_of(ledger: PartnerLedger) -> str:
    """The name of a kind of processing as a key of the catalogue."""
    return ledger.processing.name.replace(" ", "_").replace("-", "_")


def keeps_headline(evidence: PartnerEvidence, say: Wording) -> HeadlineFigure | None:
    """What stays at home of a dollar of the main kind of processing."""
    ledger = main_ledger(evidence, say)
    if ledger is None:
        return None
    goods = say.plain(f"processing.{key_of(ledger)}")
    own = "own" if ledger.own else "alike"
    return HeadlineFigure(
        _kept(say, ledger), say("partner.headline.kept", goods=goods), say(f"partner.headline.kept_{own}")
    )  # fmt: skip


def _kept(say: Wording, ledger: PartnerLedger) -> Written:
    """The part that stays at home: the most that it can be, or the range where that is all there is."""
    low, central, high = home_part(ledger) or (None, None, None)
    write, ids = say.catalogue.numerals, ledger.figures["imports"].source_ids
    if central is not None:
        return say("partner.keeps.at_most", part=Cited(write.share(central), ids, LEDGER))
    return (Cited(f"{write.share(low)} {write.dash} {write.share(high)}", ids, LEDGER),)


def _people(say: Wording, jobs: LedgerFigure) -> Cited:
    """A range of whole jobs."""
    write = say.catalogue.numerals
    return Cited(f"{write.count(jobs.low)} {write.dash} {write.count(jobs.high)}", jobs.source_ids, LEDGER)


def ledger_table(evidence: PartnerEvidence, say: Wording) -> SummaryTable | None:
    """Each kind of processing: what stays at home, its range, the gain over selling the ore, jobs."""
    rows = []
    for ledger in evidence.ledgers:
        found = home_part(ledger)
        if found is None:
            continue
        ids = ledger.figures["imports"].source_ids
        gain, jobs = ledger.figures["gain_over_ore"], ledger.figures[JOBS]
        none = say.catalogue.numerals.number(None)
        rows.append(
            (
                capital((say.plain(f"processing.{key_of(ledger)}"),)),
                (number(say, found[1], ids, LEDGER) if found[1] is not None else none,),
                (band(say, found[0], found[2], ids, LEDGER),),
                (band(say, gain.low, gain.high, gain.source_ids, LEDGER) if gain.low is not None else none,),
                (none if jobs.low is None else _people(say, jobs),),
            )
        )
    if not rows:
        return None
    names = ("kind", "kept", "range", "gain", "jobs")
    columns = tuple(
        SummaryColumn(
            say.plain(f"partner.ledger.{name}"),
            "" if name == "kind" else say.plain(f"partner.ledger.{name}_unit"), name != "kind",
        )
        for name in names
    )  # fmt: skip
    return SummaryTable("ledger", say("partner.ledger.caption"), columns, tuple(rows))


def needs_table(evidence: PartnerEvidence, say: Wording) -> SummaryTable | None:
    """What the partner sells most of, beside what each of the large importers buys of it from all countries."""
    rows = [
        row for row in evidence.position.minerals.iter_rows(named=True)
        if row["mineral"] not in STORES_OF_VALUE and row["exports_kusd"] >= LEAST_KUSD
    ][:SHOWN]  # fmt: skip
    if not rows or not evidence.bought:
        return None
    ids = evidence.bought_ids
    cells = tuple(
        (
            capital((say.mineral(row["mineral"]),)),
            (number(say, million(row["exports_kusd"]), ids, TRADE),),
            *(
                (number(say, million(of.get(row["mineral"])), ids, TRADE),)
                if of.get(row["mineral"]) is not None else (say.catalogue.numerals.number(None),)
                for of in evidence.bought.values()
            ),
        )
        for row in rows
    )  # fmt: skip
    unit = say.plain("summary.unit.musd")
    columns = (
        SummaryColumn(say.plain("partner.needs.mineral")), SummaryColumn(say.plain("partner.needs.sold"), unit, True),
        *(SummaryColumn(say.country_cell(key), unit, True) for key in evidence.bought),
    )  # fmt: skip
    caption = say("partner.needs.caption", seller=say.country(evidence.seller.key))
    return SummaryTable("needs", capital(caption), columns, cells)
