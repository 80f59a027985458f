"""`sogdia stakes`: which industries use a mineral, how much of the economy, and what a shock costs each.

Its options of events are those of the registry (see `event_options`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from sogdia.cli import options, setup, show
from sogdia.cli.event_options import event_texts
from sogdia.cli.sheet import AnswerSheet

if TYPE_CHECKING:
    from sogdia.shock.question import ShockOptions

NAMES = {"horizon_years": "--horizon", "contracted_share": "--contracted", "mineral": "MINERAL", "scenario": "MINERAL"}
"""Options that are called otherwise than the keyword of `Study.stakes` that they stand for."""


def command(
    ctx: typer.Context,
    importer: options.Importer = "JPN",
    mineral: Annotated[
        str | None, typer.Argument(help="A mineral or material, or a scenario file (.toml). Default: all of them.")
    ] = None,
    year: options.Year = None,
    base_years: options.BaseYears = None,
    stage: options.Stage = None,
    corridor: options.CorridorState = None,
    corridor_days: options.CorridorDays = None,
    upgrade: options.CorridorUpgrade = None,
    horizon: options.Horizon = None,
    contracted: options.ContractedShare = None,
    stock: options.StockDays = None,
    hubs: options.ThroughHubs = False,
    ore_only: options.OreOnly = False,
    assume_home: options.AssumeHome = False,
    lost_output: Annotated[
        bool, typer.Option("--lost-output", help="Add the upper range of output that industries could lose.")
    ] = False,
    draws: Annotated[
        int | None, typer.Option(help="Draws of the elasticities behind the bands; by default 200.")
    ] = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    store: options.StoreFolder = None,
    regions: options.RegionFile = None,
) -> None:
    """Name the industries that use a mineral, their weight in the economy, and with events what a shock costs each."""
    study = setup.study(importer, store=store, regions=regions)
    in_file = mineral is not None and mineral.endswith(".toml")
    asked: dict[str, Any] = {
        "scenario": Path(mineral) if in_file and mineral else None, "year": year, "base_years": base_years,
        "stage": stage, "corridor": corridor, "corridor_days": corridor_days, "upgrade": upgrade,
        "horizon_years": horizon, "contracted_share": contracted, "stock": stock or None,
        "through_hubs": hubs or None, "assume_home": assume_home or None, "draws": draws, **event_texts(ctx),
    }  # fmt: skip
    named = {name: f"--{name.replace('_', '-')}" for name in (*asked, "lost_output")}
    with options.named({**named, **NAMES}):
        answer = study.stakes(
            None if in_file else mineral, lost_output=lost_output, ore_only=ore_only, **cast("ShockOptions", asked)
        )
    if not show.for_programs(answer, as_json, as_csv):
        from sogdia.cli.stakes_tables import print_stakes

        with AnswerSheet(full=full, wide=wide) as sheet:
            print_stakes(answer, sheet)
