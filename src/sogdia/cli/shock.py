"""`sogdia shock`: what an export restriction, a loss, a surge or a duty does to an importer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sogdia.cli import options, setup, show
from sogdia.errors import Fault, InputError

if TYPE_CHECKING:
    from sogdia.market.events import Event
    from sogdia.market.scenario_file import ScenarioFile
    from sogdia.shock.chain_shock import ChainShock
    from sogdia.shock.market_shock import Shock

LABELS = {
    "price": "price", "import_price": "import price", "consumption": "consumption", "shortage": "shortage",
    "imports": "imports", "import_bill": "import bill", "consumer_surplus_change": "change of consumer surplus",
    "import_hhi": "concentration of imports", "source_share": "share of imports", "source": "imports from",
    "output": "output", "surplus_change": "change of producer surplus", "scarcity_rent": "scarcity rent",
    "duty_revenue": "revenue of export duty",
}  # fmt: skip


HEADINGS = (
    ("", "left"), ("", "left"), ("base", "right"), ("answer", "right"), ("90 % band", "right"), ("", "left"),
)  # fmt: skip


def command(
    mineral: Annotated[str, typer.Argument(help="A mineral, or a scenario file (.toml).")],
    importer: Annotated[str, typer.Option("--importer", "-i", help="Whose position to show.")] = "JPN",
    year: options.Year = None,
    base_years: Annotated[str | None, typer.Option(help="Mean of several base years, e.g. 2006-2008.")] = None,
    stage: Annotated[str | None, typer.Option(help="One stage only: ore, compound, metal or alloy.")] = None,
    cut: Annotated[
        list[str] | None, typer.Option(help="Exports cut by a share: CHN=0.4, CHN:JPN,USA=0.4, CHN=0.4@compound.")
    ] = None,
    quota: Annotated[list[str] | None, typer.Option(help="Exports limited to tonnes: CHN=30000.")] = None,
    embargo: Annotated[list[str] | None, typer.Option(help="No exports: CHN, or CHN:JPN.")] = None,
    duty: Annotated[
        list[str] | None, typer.Option(help="Export duty as a fraction: CHN=0.25, or CHN:JPN=0.25.")
    ] = None,
    output: Annotated[list[str] | None, typer.Option(help="Output relative to base: ZAF=0.8, AUS=1.2.")] = None,
    demand: Annotated[list[str] | None, typer.Option(help="Demand relative to base: JPN=1.2, or WORLD=1.1.")] = None,
    way: Annotated[
        list[str] | None, typer.Option(help="Delivered cost relative to base: KAZ=1.1, KAZ:JPN=1.3.")
    ] = None,
    corridor: Annotated[
        str | None, typer.Option(help="A corridor state put on the market: china_dispute, red_sea, ...")
    ] = None,
    corridor_days: Annotated[
        float | None, typer.Option(help="Days that the corridor state holds; by default its central duration.")
    ] = None,
    upgrade: Annotated[str | None, typer.Option(help="A corridor upgrade taken as built: customs, ...")] = None,
    horizon: Annotated[float, typer.Option(help="Years that buyers and sellers have to adjust.")] = 1.0,
    contracted: Annotated[float, typer.Option(help="Share of every flow under contract, 0..1.")] = 0.0,
    stock: Annotated[list[str] | None, typer.Option(help="Days of use held in stock, drawn first: JPN=60.")] = None,
    hubs: Annotated[bool, typer.Option("--through-hubs", help="Give re-exports to their makers.")] = False,
    chain: Annotated[bool, typer.Option("--chain", help="All stages together, e.g. ore to metal.")] = False,
    draws: Annotated[
        int | None, typer.Option(min=1, help="Draws of the elasticities behind the bands; 200, along a chain 40.")
    ] = None,
    as_json: options.AsJson = False,
    chart: Annotated[Path | None, typer.Option(help="Write a chart of the answer (.svg or .png).")] = None,
    store: options.StoreFolder = None,
) -> None:
    """Apply events to a market and show prices, volumes and welfare, with bands."""
    from sogdia.market.scenario import Scenario
    from sogdia.market.scenario_file import ScenarioFile

    study = setup.study(importer, store=store)
    events = tuple(_events(cut, quota, embargo, duty, output, demand, way))
    notes: tuple[str, ...] = ()
    if mineral.endswith(".toml"):
        asked = _from_file(
            mineral, bool(events or stock or contracted or corridor or corridor_days or upgrade or horizon != 1.0)
        )
    else:
        if corridor is not None or upgrade is not None or corridor_days is not None:
            found = study.corridor_events(
                mineral,
                state=corridor,
                upgrade=upgrade,
                days=corridor_days,
                year=year,
                base_years=_years(base_years),
                stage=stage,
                through_hubs=hubs,
            )
            events, notes = (*events, *found.events), found.notes
        if not events:
            raise InputError([Fault("options", "nothing happens", "Give an event, e.g. --cut CHN=0.4.")])
        asked = ScenarioFile(Scenario("options", events, horizon, contracted, _stocks(stock)), mineral, None, None)
    name, base = asked.mineral or mineral, _years(base_years) or (None if year else asked.base_years)
    stage = stage or asked.stage
    if chain:
        _no_stage(stage)
        along = study.shock_chain(
            name, scenario=asked.scenario, year=year, base_years=base, through_hubs=hubs, draws=draws
        )
        _write_charts(along.stages, chart)
        _show_chain(replace(along, notes=(*notes, *along.notes)), as_json)
        return
    one = study.shock(
        name, scenario=asked.scenario, year=year, base_years=base, stage=stage, through_hubs=hubs, draws=draws
    )
    one = replace(one, notes=(*notes, *one.notes))
    _write_charts((one,), chart)
    if as_json:
        show.print_json({"scenario": asked.scenario.describe(), **_content(one)})
    else:
        _print(one)


def _from_file(path: str, options_given: bool) -> ScenarioFile:
    from sogdia.market.scenario_file import read_scenario

    if options_given:
        remedy = "Write events, stocks, contracts and the horizon into the file."
        raise InputError([Fault(path, "a scenario file says itself what happens", remedy)])
    asked = read_scenario(Path(path))
    if asked.mineral is None:
        remedy = 'Add mineral = "rare_earths".'
        raise InputError([Fault(path, "a scenario names its mineral", remedy, column="mineral")])
    return asked


def _no_stage(stage: str | None) -> None:
    if stage is not None:
        remedy = f"Name the stage in the event instead, e.g. CHN=0.4@{stage}."
        raise InputError([Fault("options", "a chain has all its stages", remedy, column="--stage", value=stage)])


def _write_charts(parts: Sequence[Shock], chart: Path | None) -> None:
    """One chart, or one for each stage of a chain with the stage in its name."""
    if chart is None:
        return
    from sogdia.brief.shock_chart import write_chart

    for part in parts:
        own = chart if len(parts) == 1 else chart.with_stem(f"{chart.stem}-{part.mineral}-{part.stage}")
        typer.echo(str(write_chart(part, own)), err=True)


def _content(one: Shock) -> dict[str, object]:
    return {"notes": list(one.notes), "rows": one.rows.to_dicts()}


def _show_chain(along: ChainShock, as_json: bool) -> None:
    if as_json:
        stages = [{"mineral": s.mineral, "stage": s.stage, **_content(s)} for s in along.stages]
        show.print_json({"scenario": along.scenario.describe(), "notes": list(along.notes), "stages": stages})
        return
    for part in along.stages:
        typer.echo(f"\n== {part.mineral}, {part.stage}\n")
        _print(part)
    for note in along.notes:
        typer.echo(note)


def _events(
    cut: list[str] | None, quota: list[str] | None, embargo: list[str] | None, duty: list[str] | None,
    output: list[str] | None, demand: list[str] | None, way: list[str] | None,
) -> list[Event]:  # fmt: skip
    from sogdia.market import events as kinds
    from sogdia.market.places import all_countries, one_country

    def exports(text: str, option: str) -> Event:
        place, value = (text, 1.0) if option == "--embargo" else _assigned(text, option)
        seller, buyers = _seller(place), _to(place, option)
        if option == "--quota":
            return kinds.ExportLimit(seller, quota_t=value, destinations=buyers)
        if option == "--duty":
            return kinds.ExportDuty(seller, value, buyers)
        if option == "--way":
            return kinds.TransportChange(seller, cost_factor=value, destinations=buyers)
        return kinds.ExportLimit(seller, share=value, destinations=buyers)

    def other(text: str, option: str) -> Event:
        place, value = _assigned(text, option)
        _no_destinations(place, option)
        if option == "--output":
            return kinds.OutputChange(one_country(place), value)
        return kinds.DemandChange(value, () if place.upper() == "WORLD" else all_countries([place]))

    given = (
        ("--cut", cut, exports), ("--quota", quota, exports), ("--embargo", embargo, exports),
        ("--duty", duty, exports), ("--output", output, other), ("--demand", demand, other), ("--way", way, exports),
    )  # fmt: skip
    found: list[Event] = []
    for option, texts, made in given:
        for text in texts or []:
            what, at, stage = text.partition("@")
            event = made(what, option)
            found.append(kinds.AtStage(event, stage.strip()) if at else event)
    return found


def _assigned(text: str, option: str) -> tuple[str, float]:
    """PLACE=NUMBER."""
    place, _, number = text.partition("=")
    try:
        return place.strip(), float(number)
    except ValueError:
        raise _fault("write PLACE=NUMBER", "E.g. CHN=0.4.", option, text) from None


def _seller(place: str) -> str:
    from sogdia.market.places import one_country

    return one_country(place.partition(":")[0])


def _to(place: str, option: str) -> tuple[str, ...]:
    """The buyers after the colon; all, where there is none."""
    from sogdia.market.places import all_countries

    _, colon, listed = place.partition(":")
    names = [name.strip() for name in listed.split(",")] if colon else []
    if not all(names):
        raise _fault("buyers are named after the colon", "Write CHN:JPN,USA, or CHN for all.", option, place)
    return all_countries(names)


def _no_destinations(place: str, option: str) -> None:
    if ":" in place:
        rule = "output, demand and stocks are a country's own, whoever it trades with"
        raise _fault(rule, f"Leave out {place[place.index(':') :]}.", option, place)


def _stocks(texts: list[str] | None) -> dict[str, float]:
    from sogdia.market.places import one_country

    days: dict[str, float] = {}
    for text in texts or []:
        place, value = _assigned(text, "--stock")
        _no_destinations(place, "--stock")
        country = one_country(place)
        if country in days:
            raise _fault(f"the stock of {country} is given twice", "Keep one of them.", "--stock", text)
        days[country] = value
    return days


def _fault(rule: str, remedy: str, option: str, value: str) -> InputError:
    return InputError([Fault("options", rule, remedy, column=option, value=value)])


def _years(text: str | None) -> tuple[int, ...] | None:
    if text is None:
        return None
    first, _, last = text.partition("-")
    if not first.isdigit() or not (last or first).isdigit() or int(first) > int(last or first):
        remedy = "Write 2006-2008."
        raise _fault("a span of years", remedy, "--base-years", text)
    return tuple(range(int(first), int(last or first) + 1))


def _print(result: Shock) -> None:
    import polars as pl

    years = f"{result.years[0]}-{result.years[-1]}" if len(result.years) > 1 else f"{result.years[0]}"
    plain = result.rows.filter(pl.col("partner").is_null())
    mine = plain.filter(pl.col("role") == "importer")
    title = f"{result.scenario.describe()}; base {years}, horizon {result.scenario.horizon_years:g} year(s)"
    show.table(title, HEADINGS, [_line(row) for row in mine.iter_rows(named=True)])
    sources = result.rows.filter(pl.col("variable") == "source_share")
    shares = [
        [row["country"], row["partner"], _figure(row, "base"), _figure(row, "central"), _band(row), ""]
        for row in sources.iter_rows(named=True)
    ]
    show.table("\nSources of imports", HEADINGS, shares)
    others = plain.filter(pl.col("role") == "consumer", pl.col("variable").is_in(["import_price", "shortage"]))
    show.table("\nOther consumers", HEADINGS, [_line(row) for row in others.iter_rows(named=True)])
    made = plain.filter(pl.col("role") == "producer")
    notes = [f"Elasticities: {_elasticities(result)}.", *result.notes]
    show.table("\nProducers", HEADINGS, [_line(row) for row in made.iter_rows(named=True)], notes)


def _line(row: dict[str, object]) -> list[str]:
    unit = str(row["unit"])
    shown = "" if unit in {"ratio", "fraction", "0..1"} else unit
    return [
        str(row["country"]),
        LABELS[str(row["variable"])],
        *(_figure(row, k) for k in ("base", "central")),
        _band(row),
        shown,
    ]


def _figure(row: dict[str, object], key: str) -> str:
    from sogdia.uncertain import BEYOND

    value = row[key]
    if value is None and key == "central" and row["beyond"] and row["unit"] == "ratio":
        return f"> {BEYOND:g}"
    if row["unit"] == "fraction":
        return show.percent(value)  # type: ignore[arg-type]
    return show.number(value)  # type: ignore[arg-type]


def _band(row: dict[str, object]) -> str:
    if row["low"] is None and row["high"] is None:
        return "-"
    return f"{_figure(row, 'low')} to {_figure(row, 'high')}"


def _elasticities(result: Shock) -> str:
    e = result.elasticities
    return ", ".join(
        f"{name} {r.central:.2g} ({r.low:.2g}-{r.high:.2g})"
        for name, r in (("substitution", e.sigma), ("demand", e.eta), ("supply", e.eps))
    ) + f", from {', '.join(dict.fromkeys(e.sigma.chosen + e.eta.chosen))}"  # fmt: skip
