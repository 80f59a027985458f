"""Check: the share of some countries in the world's reserves, by every measure that the store has.

Measures are the United States Geological Survey's economic reserves and the national balances. A national balance in
tonnes has no world total of its own: set against that of the Survey it divides unlike things, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from sogdia.claims.claim import ClaimReading
from sogdia.claims.kind import PERCENT, ClaimKind, ClaimQuestion
from sogdia.data.reserves import ALIKE
from sogdia.sums import known_total
from sogdia.tabular.evidence import weakest

ECONOMIC, NATIONAL = "usgs_economic", "national_balance"
NAMES = {ECONOMIC: "economic reserves (USGS)", NATIONAL: "national balance"}
WORLD, COUNTRY = "world", "country"
UNLIKE = " A national balance counts more than what is economic today, so that this overstates the share."


def read(question: ClaimQuestion) -> Iterator[ClaimReading]:
    """The Survey's measure as worded, then published national shares, then national tonnes over the Survey's world."""
    rows = question.store.rows("reserves").filter(pl.col("mineral") == question.claim.mineral)
    rows = rows.with_columns(pl.col("share_of_world", "reserves_t").cast(pl.Float64))
    own = rows.filter(pl.col("country").is_in(question.countries("exporter")), aggregate=COUNTRY)
    worlds = rows.filter(aggregate=WORLD).filter(pl.col("reserves_t").is_not_null())
    for world in worlds.to_dicts():
        alike = own.filter(*(pl.col(name) == world[name] for name in ALIKE))
        text = f"{NAMES.get(world['measure'], world['measure'])}, {world['subject']}: {world['basis']}"
        yield _over(question, alike, world, f"{text}, world total of {world['year']}")
    for row in own.filter(pl.col("share_of_world").is_not_null()).to_dicts():
        text = f"{row['country']}, {NAMES.get(row['measure'], row['measure'])}: {row['basis']}"
        yield _other(question.reading(
            PERCENT * row["share_of_world"], "percent", str(row["year"]), _ids([row]), definition=text,
            note=row["note"] or "", evidence=row["evidence"],
        ))  # fmt: skip
    tonnes = own.filter(measure=NATIONAL).filter(pl.col("reserves_t").is_not_null())
    if tonnes.height:
        for world in worlds.filter(measure=ECONOMIC).to_dicts():
            bases = "; ".join(tonnes["basis"].unique().sort())
            text = f"unlike measures: national balance ({bases}) over the USGS world total of {world['year']}"
            yield _other(_over(question, tonnes, world, f"{text} ({world['basis']})", UNLIKE))


def _over(
    question: ClaimQuestion, own: pl.DataFrame, world: dict[str, Any], text: str, remark: str = ""
) -> ClaimReading:
    """The known reserves of the countries over the world's; not known where no country has a figure."""
    known = own.filter(pl.col("reserves_t").is_not_null())
    rows = [world, *known.to_dicts()]
    year = ", ".join(sorted({str(row["year"]) for row in rows}))
    if known.is_empty():
        return question.reading(None, "percent", year, _ids(rows), definition=text,
                                note="No country of the region is listed with a figure.")  # fmt: skip
    held = known.select(known_total("reserves_t")).item()
    return question.reading(
        PERCENT * held / world["reserves_t"], "percent", year, _ids(rows), definition=text,
        note=f"Known for {', '.join(sorted(known['country'].unique()))}.{remark}",
        evidence=weakest("derived", *(row["evidence"] for row in rows)),
    )  # fmt: skip


def _other(reading: ClaimReading) -> ClaimReading:
    """The same reading, told as another definition than the words of the claim."""
    return replace(reading, relation="other")


def _ids(rows: Sequence[dict[str, Any]]) -> list[str]:
    return [one for row in rows for one in str(row["source_id"]).split(";")]


KIND = ClaimKind(
    "reserves",
    "Reserves of the countries over the world's, in rows of the table of reserves that agree in measure, form and "
    "basis; published national shares; national tonnes over the world total of the USGS.",
    read,
)
