"""`sogdia hazard`: what can put a place, a link or a country out of service, how often, and what can be done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sogdia.cli import options, setup, show, written
from sogdia.cli.sheet import AnswerSheet

if TYPE_CHECKING:
    from sogdia.hazards.profile import HazardProfile
    from sogdia.uncertain import Range

HEADINGS = (
    ("Hazard", "left"), ("Cause", "left"), ("of", "left"), ("a year", "right"), ("range", "right"),
    ("days", "right"), ("range", "right"), ("days a year", "right"), ("evidence", "left"),
)  # fmt: skip
ACTION_HEADINGS = (
    ("Action", "left"), ("days a year before", "right"), ("after", "right"), ("cost", "right"), ("in", "left"),
    ("evidence", "left"),
)  # fmt: skip
CLIMATE_HEADINGS = (("Effect of warming", "left"), ("central", "right"), ("range", "right"), ("unit", "left"))
ROWS_SHOWN = 40
NAMES = {"warming": "--warming", "code_level": "--code-level", "asset": "--asset", "actions": "--action",
         "warming_c": "--warming", "curves": "--curves", "flow_paths": "--flow-paths", "incidents": "--incidents",
         "radius_km": "--radius", "rupture": "--rupture", "lake_volume_m3": "--lake-volume"}  # fmt: skip


def command(
    target: Annotated[str, typer.Argument(help="Place, link, border or country: KAZ:Almaty, Kazakhstan, ...")],
    code_level: Annotated[
        str | None, typer.Option("--code-level", help="Everything built to pre, low, moderate or high code.")
    ] = None,
    asset: Annotated[str | None, typer.Option(help="What stands at a place: process_plant, warehouse, ...")] = None,
    warming: Annotated[
        float | None, typer.Option(help="Degrees above the pre-industrial climate. Default: today's.")
    ] = None,
    action: Annotated[
        list[str] | None,
        typer.Option(callback=written.names, help="Done against it: hardening,drainage,early_warning."),
    ] = None,
    curves: Annotated[Path | None, typer.Option(help="Your own hazard curves: CSV with place, a475_g, slope.")] = None,
    flow_paths: Annotated[
        Path | None, typer.Option("--flow-paths", help="Your own ways from lakes: CSV with basin, link, km, drop_m.")
    ] = None,
    lake_volume: Annotated[
        float | None, typer.Option("--lake-volume", help="Show the peak discharge of a lake of so many m3.")
    ] = None,
    incidents: Annotated[Path | None, typer.Option(help="Your ACLED or GTD file of armed incidents, as CSV.")] = None,
    rupture: Annotated[
        str | None, typer.Option(help="One earthquake instead: chilik_1889, Kemin, ... or lat,lon,magnitude.")
    ] = None,
    radius: Annotated[float | None, typer.Option(help="How near an incident counts, km. Default: 50.")] = None,
    network: Annotated[Path | None, typer.Option(help="Your own network, as for `sogdia route`.")] = None,
    links: Annotated[Path | None, typer.Option(help="Links to add to the network: CSV, or a .geojson.")] = None,
    places: Annotated[Path | None, typer.Option(help="CSV of places that your links need.")] = None,
    borders: Annotated[Path | None, typer.Option(help="CSV of border crossings that your links need.")] = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
    store: options.StoreFolder = None,
) -> None:
    """Show the outages of a place, link, border or country by cause: how often, how long, what actions buy."""
    if rupture is not None:
        _one_earthquake(target, rupture, code_level, as_json, as_csv, store, AnswerSheet(full=full, wide=wide))
        return
    with options.named(NAMES):
        answer = setup.study("JPN", store=store).hazard(
            target, code_level=code_level, asset=asset, warming=warming, actions=action or (), curves=curves,
            lake_volume_m3=lake_volume, flow_paths=flow_paths, incidents=incidents, radius_km=radius,
            network=network, links=links, places=places, borders=borders,
        )  # fmt: skip
    if not show.for_programs(answer, as_json, as_csv):
        with AnswerSheet(full=full, wide=wide) as sheet:
            _print(answer, sheet)


def _one_earthquake(
    target: str,
    rupture: str,
    code_level: str | None,
    as_json: bool,
    as_csv: bool,
    store: Path | None,
    sheet: AnswerSheet,
) -> None:
    from sogdia.hazards.seismic.damage import STATES

    with options.named(NAMES):
        answer = setup.study("JPN", store=store).earthquake(rupture, target, code_level=code_level)
    if show.for_programs(answer, as_json, as_csv):
        return
    headings = [("Site", "left"), ("km", "right"), ("motion", "left"), ("g", "right"),
                *((f"{state} or worse", "right") for state in STATES), ("expected days", "right")]  # fmt: skip
    rows = [
        [site.target, show.number(site.km), site.measure, show.number(site.motion_g),
         *(show.percent(chance) for chance in site.reached), show.number(site.expected_days)]
        for site in answer.sites[:ROWS_SHOWN]
    ]  # fmt: skip
    with sheet:
        sheet.table(answer.title, headings, rows, answer.notes)


def _print(answer: HazardProfile, sheet: AnswerSheet) -> None:
    rows = [
        [
            outage.hazard, outage.cause, outage.target, show.number(outage.rate_per_year.central),
            _range(outage.rate_per_year), show.number(outage.days.central), _range(outage.days),
            show.number(outage.days_per_year), outage.evidence,
        ]
        for outage in answer.outages[:ROWS_SHOWN]
    ]  # fmt: skip
    more = len(answer.outages) - ROWS_SHOWN
    notes = [f"and {more} others: --json or --csv."] if more > 0 else []
    whole = answer.days_per_year()
    over = " summed over all of them" if answer.target.kind == "country" else ""
    sheet.line(f"Together {show.number(whole.central)} days a year{over} ({_range(whole)}).", head=True)
    sheet.table(f"\n{answer.title}", HEADINGS, rows, notes)
    _unknown(answer, sheet)
    for state in answer.states:
        rate = state.events_per_year
        often = "at an unknown rate" if rate is None else f"{show.number(rate.central)} times a year"
        sheet.line(f"State of the corridors, {often}, {show.number(state.duration_days.central)} days: {state.name}.")
    if answer.actions:
        sheet.table("\nWhat can be done", ACTION_HEADINGS, [
            [
                value.action.label, show.number(value.before.central), show.number(value.after.central),
                "-" if value.action.cost is None else _range(value.action.cost), value.action.cost_unit,
                value.action.evidence,
            ]
            for value in answer.actions
        ])  # fmt: skip
    for peak in answer.peaks:
        sheet.line(
            f"Peak discharge of {show.number(peak.volume_m3)} m3: {show.number(peak.discharge.central)} m3/s "
            f"({_range(peak.discharge)}, one standard deviation of its logarithm), {peak.formula.name}."
        )
    if answer.climate:
        sheet.table(f"\nAt {answer.options.warming_c:g} degrees of warming", CLIMATE_HEADINGS, [
            [effect.label, show.number(effect.value.central), _range(effect.value), effect.unit]
            for effect in answer.climate
        ])  # fmt: skip
    for note in answer.notes:
        sheet.line(note)


def _unknown(answer: HazardProfile, sheet: AnswerSheet) -> None:
    """What is unknown, by its reason, with the targets that it holds for."""
    for word, status in (("Unknown", "unknown"), ("Counted elsewhere", "counted"), ("Not possible", "none")):
        by_reason: dict[tuple[str, str], list[str]] = {}
        for gap in answer.gaps:
            if gap.status == status:
                by_reason.setdefault((gap.hazard, gap.reason), []).append(gap.target)
        for (hazard, reason), targets in by_reason.items():
            of = targets[0] if len(targets) == 1 else f"{len(targets)} targets"
            sheet.line(f"{word}: {hazard} of {of}: {reason}.")


def _range(value: Range) -> str:
    return f"{show.number(value.low)} to {show.number(value.high)}"
