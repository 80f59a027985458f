"""The map of the ways to the importer: the main shipment's independent ways in strong lines, others' best ways thin."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sogdia.basemap import outlines
from sogdia.brief.summary.cited import Cited, Wording, text_of
from sogdia.brief.summary.ink import COAST, INK, LAND, MUTED, WATER, label, picture, room, told
from sogdia.brief.summary.place_words import place, route_words
from sogdia.corridors.access import Way
from sogdia.render.map_view import MapView, fitted, path
from sogdia.render.plot.land import land
from sogdia.render.plot.marks import Point
from sogdia.render.theme import country_colour

WAYS = "ways"
WIDE, NARROW, TALLEST, LEAST = 720.0, 352.0, 260.0, 180.0
DASHES = ("", "7 4", "2 3", "9 3 2 3")
"""Lines of the independent ways, told apart without colour."""
LETTERS = "ABCD"
Lines = list[Any]


def draw_ways(ways: Sequence[Way], main: Way, say: Wording) -> tuple[str, str, tuple[Cited, ...]]:
    """The map wide and narrow, and its figures: cost and time of each way that it draws."""
    apart = [other for other in main.routes.alternatives if other.independent][: len(DASHES)]
    ids = main.routes.sources()
    marks = tuple(
        Cited(
            say.plain(
                "summary.ways.drawn", route=route_words(say, main.routes.corridors, other.route),
                cost=say.catalogue.numerals.number(other.route.cost_usd_per_t.central),
                days=say.catalogue.numerals.count(round(other.route.days.central)),
            ),
            ids, WAYS,
        )
        for other in apart
    )  # fmt: skip
    alt = say.plain("summary.ways.alt")
    ends = tuple(
        text_of(place(say, main.routes.corridors, end)) for end in (main.routes.origin, main.routes.destination)
    )
    strong = _lines(main, [at for at, other in enumerate(main.routes.alternatives) if other.independent][: len(marks)])
    thin = [line for way in ways if way is not main for lines in _lines(way, [0]) for line in lines]
    drawn = [_drawn(ways, main, ends, marks, strong, thin, width, alt) for width in (WIDE, NARROW)]
    return drawn[0], drawn[1], marks


def _drawn(
    ways: Sequence[Way], main: Way, ends: Sequence[str], marks: Sequence[Cited], strong: Sequence[Lines], thin: Lines,
    width: float, alt: str,
) -> str:  # fmt: skip
    """The map at one width. ends: names of where the main shipment begins and ends; strong: lines of the ways that are
    told apart; thin: of the other shipments.
    """
    everything = [(lon, lat) for lines in (*strong, thin) for line in lines for lon, lat in line]
    tallest = TALLEST if width == WIDE else TALLEST * 0.9
    lons, lats = zip(*everything, strict=True)
    ground = fitted(lons, lats, width, heights=(LEAST, tallest))
    size = (ground.width, ground.height)
    shapes = "".join(shape for _, shape in land(outlines(), ground.turned, ground.place, size))
    body = (
        f'<rect width="{ground.width:g}" height="{ground.height:.0f}" fill="{WATER}"/>'
        f'<path d="{shapes}" fill="{LAND}" stroke="{COAST}" stroke-width=".6"/>'
    )
    body += _stroke(ground, thin, MUTED, 1.1, "")
    colour = country_colour(main.shipment.country)
    for lines, figure, dash, letter in zip(strong, marks, DASHES, LETTERS, strict=False):
        body += told(
            _stroke(ground, lines, "#ffffff", 5.0, "") + _stroke(ground, lines, colour, 2.6, dash)
            + _badge(ground, lines, letter, colour),
            f"{letter}: {figure.text}", figure.topic,
        )  # fmt: skip
    return picture(ground.width, ground.height, body + _ends(ground, ways, main, ends), alt)


def _lines(way: Way, numbers: Sequence[int]) -> list[Lines]:
    """The lines of some alternatives of a shipment."""
    features: Any = way.routes.geojson()["features"]
    found: list[Lines] = [[] for _ in numbers]
    for feature in features:
        number = feature["properties"].get("alternative", 0) - 1
        if number in numbers:
            found[list(numbers).index(number)] += feature["geometry"]["coordinates"]
    return found


def _stroke(ground: MapView, lines: Sequence[Any], colour: str, width: float, dash: str) -> str:
    letters = "".join(path(course) for line in lines for course in ground.courses(line))
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{letters}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linejoin="round" '
        f'stroke-linecap="round"{dashed}/>'
    )


def _badge(ground: MapView, lines: Sequence[Any], letter: str, colour: str) -> str:
    """The letter of a way on the middle of its longest line."""
    courses = [course for line in lines for course in ground.courses(line)]
    longest = max(courses, key=_length)
    x, y = longest[len(longest) // 2] if len(longest) > 2 else _middle(longest)
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8" fill="#ffffff" stroke="{colour}" stroke-width="1.5"/>' + label(
        x, y + 4, letter, anchor="middle", weight=700, fill=INK
    )


def _length(course: Sequence[Point]) -> float:
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(course))


def _middle(course: Sequence[Point]) -> Point:
    return (course[0][0] + course[-1][0]) / 2, (course[0][1] + course[-1][1]) / 2


def _ends(ground: MapView, ways: Sequence[Way], main: Way, said: Sequence[str]) -> str:
    """Mines and ports as dots; those of the main shipment with their names."""
    network, named, body = main.routes.corridors.network, (main.routes.origin, main.routes.destination), ""
    for name in dict.fromkeys([*named, *(end for way in ways for end in (way.routes.origin, way.routes.destination))]):
        where = network.place(name)
        at = next(iter(ground.courses([(where.lon, where.lat), (where.lon, where.lat)])), None)
        if at is None:
            continue
        x, y = at[0]
        radius = 3.6 if name in named else 2.4
        body += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{INK}" stroke="#ffffff"/>'
        if name in named:
            written = said[named.index(name)]
            ends_there = x + 8 + room(written) > ground.width
            body += label(x - 7 if ends_there else x + 7, y - 5, written, anchor="end" if ends_there else "start",
                          halo=True, weight=600)  # fmt: skip
    return body
