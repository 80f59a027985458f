"""What a partner sells and to whom: headline figures, the ladder of processing, and the largest headings with buyers.

Ores are counted by six-digit codes and processed goods by four-digit headings, which hold no ore: they do not overlap
and add up. Gold and silver are left out. Of each heading the ten largest buyers are on record: a buyer's share in all
goods is the least that it takes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.brief.summary.cited import Cited, Wording, Written, capital
from sogdia.brief.summary.exposed import DAGGER
from sogdia.brief.summary.figures import count, money, number, share
from sogdia.brief.summary.ink import GREY, MUTED, label, picture, room, told
from sogdia.brief.summary.partner_evidence import PartnerEvidence
from sogdia.brief.summary.parts import Drawing, HeadlineFigure, SummaryColumn, SummaryTable
from sogdia.brief.summary.supplied import ERRATIC, HEADINGS, heading_words
from sogdia.exposure.ranking import STORES_OF_VALUE
from sogdia.render.theme import country_colour
from sogdia.units import KUSD_PER_MUSD

SHOWN, NAMED = 6, 5
STAGES = ("ore", "compound", "metal", "alloy", "scrap")
ORE = "ore"
RAW = (ORE, "scrap")
LEAST_KUSD = 1000.0
"""Exports that are counted [thousand USD]."""
WIDE, NARROW, ROW, BAR = 720.0, 352.0, 26.0, 14.0


@dataclass(frozen=True, slots=True)
class Goods:
    """One kind of goods that is sold. name: inside a sentence; exports: to all countries [MUSD]; buyers: on record, the
    largest first [MUSD]; resold: whether more of it is sold than made.
    """

    name: str
    stage: str
    exports: float
    buyers: tuple[tuple[str, float], ...]
    source_ids: tuple[str, ...]
    resold: bool = False


@dataclass(frozen=True, slots=True)
class Sales:
    """goods: the largest exports first; buyer: the largest in all of them, its part and in how many it is the first;
    year: of the headings.
    """

    goods: tuple[Goods, ...]
    buyer: str
    buyer_part: float
    first_in: int
    source_ids: tuple[str, ...]

    @property
    def exports(self) -> float:
        """Of all goods [MUSD]."""
        return sum(one.exports for one in self.goods)

    @property
    def raw_part(self) -> float:
        """Part of ore and scrap."""
        return sum(one.exports for one in self.goods if one.stage in RAW) / self.exports

    def stages(self) -> dict[str, tuple[float, dict[str, float]]]:
        """Exports of each stage [MUSD], upstream first, and of each buyer in it."""
        found = {}
        for stage in STAGES:
            own = [one for one in self.goods if one.stage == stage]
            if own:
                found[stage] = (sum(one.exports for one in own), _by_buyer(own))
        return found


def sales_of(evidence: PartnerEvidence, say: Wording) -> Sales | None:
    """What is sold; None where nothing but gold and silver is on record."""
    goods = sorted((*_headings(evidence, say), *_ores(evidence, say)), key=lambda one: (-one.exports, one.name))
    if not goods:
        return None
    taken = _by_buyer(goods)
    buyer = max(taken, key=lambda code: (taken[code], code))
    first = sum(bool(one.buyers) and one.buyers[0][0] == buyer for one in goods)
    whole = sum(one.exports for one in goods)
    ids = tuple(dict.fromkeys(i for one in goods for i in one.source_ids))
    return Sales(tuple(goods), buyer, taken[buyer] / whole, first, ids)


def _by_buyer(goods: Sequence[Goods]) -> dict[str, float]:
    taken: dict[str, float] = {}
    for one in goods:
        for code, value in one.buyers:
            taken[code] = taken.get(code, 0.0) + value
    return taken


def _headings(evidence: PartnerEvidence, say: Wording) -> list[Goods]:
    """Four-digit headings of processed goods and scrap; gold left out."""
    rows = evidence.position.headings.filter(
        ~pl.col("heading").is_in(ERRATIC), pl.col("exports_kusd") >= LEAST_KUSD, pl.col("stage") != ORE
    ).sort("heading", "value_kusd", "buyer", descending=[False, True, False], nulls_last=True)  # fmt: skip
    found = []
    for part in rows.partition_by("heading", maintain_order=True):
        first = part.row(0, named=True)
        buyers = tuple((code, value / KUSD_PER_MUSD) for code, value in part.select("buyer", "value_kusd").iter_rows()
                       if value)  # fmt: skip
        ids = tuple(dict.fromkeys(i for cell in part["source_id"] for i in cell.split(";")))
        name = heading_words(say, first["heading"], first["name"])
        found.append(Goods(name, first["stage"], first["exports_kusd"] / KUSD_PER_MUSD, buyers, ids))
    return found


def _ores(evidence: PartnerEvidence, say: Wording) -> list[Goods]:
    """Ores by mineral, from the six-digit codes; gold and silver left out."""
    if evidence.ores is None:
        return []
    ids = evidence.ores.sources()
    found = []
    for row in evidence.ores.minerals.iter_rows(named=True):
        if row["mineral"] in STORES_OF_VALUE or row["exports_kusd"] < LEAST_KUSD:
            continue
        own = evidence.ores.rows.filter(pl.col("mineral") == row["mineral"], pl.col("sales_kusd") > 0)
        buyers = own.sort("sales_kusd", "buyer", descending=[True, False]).select("buyer", "sales_kusd").iter_rows()
        sold = tuple((code, value / KUSD_PER_MUSD) for code, value in buyers)
        name, resold = say.bought(row["mineral"], ORE), row["mineral"] in evidence.resold
        found.append(Goods(name, ORE, row["exports_kusd"] / KUSD_PER_MUSD, sold, ids, resold))
    return found


def sells_line(evidence: PartnerEvidence, say: Wording) -> Written:
    """The first line: who buys most."""
    sales = sales_of(evidence, say)
    if sales is None:
        return say("partner.sells.unknown")
    part = share(say, sales.buyer_part, sales.source_ids, HEADINGS)
    return capital(say("partner.sells.line", country=say.country(sales.buyer), share=part))


def sales_headlines(evidence: PartnerEvidence, say: Wording) -> tuple[HeadlineFigure, ...]:
    """Exports, and the part that is sold raw."""
    sales = sales_of(evidence, say)
    if sales is None:
        return ()
    ids = sales.source_ids
    return (
        HeadlineFigure(
            (money(say, sales.exports, ids, HEADINGS),), say("partner.headline.exports", year=str(evidence.year)),
            say("partner.headline.exports_meaning", n=count(say, len(sales.goods), ids, HEADINGS)),
        ),
        HeadlineFigure(
            (share(say, sales.raw_part, ids, HEADINGS),), say("partner.headline.raw"),
            say("partner.headline.raw_meaning", n=count(say, sales.first_in, ids, HEADINGS),
                country=say.country(sales.buyer)),
        ),
    )  # fmt: skip


def buyers_table(evidence: PartnerEvidence, say: Wording) -> SummaryTable | None:
    """The largest exports with their two largest buyers."""
    sales = sales_of(evidence, say)
    if sales is None:
        return None
    rows = tuple(
        (
            capital((one.name + (DAGGER if one.resold else ""),)),
            (number(say, one.exports, one.source_ids, HEADINGS),),
            *_buyer(say, one, 0), *_buyer(say, one, 1),
        )
        for one in sales.goods[:SHOWN]
    )  # fmt: skip
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
        n=count(say, len(sales.goods), sales.source_ids, HEADINGS), country=say.country(sales.buyer),
    )  # fmt: skip
    if any(one.resold for one in sales.goods[:SHOWN]):
        caption = (*caption, *say("partner.buyers.dagger"))
    return SummaryTable("buyers", capital(caption), columns, rows)


def _buyer(say: Wording, one: Goods, place: int) -> tuple[Written, Written]:
    """A buyer and its share; dashes where there is none on record."""
    if place >= len(one.buyers):
        none = say.catalogue.numerals.number(None)
        return (none,), (none,)
    code, value = one.buyers[place]
    return (say.country_cell(code),), (share(say, value / one.exports, one.source_ids, HEADINGS),)


def ladder(evidence: PartnerEvidence, say: Wording) -> Drawing | None:
    """Exports by stage of processing, each bar parted by buyer; None where no heading is on record."""
    sales = sales_of(evidence, say)
    if sales is None:
        return None
    write, ids = say.catalogue.numerals, sales.source_ids
    marks = tuple(
        Cited(f"{say.plain(f'stage.{stage}')}: {write.money(total)}", ids, HEADINGS)
        for stage, (total, _) in sales.stages().items()
    )
    alt = say.plain("partner.ladder.alt")
    wide, narrow = (_drawn(sales, marks, say, width, alt) for width in (WIDE, NARROW))
    caption = say("partner.ladder.caption", raw=share(say, sales.raw_part, ids, HEADINGS))
    return Drawing("ladder", caption, alt, wide, narrow, marks)


def _drawn(sales: Sales, marks: Sequence[Cited], say: Wording, width: float, alt: str) -> str:
    """One bar for each stage; the buyers that take most of all have their colours, the others are grey."""
    stages = sales.stages()
    names = [say.plain(f"stage.{stage}") for stage in stages]
    write = say.catalogue.numerals
    left = max(map(room, names)) + 12
    largest = max(total for total, _ in stages.values())
    scale = (width - left - 78) / largest
    taken = _by_buyer(sales.goods)
    coloured = sorted(taken, key=lambda code: (-taken[code], code))[:NAMED]
    body, top = _legend(coloured, say, width)
    for at, ((total, parts), name, figure) in enumerate(zip(stages.values(), names, marks, strict=True)):
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
