"""What the partners supply today: the headline figure, from the four-digit headings or from the six-digit codes."""

from __future__ import annotations

import polars as pl

from sogdia.brief.summary.cited import Wording
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.figures import million, money, share
from sogdia.brief.summary.parts import HeadlineFigure
from sogdia.brief.views import known_value
from sogdia.exposure.ranking import STORES_OF_VALUE

LEAST_KUSD = 1000.0
"""Sales that a headline names [thousand USD]."""
HEADINGS, TRADE = "headings", "trade"
ERRATIC = ("7108",)
"""Gold: the exporters' reports lack most of it."""


def supply_headline(evidence: SummaryEvidence, say: Wording) -> HeadlineFigure | None:
    """The largest part of the importer's purchases that a partner holds, or what the partners sell in all; None
    without partners.
    """
    if not evidence.partners:
        return None
    headings = evidence.supply.headings
    rows = headings.rows.filter(
        pl.col("exports_to_importer_kusd") >= LEAST_KUSD, ~pl.col("heading").is_in(ERRATIC)
    )  # fmt: skip
    importer = say.country(evidence.importer.key)
    if not rows.is_empty():
        row = rows.row(0, named=True)
        ids = tuple(dict.fromkeys(row["source_id"].split(";")))
        goods, partner = heading_words(say, row["heading"], row["name"]), say.country(row["partner"])
        worth = money(say, million(row["exports_to_importer_kusd"]), ids, HEADINGS)
        if row["share_of_importer_imports"] is None:
            return HeadlineFigure(
                (worth,), say("summary.headline.sold", goods=goods, partner=partner),
                say("summary.headline.sold_meaning"),
            )  # fmt: skip
        return HeadlineFigure(
            (share(say, row["share_of_importer_imports"], ids, HEADINGS),),
            say("summary.headline.supplied", goods=goods, partner=partner, importer=importer),
            say("summary.headline.supplied_meaning", worth=worth),
        )
    return _by_codes(evidence, say)


def _by_codes(evidence: SummaryEvidence, say: Wording) -> HeadlineFigure:
    """The partners' share of the imports by value in the six-digit codes, gold and silver left out."""
    metals = ~pl.col("mineral").is_in(sorted(STORES_OF_VALUE))
    bought = known_value(evidence.exposure.records.filter(metals)["import_value_kusd"])
    sold = known_value(evidence.supply.rows.filter(metals)["exports_to_importer_kusd"])
    ids = evidence.exposure.measure_sources("import_value_kusd")
    return HeadlineFigure(
        (share(say, sold / bought if bought else None, ids, TRADE),),
        say("summary.headline.direct"),
        say("summary.headline.direct_meaning", worth=money(say, million(sold), ids, TRADE)),
    )


def heading_words(say: Wording, heading: str, name: str) -> str:
    """What a heading holds, in the language where the catalogue has it."""
    key = f"heading.{heading}"
    return say.plain(key) if key in say.catalogue else name[:1].lower() + name[1:]
