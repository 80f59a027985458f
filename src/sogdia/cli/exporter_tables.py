"""The tables of `sogdia expose --exporter`: what is sold, to whom, and what is bought from others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sogdia.cli import show
from sogdia.units import KUSD_PER_MUSD

if TYPE_CHECKING:
    from sogdia.cli.sheet import AnswerSheet
    from sogdia.data import Mineral
    from sogdia.exposure import ExporterPosition

BUYERS_SHOWN = 8
HEADINGS_SHOWN = 12
LEAST_SHOWN_KUSD = 1000.0
HEADING_HEADINGS = (
    ("", "left"), ("Heading", "left"), ("Exports, million USD", "right"), ("Main buyer", "left"), ("share", "right"),
)  # fmt: skip
MINERAL_HEADINGS = (
    ("Mineral", "left"), ("Exports, million USD", "right"), ("of the world's imports", "right"),
    ("Main buyer", "left"), ("share", "right"), ("HHI of buyers", "right"),
    ("Bought from others, million USD", "right"), ("Buyers", "right"),
)  # fmt: skip
BUYER_HEADINGS = (
    ("Buyer", "left"), ("Sales, million USD", "right"), ("t", "right"), ("of its exports", "right"),
    ("of the buyer's imports", "right"), ("Unmet demand, million USD", "right"),
)  # fmt: skip


def print_exporter(answer: ExporterPosition, minerals: Mapping[str, Mineral], sheet: AnswerSheet) -> None:
    """Print the minerals, and of a single one its buyers."""
    from sogdia.render.wording import country_name

    first = {row["mineral"]: row for row in reversed(answer.rows.rows(named=True))}
    rows = [
        [
            minerals[row["mineral"]].name, _million(row["exports_kusd"]), show.percent(row["share_of_world"]),
            country_name(first[row["mineral"]]["buyer"]) or "-",
            show.percent(first[row["mineral"]]["share_of_exports"]), f"{row['buyer_hhi']:.3f}",
            _million(row["unmet_kusd"]), f"{row['buyers']:,}",
        ]
        for row in answer.minerals.iter_rows(named=True)
        if answer.minerals.height == 1 or row["exports_kusd"] >= LEAST_SHOWN_KUSD
    ]  # fmt: skip
    small = answer.minerals.filter(answer.minerals["exports_kusd"] < LEAST_SHOWN_KUSD)["mineral"]
    notes = list(answer.notes)
    if rows and len(small) and answer.minerals.height > 1:
        names = ", ".join(minerals[key].name for key in small)
        notes.insert(0, f"Less than {LEAST_SHOWN_KUSD / KUSD_PER_MUSD:g} million USD each: {names}.")
    sheet.table(answer.title, MINERAL_HEADINGS, rows, notes)
    if answer.minerals.height == 1:
        served = answer.rows.filter(answer.rows["sales_kusd"] > 0).head(BUYERS_SHOWN)
        unserved = answer.rows.filter(answer.rows["sales_kusd"] <= 0)
        buyers = [
            [
                country_name(row["buyer"]) or "-", _million(row["sales_kusd"]), show.number(row["sales_t"]),
                show.percent(row["share_of_exports"]), show.percent(row["share_of_imports"]),
                _million(row["unmet_kusd"]),
            ]
            for part in (served, unserved)
            for row in part.iter_rows(named=True)
        ]  # fmt: skip
        sheet.table("\nBuyers, and the largest that buy none", BUYER_HEADINGS, buyers)
    _headings(answer, sheet)


def _headings(answer: ExporterPosition, sheet: AnswerSheet) -> None:
    """What it sells by four-digit heading, which sees products that no six-digit code here covers."""
    from sogdia.render.wording import country_name

    if answer.headings.is_empty():
        return
    main = answer.headings.unique("heading", keep="first", maintain_order=True).sort(
        "exports_kusd", "heading", descending=[True, False]
    )
    rows = [
        [row["heading"], row["name"], _million(row["exports_kusd"]), country_name(row["buyer"]) or "-",
         show.percent(row["share_of_exports"])]
        for row in main.head(HEADINGS_SHOWN).iter_rows(named=True)
    ]  # fmt: skip
    sheet.table(f"\nBy four-digit heading, {answer.headings['year'][0]}", HEADING_HEADINGS, rows)


def _million(kusd: float | None) -> str:
    return show.number(None if kusd is None else kusd / KUSD_PER_MUSD)
