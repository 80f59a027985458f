"""The cost of losing a main supplier, in one sentence that names the industries that would bear it."""

from __future__ import annotations

from math import fsum

import polars as pl

from sogdia.brief.report import Report
from sogdia.brief.views import mineral_names
from sogdia.render.formats import money, part
from sogdia.render.wording import country_text, join, lower_first
from sogdia.stakes.sectors import sectors

NAMED = 2
LEAST_PART = 0.1
"""Share of the loss from which an industry is named second."""


def cost_in_industries(report: Report) -> str:
    """The loss that costs users most of those that can be priced; "" where none can, or its users are not known."""
    priced = report.losses.rows.filter(~pl.col("beyond"), pl.col("surplus_change_kusd") < 0)
    worst = priced.sort("surplus_change_kusd", "mineral", "supplier").head(1)
    if worst.is_empty() or report.stakes is None:
        return ""
    row = worst.row(0, named=True)
    borne, assumed = industries(report, row["mineral"])
    if not borne:
        return ""
    first, *others = [f"{part(share)} of it in {name}" for name, share in borne]
    where = join([first, *(text.replace(" of it", "") for text in others)])
    marked = " (shares assumed)" if assumed else ""
    return (
        f"Of the losses of one main supplier that can be priced, that of {country_text(row['supplier'])} in "
        f"{lower_first(mineral_names(report)[row['mineral']])} would cost users most, "
        f"{money(-row['surplus_change_kusd'])} in a year, {where}{marked}."
    )


def industries(report: Report, mineral: str) -> tuple[list[tuple[str, float]], bool]:
    """The industries that buy a mineral first with their shares, the largest first; whether a share is assumed."""
    shares: dict[str, list[float]] = {}
    rows = report.stakes.of(mineral) if report.stakes is not None else ()
    for row in rows:
        shares.setdefault(row.use.sector, []).append(row.use.share.central)
    ranked = sorted(((fsum(parts), code) for code, parts in shares.items()), key=lambda one: (-one[0], one[1]))
    named = [(lower_first(sectors()[code].name), share) for share, code in ranked[:NAMED]]
    kept = [one for at, one in enumerate(named) if at == 0 or one[1] >= LEAST_PART]
    return kept, any(row.use.evidence == "assumed" for row in rows)
