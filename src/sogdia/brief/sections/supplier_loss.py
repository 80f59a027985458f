"""The loss of each main supplier: prices and money in a year without it, with bands."""

from __future__ import annotations

from typing import Any

import polars as pl

from sogdia.brief.part import Part
from sogdia.brief.product_losses import product_sentence, product_table
from sogdia.brief.report import Report
from sogdia.brief.views import mineral_names, with_country_names
from sogdia.render.blocks import Block, Column, Figure, Section, Table, Text
from sogdia.render.charts.dotband import Panel, drawing
from sogdia.render.formats import amount, money, share, threshold
from sogdia.render.ranges import OUTSIDE, band_text
from sogdia.render.wording import counted, country_text, join, lower_first, name_in_sentence, possessive, sentence, some
from sogdia.shock.loss_of_supplier import MIN_SHARE
from sogdia.shock.supplier_loss import band_of
from sogdia.uncertain import BEYOND, Band

SHOWN = 15
BEYOND_SHOWN = 5
NAMED_BEYOND = 6
ROWS_SHOWN = 25
THOUSAND = 1e3
PRICE_TICKS = (0.5, 1.0, 2.0, 3.0, 5.0, BEYOND)
ENDS = ("", "_low", "_high")
PRICE_TEXT, SHARE_TEXT, MONEY_TEXT = band_text(amount), band_text(share), band_text(amount, above="more")


def section(report: Report) -> Section | None:
    """Ranked losses; None when no supplier of a mineral of this report is large enough to be asked about."""
    if report.losses.rows.is_empty():
        return None
    rows = _rows(report)
    blocks: tuple[Block | None, ...] = (
        _price_figure(report, rows),
        _money_figure(report, rows),
        _table(report, rows),
        product_table(report),
        Text(_meaning(report), report.losses.sources(), "What the figures mean, and their limits"),
    )
    return PART.section(_lead(report, rows), blocks)


def _rows(report: Report) -> pl.DataFrame:
    """The losses with names and with money as a loss: beyond the model first, the largest imports leading them.

    Ends of a band beyond the model's range are left out; the text of the band says that it goes on.
    """
    frame = with_country_names(report.losses.rows.with_columns(country="supplier"), "supplier").with_columns(
        name=pl.col("mineral").replace_strict(mineral_names(report), return_dtype=pl.String)
    )
    made = [_row(row) for row in frame.iter_rows(named=True)]
    return pl.DataFrame(made, schema=SCHEMA).sort(
        "beyond", pl.when("beyond").then("imports_musd").otherwise("loss_musd"),
        descending=True, nulls_last=True, maintain_order=True,
    )  # fmt: skip


ENDS_OF_BANDS = {
    f"{name}_{end}{unit and '_musd'}": Column(
        f"{name}_{end}{unit and '_musd'}", f"{label}, {end}", style, unit or shown, "end of the 90 % band", False
    )
    for name, label, style, unit, shown in (
        ("price", "Price paid", "amount", "", "x"), ("reduced", "Reduced use", "share", "", ""),
        ("bill", "Import bill", "amount", "million USD", ""), ("loss", "Loss of users", "amount", "million USD", ""),
    )
    for end in ("low", "high")
}  # fmt: skip
NUMBERS = ("share", "imports_musd", "price", "reduced", "bill_musd", "loss_musd", *ENDS_OF_BANDS)
TEXTS = ("name", "mineral", "supplier", "country", "price_band", "reduced_band", "bill_band", "loss_band")
SCHEMA: dict[str, Any] = {
    **dict.fromkeys(TEXTS, pl.String), "beyond": pl.Boolean, "open": pl.Boolean, **dict.fromkeys(NUMBERS, pl.Float64)
}  # fmt: skip


def _row(row: dict[str, Any]) -> dict[str, Any]:
    price, reduced = band_of(row, "price_paid"), band_of(row, "reduced_use")
    bill, surplus = band_of(row, "import_bill_change_kusd"), band_of(row, "surplus_change_kusd")
    return {
        **{name: row[name] for name in ("name", "mineral", "supplier", "country", "share")},
        "beyond": price.beyond,
        "open": price.open,
        "imports_musd": row["imports_kusd"] / THOUSAND,
        "price": price.central,
        "price_low": price.low,
        "price_high": price.high,
        "price_band": OUTSIDE if price.beyond else PRICE_TEXT.ends(price),
        **{f"reduced{end}": row[f"reduced_use{end}"] for end in ENDS},
        "reduced_band": SHARE_TEXT.ends(reduced),
        **_money("bill", _millions(bill.low), _millions(bill.central), _millions(bill.high), price),
        # A loss is the negative of the change of surplus, so its ends change places.
        **_money(
            "loss",
            _millions(surplus.high, -1.0),
            _millions(surplus.central, -1.0),
            _millions(surplus.low, -1.0),
            Band(None, None, None),
        ),
    }


