"""Outbursts of glacial lakes: hits a year on a link below a basin's lakes, and the days that a hit closes it."""

from __future__ import annotations

from dataclasses import replace

from sogdia.answer import each_once
from sogdia.data import Store
from sogdia.data.provenance import OWN_HAZARDS
from sogdia.hazards.actions import packaged_actions, times
from sogdia.hazards.climate import outburst_factor
from sogdia.hazards.kind import HazardAction, HazardGap, HazardKind
from sogdia.hazards.options import TODAY_C, FlowPath, HazardOptions
from sogdia.hazards.outage import Outage
from sogdia.hazards.outburst.basins import BasinLink, basin_links, basin_named, closures
from sogdia.hazards.outburst.reach import by_angle, by_distance
from sogdia.network.records import LAND_MODES, Link, Network
from sogdia.tabular.evidence import Evidence, weakest
from sogdia.uncertain import Range

NAME = "outburst"


def outages(network: Network, store: Store, options: HazardOptions) -> tuple[Outage, ...]:
    """Floods of every basin. A flood that reaches the far links of a basin has passed the near ones: so the links that
    are hit less often are hit together with those that are hit more often.

    Events of one basin: each number of its links, most often hit first, with the rate at which just these are hit. Low
    and high are the links' own ends in the same proportion.
    """
    made: list[Outage] = []
    whole = by_link(network, options)
    for cause in dict.fromkeys(outage.cause for outage in whole):
        links = sorted((o for o in whole if o.cause == cause), key=lambda o: (-o.rate_per_year.central, o.target))
        rates = [outage.rate_per_year.central for outage in links]
        for count, rate in enumerate(rates, start=1):
            alone = rate - (rates[count] if count < len(rates) else 0.0)
            if alone > 0:
                name = f"{cause}:{count}"
                made += [
                    replace(link, rate_per_year=_part(link.rate_per_year, alone), event_id=name)
                    for link in links[:count]
                ]
    return tuple(made)


def _part(whole: Range, rate: float) -> Range:
    share = rate / whole.central
    return Range(whole.low * share, rate, whole.high * share)


def by_link(network: Network, options: HazardOptions) -> tuple[Outage, ...]:
    """One outage for each known pair of a basin and a link; a user's own flow paths replace ours pair by pair."""
    links = {link.id: link for link in network.links if link.mode in closures()}
    own = {(basin_named(path.basin).basin, network.link(path.link).id): path for path in options.flow_paths}
    ours = [
        _outage(row, links[row.link], _hits(row), row.source_ids, row.evidence, row.note, options)
        for row in basin_links()
        if row.link in links and (row.basin, row.link) not in own
    ]
    theirs = [
        _of_path(basin_named(basin), links[link], path, options) for (basin, link), path in own.items() if link in links
    ]
    return (*ours, *theirs)


def of_targets(network: Network, store: Store, options: HazardOptions, targets: frozenset[str]) -> tuple[Outage, ...]:
    """One outage for each basin above these links."""
    return tuple(outage for outage in by_link(network, options) if outage.target in targets)


def _hits(row: BasinLink) -> Range:
    """Hits a year: basin rate x share reaching. Low: by the smaller share of the two groups of events; high: the larger
    of this and of the estimate by record.
    """
    reach = by_distance(row.km).share
    low = row.events_per_year * min(reach.low, row.share)
    return Range(
        min(low, row.hits_per_year, row.hits_by_record), row.hits_per_year, max(row.hits_per_year, row.hits_by_record)
    )


def _of_path(row: BasinLink, link: Link, path: FlowPath, options: HazardOptions) -> Outage:
    reach = by_distance(path.km) if path.drop_m is None else by_angle(path.km, path.drop_m)
    hits = Range(*(row.events_per_year * end for end in (reach.share.low, reach.share.central, reach.share.high)))
    fall = "" if path.drop_m is None else f", {path.drop_m:g} m of fall"
    note = f"own flow path of {path.km:g} km{fall}; basin rate {row.events_per_year:g} a year"
    return _outage(
        row, link, hits, each_once(row.source_ids, reach.source_ids, (OWN_HAZARDS,)), "assumed", note, options
    )


def _outage(
    row: BasinLink, link: Link, hits: Range, source_ids: tuple[str, ...], evidence: Evidence, note: str,
    options: HazardOptions,
) -> Outage:  # fmt: skip
    closure = closures()[link.mode]
    days, behind = closure.days, [(evidence, source_ids), (closure.evidence, closure.source_ids)]
    if options.warming_c > TODAY_C:
        factor, rows = outburst_factor(options.warming_c)
        hits = times(hits, factor)
        behind += [(figure.evidence, figure.source_ids) for figure in rows]
    for action in packaged_actions(NAME):
        if action.name in options.actions:
            hits, days = times(hits, action.rate_factor), times(days, action.days_factor)
            behind.append((action.evidence, action.source_ids))
    return Outage(
        NAME, f"outburst of lakes of {row.name}", "link", link.id, hits, days,
        weakest(*(level for level, _ in behind)), each_once(*(ids for _, ids in behind)), None, note,
    )  # fmt: skip


def gaps(network: Network, store: Store, options: HazardOptions) -> tuple[HazardGap, ...]:
    """Every other link on land and every place: no lake, path or distance above it is known, which is not none."""
    known = {outage.target for outage in by_link(network, options)}
    links = (
        HazardGap(NAME, "link", link.id, "unknown", "no lake, flow path or distance above it is known; give your own")
        if link.mode in LAND_MODES
        else HazardGap(NAME, "link", link.id, "none", "no flood from a lake reaches a ship at sea")
        for link in network.links
        if link.id not in known
    )
    places = (
        HazardGap(NAME, "place", place.id, "unknown", "no lake, flow path or distance above it is known")
        for place in network.places
    )
    return (*places, *links)


def actions() -> tuple[HazardAction, ...]:
    """Drainage and early warning."""
    return packaged_actions(NAME)


KIND = HazardKind(NAME, "Glacial-lake outburst", 20, outages, gaps, actions, of_targets)
