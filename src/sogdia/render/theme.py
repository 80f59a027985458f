"""The look of pages and pictures: one restrained theme in light and dark, and one colour for each country.

Colours of countries and of steps differ in lightness, so that colour-blind readers and grey prints keep them apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain

FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, Noto Sans, DejaVu Sans, sans-serif"
COLOURS: Mapping[str, tuple[str, str]] = {
    "ink": ("#1b2a38", "#e8edf2"),
    "muted": ("#556270", "#a9b5c1"),
    "rule": ("#d5dae0", "#3a4754"),
    "accent": ("#0b5a8a", "#74b9e4"),
    "second": ("#c8641b", "#f09a5b"),
    "paper": ("#ffffff", "#131d27"),
    "wash": ("#f5f7f9", "#1c2834"),
    "nodata": ("#e3e7eb", "#2c3844"),
    "water": ("#f7fafc", "#17222d"),
    "band": ("#9fc0d6", "#3f7297"),
    "arrow": ("#4d84a8", "#85bbdd"),
    "rest": ("#d9dee4", "#46525e"),
}
"""Each colour on white and on dark paper."""
BLUES = (
    ("#d6e4f0", "#1f3d57"), ("#a9c9e2", "#2a5b84"), ("#75a9cf", "#377bb0"), ("#3f83b5", "#5a9fd2"),
    ("#15598c", "#93c4e8"), ("#062f52", "#d3e9f8"),
)  # fmt: skip
"""Steps of more and more: away from the colour of the paper."""
COUNTRY = (
    ("#6b1426", "#a83d51"), ("#1d487c", "#3a6fae"), ("#31623d", "#4c8659"), ("#754a93", "#9268b3"),
    ("#a6552d", "#bf6a42"), ("#378b8a", "#489b9b"), ("#4b8dcf", "#5b9de0"), ("#96a04c", "#a4ae5a"),
    ("#dc8ab1", "#e996be"), ("#f0a556", "#fbaf61"), ("#7ed2ed", "#89def9"), ("#ebd47d", "#f5de87"),
)  # fmt: skip
"""The colours of countries, from dark to light with changing hue."""
_OF_COUNTRY = {
    code: place
    for place, codes in enumerate((
        "CHN PER MEX MAR NLD", "AUS TUR GBR UKR GHA", "ZAF KAZ MYS BOL IRN", "RUS THA ARG SWE TZA",
        "CHL UZB MOZ MNG FIN", "USA KGZ NCL ESP GIN", "KOR COD NAM ARE SAU", "BRA TJK MMR ITA GAB",
        "JPN FRA MDG AUT ISR", "CAN TKM IND BEL LAO", "DEU PHL NOR CHE RWA", "IDN VNM SGP POL ZMB",
    ))
    for code in codes.split()
}  # fmt: skip


def country_place(iso3: str) -> int:
    """The place of a country's colour in `COUNTRY`; the same everywhere. There are fewer colours than countries.

    >>> country_place("CHN"), country_place("JPN")
    (0, 8)
    """
    known = _OF_COUNTRY.get(iso3)
    return sum(map(ord, iso3)) % len(COUNTRY) if known is None else known


def country_colour(iso3: str, *, dark: bool = False) -> str:
    """The colour of a country on white or on dark paper."""
    return COUNTRY[country_place(iso3)][dark]


def colours(*, dark: bool = False) -> dict[str, str]:
    """Every colour by its name: those of the theme, b0 to b5 for the steps, c0 to c11 for countries."""
    steps = {f"b{at}": pair for at, pair in enumerate(BLUES)} | {f"c{at}": pair for at, pair in enumerate(COUNTRY)}
    return {name: pair[dark] for name, pair in chain(COLOURS.items(), steps.items())}


def variables() -> str:
    """The colours as variables of a page's style: light, dark on a screen that asks for it, light in print."""
    light, dark = (
        "".join(f"--{name}:{colour};" for name, colour in colours(dark=night).items()) for night in (False, True)
    )
    return (
        f":root{{color-scheme:light dark;{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
    )


def page_rules() -> str:
    """The classes of pictures inside a page, in the colours of its variables."""
    return _rules({name: f"var(--{name})" for name in colours()})


def file_rules() -> str:
    """The classes of a picture that stands alone, in light colours."""
    return _rules(colours())


def _rules(of: Mapping[str, str]) -> str:
    fills = "".join(f".f-{name}{{fill:{colour}}}" for name, colour in of.items())
    strokes = "".join(f".s-{name}{{stroke:{colour};fill:none}}" for name, colour in of.items())
    lines = (
        f".plot{{font-family:{FONT};font-size:12px}}.plot text{{fill:{of['muted']}}}"
        f".plot .end{{text-anchor:end}}.plot .middle{{text-anchor:middle}}.plot .t-ink{{fill:{of['ink']}}}"
        f".plot .t-title{{fill:{of['ink']};font-size:13px;font-weight:600}}.plot .t-white{{fill:{of['paper']}}}"
        f".plot .t-halo{{fill:{of['paper']};stroke:{of['paper']};stroke-width:3px;stroke-linejoin:round}}"
        ".plot .t-small{font-size:11px}"
    )
    widths = (
        ".w2{stroke-width:2px}.w3{stroke-width:2.6px;stroke-linejoin:round;stroke-linecap:round}.w7{stroke-width:7px}"
        f".edge{{stroke:{of['paper']};stroke-width:.7px}}.ring{{stroke-width:1.7px}}"
        ".dash{stroke-dasharray:4 3}.dots{stroke-dasharray:2 3}.unseen{fill:#fff;fill-opacity:0}"
    )
    return f"{strokes}{fills}{lines}{widths}\n"
