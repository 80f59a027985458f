"""How much of an importer's trade in a mineral the trade codes of a store can see: whole chain to fringe.

A mineral is traded in forms (ore, oxide, metal, alloy). The table `trade_forms` names them with their codes and says
which are main ones. For one importer and year, with

    V    value of its imports in the codes mapped to the mineral
    M    value of its imports in headings of this mineral alone that no code covers, where the store carries them; for
         a region what its members buy from listed partners outside it, which is a lower bound
    s    V / value of world trade in those codes
    limit = min(most_asked_share_of_world, least_share_against_own_trade x its share of world trade in all codes)

the grade is the first of these that holds:

    whole_chain   no form lacks a code
    main_form     no main form lacks a code
    fringe        no code at all, or V / (V + M) < fringe_visible_share
    main_form     V / (V + M) >= main_visible_share, and every missing main form is in M
    fringe        s < limit: it buys the mineral in a form that is not seen
    ore_only      the codes seen are those of ore
    main_form     otherwise
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.codes import Region
from sogdia.data.coverage_rules import CoverageRules, coverage_rules
from sogdia.data.minerals import Mineral, without_fuels
from sogdia.data.store import Store
from sogdia.sums import total

WHOLE_CHAIN, MAIN_FORM, ORE_ONLY, FRINGE = "whole_chain", "main_form", "ore_only", "fringe"
GRADES = (WHOLE_CHAIN, MAIN_FORM, ORE_ONLY, FRINGE)
GRADE_NAMES: Mapping[str, str] = {
    WHOLE_CHAIN: "whole chain", MAIN_FORM: "main form", ORE_ONLY: "ore only", FRINGE: "fringe",
}  # fmt: skip
MAIN = "main"


@dataclass(frozen=True, slots=True)
class Coverage:
    """grade: one of GRADES. missing_codes: HS 1992 codes of the forms without a code in the store, main forms first;
    missing: those forms by name with their codes. share_of_world: the importer's part of world trade in the covered
    codes by value, None where nothing is traded. visible_share: V / (V + M), None where M is not known.
    why: a sentence. sources: ids of the sources of the forms.
    """

    grade: str
    missing_codes: tuple[str, ...]
    missing: tuple[str, ...]
    share_of_world: float | None
    visible_share: float | None
    why: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodePurchases:
    """What an importer buys in a year [thousand USD]. imported: by code; world: by code, of all countries;
    headings: by four-digit heading, where the store carries it; whole_headings: whether those are totals and no lower
    bounds; traded: codes with any trade; ordinary: its share of world trade in all minerals' codes.
    """

    imported: Mapping[str, float]
    world: Mapping[str, float]
    headings: Mapping[str, float]
    whole_headings: bool
    traded: frozenset[str]
    ordinary: float


def coverage_grade(store: Store, importer: Region, mineral: Mineral, year: int) -> Coverage:
    """The coverage of one mineral."""
    return coverage_grades(store, importer, [mineral], year)[mineral.key]


def coverage_grades(store: Store, importer: Region, minerals: Sequence[Mineral], year: int) -> dict[str, Coverage]:
    """The coverage of each mineral by its key."""
    forms = store.rows("trade_forms")
    bought = store.once(("purchases by code", importer, year), lambda: purchases(store, importer, forms, year))
    rules = coverage_rules(store)
    single = {row["heading"]: row["minerals"] for row in store.rows("headings").iter_rows(named=True)
              if row["holds"] == "whole" and row["stage"] != "scrap"}  # fmt: skip
    return {
        mineral.key: _grade(
            mineral, forms.filter(pl.col("mineral") == mineral.key), bought, year, rules,
            {heading for heading, key in single.items() if key == mineral.key},
        )
        for mineral in minerals
    }  # fmt: skip


def purchases(store: Store, importer: Region, forms: pl.DataFrame, year: int) -> CodePurchases:
    """Trade of the year in the codes of all minerals and forms, of the importer from outside and of the world."""
    mapped = {code for mineral in without_fuels(store.minerals.values()) for code in mineral.hs6(year=year)}
    named = {code for cell in forms["hs1992"] for code in cell.split(";")}
    flows = store.trade(sorted(mapped | named), [year]).select("hs6", "importer", "exporter", "value_kusd").collect()
    inside = pl.col("exporter").is_in(importer.members)
    own = flows.filter(pl.col("importer").is_in(importer.members) & ~inside)
    imported = dict(own.group_by("hs6").agg(total("value_kusd")).sort("hs6").iter_rows())
    world = dict(flows.group_by("hs6").agg(total("value_kusd")).sort("hs6").iter_rows())
    whole = sum(world[code] for code in sorted(mapped & world.keys()))
    ordinary = sum(imported[code] for code in sorted(mapped & imported.keys())) / whole if whole else 0.0
    return CodePurchases(
        imported, world, _headings(store, importer, year), len(importer.members) == 1, frozenset(world), ordinary
    )


def _headings(store: Store, importer: Region, year: int) -> dict[str, float]:
    """Imports by four-digit heading [thousand USD]: of a country in all, of a region from listed partners outside."""
    bought = store.rows("heading_trade").filter(
        pl.col("reporter").is_in(importer.members), pl.col("flow") == "import", pl.col("year") == year,
        pl.col("value_kusd").is_not_null(),
    )  # fmt: skip
    if len(importer.members) == 1:
        return _totals(bought)
    outside = bought.filter((pl.col("partner") != "WLD") & ~pl.col("partner").is_in(importer.members))
    return dict(outside.group_by("heading").agg(total("value_kusd")).sort("heading").iter_rows())


def _totals(bought: pl.DataFrame) -> dict[str, float]:
    """Imports of a country by heading: its total, else the value of its largest source over the share of that."""
    largest = bought.filter(pl.col("partner") != "WLD", pl.col("share") > 0).sort("share", "partner", descending=True)
    derived = largest.unique("heading", keep="first", maintain_order=True).sort("heading")
    found: dict[str, float] = {
        row["heading"]: row["value_kusd"] / row["share"] for row in derived.iter_rows(named=True)
    }
    return found | dict(bought.filter(pl.col("partner") == "WLD").select("heading", "value_kusd").iter_rows())


def _grade(
    mineral: Mineral, forms: pl.DataFrame, bought: CodePurchases, year: int, rules: CoverageRules, headings: set[str]
) -> Coverage:
    codes = mineral.hs6(year=year)
    seen = {*codes, *(code for cell in forms["hs1992"] for code in cell.split(";") if code in bought.traded)}
    missing = [
        row for row in forms.sort("rank", maintain_order=True).iter_rows(named=True)
        if not seen.issuperset(row["hs1992"].split(";"))
    ]  # fmt: skip
    missing_main = [row for row in missing if row["rank"] == MAIN]
    value = sum(bought.imported.get(code, 0.0) for code in codes)
    world = sum(bought.world.get(code, 0.0) for code in codes)
    share = value / world if world else None
    visible, complete = _visible(value, missing_main, codes, bought, headings)
    complete = complete and bought.whole_headings
    limit = min(rules.most_asked_share_of_world, rules.least_share_against_own_trade * bought.ordinary)
    stages = {c.stage for c in mineral.codes if c.in_use(year)}
    if codes and not missing_main:
        grade, why = (MAIN_FORM, "every main form of it has a trade code here") if missing else (
            WHOLE_CHAIN, "every form of it has a trade code here"
        )  # fmt: skip
    elif not codes:
        grade, why = FRINGE, "no trade code of it is in use here"
    elif visible is not None and visible < rules.fringe_visible_share:
        grade, why = FRINGE, f"{100 * visible:.1f} % of the importer's purchases are in these trade codes"
    elif visible is not None and complete and visible >= rules.main_visible_share:
        grade, why = MAIN_FORM, f"{100 * visible:.0f} % of the importer's purchases are in these trade codes"
    elif share is None or share < limit:
        grade, why = FRINGE, f"the importer has {100 * (share or 0.0):.2g} % of world trade in these trade codes"
    elif stages == {"ore"}:
        grade, why = ORE_ONLY, "only ore has a trade code here"
    else:
        grade, why = MAIN_FORM, "a main form of it has a trade code here, another has none"
    return Coverage(
        grade,
        tuple(dict.fromkeys(code for row in missing for code in row["hs1992"].split(";") if code not in seen)),
        tuple(f"{row['form']} ({row['hs1992'].replace(';', ', ')})" for row in missing),
        share,
        visible,
        why + (f"; no code covers {', '.join(row['form'] for row in missing)}" if missing else ""),
        tuple(dict.fromkeys(forms["source_id"])),
    )


def _visible(
    value: float, missing: Sequence[Mapping[str, str]], codes: Sequence[str], bought: CodePurchases, headings: set[str]
) -> tuple[float | None, bool]:
    """V / (V + M), None where M is not known, and whether M holds every missing main form."""
    lacking = {code[:4] for row in missing for code in row["hs1992"].split(";")}
    known = sorted(lacking & headings & bought.headings.keys())
    if not known:
        return None, False
    unseen = 0.0
    for heading in known:
        covered = sum(bought.imported.get(code, 0.0) for code in codes if code.startswith(heading))
        unseen += max(0.0, bought.headings[heading] - covered)
    whole = value + unseen
    return (value / whole if whole else None), set(known) == lacking