def _millions(kusd: float | None, sign: float = 1.0) -> float | None:
    return None if kusd is None else sign * kusd / THOUSAND


def _money(what: str, low: float | None, central: float | None, high: float | None, price: Band) -> dict[str, Any]:
    """Money [million USD] and its band, which goes on where that of the price does."""
    band = Band(low, central, None if price.open else high, price.beyond)
    text = "" if price.beyond else MONEY_TEXT.ends(band)
    return {
        f"{what}_musd": band.central, f"{what}_low_musd": band.low, f"{what}_high_musd": band.high,
        f"{what}_band": text,
    }  # fmt: skip


def _lead(report: Report, rows: pl.DataFrame) -> str:
    """The worst loss that can be priced, and those that cannot."""
    priced = rows.filter(~pl.col("beyond"))
    outside = rows.filter("beyond")
    text = (
        f"{sentence(name_in_sentence(report.importer))} has {counted(rows.height, 'main supplier')} of "
        f"{counted(rows['mineral'].n_unique(), 'mineral')}, each with {threshold(MIN_SHARE)} or more of its imports by "
        f"weight in {report.year}."
    )
    if priced.height:
        worst = priced.row(0, named=True)
        text += (
            f" A year without {country_text(worst['country'])} in {lower_first(worst['name'])} would cost its users "
            f"most: {money(worst['loss_musd'] * THOUSAND)}, the price they pay {amount(worst['price'])} times as high "
            f"(90\u202f% band {worst['price_band']})."
        )
    if outside.height:
        names = [f"{lower_first(row['name'])} from {country_text(row['country'])}" for row in outside.to_dicts()]
        verb = "lies" if len(names) == 1 else "lie"
        text += (
            f" {sentence(counted(outside.height, 'loss', 'losses'))} {verb} beyond what the model can price, because "
            f"prices would rise more than {BEYOND:g} times: {some(names, NAMED_BEYOND)}."
        )
    return text + product_sentence(report)


def _label(row: dict[str, Any]) -> str:
    return f"{row['name']}, {row['supplier']}"


def _price_figure(report: Report, rows: pl.DataFrame) -> Figure:
    """The rise of the price for the largest losses."""
    shown = pl.concat([rows.filter("beyond").head(BEYOND_SHOWN), rows.filter(~pl.col("beyond")).head(SHOWN)])
    frame = pl.DataFrame(
        [
            {
                "name": _label(row),
                "price": row["price"],
                # A band that begins beyond the axis is drawn as an arrow at its end.
                "price_low": BEYOND if row["price_low"] is None else max(row["price_low"], PRICE_TICKS[0]),
                "price_high": BEYOND if row["open"] else row["price_high"],
                "price_open": row["open"],
                "price_text": OUTSIDE if row["beyond"] else f"{amount(row['price'])} ({row['price_band']})",
            }
            for row in shown.iter_rows(named=True)
        ],
        schema_overrides={"price": pl.Float64},
    )
    wide = shown.filter("open").height
    caption = f"{_price_finding(shown)} For {wide} of {shown.height} the band reaches beyond {BEYOND:g} times."
    panel = Panel(
        "price", "price paid, times that of the year (logarithmic)", (PRICE_TICKS[0], BEYOND), ("central",),
        log=True, ticks=PRICE_TICKS, zero=1.0,
    )  # fmt: skip
    return Figure(
        key="loss-prices",
        draw=drawing(frame, frame["name"].to_list(), [panel]),
        frame=frame,
        caption=caption,
        alt=(
            "Dots on bands, one line per mineral and lost supplier, on a logarithmic axis from half to "
            f"{BEYOND:g} times the price; an arrow where the band goes on. {caption}"
        ),
        source_ids=report.losses.sources(),
    )


def _price_finding(shown: pl.DataFrame) -> str:
    known = shown.filter(pl.col("price").is_not_null()).sort("price", descending=True)
    if known.is_empty():
        return f"No loss leaves prices within {BEYOND:g} times those of today."
    first, last = known.row(0, named=True), known.row(-1, named=True)
    return (
        f"Of the largest losses that can be priced, that of {country_text(first['country'])} in "
        f"{lower_first(first['name'])} raises prices most, {amount(first['price'])} times, and that of "
        f"{country_text(last['country'])} in {lower_first(last['name'])} least, {amount(last['price'])} times."
    )


