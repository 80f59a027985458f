"""`sogdia shock`: what an export restriction, a loss, a surge or a duty does to an importer.

Its options of events are those of the registry (see `event_options`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from sogdia.cli import options, setup, show
from sogdia.cli.event_options import event_texts
from sogdia.cli.sheet import AnswerSheet
from sogdia.errors import wrong_argument

if TYPE_CHECKING:
    from sogdia.shock.chain_shock import ChainShock
    from sogdia.shock.market_shock import Shock
    from sogdia.shock.question import ShockOptions

OPTIONS = {
    "horizon_years": "--horizon", "contracted_share": "--contracted", "mineral": "MINERAL", "scenario": "MINERAL",
}  # fmt: skip
"""Options that are called otherwise than the keyword of `Study.shock` that they stand for."""

NamedCase = Annotated[
    str | None, typer.Option(help="A scenario by its name (see `sogdia scenarios`): antimony_2024, loss:CHN, ...")
]


def command(
    ctx: typer.Context,
    mineral: Annotated[
        str | None,
        typer.Argument(help="A mineral or product of processing, or a scenario file (.toml); a case may name it."),
    ] = None,
    importer: Annotated[str, typer.Option("--importer", "-i", help="Whose position to show.")] = "JPN",
    year: options.Year = None,
    base_years: options.BaseYears = None,
    stage: options.Stage = None,
    case: NamedCase = None,
    corridor: options.CorridorState = None,
    corridor_days: options.CorridorDays = None,
    upgrade: options.CorridorUpgrade = None,
    horizon: options.Horizon = None,
    contracted: options.ContractedShare = None,
    stock: options.StockDays = None,
    hubs: options.ThroughHubs = False,
    ore_only: options.OreOnly = False,
    assume_home: options.AssumeHome = False,
    chain: Annotated[bool, typer.Option("--chain", help="All stages together, e.g. ore to metal.")] = False,
    draws: Annotated[
        int | None, typer.Option(help="Draws of the elasticities behind the bands; 200, along a chain 40.")
    ] = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    chart: Annotated[Path | None, typer.Option(help="Write a chart of the answer (.svg or .png).")] = None,
    store: options.StoreFolder = None,
) -> None:
    """Apply events to a market and show prices, volumes and welfare, with bands."""
    study = setup.study(importer, store=store)
    in_file = mineral is not None and mineral.endswith(".toml")
    asked: dict[str, Any] = {
        "scenario": Path(str(mineral)) if in_file else None, "share": None, "year": year, "base_years": base_years,
        "stage": stage, "corridor": corridor, "corridor_days": corridor_days, "upgrade": upgrade,
        "horizon_years": horizon, "contracted_share": contracted, "stock": stock or None, "through_hubs": hubs,
        "assume_home": assume_home, "draws": draws, **event_texts(ctx),
    }  # fmt: skip
    with options.named({**{name: f"--{name.replace('_', '-')}" for name in (*asked, "case", "chart")}, **OPTIONS}):
        if chain and case is not None:
            raise wrong_argument("--case", "a case is about one market", "Leave out --chain.", case)
        ask = study.shock_chain if chain else partial(study.shock, case=case)
        answer = ask(None if in_file else mineral, ore_only=ore_only, **cast("ShockOptions", asked))
        _write_charts(answer, chart)
    if not show.for_programs(answer, as_json, as_csv):
        with AnswerSheet(full=full, wide=wide) as sheet:
            _print(answer, sheet)


def _write_charts(answer: Shock | ChainShock, chart: Path | None) -> None:
    """One chart, or one for each stage of a chain with the stage in its name."""
    if chart is None:
        return
    from sogdia.brief.shock_chart import write_chart
    from sogdia.shock.market_shock import Shock

    parts: Sequence[Shock] = (answer,) if isinstance(answer, Shock) else answer.stages
    for part in parts:
        own = chart if len(parts) == 1 else chart.with_stem(f"{chart.stem}-{part.mineral}-{part.stage}")
        typer.echo(str(write_chart(part, own)), err=True)


def _print(answer: Shock | ChainShock, sheet: AnswerSheet) -> None:
    from sogdia.cli.shock_tables import print_chain, print_shock
    from sogdia.shock.market_shock import Shock

    if isinstance(answer, Shock):
        print_shock(answer, sheet)
    else:
        print_chain(answer, sheet)
