"""A report collected from the rooms below: their answers for one importer, its partners, its minerals and one year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import polars as pl

from sogdia.brief.report import Report
from sogdia.claims import claims, importers
from sogdia.codes import Region
from sogdia.corridors import Access, partner_access
from sogdia.data import Mineral, Store
from sogdia.data.coverage import products_without_code
from sogdia.data.events import restriction_events
from sogdia.data.evidence_counts import evidence_counts
from sogdia.data.minerals import without_fuels
from sogdia.data.repair import report as quality_of_trade
from sogdia.data.reserves import reserves_of
from sogdia.errors import NoAnswerError
from sogdia.exposure import (
    TracedOrigin,
    expose_importer,
    history,
    largest_suppliers,
    partner_supply,
    traced_origin,
)
from sogdia.exposure.trade_codes import check_codes
from sogdia.hindcast import Hindcast, run
from sogdia.hindcast.modes import CONDITIONAL
from sogdia.network import embedded_corridors, embedded_shipments
from sogdia.progress import Progress
from sogdia.scenarios.beside import beside
from sogdia.shock.supplier_loss import supplier_losses
from sogdia.shock.visible_trade import visible_minerals
from sogdia.stakes import Stakes
from sogdia.stakes import stakes as stakes_of
from sogdia.stakes.assess import materials


def collect(
    store: Store,
    importer: Region,
    partners: Sequence[Region],
    minerals: Sequence[Mineral],
    year: int,
    *,
    every_mineral: bool = False,
    with_hindcast: bool = True,
    progress: Progress = lambda _: None,
) -> Report:
    """Ask every room once and put the answers together. progress: called with the name of each step.

    every_mineral: take the partners' supply and main shipments of any mineral, not only of those of the report.
    with_hindcast: judge the model by the documented events, which does not depend on the importer.
    """
    if not minerals:
        raise NoAnswerError("a report needs at least one mineral: name some, or none for all of them.")
    check_codes(minerals, year, None)
    keys = tuple(mineral.key for mineral in minerals)
    members = tuple(member for partner in partners for member in partner.members)
    apart = Apart(store, importer, members, None if every_mineral else keys, with_hindcast)
    with asked(apart) as other:
        progress("exposure")
        now = expose_importer(store, importer, minerals, year, every_product=every_mineral)
        progress("history")
        then = history(store, importer, minerals)
        progress("origin")
        traced, untraced = origins(store, importer, minerals, year)
        progress("partners")
        supplied = without_fuels(store.minerals.values()) if every_mineral else minerals
        supply = partner_supply(store, importer, partners, supplied, year)
        progress("loss of each main supplier")
        visible = visible_minerals(store, importer, minerals, year)
        losses = supplier_losses(store, importer, visible, year, products_of=None if every_mineral else minerals)
        stakes = users(importer, keys)
        checked = claims(store) if every_mineral and importers() & set(importer.members) else None
        progress("hindcast and corridors" if with_hindcast else "corridors")
        hindcast, corridors = other()
    documented = store.scan("restriction_events").collect()
    return Report(
        importer=importer,
        partners=tuple(partners),
        year=year,
        minerals=tuple(minerals),
        exposure=now,
        history=then,
        leaders=largest_suppliers(then),
        partner_supply=supply,
        traced=traced,
        untraced=untraced,
        reserves=reserves_of(store, members),
        projects=store.scan("projects").filter(pl.col("country").is_in(members)).collect(),
        events=documented.filter(pl.col("mineral").is_in(keys)),
        quality=quality_of_trade(store, sorted({code for mineral in minerals for code in mineral.hs6()}), [year]),
        losses=losses,
        hindcast=hindcast,
        documented=documented,
        corridors=corridors,
        unseen=products_without_code(store, keys),
        stakes=stakes,
        claims=checked,
        evidence=evidence_counts(store),
    )


@dataclass(frozen=True, slots=True)
class Apart:
    """What the report asks that rests on nothing else in it. exporters: the partners' members, () without partners;
    minerals: keys, shipments of these only, None for any; with_hindcast: see `collect`.
    """

    store: Store
    importer: Region
    exporters: tuple[str, ...]
    minerals: tuple[str, ...] | None
    with_hindcast: bool

    def answers(self) -> tuple[Hindcast | None, Access | None]:
        """The hindcast and the corridors."""
        hindcast = first_years(self.store) if self.with_hindcast else None
        if not self.exporters:
            return hindcast, None
        found = access(self.importer, self.exporters, self.minerals)
        for way in found.ways:  # worked out here, beside the rest of the report, and carried by the answer
            _ = way.upgrades, way.states
        return hindcast, found


@contextmanager
def asked(apart: Apart) -> Iterator[Callable[[], tuple[Hindcast | None, Access | None]]]:
    """The answers of a whole report by a second process; those of a smaller one by this, which is quicker then.

    The other process opens the store by itself: where files have come or gone since, this one answers.
    """
    if not (apart.with_hindcast and apart.minerals is None):
        yield apart.answers
        return
    with beside(answers_and_state, apart) as other:

        def same() -> tuple[Hindcast | None, Access | None]:
            made, state = other()
            return made if state == state_of(apart.store) else apart.answers()

        yield same


def answers_and_state(apart: Apart) -> tuple[tuple[Hindcast | None, Access | None], tuple[str, ...]]:
    """The answers, and the files of the store that they rest on."""
    return apart.answers(), state_of(apart.store)


def state_of(store: Store) -> tuple[str, ...]:
    """The files in force, by their hashes."""
    return tuple(file.entry.sha256 for file in store.files)


def origins(
    store: Store, importer: Region, minerals: Sequence[Mineral], year: int
) -> tuple[dict[str, TracedOrigin], dict[str, str]]:
    """By mineral key: where the ore was mined; and for the other minerals why that is not known."""
    traced: dict[str, TracedOrigin] = {}
    untraced: dict[str, str] = {}
    for mineral in minerals:
        try:
            traced[mineral.key] = traced_origin(store, importer, mineral, year)
        except NoAnswerError as reason:
            untraced[mineral.key] = str(reason)
    return traced, untraced


def users(importer: Region, minerals: Sequence[str]) -> Stakes | None:
    """Who uses the minerals; None where the importer is in no input-output table, or no uses are known."""
    known = [name for name in materials(importer) if name in minerals]
    try:
        return stakes_of(importer, known) if known else None
    except NoAnswerError:
        return None


def first_years(store: Store) -> Hindcast:
    """The hindcast that the report shows: of every documented event the first year, given what was shipped."""
    return run(store, restriction_events(store), modes=(CONDITIONAL,), years_after=1)


def access(importer: Region, exporters: Sequence[str], minerals: Sequence[str] | None) -> Access:
    """How the exporters' main mines reach the importer. minerals: keys, shipments of these only, None for any."""
    return partner_access(embedded_corridors(), embedded_shipments(), exporters, importer.members, minerals=minerals)