def _money_figure(report: Report, rows: pl.DataFrame) -> Figure | None:
    """What users would lose; the axis is linear, because bands of most losses begin below zero, at a gain."""
    shown = rows.filter(~pl.col("beyond")).drop_nulls(["loss_musd", "loss_low_musd", "loss_high_musd"]).head(SHOWN)
    if shown.is_empty():
        return None
    ends = [value for name in ("loss_musd", "loss_low_musd", "loss_high_musd") for value in shown[name].drop_nulls()]
    domain = (min(*ends, 0.0), max(*ends, 0.0))
    frame = pl.DataFrame(
        [
            {
                "name": _label(row),
                "loss": row["loss_musd"],
                "loss_low": row["loss_low_musd"],
                "loss_high": row["loss_high_musd"],
                "loss_open": False,
                "loss_text": f"{amount(row['loss_musd'])} ({row['loss_band']})",
            }
            for row in shown.iter_rows(named=True)
        ]
    )
    worst = shown.row(0, named=True)
    gains = shown.filter(pl.col("loss_low_musd") < 0).height
    caption = (
        f"The users of {lower_first(worst['name'])} would lose most, {money(worst['loss_musd'] * THOUSAND)} in a year "
        f"without {country_text(worst['country'])}; imports of it were worth "
        f"{money(worst['imports_musd'] * THOUSAND)} in {report.year}. For {gains} of {shown.height} the "
        "band also holds a gain."
    )
    panel = Panel("loss", "loss of users, million USD (below 0: a gain)", domain, ("central",), zero=0.0)
    return Figure(
        key="loss-money",
        draw=drawing(frame, frame["name"].to_list(), [panel]),
        frame=frame,
        caption=caption,
        alt=f"Dots on bands on an axis in million US dollars, the largest loss at the top. {caption}",
        source_ids=report.losses.sources(),
    )


def _table(report: Report, rows: pl.DataFrame) -> Table:
    year = report.year
    drawn = "90 % band: elasticities and the error of the model"
    return Table(
        key="losses",
        frame=rows,
        columns=(
            Column("name", "Mineral", "text"),
            Column("supplier", "Supplier lost", "text", "", "stops all exports of the mineral for a year"),
            Column(
                "loss_musd", "Loss of users", "amount", "million USD",
                "fall of consumer surplus: what users pay more for what they still buy, and what they forgo",
            ),
            Column("loss_band", "band", "text", "million USD", drawn),
            Column("price", "Price paid", "amount", "x", f"price paid, times that of {year}"),
            Column("price_band", "band", "text", "x", drawn),
            Column("share", "its share", "share", "", "of the importer's imports by weight, missing weights imputed"),
            Column("reduced", "Reduced use", "share", "", "fall of the tonnes used; below 0 where use increases"),
            Column("reduced_band", "band", "text", "", drawn),
            Column("bill_musd", "Import bill", "amount", "change, million USD", "may fall where less is bought"),
            Column("bill_band", "band", "text", "million USD", drawn),
            Column("imports_musd", "Imports", "amount", "million USD", f"all imports of the mineral in {year}", False),
            Column("mineral", "Mineral key", "text", shown=False),
            Column("country", "Supplier code", "text", shown=False),
            *ENDS_OF_BANDS.values(),
        ),
        caption=(
            f"A year without each main supplier, {name_in_sentence(report.importer)}, base {year}: losses beyond the "
            "model's range first, then the largest loss of users. A dash: not priced."
        ),
        source_ids=report.losses.sources(),
        link="mineral-",
        link_column="mineral",
        rows_shown=ROWS_SHOWN,
    )  # fmt: skip


def _meaning(report: Report) -> tuple[str, ...]:
    importer = name_in_sentence(report.importer)
    domestic = f"{sentence(possessive(importer))} users are the industries that buy the traded product."
    classes = join(["bulk ores", "concentrates", "processed materials", "precious metals"])
    return (
        f"Each row asks one question: the supplier sells nothing abroad for a year, everything else is as in "
        f"{report.year}, and the world market of that product clears again: others sell more, and all buyers bid for "
        f"it. {domestic} Stocks are not drawn and no new mine opens, so a buyer with stocks fares better than shown.",
        f"How strongly buyers and sellers answer a price is not known for each mineral. The model uses values for "
        f"{classes}, learnt from natural experiments and documented events (see the hindcast). Bands are 90 %: they "
        "hold these and the error that the model made in natural experiments. They are wide because that knowledge is: "
        "read the order of minerals, not single figures.",
        f"A rise above {BEYOND:g} times is outside anything that the trade data have shown. Users would change their "
        "products before paying it, so such a price is marked and not given, and losses of users count it up to there.",
        "Prices and losses are yearly means of the traded product, free on board. A shock of a few weeks, a second "
        "one at the same time, or the stages further down the chain are not in these rows.",
    )


PART = Part("shock", "If a main supplier stopped exporting", 50, section, lambda report: (report.losses,))
