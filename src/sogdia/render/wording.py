"""Names and counts put into sentences, in the words that all faces share."""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.codes import Region, countries

OTHERS = "Others"
# Names that take an article in a sentence: plurals, and those that begin with a common noun or adjective.
_ARTICLE_FIRST = ("United ", "European ", "Central African", "Dominican Rep", "Democratic Rep", "Northern Mariana")
_ARTICLE_LAST = ("Islands", "Emirates", "Netherlands", "Philippines", "Bahamas", "Maldives", "Seychelles", "Gambia")


def country_name(iso3: str | None) -> str | None:
    """The English name of a country code; other names (Others) and None stay as they are."""
    if iso3 is None:
        return None
    known = countries().get(iso3)
    return known.name if known else iso3


def the(name: str) -> str:
    """A name inside a sentence, with its article where it takes one.

    >>> the("United States"), the("Japan")
    ('the United States', 'Japan')
    """
    return f"the {name}" if name.startswith(_ARTICLE_FIRST) or name.endswith(_ARTICLE_LAST) else name


def sentence(text: str) -> str:
    """The text with a capital first letter.

    >>> sentence("the Philippines supplied 52 %.")
    'The Philippines supplied 52 %.'
    """
    return text[:1].upper() + text[1:]


def country_text(iso3: str | None) -> str:
    """The English name of a country code inside a sentence."""
    return the(country_name(iso3) or "an unknown country")


def country_names() -> dict[str, str]:
    """English names by country code, for whole columns."""
    return {code: country.name for code, country in countries().items()}


def join(names: Sequence[str]) -> str:
    """Names as a list in a sentence.

    >>> join(["tin"]), join(["tin", "zinc"]), join(["tin", "zinc", "lead"])
    ('tin', 'tin and zinc', 'tin, zinc and lead')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def some(names: Sequence[str], limit: int = 5) -> str:
    """The first names of a list, and how many more there are.

    >>> some(["a", "b", "c"], 2), some(["a", "b"], 2)
    ('a, b and 1 more', 'a and b')
    """
    if len(names) <= limit:
        return join(names)
    return f"{', '.join(names[:limit])} and {len(names) - limit} more"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "mineral"), counted(0, "mineral"), counted(2, "country", "countries")
    ('1 mineral', 'no mineral', '2 countries')
    """
    if number == 0:
        return f"no {singular}"
    return f"{number} {singular if number == 1 else plural or singular + 's'}"


def possessive(name: str) -> str:
    """The possessive form of a name.

    >>> possessive("Japan"), possessive("United States")
    ("Japan's", "United States'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def short(region: Region) -> str:
    """The name of an economy without a remark in brackets.

    >>> short(Region("EU27", "European Union (27 members since 2020)", ()))
    'European Union'
    """
    return region.name.split(" (")[0]


def name_in_sentence(region: Region) -> str:
    """The name of an economy inside a sentence.

    >>> name_in_sentence(Region("EU27", "European Union (27 members since 2020)", ()))
    'the European Union'
    """
    return the(short(region))


def lower_first(name: str) -> str:
    """A mineral's name inside a sentence.

    >>> lower_first("Rare earths")
    'rare earths'
    """
    return name[:1].lower() + name[1:]
