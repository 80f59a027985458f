"""Codes and names of countries, regions, products and minerals, and what they mean in which year."""

from sogdia.codes.aliases import country_alias, mineral_alias
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
    "country_alias",
    "economy",
    "hs6_problem",
    "mineral_alias",
    "must_be_disjoint",
    "own_regions",
    "regions",
    "unclear",
]
