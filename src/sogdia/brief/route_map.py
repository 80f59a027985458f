"""Routes as one file to send: a page with map and tables that opens offline, or the map alone."""

from __future__ import annotations

from functools import partial
from importlib.metadata import version
from pathlib import Path

from markupsafe import Markup

from sogdia.answer import each_once
from sogdia.basemap import outline_sources
from sogdia.brief import route_tables
from sogdia.brief.corridor_names import (
    cargo_name,
    closable_name,
    dependence,
    numbered_names,
    percent,
    place_name,
    route_name,
    route_phrase,
    span,
    standing_phrase,
)
from sogdia.brief.route_lines import route_frame
from sogdia.corridors import Routes
from sogdia.data import source
from sogdia.errors import Fault, InputError
from sogdia.files import write_text
from sogdia.network.closures import targets
from sogdia.render.blocks import Figure
from sogdia.render.charts.routes import route_map
from sogdia.render.formats import amount
from sogdia.render.html import View, drawn, environment, page_style, policy
from sogdia.render.svg import render, titled
from sogdia.render.wording import counted, country_name, join, sentence

MAP_ENDINGS = (".html", ".svg")


def write_map(routes: Routes, path: Path) -> Path:
    """Write the map as a page or as SVG, by the ending of the name; either shows the notes of the answer."""
    kind, made = map_kind(path), figure(routes)
    if kind == ".svg":
        return write_text(Path(path), render(titled(made, heading(routes), (made.caption, *routes.notes))))
    return write_text(Path(path), page(routes, made))


def map_kind(path: Path) -> str:
    """The ending of a map's file name; InputError when it is none that a map can have."""
    kind = Path(path).suffix.lower()
    if kind not in MAP_ENDINGS:
        rule, remedy = "the ending says how a map is written", f"Use {' or '.join(MAP_ENDINGS)}."
        raise InputError([Fault("options", rule, remedy, column="map", value=Path(path).name)])
    return kind


def heading(routes: Routes) -> str:
    """The cargo with both ends of its way."""
    origin, port = (place_name(routes.corridors, end) for end in (routes.origin, routes.destination))
    return f"{sentence(cargo_name(routes.cargo))} from {origin} to {port}"


def figure(routes: Routes) -> Figure:
    """The map of one shipment."""
    frame, _ = route_frame(routes)
    caption = (
        f"{counted(len(routes.alternatives), 'corridor')}, {sum(other.independent for other in routes.alternatives)} "
        "of them independent (in colour), the others dotted."
    )
    return Figure(
        key="route-map",
        draw=partial(route_map, frame),
        frame=frame,
        caption=caption,
        alt=f"Map of the routes from {routes.origin} to {routes.destination}. {caption}",
        source_ids=each_once(routes.sources(), outline_sources()),
    )


def page(routes: Routes, made: Figure) -> str:
    """The HTML: map, alternatives, premium, what is shared. It holds no script, and its policy allows none."""
    style = page_style()
    template = environment().get_template("route_map.html.j2")
    return str(
        template.render(
            policy=policy(scripts=(), styles=(style,)),
            style=Markup(style),
            title=heading(routes),
            under=" ".join(conditions(routes)),
            lead=summary(routes),
            figure=made,
            drawing=drawn(made),
            tables=(
                route_tables.alternatives(routes, "alternatives"),
                *[table for table in (route_tables.not_usable(routes, "not-usable"),) if table is not None],
                route_tables.premium(routes, "premium"),
                route_tables.shared(routes, "shared"),
            ),
            this=View(),
            notes=routes.notes,
            sources=[source(i) for i in made.source_ids],
            version=version("sogdia"),
        )
    )


def summary(routes: Routes) -> str:
    """The answer in a few sentences: best, what is level with it, trade on record, closures, and what is not usable."""
    best = routes.best.route
    text = (
        f"The best way that can be used today is {route_phrase(routes.corridors, best)}: about USD\u202f"
        f"{amount(best.cost_usd_per_t.central)} a tonne ({span(best.cost_usd_per_t)}), {amount(best.days.central)} "
        f"days, {amount(best.hours['border'].central)} hours at borders; "
        f"{standing_phrase(routes.corridors, routes.best)}."
    )
    numbers = dict(zip((id(other) for other in routes.alternatives), numbered_names(routes), strict=True))
    if routes.level:
        text += f" Level with it, within the range of the difference: {join([numbers[id(o)] for o in routes.level])}."
    else:
        text += f" It is the cheapest in {percent(routes.best.probability_cheapest)} of the draws."
    for way in routes.on_record:
        text += f" On record ({way.year}): {way.statement}."
    text += _remains(routes)
    premium = route_tables.premium_phrase(routes)
    if premium:
        text += f" If a transit country is closed: {premium}."
    if routes.hangs_on:
        text += f" Every route depends on {dependence(routes)}."
    for other in routes.cheaper_not_usable:
        text += (
            f" Cheaper on paper, not usable today: {route_name(routes.corridors, other.route)}, USD\u202f"
            f"{amount(other.route.cost_usd_per_t.central)}: {other.reason}."
        )
    return text


def _remains(routes: Routes) -> str:
    """What is left when the transit country with most of the way is closed."""
    main = routes.without_main_country
    if main is None:
        return ""
    name = country_name(main.name) or main.name
    if main.best is None:
        return f" Without {name} no way is left."
    left = route_name(routes.corridors, main.best)
    cost = amount(main.best.cost_usd_per_t.central)
    return f" Without {name}, which has most of the way, {left} remains at USD\u202f{cost} a tonne."


def conditions(routes: Routes) -> tuple[str, ...]:
    """What was closed and what was taken as built, a sentence each."""
    corridors = routes.corridors
    names = {state.id: state.name for state in corridors.states}
    kinds = targets(corridors.network)

    def written(name: str) -> str:
        kind = next((kind for kind, known in kinds.items() if name in known), None)
        return names.get(name) or (name if kind is None else closable_name(corridors, kind, name))

    shut = [written(name) for name in routes.closed]
    built = [corridors.upgrade(name).name for name in routes.upgrades]
    assumed = (("Closed", shut), ("Taken as built", built))
    return tuple(f"{what}: {join(things)}." for what, things in assumed if things)
