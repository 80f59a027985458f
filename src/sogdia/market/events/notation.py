"""The notation of events becomes events: the same text from the command line, Python, a scenario file or a web page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sogdia.codes import country_named
from sogdia.errors import InputError, did_you_mean, renamed, wrong_argument
from sogdia.market.events.at_stage import AtStage
from sogdia.market.events.clause import read_clause
from sogdia.market.events.effects import Event
from sogdia.market.events.registry import EventOption, options

Texts = str | Sequence[str]
"""One text, or several."""


def read_event(option: EventOption, text: str) -> Event:
    """The event that a text says under an option; InputError naming the option."""
    clause = read_clause(
        text, option.name, number=option.number, destinations=option.destinations, percent=option.percent
    )
    try:
        event = option.make(clause)
        return event if clause.stage is None else AtStage(event, clause.stage)
    except InputError as error:
        fields = {fault.file: option.name for fault in error.faults}
        raise renamed(error, fields) from None


def read_events(texts: Mapping[str, Texts | None]) -> tuple[Event, ...]:
    """The events of several options, by name of the option, in the order of the registry; None says nothing."""
    return tuple(
        read_event(option, one)
        for option in options()
        for text in listed(texts.get(option.name), option.name)
        for one in separated(text, number=option.number)
    )


def separated(text: str, *, number: bool = True) -> tuple[str, ...]:
    """The clauses of a text with commas between them. Commas behind a colon stand between buyers.

    >>> separated("CHN=0.4,RUS=10%"), separated("CHN,RUS", number=False), separated("CHN:JPN,USA=0.4")
    (('CHN=0.4', 'RUS=10%'), ('CHN', 'RUS'), ('CHN:JPN,USA=0.4',))
    """
    parts = text.split(",")
    place = text.partition("=")[0]
    whole = ":" in text or len(parts) == 1 or ("," in place and country_named(place) is not None)
    return (text,) if whole or (number and not all("=" in part for part in parts)) else tuple(map(str.strip, parts))


def read_stocks(texts: Texts | None) -> dict[str, float]:
    """Days of use held in stock by country, from JPN=60."""
    days: dict[str, float] = {}
    for text in (one for several in listed(texts, "stock") for one in separated(several)):
        clause = read_clause(text, "stock", destinations=False)
        country = clause.country
        if clause.stage is not None:
            raise wrong_argument("stock", "a stock is the same at every stage", f"Leave out @{clause.stage}.", text)
        if country in days:
            raise wrong_argument("stock", f"the stock of {country} is given twice", "Keep one of them.", text)
        days[country] = clause.number
    return days


def read_years(text: str) -> tuple[int, ...]:
    """A span of base years.

    >>> read_years("2006-2008"), read_years("2009")
    ((2006, 2007, 2008), (2009,))
    """
    first, dash, end = text.partition("-")
    last = end if dash else first
    if not first.isdecimal() or not last.isdecimal() or int(first) > int(last):
        raise wrong_argument("base_years", "a span of years", "Write 2006-2008.", text)
    return tuple(range(int(first), int(last) + 1))


def listed(texts: Texts | None, name: str) -> tuple[str, ...]:
    """One text or several, as a tuple; InputError naming the option where there is anything else."""
    several = (texts,) if isinstance(texts, str) else () if texts is None else texts
    if not isinstance(several, list | tuple) or not all(isinstance(text, str) for text in several):
        raise wrong_argument(name, "it is written as text, or as a list of texts", "E.g. CHN=0.4.", texts)
    return tuple(several)


def require_options(names: Iterable[str], others: Iterable[str], call: str) -> None:
    """TypeError, as Python's own, for a keyword that is neither an option of an event nor one of the others."""
    known = {option.name for option in options()} | set(others)
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known)
            raise TypeError(f"{call}() got an unexpected keyword argument {name!r}. {hint}".rstrip())
