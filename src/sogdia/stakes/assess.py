"""The stakes of an importer in minerals: uses, industries, economic importance, and the money of one shock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from sogdia.answer import each_once
from sogdia.codes import Region
from sogdia.errors import NoAnswerError
from sogdia.stakes.accounts import EconomyAccount, economy_account
from sogdia.stakes.answer import Stakes, UseAtStake
from sogdia.stakes.end_use import UseGroup, default_groups, group_of_product
from sogdia.stakes.exposed_part import parts_of
from sogdia.stakes.figures import IncomeAtStake, ShockFigures
from sogdia.stakes.importance import Importance, importances
from sogdia.stakes.income import national_loss, split
from sogdia.stakes.output_loss import LostOutput, lost_output
from sogdia.stakes.price_rise import national_price_rises
from sogdia.stakes.published import PublishedLoss, studies_of
from sogdia.uncertain import Band

INCOME = (
    "The loss is income, not GDP: what users pay more for what they still buy, and what they forgo. A dearer import "
    "has no first-order effect on real GDP."
)
NEVER_ADDED = "Losses of separate shocks are never to be added: minerals share causes, users and substitutes."
RANKS = "Economic importance by the European Commission's method: read ranks, not levels."
VALUE_ADDED = (
    "Value added is of 2022, and what industries do not spend on inputs from 80 countries: it holds inputs from "
    "elsewhere and taxes on products too."
)
UPPER_RANGE = (
    "Lost output is an upper range at worst, not a forecast: it spans orders of magnitude and rests on one assumed "
    "number, how little the mineral can be replaced (elasticity 0.05 to 0.5). It is not added to the loss of users, "
    "which already holds what industries downstream lose."
)


def stakes(
    importer: Region, names: Sequence[str] | None = None, *, shock: ShockFigures | None = None, lost: bool = False
) -> Stakes:
    """What an importer has at stake in materials, by mineral key or name of a material; None for all.

    shock: the figures of one shock to the one material named. lost: give the upper range of lost output too.
    NoAnswerError where the importer is in no input-output table, or a material has no end uses.
    """
    economy = economy_account(importer)
    groups = _groups(importer, names, shock)
    if not groups:
        raise NoAnswerError("No material is asked about: name some, or none for all of them.")
    ranked = importances(economy, importer)
    income = None if shock is None else _income(shock)
    rows = tuple(
        row for group in groups for row in _rows(group, economy, ranked, None if shock is None else shock.loss_musd)
    )
    rises = _rises(rows, economy) if shock else {}
    output = _lost(rows, groups[0], economy, importer, shock) if shock and lost else ()
    studies = _studies(importer, groups)
    return Stakes(
        importer=importer, year=shock.year if shock else None, scenario=shock.scenario if shock else None, rows=rows,
        importances=tuple(i for i in ranked.values() if i.name in {group.name for group in groups}), income=income,
        price_rises=rises, lost_output=output, studies=studies, value_added_musd=economy.value_added_musd,
        sector_value_added_musd={code: account.value_added_musd for code, account in economy.industries.items()},
        notes=_notes(rows, economy, shock, bool(output), lost), source_ids=_sources(rows, economy, shock, output),
    )  # fmt: skip


def materials(importer: Region) -> tuple[str, ...]:
    """Mineral keys and names of the materials whose end uses are known."""
    return tuple(default_groups(importer))


def _groups(importer: Region, names: Sequence[str] | None, shock: ShockFigures | None) -> list[UseGroup]:
    """The groups of uses asked about; with a shock to a product that product's own."""
    groups = default_groups(importer)
    if shock is not None and shock.product is not None:
        own = group_of_product(shock.product, importer)
        if own is not None:
            return [own]
    wanted = list(groups) if names is None else list(names)
    without = [name for name in wanted if name not in groups]
    if without:
        raise NoAnswerError(
            f"The end uses of {', '.join(without)} are not in the tables, so that no industry can be named. Known: "
            f"{', '.join(sorted(groups))}."
        )
    return [groups[name] for name in wanted]


