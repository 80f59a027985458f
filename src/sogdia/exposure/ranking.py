"""Which minerals are ranked by their risk, in which group the others stand, and why.

A mineral is ranked where its trade is seen, its import is worth counting and depends on others, and its score is that
of the importer. The first reason that holds puts a mineral into a group of its own:

    not_visible     coverage is fringe: the importer buys it in another form than the trade codes see
    no_import       no import is recorded, or one below `least_import_kusd`
    precious        gold and silver: stores of value before they are materials; ranked on request
    not_dependent   net import reliance below `least_reliance`
    broken          the record breaks within the years of the trend
    world_alone     net import reliance is not known, so the supply risk is the world's and not the importer's

The order of all groups is that of the supply risk with own output not counted as a concentration, then value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from sogdia.data import Mineral
from sogdia.data.coverage_grade import FRINGE, Coverage
from sogdia.data.coverage_rules import CoverageRules
from sogdia.exposure.answer import Exposure
from sogdia.exposure.caveats import stands_alone
from sogdia.exposure.trade_codes import codes_at

RANKED = "ranked"
NOT_VISIBLE, NO_IMPORT, PRECIOUS, NOT_DEPENDENT = "not_visible", "no_import", "precious", "not_dependent"
BROKEN, WORLD_ALONE = "broken", "world_alone"
GROUPS: Mapping[str, str] = {
    RANKED: "Ranked by supply risk",
    WORLD_ALONE: "Scored by the world's concentration alone",
    NOT_DEPENDENT: "Not import-dependent",
    PRECIOUS: "Gold and silver",
    BROKEN: "The record breaks",
    NO_IMPORT: "No import to speak of",
    NOT_VISIBLE: "Not visible in these trade codes",
}
"""Groups in the order in which they are shown, with their headings."""
MOSTLY = 0.5
"""Share of the weight above which a mineral comes mostly from one country."""
STORES_OF_VALUE = frozenset({"gold", "silver"})
COLUMNS = ("coverage", "missing_codes", "stage", "product", "rank_group", "ranked", "unranked", "top_supplier_mark")


@dataclass(frozen=True, slots=True)
class FromOneCountry:
    """ranked: records of the ranked minerals; single: of them those mostly from one country that makes what it sells;
    hubs: number of those mostly from a country that sells more than it makes.
    """

    ranked: pl.DataFrame
    single: pl.DataFrame
    hubs: int


def from_one_country(records: pl.DataFrame) -> FromOneCountry:
    """Which ranked minerals hang on one country: more than half of the weight is from there.

    A country that sells more than it makes does not count: its share says where ships were loaded, not who can stop
    them. Summary, annex and dashboard count so.
    """
    rows = records.filter(pl.col("rank_group") == RANKED)
    mostly = rows.filter(pl.col("top_supplier_weight_share") > MOSTLY)
    single = mostly.filter(pl.col("top_supplier_mark").is_null())
    return FromOneCountry(rows, single, mostly.height - single.height)


@dataclass(frozen=True, slots=True)
class Grades:
    """What a ranking goes by. coverage: by mineral; breaks: last year of a break by mineral; with_gold: rank gold and
    silver too.
    """

    coverage: Mapping[str, Coverage]
    breaks: Mapping[str, int]
    rules: CoverageRules
    with_gold: bool = False


def ranked(exposure: Exposure, minerals: Sequence[Mineral], grades: Grades) -> Exposure:
    """The exposure with COLUMNS in its records, sorted by group and risk, and `coverage` for what shows it."""
    by_key = {m.key: m for m in minerals}
    marks = {
        (row["economy"], row["mineral"], row["year"], row["supplier"]): row["mark"]
        for row in exposure.suppliers.filter(pl.col("mark").is_not_null()).iter_rows(named=True)
    }
    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for record in exposure.records.iter_rows(named=True):
        cover = grades.coverage[record["mineral"]]
        group, why = group_of(record, cover, grades)
        stages = {c.stage for c in codes_at(by_key[record["mineral"]], exposure.stage, record["year"])}
        of_record = (record["economy"], record["mineral"], record["year"], record["top_supplier"])
        values = (
            cover.grade, list(cover.missing_codes),
            " and ".join(s for s in by_key[record["mineral"]].stages if s in stages) or None,
            None, group, group == RANKED, why, marks.get(of_record),
        )  # fmt: skip
        for name, value in zip(COLUMNS, values, strict=True):
            columns[name].append(value)
    kinds: dict[str, Any] = {"missing_codes": pl.List(pl.String), "ranked": pl.Boolean}
    added = [pl.Series(name, values, kinds.get(name, pl.String)) for name, values in columns.items()]
    return replace(exposure, records=in_order(exposure.records.with_columns(added)), coverage=dict(grades.coverage))


def in_order(records: pl.DataFrame) -> pl.DataFrame:
    """Records by group, then supply risk, then value, then mineral; what is not known last."""
    place = pl.col("rank_group").replace_strict({g: i for i, g in enumerate(GROUPS)}, return_dtype=pl.Int64)
    return records.sort(
        place, "supply_risk_of_imports", "import_value_kusd", "mineral",
        descending=[False, True, True, False], nulls_last=True,
    )  # fmt: skip


def group_of(record: Mapping[str, Any], cover: Coverage, grades: Grades) -> tuple[str, str | None]:
    """The group of a record, and why it is not ranked (None where it is)."""
    rules, reliance = grades.rules, record["net_import_reliance"]
    value, broken = record["import_value_kusd"], grades.breaks.get(record["mineral"])
    if cover.grade == FRINGE:
        return NOT_VISIBLE, f"not visible in these trade codes: {cover.why}"
    if not record["suppliers"]:
        return NO_IMPORT, "no import is recorded"
    if value is not None and value < rules.least_import_kusd:
        return NO_IMPORT, f"imports below {rules.least_import_kusd:,.0f} thousand USD"
    if record["mineral"] in STORES_OF_VALUE and not grades.with_gold:
        return PRECIOUS, "gold and silver are stores of value before they are materials"
    if reliance is not None and reliance < rules.least_reliance:
        return NOT_DEPENDENT, f"not import-dependent: net import reliance {100 * reliance:.0f} %"
    if broken is not None:
        return BROKEN, f"the record breaks in {broken}: weight and unit value jump in opposite directions"
    if stands_alone(record):
        return (
            WORLD_ALONE,
            f"supply risk by the world's concentration alone ({record['reliance_gap'] or 'no sourcing'})",
        )
    return RANKED, None
