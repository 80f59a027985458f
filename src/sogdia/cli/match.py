"""`sogdia match`: what a partner can offer that an importer needs, and the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sogdia.cli import options, setup, show
from sogdia.cli.sheet import AnswerSheet
from sogdia.units import KUSD_PER_MUSD

if TYPE_CHECKING:
    from sogdia.matching import Matching
    from sogdia.matching.pair import NeedOffer

HEADINGS = (
    ("Product", "left"), ("Fit", "left"), ("Buyer imports, million USD", "right"), ("from the seller", "right"),
    ("Seller exports, million USD", "right"), ("Loss, million USD", "right"), ("HHI", "right"), ("Reliance", "right"),
    ("Main buyer", "left"), ("Coverage", "left"), ("of world output", "right"), ("Way, USD/t", "right"),
    ("Projects", "right"), ("as", "left"),
)  # fmt: skip
ROWS_SHOWN = 40
FIT_NAMES = {
    "supplies": "supplies", "could_supply": "could supply", "not_yet": "not yet", "not_offered": "not offered",
    "no_need_on_record": "no need on record",
}  # fmt: skip


def command(
    importer: options.Importer = "JPN",
    partner: Annotated[str, typer.Argument(help="Partner country or region: KAZ, Central Asia, ...")] = "CENTRAL_ASIA",
    mineral: options.Mineral = None,
    year: options.Year = None,
    losses: Annotated[
        bool, typer.Option("--losses/--no-losses", help="Clear markets for the loss of each main supplier.")
    ] = True,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    store: options.StoreFolder = None,
    regions: options.RegionFile = None,
) -> None:
    """Match an importer's needs with a partner's offers, product by product, both ways, and name the gaps."""
    study = setup.study(importer, store=store, regions=regions)
    answer = study.match(partner, mineral, year=year, with_losses=losses)
    if not show.for_programs(answer, as_json, as_csv):
        with AnswerSheet(full=full) as sheet:
            _print(answer, sheet)


def _print(answer: Matching, sheet: AnswerSheet) -> None:
    from sogdia.matching.pair import NO_NEED, NOT_OFFERED, TO_IMPORTER, TO_PARTNER

    for direction, buyer, seller in (
        (TO_IMPORTER, answer.importer, answer.partner), (TO_PARTNER, answer.partner, answer.importer),
    ):  # fmt: skip
        pairs = [p for p in answer.of(direction) if p.fit not in (NOT_OFFERED, NO_NEED)]
        title = f"What {seller.name} can offer {buyer.name}, {answer.year}"
        more = [f"and {len(pairs) - ROWS_SHOWN} others: --json, --csv or -m."] if len(pairs) > ROWS_SHOWN else []
        sheet.table(title, HEADINGS, map(_cells, pairs[:ROWS_SHOWN]), more)
        _names(sheet, "Needed and not offered", answer.of(direction, NOT_OFFERED))
        _names(sheet, "Offered and not bought on record", answer.of(direction, NO_NEED))
    for gap, names in _gaps(answer).items():
        sheet.line(f"{gap[:1].upper()}{gap[1:]}: {'; '.join(names)}.")
    for note in answer.notes:
        sheet.line(note)


def _gaps(answer: Matching) -> dict[str, list[str]]:
    """The minerals and products of each gap between what is needed and what is offered to the importer."""
    from sogdia.matching.pair import NO_NEED, NOT_OFFERED

    found: dict[str, list[str]] = {}
    for pair in answer.of():
        if pair.kind != "heading" and pair.fit not in (NOT_OFFERED, NO_NEED):
            for gap in pair.gaps:
                found.setdefault(gap, []).append(pair.name)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


def _names(sheet: AnswerSheet, title: str, pairs: Sequence[NeedOffer]) -> None:
    if pairs:
        sheet.line(f"{title}: {'; '.join(pair.name for pair in pairs)}.")


def _cells(pair: NeedOffer) -> list[str]:
    from sogdia.data.coverage_grade import GRADE_NAMES
    from sogdia.matching.pair import NEED, OFFER

    share = pair.value(OFFER, "share_of_importer_imports")
    projects = pair.value(OFFER, "projects")
    coverage = GRADE_NAMES.get(pair.coverage or "", "-")
    return [
        f"{pair.code} {pair.name}" if pair.kind == "heading" else pair.name, FIT_NAMES[pair.fit],
        _million(pair.value(NEED, "import_value")), show.percent(share), _million(pair.value(OFFER, "exports_kusd")),
        _million(pair.value(NEED, "loss_central")), _index(pair.value(NEED, "import_hhi")),
        show.percent(pair.value(NEED, "net_import_reliance")), pair.labels.get("main_buyer") or "-", coverage,
        show.percent(pair.value(OFFER, "share_of_world_production")),
        show.number(pair.value(OFFER, "route_cost_central")), "-" if projects is None else f"{projects:.0f}", pair.kind,
    ]  # fmt: skip


def _million(kusd: float | None) -> str:
    return show.number(None if kusd is None else kusd / KUSD_PER_MUSD)


def _index(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
