"""Write the tables of docs/stakes.md, each between its two marks, from the packaged tables and one shock.

    python tools/write_stakes.py

What stands outside the marks is written by hand and stays. A test compares the page with `tables`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sogdia.codes import economy
from sogdia.data import Store, open_store
from sogdia.files import write_text
from sogdia.stakes import partner_ledger
from sogdia.stakes.accounts import economy_account
from sogdia.stakes.end_use import use_groups
from sogdia.stakes.importance import against_published, misses, rank_correlation
from sogdia.stakes.output_loss import lost_share
from sogdia.stakes.partner_ledger import FIGURES, JOBS, LedgerFigure
from sogdia.stakes.processing import processing
from sogdia.stakes.published import PublishedLoss, published_losses
from sogdia.study import Study
from sogdia.uncertain import Band, Range
from write_hindcast import filled

PAGE = Path(__file__).parents[1] / "docs" / "stakes.md"
SHOWN = 12
LOST = (
    ("energy, 4 % of cost, a tenth less of it", 0.04, 0.9, 0.04), ("1e-4 of cost, half of it gone", 1e-4, 0.5, 0.05),
    ("the same", 1e-4, 0.5, 0.1), ("the same", 1e-4, 0.5, 0.5), ("the same, Hulten", 1e-4, 0.5, 1.0),
)  # fmt: skip
SHOCK = ("JPN", "rare_earths", "CHN=1")
DRAWS = 40


def main() -> None:
    """Write the page."""
    write_text(PAGE, filled(PAGE.read_text(encoding="utf-8"), tables(open_store())))


def tables(store: Store) -> dict[str, list[str]]:
    """Name of a table -> its lines."""
    return {
        "evidence": evidence(),
        "importance": importance(),
        "published": published(),
        "stop": stop(store),
        "lost": lost(),
        "ledger": ledger(),
    }


def evidence() -> list[str]:
    """How well the shares of use are known."""
    levels = [use.evidence for group in use_groups().values() for use in group.uses]
    rows = ((level, levels.count(level), f"{levels.count(level) / len(levels):.0%}") for level in sorted(set(levels)))
    return table(("evidence", "shares of use", "of all"), rows)


def importance() -> list[str]:
    """Rank correlation with the Commission, the largest of ours, and the misses."""
    pairs = against_published(economy_account(economy("EU27")))
    spearman = rank_correlation([p.value for p, _ in pairs], [ours for _, ours in pairs])
    far = misses(pairs)
    largest = sorted(pairs, key=lambda pair: -pair[1])[:SHOWN]
    shown = [*largest, *(pair for pair in pairs if pair[0].material in far and pair not in largest)]
    rows = (
        (p.material, f"{p.value:.1f}", f"{ours:.1f}", "a miss" if p.material in far else "") for p, ours in shown
    )  # fmt: skip
    return [
        f"Spearman's rank correlation over {len(pairs)} materials: {spearman:.2f}. Misses (3 points and more): "
        f"{', '.join(far)}.",
        "",
        *table(("material", "Commission 2023", "ours, EU27", ""), rows),
    ]


def published() -> list[str]:
    """Published losses, and ours where they follow from the study's own price."""
    rows = (
        (s.study, s.importer, s.mineral, s.scenario, f"{_published(s)} {s.unit}", _ends(s.ours_musd),
         "" if s.times_ours is None else f"{s.times_ours:.0f}")
        for s in published_losses()
    )  # fmt: skip
    heads = ("study", "importer", "mineral", "scenario", "published", "loss of users, million USD", "times")
    return table(heads, rows)


def stop(store: Store) -> list[str]:
    """The stop of Chinese rare earths in the market of the last year, for Japan; rounded to two digits."""
    importer, mineral, cut = SHOCK
    answer = Study(importer, store=store).stakes(mineral, cut=cut, draws=DRAWS, lost_output=True)
    income = answer.income
    assert income is not None
    central = income.loss_musd.central or 0.0
    rows = [
        ("loss of users", _two(central)),
        ("of it paid more for what is still bought", _two(income.transfer_musd)),
        ("gain of own producers", _two(income.producers_gain_musd.central if income.producers_gain_musd else None)),
        ("national loss", _two(income.national_loss_musd.central if income.national_loss_musd else None)),
        ("loss of users, percent of value added", f"{100 * central / answer.value_added_musd:.2g}"),
        *((f"lost output at worst, {item.sector}", _range_of_two(item.lost_musd)) for item in answer.lost_output),
    ]
    return table(("million USD", "central"), rows)


def lost() -> list[str]:
    """What the exact form gives."""
    rows = ((text, f"{s:g}", f"{100 * lost_share(share, use, s):.3g}") for text, share, use, s in LOST)
    return table(("mineral", "s", "output lost, percent"), rows)


def ledger() -> list[str]:
    """Kazakh ferro-alloys against the ore."""
    answer = partner_ledger(economy("KAZ"), processing("ferro-alloys"))
    rows = [
        (label, _figure(answer.figures[name], 1e3), _figure(answer.ore.get(name), 1e3))
        for name, label in FIGURES.items()
    ]
    rows.append(("direct jobs", _figure(answer.figures[JOBS], 1.0), _figure(answer.ore[JOBS], 1.0)))
    return table(("thousand USD per million USD", "ferro-alloys", "ore"), rows)


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    """Lines of a table in Markdown."""
    named = list(heads)
    lines = [named, ["---"] * len(named), *([str(cell) for cell in row] for row in rows)]
    return [f"| {' | '.join(cells)} |" for cells in lines]


def _published(study: PublishedLoss) -> str:
    ends = "" if study.low is None or study.high is None else f" ({study.low:g} to {study.high:g})"
    return f"{study.central:g}{ends}"


def _ends(figure: Range | None) -> str:
    return "" if figure is None else f"{figure.central:.1f} ({figure.low:.1f} to {figure.high:.1f})"


def _two(value: float | None) -> str:
    return "-" if value is None else f"{float(f'{value:.2g}'):,g}"


def _range_of_two(band: Band) -> str:
    return f"{_two(band.central)} ({_two(band.low)} to {_two(band.high)})"


def _figure(figure: LedgerFigure | None, scale: float) -> str:
    if figure is None or figure.low is None or figure.high is None:
        return "not shown" if figure is not None and figure.reason else ""
    central = "" if figure.central is None else f"{figure.central * scale:.3g} "
    return f"{central}({figure.low * scale:.3g} to {figure.high * scale:.3g})"


if __name__ == "__main__":
    main()
