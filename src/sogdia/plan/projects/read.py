"""The table of projects, packaged or the user's own (CSV or a workbook), with every fault at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from sogdia.errors import Fault, InputError, Near
from sogdia.network.provenance import source_faults
from sogdia.plan.projects.record import FIGURE_GROUPS, Project
from sogdia.plan.projects.registry import kind_named, kind_names
from sogdia.tabular import checks
from sogdia.tabular.documents import read_toml
from sogdia.tabular.evidence import EVIDENCE
from sogdia.tabular.rows import Cells, Row, file_rows, packaged_rows, range_columns
from sogdia.uncertain import Range

FILE = "portfolio.csv"
SHEET = "projects"
TOML_REMEDY = 'Write e.g. [[project]] and below it project_id = "mine", effect = "supply", market = "graphite".'
MOST_ROWS = 2_000
REQUIRED = ("project_id", "name", "effect")
FIGURES = (
    *range_columns("capacity_t"), *range_columns("capex_musd"), *range_columns("opex_usd_per_t"),
    *range_columns("price_usd_per_t"), "offtake_share", "contract_price", "committed_share", "cover_days",
    *range_columns("prob_if_supported"), *range_columns("prob_anyway"), "build_years", "life_years", "jobs",
    "jobs_building", *range_columns("energy_kwh_per_t"), *range_columns("water_m3_per_t"),
    *range_columns("co2_t_per_t"), *range_columns("rate_factor"), *range_columns("days_factor"),
    *range_columns("cost_factor"),
)  # fmt: skip
OPTIONAL = (
    "market", "country", *FIGURES, "committed_buyer", "financiers", "acts_on", "needs", "excludes", "status",
    "source_id", "evidence", *(f"{group}_evidence" for group in FIGURE_GROUPS), "note",
)  # fmt: skip
COLUMNS = (*REQUIRED, *OPTIONAL)
CERTAIN = Range(1.0, 1.0, 1.0)
NO_CHANCE = Range(0.0, 0.0, 0.0)


@cache
def embedded_projects() -> tuple[Project, ...]:
    """The packaged portfolio; InputError with every fault if the file was damaged."""
    return projects_of(packaged_rows(files("sogdia.plan").joinpath("tables", FILE), REQUIRED, OPTIONAL))


def read_projects(path: Path | str, markets: Collection[str]) -> tuple[Project, ...]:
    """A user's table, CSV, a workbook, or TOML with one [[project]] each. markets: names of minerals and products.

    InputError names file, row, column, value, rule and remedy of everything that is wrong.
    """
    if Path(path).suffix.lower() == ".toml":
        return _of_user(_toml_rows(Path(path)), markets)
    read = file_rows(path, REQUIRED, OPTIONAL, sheet=SHEET, figures=FIGURES, most=MOST_ROWS)
    if read.faults:
        checks.refuse(read.faults)
    return _of_user(read.rows, markets)


def _of_user(rows: Sequence[Row], markets: Collection[str]) -> tuple[Project, ...]:
    """The rows of a user's table, whose sources stand in the table of sources."""
    checks.refuse(source_faults(rows))
    return projects_of(rows, markets)


def projects_of(rows: Iterable[Row], markets: Collection[str] | None = None) -> tuple[Project, ...]:
    """The rows as projects; InputError with every fault. markets: None takes any name, of what is acted on too."""
    found, faults, places = [], list[Fault](), dict[str, Row]()
    for row in rows:
        cells = Cells(row)
        found.append(_project(cells, markets))
        if row.cells["project_id"] in places:
            cells.fault("project_id", "every project has an id of its own", "Rename one of them.")
        places[row.cells["project_id"]] = row
        faults += cells.faults
    faults += _reference_faults(found, places)
    if not faults:
        faults += _cycle_faults(found, places)
    if faults:
        checks.refuse(faults)
    return tuple(found)


