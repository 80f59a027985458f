"""The third of the three lines: what the plan does together, at home and in stocks, each kind by its own word.

A plan of new works and stocks alone has a sentence of its own; one with contracts, corridors, scrap or hardening counts
its projects by kind and place.
"""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.brief.summary.cited import Wording, Written, capital, joined
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.figures import count
from sogdia.brief.summary.project_words import STOCK, SUPPLY, Row, at_home, kind_of
from sogdia.brief.summary.ranked_plan import PLAN, chosen, plan_ids, saves_more
from sogdia.plan.for_report import UNANSWERED

ANY = "any"
MOST_KINDS = 2
"""Kinds in one place that are told apart; more are projects."""


def together_line(evidence: SummaryEvidence, say: Wording) -> Written:
    """The third of the three lines."""
    plan = evidence.plan
    if plan is None:
        return say(f"summary.together.{evidence.no_plan or UNANSWERED}")
    rows = chosen(plan)
    if not rows:
        weighed = "nothing" if evidence.weighed_abroad else "nothing_weighed"
        return say(f"summary.together.{weighed}", importer=say.country(evidence.importer.key))
    members = evidence.importer.members
    stocks = [row for row in rows if kind_of(row) == STOCK]
    partners = [row for row in rows if kind_of(row) != STOCK and not at_home(row, members)]
    plain = len(stocks) + len(partners) == len(rows) and all(kind_of(row) == SUPPLY for row in partners)
    pays = "profit" if saves_more(plan) else "insurance"
    said = _works_and_stocks if plain else _by_kind
    return said(evidence, say, rows, pays)


def _works_and_stocks(evidence: SummaryEvidence, say: Wording, rows: Sequence[Row], pays: str) -> Written:
    """New works of partners, stocks, or both."""
    stocks = [row for row in rows if kind_of(row) == STOCK]
    partners = [row for row in rows if kind_of(row) != STOCK]
    stocked, backed = _number(evidence, say, stocks), _number(evidence, say, partners)
    if not partners:
        if not evidence.weighed_abroad:
            return say(f"summary.together.stocks_unweighed_{pays}", n=stocked)
        return say(f"summary.together.stocks_{pays}", n=stocked, importer=say.country(evidence.importer.key))
    places = _countries(say, partners)
    if len(partners) == 1:
        said = {"market": say.market(partners[0]["market"]), "country": places}
        if not stocks:
            return capital(say(f"summary.together.one_{pays}", **said))
        return capital(say(f"summary.together.one_and_stocks_{pays}", n=stocked, **said))
    if not stocks:
        return say(f"summary.together.several_{pays}", n=backed, countries=places)
    return say(f"summary.together.several_and_stocks_{pays}", projects=backed, countries=places, n=stocked)


def _by_kind(evidence: SummaryEvidence, say: Wording, rows: Sequence[Row], pays: str) -> Written:
    """Any other plan: so many of each kind, where they stand."""
    members = evidence.importer.members
    stocks = [row for row in rows if kind_of(row) == STOCK]
    others = [row for row in rows if kind_of(row) != STOCK]
    partners = [row for row in others if not at_home(row, members)]
    home = [row for row in others if at_home(row, members)]
    parts = [
        say("summary.together.placed", what=_counted(evidence, say, kind, alike), countries=_countries(say, alike))
        for kind, alike in _kinds(partners)
    ]
    parts += [
        say("summary.together.at_home", what=_counted(evidence, say, kind, alike)) for kind, alike in _kinds(home)
    ]
    parts += [_counted(evidence, say, STOCK, stocks)] if stocks else []
    tail: Written = ()
    if not partners:
        why = "none_abroad" if evidence.weighed_abroad else "none_weighed"
        slots = {"importer": say.country(evidence.importer.key)} if evidence.weighed_abroad else {}
        tail = say(f"summary.together.{why}", **slots)
    between = (say.plain("summary.together.between"),)
    what = joined(piece for at, part in enumerate(parts) for piece in (() if at == 0 else (between,)) + (part,))
    return capital((*say(f"summary.together.kinds_{pays}", what=what), *tail))


def _kinds(rows: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """The rows by kind, in the order in which the kinds first come; all as one where there are many kinds."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(kind_of(row), []).append(row)
    return list(found.items()) if len(found) <= MOST_KINDS else [(ANY, list(rows))]


def _counted(evidence: SummaryEvidence, say: Wording, kind: str, rows: Sequence[Row]) -> Written:
    key = f"summary.counted.{kind}"
    return say(key if key in say.catalogue else f"summary.counted.{ANY}", n=_number(evidence, say, rows))


def _number(evidence: SummaryEvidence, say: Wording, rows: Sequence[Row]) -> object:
    return count(say, len(rows), plan_ids(evidence.plan or {}), PLAN)


def _countries(say: Wording, rows: Sequence[Row]) -> str:
    return say.listed(dict.fromkeys(say.country(row["country"]) for row in rows))
