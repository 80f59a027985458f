"""Places and routes of the corridors in the language of the page; a place without a name there stands in English."""

from __future__ import annotations

from sogdia.brief.corridor_names import BETWEEN, short_name
from sogdia.brief.summary.cited import Wording, Written, named
from sogdia.corridors.measure import Route
from sogdia.network import Corridors
from sogdia.render.languages import place_name


def place(say: Wording, corridors: Corridors, place_id: str) -> Written:
    """A place without its country."""
    return named(place_name(place_id, say.code), short_name(corridors, place_id), say.code)


def route_words(say: Wording, corridors: Corridors, route: Route) -> Written:
    """The countries of transit and the port where the last ship is boarded."""
    sea = [step for step in route.steps if step.doing == "sea"]
    transit = BETWEEN.join(say.country_cell(code) for code in route.countries[1:-1])
    transit = transit or say.plain("summary.ways.direct_way")
    return (
        say("summary.ways.by_port", transit=transit, port=place(say, corridors, sea[-1].start)) if sea else (transit,)
    )
