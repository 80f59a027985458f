"""The first screen: where the importer is exposed, the largest risks, and what the partners supply."""

from __future__ import annotations

from functools import partial

import polars as pl

from sogdia.brief.cost_line import cost_in_industries
from sogdia.brief.heading_lines import sold_by_heading
from sogdia.brief.part import Part
from sogdia.brief.report import Report
from sogdia.brief.views import (
    NOTABLE_SHARE,
    imported,
    in_group,
    notable_production,
    partner_share,
)
from sogdia.exposure.ranking import MOSTLY, NOT_VISIBLE, RANKED, WORLD_ALONE, from_one_country
from sogdia.render.blocks import Figure, Highlight, Highlights, Section
from sogdia.render.charts.dumbbell import BY_VALUE, BY_WEIGHT, dumbbell
from sogdia.render.formats import money, part, share, threshold
from sogdia.render.wording import counted, join, lower_first, name_in_sentence, possessive, sentence, some, the
from sogdia.sums import total

SHOWN = 15
RISKIEST = 3
RISK = "supply_risk_of_imports"
SHOWN_MEASURES = (RISK, "top_supplier_weight_share")


def section(report: Report) -> Section:
    """The answer in four numbers, three sentences and one picture."""
    rows = imported(report)
    return PART.section(_lead(report, rows), (_highlights(report, rows), _figure(report, rows)))


def _lead(report: Report, rows: pl.DataFrame) -> str:
    importer = name_in_sentence(report.importer)
    if rows.is_empty():
        return f"No import of the minerals asked for is recorded for {importer} in {report.year}."
    text = sentence(
        f"{importer} imported {counted(rows.height, 'mineral')} worth {money(rows['import_value_kusd'].sum())} in "
    )
    text += f"{report.year}, in the trade codes held here. "
    paragraphs = (text + _unseen(rows) + _riskiest(rows), cost_in_industries(report), _partners(report))
    return "\n".join(paragraph.strip() for paragraph in paragraphs if paragraph)


def _unseen(rows: pl.DataFrame) -> str:
    """The minerals that these trade codes do not see, so that the figures below leave them out."""
    fringe = in_group(rows, NOT_VISIBLE)
    if fringe.is_empty():
        return ""
    return (
        f"It buys {_listed(fringe)} mostly in other forms, which these codes do not see, so that "
        f"{'they are' if fringe.height > 1 else 'it is'} not ranked. "
    )


def _riskiest(rows: pl.DataFrame) -> str:
    """The highest ranked. Scores of the world's concentration alone are named apart: they rank by another rule."""
    full = in_group(rows, RANKED).filter(pl.col(RISK).is_not_null()).head(RISKIEST)
    if full.is_empty():
        return ""
    text = f"Supply risk by the European Commission's method is highest for {_listed(full)}"
    alone = in_group(rows, WORLD_ALONE).filter(pl.col(RISK) >= full[RISK].min())
    if alone.height:
        whose = "its" if alone.height == 1 else "their"
        text += (
            f"; judged by the world's concentration alone, because {whose} net import reliance is not known, "
            f"{_listed(alone)} would rank among them"
        )
    return f"{text}. "


def _listed(rows: pl.DataFrame) -> str:
    return join([lower_first(name) for name in rows["name"]])


def _partners(report: Report) -> str:
    """What the partners supply of it, and how much more of what they make."""
    if not report.partners:
        return ""
    names = some([name_in_sentence(p) for p in report.partners])
    supplied, share_of_imports, _ = partner_share(report)
    if supplied:
        text = (
            f"In these codes {names} supplied {part(share_of_imports)} of these imports by value: "
            f"{some([lower_first(n) for n in supplied], 3)}."
        )
    else:
        text = f"No direct supply from {names} is recorded in these codes."
    text += sold_by_heading(report)
    made = notable_production(report)
    if made:
        minerals = some([lower_first(name) for name in made], 4)
        text += f" The partners make {threshold(NOTABLE_SHARE)} or more of the world's output of {minerals}."
    return sentence(text)


