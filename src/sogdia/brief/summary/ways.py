"""The corridor: the map of the ways to the importer, and the main one with and without its transit country."""

from __future__ import annotations

from collections import Counter

from sogdia.brief.summary.cited import Cited, Wording, Written, capital
from sogdia.brief.summary.corridor_map import draw_ways
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.figures import band, count, number
from sogdia.brief.summary.partner_evidence import PartnerEvidence
from sogdia.brief.summary.parts import Drawing, Sentences, SummaryBlock
from sogdia.brief.summary.place_words import place
from sogdia.corridors import Access, Routes
from sogdia.corridors.access import Way
from sogdia.corridors.measure import Route

WAYS = "ways"
Seen = SummaryEvidence | PartnerEvidence
"""Evidence of either side."""


def way_blocks(evidence: Seen, say: Wording) -> tuple[SummaryBlock, ...]:
    """The map with two sentences; one sentence where no way is known; nothing without partners."""
    if not evidence.partners:
        return ()
    access = evidence.corridors
    if access is None or not access.ways:
        return (Sentences("ways-words", (say("summary.ways.none", importer=say.country(evidence.importer.key)),)),)
    main = main_way(evidence, access)
    wide, narrow, marks = draw_ways(access.ways, main, say)
    caption = _caption(evidence, access, say)
    drawing = Drawing("ways", caption, say.plain("summary.ways.alt"), wide, narrow, marks)
    return (drawing, Sentences("ways-words", (main_words(main, say),)))


def main_way(evidence: Seen, access: Access) -> Way:
    """The way of what the plan supports abroad, else the first."""
    plan = evidence.plan
    wanted = {row["country"] for row in plan["chosen"] if row["country"]} if plan else set()
    return next((way for way in access.ways if way.shipment.country in wanted), access.ways[0])


def _caption(evidence: Seen, access: Access, say: Wording) -> Written:
    """How many of the best ways pass the country that most of them pass."""
    crossed = [set(way.routes.best.route.countries[1:-1]) - set(evidence.importer.members) for way in access.ways]
    counts = Counter(code for countries in crossed for code in sorted(countries))
    ids = access.ways[0].routes.sources()
    shown = count(say, len(access.ways), ids, WAYS)
    if not counts:
        return say("summary.ways.direct", n=shown)
    most = sorted(counts, key=lambda code: (-counts[code], code))[0]
    through = Cited(say.catalogue.numerals.count(counts[most]), ids, WAYS)
    return say("summary.ways.caption", through=through, n=shown, country=say.country(most))


def main_words(way: Way, say: Wording) -> Written:
    """Cost and time of the main way, and what remains without the country that has most of it."""
    routes, ids = way.routes, way.routes.sources()
    best = routes.best.route
    said = say(
        "summary.ways.main",
        cargo=say.bought(way.shipment.mineral, way.shipment.stage),
        origin=place(say, routes.corridors, routes.origin), port=place(say, routes.corridors, routes.destination),
        cost=number(say, best.cost_usd_per_t.central, ids, WAYS),
        range=band(say, best.cost_usd_per_t.low, best.cost_usd_per_t.high, ids, WAYS),
        days=count(say, round(best.days.central), ids, WAYS),
    )  # fmt: skip
    return capital((*said, *_without(routes, say, ids)))


def _without(routes: Routes, say: Wording, ids: tuple[str, ...]) -> Written:
    main = routes.without_main_country
    if main is None:
        return ()
    country = say.country(main.name)
    if main.best is None:
        return (say.gap, *say("summary.ways.no_other", country=country))
    return (
        say.gap,
        *say(
            "summary.ways.without", country=country, through=_through(main.best, say),
            cost=number(say, main.best.cost_usd_per_t.central, ids, WAYS),
            days=count(say, round(main.best.days.central), ids, WAYS),
        ),
    )  # fmt: skip


def _through(route: Route, say: Wording) -> str:
    """The transit countries of a route, or that it has none."""
    crossed = [say.country(code) for code in route.countries[1:-1]]
    return say.listed(crossed) if crossed else say.plain("summary.ways.direct_way")
