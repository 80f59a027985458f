"""The countries that a user's word stands for: one, or several where a region is allowed."""

from __future__ import annotations

from sogdia.codes import country, economy
from sogdia.errors import UnknownNameError


def one_country(text: str) -> str:
    """ISO code of a country; UnknownNameError for a region, naming its members, and for what is unknown."""
    try:
        return country(text).iso3
    except UnknownNameError:
        try:
            region = economy(text)
        except UnknownNameError:
            region = None
        if region is None:
            raise
        members = ", ".join(region.members)
    raise UnknownNameError(f"{text} is a region, and one country is needed. Repeat it for those of {members} you mean.")


def all_countries(texts: list[str]) -> tuple[str, ...]:
    """ISO codes of countries and of the members of regions, each once."""
    return tuple(dict.fromkeys(member for text in texts for member in economy(text).members))
