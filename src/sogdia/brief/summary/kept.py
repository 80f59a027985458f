"""What stays in a partner's country: value added and jobs of each kind of processing, and what the importers buy."""

from __future__ import annotations

from sogdia.brief.summary.cited import Cited, Wording, Written, capital
from sogdia.brief.summary.figures import band, million, number
from sogdia.brief.summary.partner_evidence import PartnerEvidence
from sogdia.brief.summary.parts import HeadlineFigure, SummaryColumn, SummaryTable
from sogdia.exposure.ranking import STORES_OF_VALUE
from sogdia.stakes import PartnerLedger
from sogdia.stakes.partner_ledger import JOBS

LEDGER, TRADE = "ledger", "trade"
SHOWN = 5
LEAST_KUSD = 1000.0
"""Exports of a mineral from which it is shown [thousand USD]."""


def home_part(ledger: PartnerLedger) -> tuple[float, float | None, float] | None:
    """Low, central and high part of a dollar of the product that stays at home: 1 - imports of the whole chain."""
    imports = ledger.figures["imports"]
    if imports.low is None or imports.high is None:
        return None
    return 1.0 - imports.high, None if imports.central is None else 1.0 - imports.central, 1.0 - imports.low


def keeps_line(evidence: PartnerEvidence, say: Wording) -> Written:
    """The second line: what a dollar of the first kind of processing leaves at home, and its jobs."""
    ledger = next((one for one in evidence.ledgers if home_part(one) is not None), None)
    found = None if ledger is None else home_part(ledger)
    if ledger is None or found is None:
        return say("partner.keeps.unknown")
    kept = _cents(say, found, ledger)
    jobs = ledger.figures[JOBS]
    goods = say.plain(f"processing.{key_of(ledger)}")
    if jobs.low is None or jobs.high is None:
        return capital(say("partner.keeps.no_jobs", goods=goods, kept=kept))
    made = band(say, jobs.low, jobs.high, jobs.source_ids, LEDGER)
    return capital(say("partner.keeps.line", goods=goods, kept=kept, jobs=made))


def key_of(ledger: PartnerLedger) -> str:
    """The name of a kind of processing as a key of the catalogue."""
    return ledger.processing.name.replace(" ", "_").replace("-", "_")


def keeps_headline(evidence: PartnerEvidence, say: Wording) -> HeadlineFigure | None:
    """What stays at home of a dollar of the first kind of processing."""
    for ledger in evidence.ledgers:
        found = home_part(ledger)
        if found is not None:
            value = _cents(say, found, ledger)
            goods = say.plain(f"processing.{key_of(ledger)}")
            own = "own" if ledger.own else "alike"
            return HeadlineFigure(
                (value,), say("partner.headline.kept", goods=goods), say(f"partner.headline.kept_{own}")
            )  # fmt: skip
    return None


def _cents(say: Wording, found: tuple[float, float | None, float], ledger: PartnerLedger) -> Cited:
    """The central share, or the range where that is all there is."""
    low, central, high = found
    write = say.catalogue.numerals
    text = write.share(central) if central is not None else f"{write.share(low)} {write.dash} {write.share(high)}"
    return Cited(text, ledger.figures["imports"].source_ids, LEDGER)


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
                (band(say, jobs.low, jobs.high, jobs.source_ids, LEDGER) if jobs.low is not None else none,),
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