def _highlights(report: Report, rows: pl.DataFrame) -> Highlights:
    found = from_one_country(rows)
    through_hubs = f"; {found.hubs} more {'come' if found.hubs > 1 else 'comes'} through hubs and are not counted"
    items = [
        Highlight(
            f"{found.single.height} of {found.ranked.height}",
            "ranked minerals bought mostly from one country",
            f"more than {threshold(MOSTLY)} of the weight{through_hubs if found.hubs else ''}",
        ),
    ]
    items += [
        Highlight(
            f"{row['minerals']}",
            f"of them from {the(row['top_supplier'])}",
            f"minerals with more than half from it, worth {money(row['worth'])} in all",
        )
        for row in _leading(found.single).iter_rows(named=True)
    ]
    if report.partners:
        supplied, share_of_imports, _ = partner_share(report)
        items += [
            Highlight(
                share(share_of_imports),
                f"of the value in these codes from the {counted(len(report.partners), 'partner')}",
                f"direct imports, {counted(len(supplied), 'mineral')}; goods that pass through others and "
                f"{counted(report.unseen.height, 'processed product')} without a trade code here not counted",
            ),
            *_headings_highlight(report),
            Highlight(
                str(len(notable_production(report))),
                f"minerals of which they make {threshold(NOTABLE_SHARE)} or more of the world's output",
                f"production of a partner / world production, {report.year}",
            ),
        ]
    return Highlights(tuple(items), report.partner_supply.sources())


def _headings_highlight(report: Report) -> list[Highlight]:
    """What the importer takes from the partners in whole headings, where the store carries any."""
    headings = report.partner_supply.headings
    if not headings.to_importer_kusd:
        return []
    return [
        Highlight(
            money(headings.to_importer_kusd),
            f"taken from them in four-digit headings, {headings.year}",
            "metals, alloys and compounds with their articles and scrap; another count than by six digits, "
            "never to be added to it",
        )
    ]


def _leading(concentrated: pl.DataFrame) -> pl.DataFrame:
    """The country that holds more than half of the most minerals."""
    return (
        concentrated.group_by("top_supplier")
        .agg(minerals=pl.len(), worth=total("import_value_kusd"))
        .sort("minerals", "worth", "top_supplier", descending=[True, True, False])
        .head(1)
    )


def _figure(report: Report, rows: pl.DataFrame) -> Figure | None:
    known = in_group(rows, RANKED).filter(pl.col(RISK).is_not_null(), pl.col("top_supplier").is_not_null())
    top = known.head(SHOWN)
    if top.is_empty():
        return None
    concentrated = top.filter(pl.col("top_supplier_weight_share") > MOSTLY).height
    shares = _shares(report, top)
    caption = (
        f"Among the {top.height} minerals with the highest supply risk, the largest supplier holds more than half of "
        f"{possessive(name_in_sentence(report.importer))} imports by weight in {concentrated}."
    )
    return Figure(
        key="largest-suppliers",
        draw=partial(dumbbell, shares, top["name"].to_list()),
        frame=shares,
        caption=caption,
        alt=(
            "Dots on a scale from 0 to 100 per cent, one line per mineral, highest supply risk at the top: the share "
            "of the largest supplier by weight and of the same country by value. " + caption
        ),
        source_ids=report.exposure.measure_sources(*SHOWN_MEASURES),
    )


def _shares(report: Report, top: pl.DataFrame) -> pl.DataFrame:
    """Shares of the largest supplier by weight, in both measures, one row each."""
    codes = report.exposure.records.select("mineral", supplier="top_supplier")
    pair = (
        top.select("mineral", "name", RISK, supplier_name="top_supplier")
        .join(codes, on="mineral")
        .join(report.exposure.suppliers, on=["mineral", "supplier"], maintain_order="left")
        .select(
            "name",
            RISK,
            supplier="supplier_name",
            by_weight="weight_share",
            by_value="value_share",
            low=pl.min_horizontal("weight_share", "value_share"),
            high=pl.max_horizontal("weight_share", "value_share"),
        )
        .rename({"by_weight": BY_WEIGHT, "by_value": BY_VALUE})
    )
    return pair.unpivot(
        on=[BY_WEIGHT, BY_VALUE],
        index=["name", RISK, "supplier", "low", "high"],
        variable_name="measure",
        value_name="share",
    )


PART = Part("overview", "Where the exposure lies", 10, section)
