"""The groups of `sogdia expose`: the ranked minerals, those that are not ranked and why, and the processed products."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sogdia.cli import show
from sogdia.units import KUSD_PER_MUSD

if TYPE_CHECKING:
    from sogdia.cli.sheet import AnswerSheet
    from sogdia.data import Mineral
    from sogdia.exposure import Exposure

Record = Mapping[str, Any]
LEGEND = (
    "Ranked by Risk: EC SR with the importer's own output not counted as a concentration.",
    "Coverage: how much of the trade in a mineral these trade codes see, from whole chain to fringe; --json names the "
    "codes that are missing.",
)
PRODUCT_HEADINGS = (
    ("Product", "left"), ("Largest supplier", "left"), ("share", "right"), ("Largest maker", "left"),
    ("its share", "right"), ("Imports, million USD", "right"), ("Origins from", "left"), ("HHI", "right"),
    ("World HHI", "right"), ("Mine HHI", "right"), ("Output of", "left"), ("Imports, t", "right"),
)  # fmt: skip
IMPORTS_FROM = {"six_digits": "six digits", "product": "source", "heading": "heading"}


def coverage(record: Record) -> str:
    """The coverage grade of a record in words."""
    from sogdia.data.coverage_grade import GRADE_NAMES

    return GRADE_NAMES[record["coverage"]]


def tables(
    result: Exposure,
    headings: Sequence[tuple[str, str]],
    cells: Callable[[Record], list[str]],
    minerals: Mapping[str, Mineral],
    sheet: AnswerSheet,
) -> None:
    """Print a table for each group that has a mineral, then that of the products."""
    from sogdia.exposure.ranking import GROUPS, NOT_VISIBLE

    for group, title in GROUPS.items():
        records = [r for r in result.records.iter_rows(named=True) if r["rank_group"] == group]
        if not records:
            continue
        heading = f"{result.title}. {title}" if records[0] == result.records.row(0, named=True) else f"\n{title}"
        if group == NOT_VISIBLE and len(result.records) > 1:
            _not_visible(heading, records, result, minerals, sheet)
        else:
            reasons = [] if len(result.records) > 1 else [r["unranked"] + "." for r in records if r["unranked"]]
            sheet.table(heading, headings, map(cells, records), [_capital(reason) for reason in reasons])
    if result.products is not None and result.products.rows.height:
        _products(result.products.rows.rows(named=True), sheet)


def _not_visible(
    title: str, records: Sequence[Record], result: Exposure, minerals: Mapping[str, Mineral], sheet: AnswerSheet
) -> None:
    """Minerals whose trade is in other forms: what is seen of them, and what is missing."""
    rows = []
    for record in records:
        cover = result.coverage[record["mineral"]]
        seen = None if cover.share_of_world is None else show.percent(cover.share_of_world)
        rows.append([minerals[record["mineral"]].name, _million(record["import_value_kusd"]), seen or "-",
                     "; ".join(cover.missing)])  # fmt: skip
    columns = (("Mineral", "left"), ("Seen, million USD", "right"), ("of world trade in the codes", "right"),
               ("Forms without a trade code here", "left"))  # fmt: skip
    notes = ("These minerals leave rankings and counts; a full trade release (`sogdia data add`) opens the codes.",)
    sheet.table(title, columns, rows, notes)


def _products(records: Sequence[Record], sheet: AnswerSheet) -> None:
    """Products with an origin or a maker that is known; the others by name."""
    told = [r for r in records if r["top_supplier"] or r["top_producer"] or r["import_value_kusd"] is not None]
    others = [r["name"] for r in records if r not in told]
    rows = [
        [
            record["name"], record["top_supplier"] or "-", show.percent(record["top_supplier_share"]),
            record["top_producer"] or "-", show.percent(record["top_producer_share"]),
            _million(record["import_value_kusd"]),
            f"{IMPORTS_FROM[record['imports_from']]} {record['imports_year']}" if record["imports_from"] else "-",
            _index(record["import_hhi"]), _index(record["production_hhi"]), _index(record["mine_hhi"]),
            record["output_year"] or "-", show.number(record["import_quantity_t"]),
        ]
        for record in told
    ]  # fmt: skip
    notes: tuple[str, ...] = (
        "Origins from: trade at six digits; a source on the product; or the four-digit heading that it fills with its "
        "articles and scrap. Shares by value, of a source by weight. A dash is not known, never zero.",
        "World HHI: concentration of output of the product; Mine HHI: of the mineral it is made of.",
    )
    notes += (f"Neither origins nor a largest maker known: {', '.join(others)}.",) if others else ()
    sheet.table("\nProducts of processing", PRODUCT_HEADINGS, rows, notes)


def _million(kusd: float | None) -> str:
    return show.number(None if kusd is None else kusd / KUSD_PER_MUSD)


def _index(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
