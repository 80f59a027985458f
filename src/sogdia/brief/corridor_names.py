"""Corridors in words: countries, ports, straits and borders by name instead of by id."""

from __future__ import annotations

from collections.abc import Iterable

from sogdia.corridors import Alternative, Routes
from sogdia.corridors.measure import Route
from sogdia.corridors.standing import NO_STATE
from sogdia.errors import UnknownNameError
from sogdia.network import CargoValue, Corridors
from sogdia.render.formats import THIN, amount
from sogdia.render.ranges import band
from sogdia.render.wording import counted, country_name, join
from sogdia.uncertain import Range
from sogdia.units import T_PER_MT

BETWEEN = " – "
DIRECT = "direct"


def place_name(corridors: Corridors, place_id: str) -> str:
    """The place with its country.

    A place that the network calls "Khromtau (Donskoy chromite)" is written as "Khromtau, Kazakhstan".
    """
    return f"{short_name(corridors, place_id)}, {country_name(corridors.network.place(place_id).country)}"


def short_name(corridors: Corridors, place_id: str) -> str:
    """The place alone, without its country and without a remark in brackets."""
    return corridors.network.place(place_id).name.split(" (")[0]


def link_name(corridors: Corridors, link_id: str) -> str:
    """A link as its two ends."""
    link = corridors.network.link(link_id)
    return f"{BETWEEN.join(short_name(corridors, end) for end in (link.start, link.end))} ({link.mode})"


def strait_name(corridors: Corridors, chokepoint: str) -> str:
    """A strait, canal or closed sea."""
    return corridors.rates.chokepoint(chokepoint).name


def closable_name(corridors: Corridors, kind: str, name: str) -> str:
    """Whatever can be closed: a country, a strait, a border crossing, a port or a link."""
    namers = {
        "country": lambda: country_name(name) or name,
        "chokepoint": lambda: strait_name(corridors, name),
        "border": lambda: corridors.network.border(name).name,
        "place": lambda: place_name(corridors, name),
        "link": lambda: link_name(corridors, name),
    }
    return namers[kind]()


def country_or_strait_name(corridors: Corridors, name: str) -> str:
    """A country or a strait: the network says which of them the name is."""
    try:
        return strait_name(corridors, name)
    except UnknownNameError:
        return country_name(name) or name


def strait_list(corridors: Corridors, chokepoints: Iterable[str]) -> str:
    """Straits in a list."""
    return ", ".join(strait_name(corridors, name) for name in chokepoints)


def route_name(corridors: Corridors, route: Route) -> str:
    """The countries of transit and the port where the last ship is boarded."""
    sea = [step for step in route.steps if step.doing == "sea"]
    transit = BETWEEN.join(country_name(code) or code for code in route.countries[1:-1]) or DIRECT
    return f"{transit}, by {short_name(corridors, sea[-1].start)}" if sea else transit


def route_phrase(corridors: Corridors, route: Route) -> str:
    """The route after "is": through the transit countries, or direct where there are none."""
    name = route_name(corridors, route)
    return name if name.startswith(DIRECT) else f"through {name}"


def standing_phrase(corridors: Corridors, other: Alternative) -> str:
    """How a route stands today and how likely it closes within twelve months, inside a sentence."""
    return f"{standing_text(corridors, other)}; {closure_phrase(other)}"


def standing_text(corridors: Corridors, other: Alternative) -> str:
    """How a route stands today, with the states that limit it."""
    if other.status_now == NO_STATE:
        return "no state of today known"
    names = [corridors.state(state).name for state in other.status_reasons]
    return f"{other.status_now} today" + (f" ({'; '.join(names)})" if names else "")


def closure_phrase(other: Alternative) -> str:
    """The chance of a closure within twelve months, with its range."""
    if other.closure is None:
        return "no state is known to close it"
    figure = other.closure
    return f"chance of a closure within twelve months {percent(figure.central)} ({closure_range(figure)})"


def closure_range(figure: Range) -> str:
    """Both ends of a chance, in per cent."""
    return band(percent(figure.low), percent(figure.high))


def percent(figure: float) -> str:
    """A chance in whole per cent, below one per cent as such."""
    return f"{100 * figure:.0f}{THIN}%" if figure >= 0.005 or figure == 0 else f"<1{THIN}%"


def capacity_phrase(corridors: Corridors, route: Route) -> str:
    """What passes at most, the link that sets it, and the number of links whose capacity nobody knows.

    The narrowest known link bounds a route from above: a link of unknown capacity may be narrower.
    """
    unknown, links = route.links_of_unknown_capacity, len(route.links)
    if route.capacity_t_per_year is None or route.narrowest_link is None:
        return f"unknown for all {counted(links, 'link')}" if links > 1 else "unknown"
    narrowest = corridors.network.link(route.narrowest_link)
    ends = BETWEEN.join(short_name(corridors, end) for end in (narrowest.start, narrowest.end))
    bound = f"{'at most ' if unknown else ''}{amount(route.capacity_t_per_year / T_PER_MT)}{THIN}Mt ({ends})"
    return f"{bound}; unknown for {unknown} of {counted(links, 'link')}" if unknown else bound


def route_name_of_via(corridors: Corridors, via: str) -> str:
    """The same from the short text of a table, `KAZ - RUS - JPN by Novorossiysk`."""
    countries, by, port = via.partition(" by ")
    codes = countries.split(" - ")[1:-1]
    transit = BETWEEN.join(country_name(code) or code for code in codes) or DIRECT
    places = (short_name(corridors, p.id) for p in corridors.network.places if p.id.endswith(f":{port}"))
    return f"{transit}, by {next(places, port)}" if by else transit


def distinct_names(routes: Routes) -> list[str]:
    """A name for each alternative, no two alike: those of the same countries and port are named with their straits."""
    corridors = routes.corridors
    plain = [route_name(corridors, other.route) for other in routes.alternatives]
    passed = [other.route.chokepoints for other in routes.alternatives]
    named = []
    for name, own in zip(plain, passed, strict=True):
        alike = [straits_of for other, straits_of in zip(plain, passed, strict=True) if other == name]
        apart = [strait for strait in own if not all(strait in of_other for of_other in alike)]
        named.append(f"{name} ({strait_list(corridors, apart) or 'no strait'})" if len(alike) > 1 else name)
    return named


def numbered_names(routes: Routes) -> list[str]:
    """The same with their numbers, as the legend and the tables show them."""
    return [f"{number} {name}" for number, name in enumerate(distinct_names(routes), start=1)]


def cargo_name(cargo: CargoValue) -> str:
    """A product as mineral and stage."""
    return f"{cargo.mineral.replace('_', ' ')} {cargo.stage}"


def span(figure: Range) -> str:
    """Low and high of an uncertain figure."""
    return band(amount(figure.low), amount(figure.high))


def dependence(routes: Routes) -> str:
    """The names of what leaves no route when it is closed alone."""
    names = dict.fromkeys(closable_name(routes.corridors, kind, name) for kind, name in routes.hangs_on)
    return join(list(names))