def _toml_rows(path: Path) -> tuple[Row, ...]:
    """The tables [[project]] as rows, numbered from 1; InputError for other keys and for values that are no cell."""
    content = read_toml(path, TOML_REMEDY)
    given = content.get("project")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given) or len(content) > 1:
        raise InputError([Fault(str(path), "the file has tables [[project]] and nothing else", TOML_REMEDY)])
    rows, faults = [], []
    for number, one in enumerate(given, start=1):
        cells = dict.fromkeys(COLUMNS, "")
        for key, value in one.items():
            listed = ";".join(map(str, value)) if isinstance(value, list) else value
            if key not in cells or isinstance(listed, bool | dict):
                rule = "a key is a column of the table, with a text, a number or a list"
                near = Near(key, COLUMNS)
                faults.append(Fault(str(path), rule, "See `sogdia plan template`.", number, key, str(value), near))
            else:
                cells[key] = str(listed).strip()
        rows.append(Row(str(path), number, cells))
    if faults:
        checks.refuse(faults)
    return tuple(rows)


def _project(cells: Cells, markets: Collection[str] | None) -> Project:
    row = cells.row.cells
    effect = cells.choice("effect", kind_names())
    market = cells.optional_text("market")
    if market is None and kind_named(effect).needs_market:
        cells.fault("market", f"a project of the kind {effect} names its market", "Name a mineral or a product.")
    if market is not None and markets is not None and market not in markets:
        cells.fault("market", "a market is a mineral or a product that is known", "See `sogdia data list`.", markets)
    supported, anyway = _chances(cells)
    offtake, committed = _shares(cells)
    return Project(
        project_id=cells.name("project_id"), name=cells.text("name"),
        country=cells.country("country") if row["country"] else None, effect=effect,
        wants=kind_named(effect).wants, market=market,
        capacity_t=_range(cells, "capacity_t"), capex_musd=_range(cells, "capex_musd"),
        opex_usd_per_t=_range(cells, "opex_usd_per_t"), price_usd_per_t=_range(cells, "price_usd_per_t"),
        offtake_share=offtake,
        contract_price=cells.number("contract_price", above=0.0) if row["contract_price"] else 1.0,
        committed_share=committed,
        committed_buyer=cells.country("committed_buyer") if row["committed_buyer"] else None,
        cover_days=_positive(cells, "cover_days"), prob_if_supported=supported, prob_anyway=anyway,
        build_years=_positive(cells, "build_years"), life_years=_life(cells), jobs=_positive(cells, "jobs"),
        jobs_building=_positive(cells, "jobs_building"), energy_kwh_per_t=_range(cells, "energy_kwh_per_t"),
        water_m3_per_t=_range(cells, "water_m3_per_t"), co2_t_per_t=_range(cells, "co2_t_per_t"),
        financiers=_financiers(cells), acts_on=_acts_on(cells, effect, markets is not None),
        rate_factor=_factor(cells, "rate_factor"),
        days_factor=_factor(cells, "days_factor"), cost_factor=_factor(cells, "cost_factor"),
        needs=cells.names("needs"), excludes=cells.names("excludes"), status=row["status"],
        source_ids=cells.names("source_id"), evidence=row["evidence"] or "assumed", evidence_of=_evidence(cells),
        note=row["note"], file=cells.row.file, row=cells.row.line,
    )  # fmt: skip


def _chances(cells: Cells) -> tuple[Range, Range]:
    """That it comes about if it is supported, and anyway."""
    supported = _chance(cells, "prob_if_supported", CERTAIN)
    anyway = _chance(cells, "prob_anyway", NO_CHANCE)
    if not cells.faults and any(a > s for a, s in zip(_ends(anyway), _ends(supported), strict=True)):
        rule = "support never makes a project less likely: prob_anyway is at most prob_if_supported"
        cells.fault("prob_anyway_central", rule, "Lower it, or raise the other.")
    return supported, anyway


def _shares(cells: Cells) -> tuple[float, float]:
    """Of the output: what the importer takes, and what is sold to another already."""
    offtake, committed = (_share(cells, column) for column in ("offtake_share", "committed_share"))
    if offtake + committed > 1.0 + 1e-9:
        rule = "no more than the whole output is sold: offtake_share and committed_share are at most 1 together"
        cells.fault("offtake_share", rule, "Lower one of them.")
    if committed > 0 and not cells.row.cells["committed_buyer"]:
        cells.fault("committed_buyer", "a share that is committed has a buyer", "Write its country like USA.")
    return offtake, committed


