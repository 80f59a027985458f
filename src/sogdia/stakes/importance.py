"""Economic importance by the European Commission's method, for any country or region of the input-output table.

    EI = 10 SI sum_u a_u Q_d(u) / max_d Q_d

a_u   share of use u in the material's uses        Q_d   value added of manufacturing division d of NACE
d(u)  division whose product the use ends in; where that is no manufacturing, the one that buys the material first;
      a use without either adds nothing            SI    substitution index of the Commission, at most 1

Ranks are meant to be read, not levels: the Commission takes finer sectors and shares of its own. SI is that of the
Commission; where it gives none, 1 is taken, which is an upper end, and the material has no rank.
Source: Methodology for establishing the EU list of critical raw materials (2017), doi 10.2873/769526; values: Study on
the Critical Raw Materials for the EU 2023.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum

import numpy as np

from sogdia.codes import Region
from sogdia.stakes.accounts import EconomyAccount
from sogdia.stakes.end_use import EndUse, UseGroup, default_groups, use_groups
from sogdia.stakes.sectors import sectors
from sogdia.stakes.table_file import records
from sogdia.tabular.evidence import SOURCED, Evidence, provenance_of, weakest
from sogdia.tabular.rows import Cells

COLUMNS = ("material", "group", "economic_importance", "substitution_index", *SOURCED)
SCALE = 10.0
MISS = 3.0
"""Difference of level from which a material is named as a miss."""


@dataclass(frozen=True, slots=True)
class PublishedImportance:
    """What the Commission published of a material in 2023, and the group of uses that stands for it here."""

    material: str
    group: UseGroup
    value: float
    substitution_index: float
    source_ids: tuple[str, ...]
    evidence: Evidence
    note: str


@dataclass(frozen=True, slots=True)
class Importance:
    """value: EI, 0..10. index: SI, None where 1 was taken and the value is an upper end. rank: 1 for the largest of the
    materials with an index, None without one.
    """

    name: str
    group: UseGroup
    value: float
    rank: int | None
    index: float | None
    evidence: Evidence
    source_ids: tuple[str, ...]


@cache
def published_importance() -> tuple[PublishedImportance, ...]:
    """The Commission's sixty values."""

    def row(cells: Cells) -> PublishedImportance:
        return PublishedImportance(
            cells.text("material"), use_groups()[cells.text("group")], cells.number("economic_importance"),
            cells.number("substitution_index", at_least=0.0, at_most=1.0), **provenance_of(cells),
        )  # fmt: skip

    return records("ec_importance.csv", COLUMNS, row)


def division_values(economy: EconomyAccount) -> dict[str, float]:
    """Value added of each manufacturing division [million USD]."""
    parts: dict[str, list[float]] = {}
    for code, account in economy.industries.items():
        if sectors()[code].manufacturing:
            parts.setdefault(sectors()[code].division, []).append(account.value_added_musd)
    return {division: fsum(values) for division, values in parts.items()}


def economic_importance(uses: Iterable[EndUse], divisions: Mapping[str, float], index: float = 1.0) -> float:
    """EI, 0..10."""
    money = fsum(use.share.central * divisions.get(_division(use, divisions), 0.0) for use in uses)
    return SCALE * index * money / max(divisions.values())


def importances(economy: EconomyAccount, importer: Region) -> dict[str, Importance]:
    """Of every material by mineral key or subject: those with a rank, the largest first, and then the others."""
    divisions = division_values(economy)
    known = {item.group.name: item for item in published_importance() if item.group.default_for}
    made = []
    for name, group in default_groups(importer).items():
        item = known.get(name)
        chosen = item.group if item else group
        index = item.substitution_index if item else None
        value = economic_importance(chosen.uses, divisions, 1.0 if index is None else index)
        made.append((value, name, chosen, index, item.source_ids if item else ()))
    made.sort(key=lambda one: (one[3] is None, -one[0], one[1]))
    return {
        name: Importance(
            name, group, value, None if index is None else rank, index, weakest(*(use.evidence for use in group.uses)),
            tuple(dict.fromkeys((*(i for use in group.uses for i in use.source_ids), *ids, *economy.source_ids))),
        )
        for rank, (value, name, group, index, ids) in enumerate(made, start=1)
    }  # fmt: skip


def against_published(economy: EconomyAccount) -> tuple[tuple[PublishedImportance, float], ...]:
    """The Commission's sixty values, each with ours for an economy."""
    divisions = division_values(economy)
    return tuple(
        (item, economic_importance(item.group.uses, divisions, item.substitution_index))
        for item in published_importance()
    )


def misses(pairs: Sequence[tuple[PublishedImportance, float]], least: float = MISS) -> tuple[str, ...]:
    """Materials whose two values differ by `least` points or more, the worst first."""
    far = [(abs(ours - item.value), item.material) for item, ours in pairs if abs(ours - item.value) >= least]
    return tuple(material for _, material in sorted(far, key=lambda one: (-one[0], one[1])))


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's rank correlation; ties share their mean rank.

    >>> rank_correlation([1.0, 2.0, 3.0], [10.0, 20.0, 15.0])
    0.5
    """
    return float(np.corrcoef(_ranks(one), _ranks(other))[0, 1])


def _ranks(values: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    array = np.asarray(values, dtype=np.float64)
    below = (array[:, np.newaxis] > array).sum(axis=1)
    equal = (array[:, np.newaxis] == array).sum(axis=1)
    return np.asarray(below + (equal + 1) / 2.0)


def _division(use: EndUse, divisions: Mapping[str, float]) -> str:
    final = sectors()[use.final_industry].division
    return final if final in divisions else sectors()[use.sector].division
