"""Where the importer is exposed: the first line, the first headline figure, and the five exposures of highest risk.

A mineral hangs on one country where more than half of its imports by weight come from there, and that country is none
that sells more than it makes: a hub's share says where ships were loaded, not who can stop them.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from sogdia.brief.summary.cited import Cited, Wording, Written, capital
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.figures import count, million, number, share
from sogdia.brief.summary.parts import HeadlineFigure, SummaryColumn, SummaryTable
from sogdia.exposure.ranking import NOT_VISIBLE, RANKED, from_one_country

RISK, WEIGHT_SHARE, VALUE = "supply_risk_of_imports", "top_supplier_weight_share", "import_value_kusd"
SHOWN = 5
LEAST_LEADING = 2
"""Minerals from which a country is named as the one that most hang on."""
TRADE, RISKS = "trade", "risk"
DAGGER = "\u2020"


@dataclass(frozen=True, slots=True)
class Concentration:
    """ranked: minerals ranked; single: of them from one country; hubs: that a hub or processor sells most of; leader:
    the country that most of `single` come from, and how many.
    """

    ranked: int
    single: int
    hubs: int
    leader: str | None
    led: int
    source_ids: tuple[str, ...]


def ranked_rows(evidence: SummaryEvidence) -> pl.DataFrame:
    """The ranked minerals, the highest risk first."""
    return evidence.exposure.records.filter(pl.col("rank_group") == RANKED)


def unseen(evidence: SummaryEvidence) -> list[str]:
    """Keys of minerals that are bought mostly in forms that the trade codes do not see, the largest import first."""
    rows = evidence.exposure.records.filter(pl.col("rank_group") == NOT_VISIBLE, pl.col(VALUE) > 0)
    return rows.sort(VALUE, "mineral", descending=[True, False])["mineral"].to_list()


def concentration(evidence: SummaryEvidence) -> Concentration:
    """How many ranked minerals hang on one country, and which country leads."""
    found = from_one_country(evidence.exposure.records)
    single = found.single
    led: dict[str, tuple[int, float]] = {}
    for supplier, value in single.select("top_supplier", VALUE).iter_rows():
        minerals, worth = led.get(supplier, (0, 0.0))
        led[supplier] = (minerals + 1, worth + (value or 0.0))
    order = sorted(led, key=lambda code: (-led[code][0], -led[code][1], code))
    leader = order[0] if order else None
    ids = evidence.exposure.measure_sources(WEIGHT_SHARE, VALUE)
    return Concentration(found.ranked.height, single.height, found.hubs, leader, led[leader][0] if leader else 0, ids)


def exposed_line(evidence: SummaryEvidence, say: Wording) -> Written:
    """The first of the three lines."""
    found = concentration(evidence)
    if not found.ranked:
        return say("summary.exposed.nothing_ranked", importer=say.country(evidence.importer.key))
    ranked = count(say, found.ranked, found.source_ids, TRADE)
    if not found.single:
        return say("summary.exposed.none", ranked=ranked)
    single = count(say, found.single, found.source_ids, TRADE)
    if found.leader is None or found.led < LEAST_LEADING:
        return say("summary.exposed.several", ranked=ranked, n=single)
    led = count(say, found.led, found.source_ids, TRADE)
    return say("summary.exposed.led", ranked=ranked, n=single, led=led, country=say.country(found.leader))


def concentration_headline(evidence: SummaryEvidence, say: Wording) -> HeadlineFigure:
    """How many of the ranked minerals come mostly from one country."""
    found = concentration(evidence)
    single, ranked = (count(say, value, found.source_ids, TRADE) for value in (found.single, found.ranked))
    hubs = count(say, found.hubs, found.source_ids, TRADE)
    return HeadlineFigure(
        say("summary.headline.of", part=single, whole=ranked),
        say("summary.headline.single"),
        say("summary.headline.single_meaning", n=hubs) if found.hubs else say("summary.headline.single_plain"),
    )


def exposure_table(evidence: SummaryEvidence, say: Wording) -> SummaryTable | None:
    """The five ranked minerals of highest supply risk; None where none is ranked with a risk."""
    rows = ranked_rows(evidence).filter(pl.col(RISK).is_not_null()).head(SHOWN)
    if rows.is_empty():
        return None
    trade = evidence.exposure.measure_sources(WEIGHT_SHARE, VALUE)
    risks = evidence.exposure.measure_sources(RISK)
    cells = tuple(
        (
            capital((say.bought(row["mineral"], row["stage"]),)),
            (number(say, million(row[VALUE]), trade, TRADE),),
            (say.country_cell(row["top_supplier"]) + (DAGGER if row["top_supplier_mark"] else ""),),
            (share(say, row[WEIGHT_SHARE], trade, TRADE),),
            (share(say, _value_share(evidence, row["mineral"], row["top_supplier"]), trade, TRADE),),
            (_score(say, row[RISK], risks),),
        )
        for row in rows.iter_rows(named=True)
    )
    return SummaryTable("exposures", _finding(evidence, say, rows), _columns(say), cells)


def _score(say: Wording, value: float, risks: tuple[str, ...]) -> Cited:
    """A score with one decimal."""
    return Cited(say.catalogue.numerals.marked(f"{value:.1f}"), risks, RISKS)


def _value_share(evidence: SummaryEvidence, mineral: str, supplier: str | None) -> float | None:
    """Share of one supplier in the imports of a mineral by value."""
    rows = evidence.exposure.suppliers.filter(pl.col("mineral") == mineral, pl.col("supplier") == supplier)
    return None if rows.is_empty() else rows["value_share"][0]


def _finding(evidence: SummaryEvidence, say: Wording, rows: pl.DataFrame) -> Written:
    """The caption: what stands highest, from where; and what the dagger means, where there is one."""
    first = rows.row(0, named=True)
    trade = evidence.exposure.measure_sources(WEIGHT_SHARE)
    finding = say(
        "summary.exposures.caption",
        mineral=say.bought(first["mineral"], first["stage"]), country=say.country(first["top_supplier"]),
        share=share(say, first[WEIGHT_SHARE], trade, TRADE),
    )  # fmt: skip
    hubs = rows["top_supplier_mark"].is_not_null().any()
    return (*capital(finding), *say("summary.exposures.dagger")) if hubs else capital(finding)


def _columns(say: Wording) -> tuple[SummaryColumn, ...]:
    names = ("mineral", "imports", "supplier", "by_weight", "by_value", "risk")
    units = {"imports": say.plain("summary.unit.musd")}
    texts = {"mineral", "supplier"}
    return tuple(
        SummaryColumn(say.plain(f"summary.exposures.{name}"), units.get(name, ""), name not in texts) for name in names
    )
