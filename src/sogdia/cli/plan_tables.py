"""A plan in a terminal: what to do in a dozen lines, and the rest on request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from textwrap import fill
from typing import TYPE_CHECKING, Any

from sogdia.cli import show

if TYPE_CHECKING:
    from sogdia.plan.answer import Plan

WIDTH = 80
SHOWN, NEXT = 4, 2
"""Rows of chosen projects, and of the nearest that are not."""
LEFT, RIGHT = "left", "right"
TINY = 1e-9


def print_plan(plan: Plan, *, wide: bool = False) -> None:
    """At most about twelve lines. wide: all columns, however narrow the terminal is."""
    from sogdia.plan.words import first_sentence

    _say(first_sentence(plan) + ("" if plan.choice.gap < 0.01 else f" Gap to the bound {plan.choice.gap:.2g}."))
    order = sorted(plan.zones.values(), key=lambda z: (z.project not in plan.chosen, -z.high / max(z.low, TINY)))
    chosen = [zone for zone in order if zone.project in plan.chosen]
    left = [zone for zone in order if zone.project not in plan.chosen]
    records = {project.project_id: project for project in plan.tables.projects}
    spent = dict(zip(plan.case.names, (cost.spent for cost in plan.tables.costs), strict=True))
    rows = [
        [
            zone.project if zone.project in plan.chosen else f"({zone.project})", records[zone.project].country or "-",
            show.number(spent[zone.project]), show.number(zone.low), show.number(zone.high), show.number(zone.nash),
        ]
        for zone in (*chosen[:SHOWN], *left[:NEXT])
    ]  # fmt: skip
    headings = [("Project", LEFT), ("Where", LEFT), *((n, RIGHT) for n in ("Once", "Cost/y", "Saves/y", "Halfway"))]
    show.table("Million USD; in brackets: not chosen, the nearest", headings, rows, wide=wide)
    others = plan.others.ordinary + plan.others.bad
    hidden = len(chosen) - min(len(chosen), SHOWN)
    more, lacking = f"{hidden} more are chosen, " if hidden else "", len(plan.tables.left_out)
    _say(
        f"Buyers elsewhere gain {show.number(others)} a year. {more}{len(left)} could be and {lacking} "
        f"lack figures or a market: --full, --why PROJECT."
    )


def print_full(plan: Plan, *, wide: bool = False) -> None:
    """Both ledgers, others' gains, agreement, flips, what is not chosen, and all notes."""
    content, table = plan.to_dict(), partial(_table, wide=wide)
    loss, tail, gap = content["expected_loss_musd"], content["cvar_musd"], content["sample_gap"]
    _say(
        f"\n{plan.title}. Expected loss {_n(loss['before'])} before and {_n(loss['after'])} after, worst years "
        f"{_n(tail['before'])} and {_n(tail['after'])}. Gap {_n(content['gap'])}; by sampling at most "
        f"{_n(gap['most_musd'])} (95 %), {gap['same_plan']} of {gap['batches']} parts of the years give this very plan."
    )
    own = content["importer"]
    table(
        "Avoided loss, million USD a year", ("Market", "Price", "Insurance", "Transfer"),
        [[market, *map(_n, parts.values())] for market, parts in own["by_market"].items()],
    )  # fmt: skip
    table(
        "Days of cover", ("Market", "Before", "After", "Added"),
        [[c["market"], _n(c["before"]), _n(c["after"]), _n(c["added"])] for c in own["days_of_cover"]],
    )  # fmt: skip
    table(
        "Main supplier", ("Market", "Supplier", "Before", "After"),
        [[s["market"], s["top_supplier"], show.percent(s["before"]), show.percent(s["after"])] for s in own["shares"]],
    )  # fmt: skip
    for partner in content["partners"]:
        table(
            f"{partner['country']}, a year", ("What", "Figure"),
            [[name, _n(value)] for name, value in partner.items() if isinstance(value, float | int)],
        )  # fmt: skip
    others = content["others"]
    table(
        f"Buyers elsewhere gain {_n(others['total_musd'])} ({_n(others['times_importers_gain'])} times the importer), "
        f"sellers lose {_n(others['sellers_lose_musd'])}", ("Country", "Gain"),
        [[who, _n(gain)] for who, gain in (*others["by_country"].items(), *others["losers"].items())],
    )  # fmt: skip
    table(
        "What flips a project", ("Assumption", "Project", "Low", "Now", "High", "Flips at"),
        [_flip(flip) for flip in content["sensitivity"] if flip["within_range"]],
    )  # fmt: skip
    table("Not chosen", ("Project", "Why"), [[row["project"], row["why"]] for row in content["not_chosen"]])
    for note in plan.notes:
        show.line(note)


def print_why(told: dict[str, Any]) -> None:
    """Its lines."""
    for line in told["lines"]:
        print(line)


def _flip(flip: dict[str, Any]) -> list[str]:
    figures = (_n(flip[name]) for name in ("low", "central", "high", "flips_at"))
    return [flip["assumption"], flip["project"], *figures]


def _table(title: str, names: Sequence[str], rows: Iterable[Sequence[str]], *, wide: bool) -> None:
    body = list(rows)
    if body:
        sides = [LEFT if k == 0 or name in ("Why", "Supplier", "Project") else RIGHT for k, name in enumerate(names)]
        show.table(f"\n{title}", list(zip(names, sides, strict=True)), body, wide=wide)


def _say(text: str) -> None:
    show.line(fill(text, WIDTH, break_long_words=False, break_on_hyphens=False, replace_whitespace=False))


def _n(value: float | None) -> str:
    return show.number(value)
