"""One colour for each country, told apart by lightness in print too."""

from __future__ import annotations

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
