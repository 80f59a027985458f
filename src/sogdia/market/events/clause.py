"""A clause is one line of the notation of events: PLACE=NUMBER, PLACE:BUYER,BUYER=NUMBER, and @STAGE behind either.

CHN=0.4                     a place and a number
CHN:JPN,USA=0.4             for these buyers alone
CHN=40%, ZAF=-20%           a percentage; with a sign, a change
CHN=0.4@compound            at one stage of a chain
CHN:JPN                     where no number belongs to it
WORLD=1.1                   everybody, where several countries may stand
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sogdia.errors import wrong_argument
from sogdia.market.places import all_countries, one_country

EVERYBODY = "WORLD"
Percent = Literal["no", "part", "loss", "level"]
"""What a percentage means for an event: nothing; a part of a whole; a part that is lost, so that -40% is 0.4; a level
relative to base, so that -20% is 0.8 and +20% is 1.2.
"""


@dataclass(frozen=True, slots=True)
class Clause:
    """place: as written. destinations: ISO codes of the buyers named, empty for all. number: 1 where none belongs to
    the clause. stage: None where none is named.
    """

    place: str
    destinations: tuple[str, ...]
    number: float
    stage: str | None

    @property
    def country(self) -> str:
        """ISO code of the place; UnknownNameError for a region."""
        return one_country(self.place)

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO codes of the place and of a region's members; empty for everybody."""
        return () if self.place.upper() == EVERYBODY else all_countries([self.place])


def read_clause(
    text: str, name: str, *, number: bool = True, destinations: bool = True, percent: Percent = "no"
) -> Clause:
    """A clause from its text. name: what to call it in an error; number, destinations: whether they belong to it;
    percent: what a percentage means.
    """
    words, at, stage = text.partition("@")
    place, value = words, "1"
    if number:
        place, _, value = words.partition("=")
    place, colon, listed = (part.strip() for part in place.partition(":"))
    figure = _figure(value, percent, text, name)
    if colon and not destinations:
        rule = "output, demand and stocks are a country's own, whoever it trades with"
        raise wrong_argument(name, rule, f"Leave out :{listed}.", text)
    buyers = [buyer.strip() for buyer in listed.split(",")] if colon else []
    if not all(buyers):
        raise wrong_argument(name, "buyers are named after the colon", "Write CHN:JPN,USA, or CHN for all.", text)
    return Clause(place, all_countries(buyers), figure, stage.strip().casefold() if at else None)


def _figure(value: str, percent: Percent, text: str, name: str) -> float:
    """The number of a clause, plain or as a percentage."""
    per_cent = value.strip().endswith("%")
    try:
        figure = float(value.strip().removesuffix("%").replace("\u2212", "-"))
    except ValueError:
        remedy = "E.g. CHN=0.4." if percent == "no" else "E.g. CHN=0.4 or CHN=40%."
        raise wrong_argument(name, "write PLACE=NUMBER", remedy, text) from None
    if not per_cent:
        return figure
    if percent == "no":
        raise wrong_argument(name, "no percentage has a meaning here", "Write the amount itself.", text)
    signed = value.strip()[0] in "+-\u2212"
    if percent == "level":
        return (100.0 + figure) / 100.0 if signed else figure / 100.0
    return (-figure if signed and percent == "loss" else figure) / 100.0
