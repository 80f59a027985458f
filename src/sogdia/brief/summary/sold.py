"""What a partner sells and to whom: headline figures, the ladder of processing, and the largest headings with buyers.

Four-digit headings do not overlap, so that their exports add up; gold is left out, because its years do not agree. Of
each heading the ten largest buyers are on record: shares of buyers in all of them are the least that they take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.brief.summary.cited import Cited, Wording, Written, capital
from sogdia.brief.summary.colours import country_colour
from sogdia.brief.summary.figures import count, million, money, number, share
from sogdia.brief.summary.ink import GREY, MUTED, label, picture, room, told
from sogdia.brief.summary.partner_evidence import PartnerEvidence
from sogdia.brief.summary.parts import Drawing, HeadlineFigure, SummaryColumn, SummaryTable
from sogdia.brief.summary.supplied import ERRATIC, HEADINGS, heading_words
from sogdia.sums import known_total

SHOWN, NAMED = 6, 5
STAGES = ("ore", "compound", "metal", "alloy", "scrap")
RAW = ("ore", "scrap")
WIDE, NARROW, ROW, BAR = 720.0, 352.0, 26.0, 14.0


@dataclass(frozen=True, slots=True)
class Sales:
    """exports: of all headings [MUSD]; buyer: the largest in all of them, its part and in how many it is the first;
    by_stage: exports of each stage [MUSD], upstream first, and of each buyer in it.
    """

    exports: float
    headings: int
    buyer: str
    buyer_part: float
    first_in: int
    by_stage: dict[str, tuple[float, dict[str, float]]]
    year: int
    source_ids: tuple[str, ...]

    @property
    def raw_part(self) -> float:
        """Part of ore and scrap."""
        return sum(total for stage, (total, _) in self.by_stage.items() if stage in RAW) / self.exports


def sales_of(evidence: PartnerEvidence) -> Sales | None:
    """The sales by heading; None where the store carries none of this seller."""
    rows = heading_rows(evidence)
    whole = rows.unique("heading", keep="first", maintain_order=True)
    total = sum(million(value) or 0.0 for value in whole["exports_kusd"])
    if not total:
        return None
    buyers = rows.group_by("buyer").agg(known_total("value_kusd")).sort("value_kusd", "buyer", descending=[True, False])
    buyer, value = buyers.row(0)
    first = int((whole["buyer"] == buyer).sum())
    by_stage: dict[str, tuple[float, dict[str, float]]] = {}
    for stage in STAGES:
        own, all_of = rows.filter(pl.col("stage") == stage), whole.filter(pl.col("stage") == stage)
        if own.height:
            parts = own.group_by("buyer").agg(known_total("value_kusd")).sort("value_kusd", descending=True)
            by_stage[stage] = (
                sum(million(v) or 0.0 for v in all_of["exports_kusd"]),
                {code: million(v) or 0.0 for code, v in parts.iter_rows()},
            )
    ids = tuple(dict.fromkeys(i for cell in rows["source_id"] for i in cell.split(";")))
    return Sales(
        total, whole.height, buyer, (million(value) or 0.0) / total, first, by_stage, int(rows["year"][0]), ids
    )  # fmt: skip


def heading_rows(evidence: PartnerEvidence) -> pl.DataFrame:
    """Heading and buyer, the largest heading first, in it the largest buyer first; gold left out."""
    rows = evidence.position.headings.filter(~pl.col("heading").is_in(ERRATIC), pl.col("exports_kusd") > 0)
    return rows.sort("exports_kusd", "heading", "value_kusd", descending=[True, False, True], nulls_last=True)


def sells_line(evidence: PartnerEvidence, say: Wording) -> Written:
    """The first line: who buys most."""
    sales = sales_of(evidence)
    if sales is None:
        return say("partner.sells.unknown")
    part = share(say, sales.buyer_part, sales.source_ids, HEADINGS)
    return capital(say("partner.sells.line", country=say.country(sales.buyer), share=part))


def sales_headlines(evidence: PartnerEvidence, say: Wording) -> tuple[HeadlineFigure, ...]:
    """Exports, and the part that is sold raw."""
    sales = sales_of(evidence)
    if sales is None:
        return ()
    ids = sales.source_ids
    return (
        HeadlineFigure(
            (money(say, sales.exports, ids, HEADINGS),), say("partner.headline.exports", year=str(sales.year)),
            say("partner.headline.exports_meaning", n=count(say, sales.headings, ids, HEADINGS)),
        ),
        HeadlineFigure(
            (share(say, sales.raw_part, ids, HEADINGS),), say("partner.headline.raw"),
            say("partner.headline.raw_meaning", n=count(say, sales.first_in, ids, HEADINGS),
                country=say.country(sales.buyer)),
        ),
    )  # fmt: skip


def buyers_table(evidence: PartnerEvidence, say: Wording) -> SummaryTable | None:
    """The largest headings with their two largest buyers."""
    sales = sales_of(evidence)
    if sales is None:
        return None
    rows = []
    for part in heading_rows(evidence).partition_by("heading", maintain_order=True)[:SHOWN]:
        first, *others = part.head(2).iter_rows(named=True)
        ids = tuple(first["source_id"].split(";"))
        second = others[0] if others else None
        rows.append(
            (
                capital((heading_words(say, first["heading"], first["name"]),)),
                (number(say, million(first["exports_kusd"]), ids, HEADINGS),),
                (say.country_cell(first["buyer"]),),
                (share(say, first["share_of_exports"], ids, HEADINGS),),
                (say.country_cell(second["buyer"]) if second else say.catalogue.numerals.number(None),),
                (share(say, second["share_of_exports"] if second else None, ids, HEADINGS),),
            )
        )
    names = ("goods", "exports", "first", "share", "second", "share")
    columns = tuple(
        SummaryColumn(
            say.plain(f"partner.buyers.{name}"), say.plain("summary.unit.musd") if name == "exports" else "",
            name in ("exports", "share"),
        )
        for name in names
    )  # fmt: skip
    caption = say(
        "partner.buyers.caption", first=count(say, sales.first_in, sales.source_ids, HEADINGS),
        n=count(say, sales.headings, sales.source_ids, HEADINGS), country=say.country(sales.buyer),
    )  # fmt: skip
    return SummaryTable("buyers", capital(caption), columns, tuple(rows))


def ladder(evidence: PartnerEvidence, say: Wording) -> Drawing | None:
    """Exports by stage of processing, each bar parted by buyer; None where no heading is on record."""
    sales = sales_of(evidence)
    if sales is None:
        return None
    write, ids = say.catalogue.numerals, sales.source_ids
    marks = tuple(
        Cited(f"{say.plain(f'stage.{stage}')}: {write.money(total)}", ids, HEADINGS)
        for stage, (total, _) in sales.by_stage.items()
    )
    alt = say.plain("partner.ladder.alt")
    wide, narrow = (_drawn(sales, marks, say, width, alt) for width in (WIDE, NARROW))
    caption = say("partner.ladder.caption", raw=share(say, sales.raw_part, ids, HEADINGS))
    return Drawing("ladder", caption, alt, wide, narrow, marks)


def _drawn(sales: Sales, marks: Sequence[Cited], say: Wording, width: float, alt: str) -> str:
    """One bar for each stage; the buyers that take most of all have their colours, the others are grey."""
    names = [say.plain(f"stage.{stage}") for stage in sales.by_stage]
    write = say.catalogue.numerals
    left = max(map(room, names)) + 12
    largest = max(total for total, _ in sales.by_stage.values())
    scale = (width - left - 78) / largest
    taken: dict[str, float] = {}
    for _, parts in sales.by_stage.values():
        for code, value in parts.items():
            taken[code] = taken.get(code, 0.0) + value
    coloured = sorted(taken, key=lambda code: (-taken[code], code))[:NAMED]
    body, top = _legend(coloured, say, width)
    for at, ((total, parts), name, figure) in enumerate(zip(sales.by_stage.values(), names, marks, strict=True)):
        y, x = top + ROW * at, left
        bars = ""
        for code in coloured:
            wide = scale * parts.get(code, 0.0)
            bars += _bar(x, y, wide, country_colour(code))
            x += wide
        bars += _bar(x, y, max(left + scale * total - x, 0.0), GREY)
        body += told(bars, figure.text, figure.topic) + label(left - 8, y + 11, name, anchor="end")
        body += label(left + scale * total + 6, y + 11, write.number(total), fill=MUTED)
    return picture(width, top + ROW * len(names), body, alt)


def _bar(x: float, y: float, wide: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{BAR}" fill="{colour}"/>'


def _legend(coloured: Sequence[str], say: Wording, width: float) -> tuple[str, float]:
    """The buyers' colours; the height that they take."""
    x, y, body = 0.0, 4.0, ""
    entries = [(say.country_cell(code), country_colour(code)) for code in coloured]
    for name, colour in [*entries, (say.plain("common.others"), GREY)]:
        wide = room(name) + 30
        if x and x + wide > width:
            x, y = 0.0, y + 18
        body += f'<rect x="{x:.1f}" y="{y:.1f}" width="11" height="11" fill="{colour}"/>' + label(x + 16, y + 10, name)
        x += wide
    return body, y + 26
