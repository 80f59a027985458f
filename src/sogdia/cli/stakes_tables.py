"""The stakes of an importer as tables in a terminal."""

from __future__ import annotations

from collections.abc import Mapping

from sogdia.cli import show
from sogdia.cli.sheet import AnswerSheet
from sogdia.stakes import Stakes
from sogdia.stakes.answer import UseAtStake
from sogdia.stakes.figures import IncomeAtStake
from sogdia.stakes.importance import Importance
from sogdia.stakes.published import PublishedLoss
from sogdia.stakes.sectors import sectors
from sogdia.uncertain import Band, Range

ALL = (
    ("Material", "left"), ("Importance", "right"), ("Rank", "right"), ("Users make", "right"), ("Ends in", "left"),
)  # fmt: skip
USES = (("Use", "left"), ("Buys first", "left"), ("Ends in", "left"), ("Share", "right"), ("", "left"))
MONEY = (
    ("Use", "left"), ("Buys first", "left"), ("Share", "right"), ("Loss, million USD", "right"), ("90 % band", "right"),
    ("", "left"),
)  # fmt: skip
PARTS = (("Million USD", "left"), ("Central", "right"), ("90 % band", "right"))
LOST = (("Sector", "left"), ("Depends on it", "right"), ("Lost, million USD", "right"), ("Range", "right"))
RISES_SHOWN = 5
ASSUMED = "*"
LEGEND = "* The share is assumed."


def print_stakes(answer: Stakes, sheet: AnswerSheet) -> None:
    """All materials in one table, or one material with its uses and the money of a shock."""
    if len(answer.minerals) > 1:
        _materials(answer, sheet)
    else:
        _one(answer, sheet)
    for note in answer.notes:
        sheet.line(note)


def _materials(answer: Stakes, sheet: AnswerSheet) -> None:
    sheet.table(answer.title, ALL, [_material(answer, item) for item in answer.importances])
    sheet.line(
        "Importance: 0..10, an upper end without a rank. Users make: value added of the industries that use it, of all "
        "value added."
    )
    sheet.line(LEGEND)


def _material(answer: Stakes, item: Importance) -> list[str]:
    code, part, assumed = answer.main_industry(item.name)
    return [
        item.name, f"{item.value:.2f}", str(item.rank or "-"), show.percent(answer.users_share(item.name)),
        f"{sectors()[code].name} {_percent(part)}{f' {ASSUMED}' if assumed else ''}",
    ]  # fmt: skip


def _one(answer: Stakes, sheet: AnswerSheet) -> None:
    for item in answer.importances:
        rank = "no rank, for want of a substitution index" if item.rank is None else f"rank {item.rank}"
        sheet.line(
            f"{item.name}: economic importance {item.value:.2f} of 10, {rank}; its users make "
            f"{show.percent(answer.users_share(item.name))} of the value added of {answer.importer.name}.",
            head=True,
        )
    if answer.income is None:
        sheet.table(answer.title, USES, map(_use, answer.rows))
    else:
        sheet.table(answer.title, MONEY, map(_money, answer.rows))
    if any(row.use.evidence == "assumed" for row in answer.rows):
        sheet.line(LEGEND)
    if answer.income is not None:
        _shock(answer, answer.income, sheet)
    for study in answer.studies:
        sheet.line(_study(study))


def _shock(answer: Stakes, parts: IncomeAtStake, sheet: AnswerSheet) -> None:
    """The money of a shock, the industries it weighs on, and the upper range of lost output."""
    sheet.table(
        "\nMoney of the shock",
        PARTS,
        [
            ["loss of users", *_central_and_band(parts.loss_musd)],
            ["  paid more for what is still bought", show.number(parts.transfer_musd), ""],
            ["  forgone", show.number(parts.forgone_musd), ""],
            ["gain of own producers", *_central_and_band(parts.producers_gain_musd)],
            ["national loss", *_central_and_band(parts.national_loss_musd)],
        ],
    )
    _listed(sheet, "Loss over the value added of those who buy first", answer.weights_on_sectors())
    _listed(sheet, "If passed on in full, prices rise most in", answer.price_rises)
    if answer.lost_output:
        sheet.table("\nUpper range of lost output", LOST, [
            [
                sectors()[item.sector].name, _ends(item.part.phi, percent=True), show.number(item.lost_musd.central),
                _ends(item.lost_musd),
            ]
            for item in answer.lost_output
        ])  # fmt: skip


def _listed(sheet: AnswerSheet, title: str, fractions: Mapping[str, float]) -> None:
    """The largest fractions by sector, in one line."""
    largest = sorted(fractions.items(), key=lambda item: -item[1])[:RISES_SHOWN]
    shown = [f"{sectors()[code].name} {100 * part:.3f} %" for code, part in largest if part > 0]
    if shown:
        sheet.line(f"{title}: {'; '.join(shown)}.")


def _study(study: PublishedLoss) -> str:
    """What others found, beside ours."""
    ends = [end for end in (study.low, study.high) if end is not None]
    band = f" ({show.number(ends[0])} to {show.number(ends[1])})" if len(ends) > 1 else ""
    ours, beside = study.ours_musd, ""
    if ours is not None and study.times_ours is not None:
        beside = (
            f" The loss of users at that study's price is {show.number(ours.central)} million USD ({_ends(ours)}), "
            f"{study.times_ours:.0f} times less."
        )
    found = f"{study.study} ({study.year}), {study.scenario}: {show.number(study.central)}{band} {study.unit}."
    return f"{found}{beside} {study.reason}"


def _use(row: UseAtStake) -> list[str]:
    use = row.use
    return [
        use.use, sectors()[use.sector].name,
        sectors()[use.final_industry].name, _percent(use.share.central), _mark(use.evidence),
    ]  # fmt: skip


def _money(row: UseAtStake) -> list[str]:
    return [
        row.use.use, sectors()[row.use.sector].name,
        _percent(row.use.share.central), *_central_and_band(row.income_loss_musd), _mark(row.use.evidence),
    ]  # fmt: skip


def _mark(evidence: str) -> str:
    return ASSUMED if evidence == "assumed" else ""


def _percent(fraction: float) -> str:
    return show.percent(fraction).replace(".0 %", " %")


def _central_and_band(band: Band | None) -> tuple[str, str]:
    if band is None:
        return "-", "-"
    return ("> range" if band.beyond else show.number(band.central)), _ends(band)


def _ends(figure: Band | Range, *, percent: bool = False) -> str:
    def write(end: float | None) -> str:
        return _percent(end) if percent and end is not None else show.number(end)

    return f"{write(figure.low)} to {write(figure.high)}"
