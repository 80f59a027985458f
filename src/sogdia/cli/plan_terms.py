"""The options of a plan, and how those that name a number each, KAZ=50, become mappings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from sogdia.errors import wrong_argument

Names = list[str] | None
Projects = Annotated[
    str | None,
    typer.Argument(
        help="Your own projects (CSV, a workbook, TOML); `template` prints the form, `kinds` what projects can do."
    ),
]
Importer = Annotated[str, typer.Option("--importer", "-i", help="Who plans.")]
Budget = Annotated[float | None, typer.Option(help="What may be spent [million USD]. Default: no limit.")]
Risk = Annotated[float, typer.Option(help="Price of risk: 0 expected loss alone, 1 the worst years alone.")]
CountedCost = Annotated[str, typer.Option(help="What counts as cost: support, net (less revenue) or gross.")]
YearlyBudget = Annotated[
    float | None, typer.Option("--yearly-budget", help="Most that is spent in any one year [million USD].")
]
Financiers = Annotated[Names, typer.Option(help="Most that one brings, JOGMEC=200 [million USD]; may be repeated.")]
Dependence = Annotated[
    Names, typer.Option(help="Most of the supply from one country: 0.5, or graphite=0.8; may be repeated.")
]
Floors = Annotated[
    Names, typer.Option(help="Least value added for a partner, KAZ=50 [million USD a year]; may be repeated.")
]
Jobs = Annotated[Names, typer.Option(help="Least jobs in operation, KAZ=500; may be repeated.")]
Water = Annotated[Names, typer.Option(help="Most water that projects use, KAZ=1e6 [m3 a year].")]
Energy = Annotated[Names, typer.Option(help="Most energy that projects use, KAZ=1e9 [kWh a year].")]
Must = Annotated[Names, typer.Option(help="A project that is in the plan; may be repeated.")]
Without = Annotated[Names, typer.Option(help="A project that is not; may be repeated.")]
Periods = Annotated[
    int | None, typer.Option(help="Periods of 2026-2040 in which projects start: 1, 3, 5 or 15. Default: no dates.")
]
PeriodBudget = Annotated[
    float | None, typer.Option("--period-budget", help="What may be spent in each period [million USD].")
]
DrawsOfElasticities = Annotated[
    int | None, typer.Option("--draws", help="Draws of the elasticities, under which the plan is told too.")
]
Workers = Annotated[int, typer.Option(help="Processes that solve the markets at the same time.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Solve the markets again, and keep nothing of them.")]
Why = Annotated[str | None, typer.Option("--why", help="One project: whether it is chosen, and why.")]
Full = Annotated[bool, typer.Option("--full", help="Both ledgers, others, what flips, all notes.")]


def amounts(keyword: str, given: Sequence[str] | None) -> dict[str, float] | None:
    """NAME=NUMBER, repeated or several with commas between.

    >>> amounts("floors", ["KAZ=50", "UZB=10,KGZ=5"])
    {'KAZ': 50.0, 'UZB': 10.0, 'KGZ': 5.0}
    """
    found = {}
    for part in (part for text in given or () for part in text.split(",")):
        name, equals, number = part.partition("=")
        if not (equals and name.strip()):
            raise wrong_argument(keyword, "it is a name, an equals sign and a number", "Write e.g. KAZ=50.", part)
        found[name.strip()] = number_of(keyword, number)
    return found or None


def shares(keyword: str, given: Sequence[str] | None) -> float | dict[str, float] | None:
    """One share for all, or NAME=SHARE, repeated; 50% is 0.5.

    >>> shares("dependence", ["50%"]), shares("dependence", ["graphite=0.8"])
    (0.5, {'graphite': 0.8})
    """
    if not given:
        return None
    plain = [text for text in given if "=" not in text]
    if not plain:
        return amounts(keyword, given)
    if len(given) > 1:
        rule = "it is one share for all markets, or shares by market"
        raise wrong_argument(keyword, rule, "Write 0.5, or graphite=0.8.", " ".join(given))
    return number_of(keyword, plain[0])


def number_of(keyword: str, text: str) -> float:
    """A number, or a percentage as a share."""
    whole = text.strip()
    try:
        return float(whole[:-1]) / 100.0 if whole.endswith("%") else float(whole)
    except ValueError:
        raise wrong_argument(keyword, "it is a number", "Write e.g. KAZ=50, or 50%.", text) from None


def ids(given: Sequence[str] | None) -> tuple[str, ...]:
    """Names, repeated or several with commas between.

    >>> ids(["a,b", "c"])
    ('a', 'b', 'c')
    """
    return tuple(part.strip() for text in given or () for part in text.split(",") if part.strip())
