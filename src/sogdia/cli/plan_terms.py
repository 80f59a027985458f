"""Options that name a number each, KAZ=50, as mappings."""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.errors import wrong_argument


def amounts(keyword: str, given: Sequence[str] | None) -> dict[str, float] | None:
    """NAME=NUMBER, repeated or several with commas between.

    >>> amounts("floors", ["KAZ=50", "UZB=10,KGZ=5"])
    {'KAZ': 50.0, 'UZB': 10.0, 'KGZ': 5.0}
    """
    found = {}
    for part in (part for text in given or () for part in text.split(",")):
        name, equals, number = part.partition("=")
        if not (equals and name.strip()):
            raise wrong_argument(keyword, "it is a name, an equals sign and a number", "Write e.g. KAZ=50.", part)
        found[name.strip()] = number_of(keyword, number)
    return found or None


def shares(keyword: str, given: Sequence[str] | None) -> float | dict[str, float] | None:
    """One share for all, or NAME=SHARE, repeated; 50% is 0.5.

    >>> shares("dependence", ["50%"]), shares("dependence", ["graphite=0.8"])
    (0.5, {'graphite': 0.8})
    """
    if not given:
        return None
    plain = [text for text in given if "=" not in text]
    if not plain:
        return amounts(keyword, given)
    if len(given) > 1:
        rule = "it is one share for all markets, or shares by market"
        raise wrong_argument(keyword, rule, "Write 0.5, or graphite=0.8.", " ".join(given))
    return number_of(keyword, plain[0])


def number_of(keyword: str, text: str) -> float:
    """A number, or a percentage as a share."""
    whole = text.strip()
    try:
        return float(whole[:-1]) / 100.0 if whole.endswith("%") else float(whole)
    except ValueError:
        raise wrong_argument(keyword, "it is a number", "Write e.g. KAZ=50, or 50%.", text) from None
