"""`sogdia ledger`: what a million USD of processing leaves with a partner, against selling the ore."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sogdia.cli import options, setup, show
from sogdia.cli.sheet import AnswerSheet

if TYPE_CHECKING:
    from sogdia.stakes import PartnerLedger
    from sogdia.stakes.partner_ledger import LedgerFigure

HEADINGS = (
    ("Thousand USD per million", "left"), ("Processing", "right"), ("Range", "right"), ("Ore", "right"),
    ("Range", "right"),
)  # fmt: skip
PER_MILLION = 1e3
"""USD per USD of output as thousand USD per million USD."""


def command(
    partner: Annotated[str, typer.Argument(help="Partner country or region: KAZ, UZB, Central Asia, ...")] = "KAZ",
    processing: Annotated[
        str,
        typer.Argument(help="ferro-alloys, non-ferrous metals, chemicals, magnets; a product, or a sector's code."),
    ] = "ferro-alloys",
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    store: options.StoreFolder = None,
    regions: options.RegionFile = None,
) -> None:
    """Show what output of a processing sector leaves in value added, imports, transport and jobs, beside the ore's."""
    with options.named({"partner": "PARTNER", "processing": "PROCESSING"}):
        answer = setup.study("JPN", store=store, regions=regions).ledger(partner, processing)
    if not show.for_programs(answer, as_json, as_csv):
        with AnswerSheet(full=full, wide=wide) as sheet:
            _print(answer, sheet)


def _print(answer: PartnerLedger, sheet: AnswerSheet) -> None:
    from sogdia.stakes.partner_ledger import FIGURES, JOBS

    rows = []
    for name, label in FIGURES.items():
        rows.append([label, *_cells(answer.figures[name]), *_cells(answer.ore.get(name))])
    rows.append(["direct jobs (number)", *_cells(answer.figures[JOBS], 1.0), *_cells(answer.ore[JOBS], 1.0)])
    sheet.table(f"{answer.title} ({answer.processing.sector})", HEADINGS, rows)
    for note in answer.notes:
        sheet.line(note)


def _cells(figure: LedgerFigure | None, scale: float = PER_MILLION) -> tuple[str, str]:
    """Central figure and range; dashes where a figure is not given."""
    if figure is None or figure.low is None or figure.high is None:
        return "-", "-"
    central = "-" if figure.central is None else show.number(figure.central * scale)
    return central, f"{show.number(figure.low * scale)} to {show.number(figure.high * scale)}"
