"""Which codes name a country, a region or a product, and what they mean in which year."""

from sogdia.codes.countries import BaciCode, Country, baci_codes, baci_iso3, countries, country
from sogdia.codes.hs import hs6_problem
from sogdia.codes.regions import Region, economy, regions

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
    "regions",
]
