"""A world map whose countries are shaded by a figure in classes, on the Equal Earth projection.

Savric, Patterson and Jenny (2018), International Journal of Geographical Information Science 33, 454-465:

    x = 2 sqrt(3) lon cos t / (3 (9 A4 t^8 + 7 A3 t^6 + 3 A2 t^2 + A1)),   y = A4 t^9 + A3 t^7 + A2 t^3 + A1 t,
    sin t = sqrt(3)/2 sin lat
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from sogdia.basemap import outlines
from sogdia.render.charts.bars import signs
from sogdia.render.plot.axes import legend
from sogdia.render.plot.land import land
from sogdia.render.plot.marks import Point, element
from sogdia.render.plot.picture import Picture, below

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
CENTRE = 11.0
"""Central meridian, so that the Bering Strait is the edge of the map."""
SPAN = 5.3
"""Width of the map in radians of the projection; the Antarctic is left out."""
HEIGHT, EQUATOR = 0.485, 0.275
"""Height of the map and place of the equator, as parts of its width."""


def world(
    shades: Mapping[str, tuple[str, str]], classes: Sequence[str], home: Collection[str], width: float
) -> Picture:
    """Countries in the class of their figure. shades: name of the class and what the mouse is told, by country code;
    classes: names of the classes from little to much; home: countries whose outline is marked.
    """
    look = {name: f"b{at}" for at, name in enumerate(classes)}
    body = ""
    for iso3, path in _outlines(width):
        if iso3 in home:
            continue
        name, told = shades.get(iso3, ("", ""))
        body += element("path", f"f-{look.get(name, 'nodata')} edge", f' d="{path}"', told)
    body += "".join(
        element("path", "s-second ring f-nodata", f' d="{path}"') for iso3, path in _outlines(width) if iso3 in home
    )
    chart = Picture(width, HEIGHT * width, body)
    return below((chart, legend(signs(look), width)), 6.0)


@cache
def _outlines(width: float) -> tuple[tuple[str, str], ...]:
    """Each country's path on a map of this width; made once for all maps."""
    size = (width, HEIGHT * width)

    def project(lon: float, lat: float) -> Point:
        x, y = equal_earth(lon, lat)
        return width / 2 + width * x / SPAN, width * (EQUATOR - y / SPAN)

    seen = (feature for feature in outlines() if feature["properties"]["iso3"] != "ATA")
    return tuple(land(seen, lambda lon: (lon - CENTRE + 180.0) % 360.0 - 180.0, project, size))


def equal_earth(lon: float, lat: float) -> Point:
    """A point on the Equal Earth map [radians]; y points up.

    >>> [round(part, 3) for part in equal_earth(180.0, 0.0)]
    [2.707, 0.0]
    """
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    below_line = 3 * (9 * A4 * t**8 + 7 * A3 * t**6 + 3 * A2 * t**2 + A1)
    x = 2 * math.sqrt(3) * math.radians(lon) * math.cos(t) / below_line
    return x, A4 * t**9 + A3 * t**7 + A2 * t**3 + A1 * t
