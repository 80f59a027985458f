"""Codes of countries, regions and products, and what they mean in which year."""

from sogdia.codes.countries import BaciCode, Country, baci_codes, baci_iso3, countries, country, unclear
from sogdia.codes.hs import hs6_problem
from sogdia.codes.regions import Region, economy, must_be_disjoint, own_regions, regions

__all__ = [
    "BaciCode",
    "Country",
    "Region",
    "baci_codes",
    "baci_iso3",
    "countries",
    "country",
    "economy",
    "hs6_problem",
    "must_be_disjoint",
    "own_regions",
    "regions",
    "unclear",
]