def _share(cells: Cells, column: str) -> float:
    return cells.number(column, at_least=0.0, at_most=1.0) if cells.row.cells[column] else 0.0


def _life(cells: Cells) -> float | None:
    return cells.number("life_years", above=0.0, at_most=200.0) if cells.row.cells["life_years"] else None


def _factor(cells: Cells, stem: str) -> Range | None:
    """What is left of something, 0..1."""
    found = _range(cells, stem)
    if found is not None and found.high > 1.0:
        cells.fault(range_columns(stem)[1], "a factor says what is left: 0..1", "Write a fifth less as 0.8.")
    return found


def _financiers(cells: Cells) -> dict[str, float]:
    """Names with their greatest shares of the capital, as JOGMEC:0.5;EBRD:0.35."""
    found = dict[str, float]()
    for item in cells.names("financiers"):
        name, _, text = item.partition(":")
        share = checks.number(text.strip())
        if not name.strip() or not isinstance(share, float) or not 0.0 <= share <= 1.0:
            rule = "a financier is a name and its greatest share of the capital, 0..1"
            cells.fault("financiers", rule, "Write e.g. JOGMEC:0.5;EBRD:0.35.")
        else:
            found[name.strip()] = share
    return found


def _acts_on(cells: Cells, effect: str, checked: bool) -> tuple[str, ...]:
    """What it acts on, by its kind. checked: against what is known, for which the network is read."""
    named = cells.names("acts_on")
    if not (named and checked):
        return named
    known = kind_named(effect).names()
    for name in named:
        if name not in known:
            rule = f"a project of the kind {effect} acts on what is known by its id"
            row, near = cells.row, Near(name, list(known)) if known else None
            cells.faults.append(Fault(row.file, rule, "Correct the id.", row.line, "acts_on", name, near))
    return named


def _evidence(cells: Cells) -> dict[str, str]:
    """Evidence of each group of figures that says some."""
    row = cells.row.cells
    return {group: cells.choice(f"{group}_evidence", EVIDENCE) for group in FIGURE_GROUPS if row[f"{group}_evidence"]}


def _range(cells: Cells, stem: str) -> Range | None:
    """A range of figures that are not negative; a lone central figure stands for all three."""
    low, central, high = range_columns(stem)
    row = cells.row.cells
    if row[central] and not row[low] and not row[high]:
        value = cells.number(central, at_least=0.0)
        return Range(value, value, value)
    return cells.optional_range(stem)


def _chance(cells: Cells, stem: str, default: Range) -> Range:
    found = _range(cells, stem)
    if found is None:
        return default
    if found.high > 1.0:
        cells.fault(range_columns(stem)[1], "a probability lies in 0..1", "Write 20 % as 0.2.")
    return found


def _positive(cells: Cells, column: str) -> float | None:
    return cells.number(column, at_least=0.0) if cells.row.cells[column] else None


def _ends(value: Range) -> tuple[float, float, float]:
    return value.low, value.central, value.high


def _reference_faults(projects: Sequence[Project], places: dict[str, Row]) -> list[Fault]:
    """Names of projects that do not exist."""
    faults = []
    for project in projects:
        for column in ("needs", "excludes"):
            for name in getattr(project, column):
                if name not in places:
                    row = places[project.project_id]
                    rule, remedy = "the project that is named stands in the table", "Correct the id."
                    faults.append(Fault(row.file, rule, remedy, row.line, column, name, Near(name, list(places))))
    return faults


def _cycle_faults(projects: Sequence[Project], places: dict[str, Row]) -> list[Fault]:
    """Prerequisites that lead back to the project."""
    needs = {project.project_id: project.needs for project in projects}
    for start, first in needs.items():
        path, todo = [start], list(first)
        seen = {start}
        while todo:
            name = todo.pop()
            if name == start:
                row = places[start]
                way = " needs ".join([*path, start])
                rule = f"no project needs itself by way of others ({way})"
                return [Fault(row.file, rule, "Take one of the needs away.", row.line, "needs", row.cells["needs"])]
            if name not in seen:
                seen.add(name)
                path.append(name)
                todo += needs[name]
    return []