def _rows(
    group: UseGroup, economy: EconomyAccount, ranked: Mapping[str, Importance], loss: Band | None
) -> list[UseAtStake]:
    """One row for each use of a group; those of the largest share first."""
    losses = [None] * len(group.uses) if loss is None else list(split(loss, group.uses))
    known = ranked.get(group.name)
    made = []
    for use, money in zip(group.uses, losses, strict=True):
        account = economy.industries.get(use.sector)
        active = account if account is not None and account.active else None
        added = active.value_added_musd if active else None
        central = None if money is None else money.central
        made.append(
            UseAtStake(
                mineral=group.name, product=group.product, use=use,
                income_loss_musd=money, sector_value_added_musd=added,
                share_of_sector_value_added=None if central is None or not added else central / added,
                sector_share_of_economy=None if added is None else added / economy.value_added_musd,
                economic_importance=None if known is None else known.value,
                sector_mineral_inputs=active.mineral_inputs if active else None,
                sector_imported_mineral_inputs=active.imported_mineral_inputs if active else None,
            )
        )  # fmt: skip
    return sorted(made, key=lambda row: -row.use.share.central)


def _income(shock: ShockFigures) -> IncomeAtStake:
    """The money of a shock in its parts."""
    central, gain = shock.loss_musd.central, shock.producers_gain_musd
    forgone = None if central is None or shock.transfer_musd is None else central - shock.transfer_musd
    national = None if gain is None else national_loss(shock.loss_musd, gain)
    return IncomeAtStake(shock.loss_musd, shock.transfer_musd, forgone, gain, national)


def _rises(rows: Sequence[UseAtStake], economy: EconomyAccount) -> dict[str, float]:
    """The rise of industries' prices when the central loss is put on the first users as cost."""
    cost: dict[str, list[float]] = {}
    for row in rows:
        if row.income_loss_musd is not None and row.income_loss_musd.central is not None:
            cost.setdefault(row.use.sector, []).append(row.income_loss_musd.central)
    return national_price_rises(economy, {sector: fsum(money) for sector, money in cost.items()})


def _lost(
    rows: Sequence[UseAtStake], group: UseGroup, economy: EconomyAccount, importer: Region, shock: ShockFigures
) -> tuple[LostOutput, ...]:
    """The upper range of lost output in every sector whose dependent part is in the tables.

    What a sector pays for the mineral is its share of what users paid in the base year.
    """
    if shock.base_value_musd is None or shock.use.central is None:
        return ()
    found = []
    for part in parts_of(group.name, importer):
        account = economy.industries.get(part.sector)
        share = fsum(r.use.share.central for r in rows if part.sector in (r.use.sector, r.use.final_industry))
        if account is None or not account.active or not share:
            continue
        money = lost_output(
            part, share * shock.base_value_musd, account.gross_output_musd, account.value_added_musd, shock.use.central
        )
        if money is not None:
            found.append(LostOutput(part.sector, group.name, part, shock.use.central, money))
    return tuple(found)


def _studies(importer: Region, groups: Sequence[UseGroup]) -> tuple[PublishedLoss, ...]:
    """The published losses of the importer in the materials asked about."""
    names = {group.name for group in groups}
    return tuple(study for study in studies_of(importer.key) if study.mineral in names)


def _notes(
    rows: Sequence[UseAtStake], economy: EconomyAccount, shock: ShockFigures | None, output: bool, asked: bool
) -> tuple[str, ...]:
    """What a reader has to know."""
    assumed = sum(row.use.evidence == "assumed" for row in rows)
    notes = [RANKS, VALUE_ADDED]
    if assumed:
        notes.append(
            f"{assumed} of {len(rows)} shares of use are assumed, from general knowledge of the field, and have ranges."
        )
    if economy.missing:
        notes.append(f"Not in the input-output table, and left out: {', '.join(economy.missing)}.")
    if shock is None:
        return tuple(notes)
    notes = [INCOME, NEVER_ADDED, *([shock.producers_note] if shock.producers_note else []), *notes]
    if output:
        notes.append(UPPER_RANGE)
    elif asked:
        notes.append(
            "No lost output is given: the tables know no part of a sector that depends on it for this importer, or the "
            "price is beyond the model's range."
        )
    return (*notes, *shock.notes)


def _sources(
    rows: Sequence[UseAtStake], economy: EconomyAccount, shock: ShockFigures | None, output: Sequence[LostOutput]
) -> tuple[str, ...]:
    return each_once(
        *(row.use.source_ids for row in rows), economy.source_ids, shock.source_ids if shock else (),
        *(lost.part.source_ids for lost in output),
    )  # fmt: skip
