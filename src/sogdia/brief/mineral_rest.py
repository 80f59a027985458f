"""What other parts of the report say of one mineral: the loss of its main suppliers, and what the partners sell."""

from __future__ import annotations

import polars as pl

from sogdia.answer import each_once
from sogdia.brief.report import Report
from sogdia.data import Mineral
from sogdia.render.blocks import Text
from sogdia.render.formats import amount, money
from sogdia.render.ranges import band_text
from sogdia.render.wording import country_text, join, sentence, short
from sogdia.shock.supplier_loss import band_of
from sogdia.uncertain import BEYOND

PRICE = band_text(amount)
NAMED = 3
HEADING = "If a main supplier stopped, and what the partners sell"


def rest(report: Report, mineral: Mineral) -> Text | None:
    """One sentence for each main supplier, and one for the partners; None where there is neither."""
    lost = _losses(report, mineral)
    sold = _partners(report, mineral)
    if not lost and not sold:
        return None
    sources = (report.losses.sources() if lost else (), report.partner_supply.sources() if sold else ())
    return Text((*lost, *sold), each_once(*sources), HEADING)


def _losses(report: Report, mineral: Mineral) -> tuple[str, ...]:
    """A year without each main supplier: what users lose and pay."""
    rows = report.losses.rows.filter(pl.col("mineral") == mineral.key).sort(
        "share", "supplier", descending=[True, False]
    )
    said = []
    for row in rows.head(NAMED).iter_rows(named=True):
        start = f"A year without {country_text(row['supplier'])}"
        price = band_of(row, "price_paid")
        if price.beyond:
            said.append(f"{start} would raise the price more than {BEYOND:g} times, beyond what the model can price.")
            continue
        surplus = band_of(row, "surplus_change_kusd")
        cost = f" would cost users {money(-surplus.central)}" if surplus.central is not None else ""
        joint = " and multiply" if cost else " would multiply"
        said.append(
            f"{start}{cost}{joint} the price they pay by {PRICE.central(price)} (90\u202f% band {PRICE.ends(price)})."
        )
    return tuple(said)


def _partners(report: Report, mineral: Mineral) -> tuple[str, ...]:
    """Which partners export it, and how much of the world's output they make."""
    rows = report.partner_supply.rows.filter(pl.col("mineral") == mineral.key, pl.col("exports_kusd") > 0)
    if rows.is_empty():
        return ()
    named = {partner.key: short(partner) for partner in report.partners}
    sellers = rows.sort("exports_kusd", "partner", descending=[True, False]).head(NAMED).to_dicts()
    exports = [f"{named[row['partner']]} exported {money(row['exports_kusd'])} of it" for row in sellers]
    doubt = "; more than is on record as produced" if any(row["mark"] for row in sellers) else ""
    return (sentence(f"{join(exports)} to all countries in {report.year}{doubt}."),)
