"""Rows of tables read as corridor states and upgrades: a table of heads, and one of effects that name a head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sogdia.errors import Fault
from sogdia.network.changes import ATTRIBUTES, STANDINGS, SWITCHES, TARGET_KINDS, UPGRADE_KINDS, Effect, State, Upgrade
from sogdia.tabular.evidence import SOURCED, provenance_of
from sogdia.tabular.rows import Cells, Row, range_columns

STATE_COLUMNS = (
    "id",
    "name",
    "common_cause",
    "supply_countries",
    *range_columns("duration_days"),
    *range_columns("events_per_year"),
    "holds_now",
    "since",
    "usable_by",
    "now_note",
    *SOURCED,
)
UPGRADE_COLUMNS = (
    "id",
    "name",
    "kind",
    *range_columns("cost_musd"),
    *range_columns("build_years"),
    *SOURCED,
)
EFFECT_COLUMNS = (
    "of",
    "target_kind",
    "target",
    "attribute",
    *range_columns("value"),
    *SOURCED,
)


def effects_of(rows: Sequence[Row], heads: Sequence[str]) -> tuple[Mapping[str, tuple[Effect, ...]], list[Fault]]:
    """Effects by the id of the state or upgrade that they belong to, and the faults of their rows."""
    by_head: dict[str, list[Effect]] = {head: [] for head in heads}
    faults: list[Fault] = []
    for row in rows:
        cells = Cells(row)
        head = cells.text("of")
        if head not in by_head:
            cells.fault("of", "the id must exist", f"Known: {', '.join(heads)}.", heads)
        attribute = cells.choice("attribute", ATTRIBUTES)
        if attribute in SWITCHES:
            value = cells.optional_range("value")
            if value is not None:
                cells.fault("value_central", f"{attribute} takes no figure", "Leave the three cells empty.")
        else:
            value = cells.range("value")
        effect = Effect(
            target_kind=cells.choice("target_kind", TARGET_KINDS),
            target=cells.text("target"),
            attribute=attribute,
            value=value,
            **provenance_of(cells),
        )
        if effect.attribute == "formalities_factor" and effect.target_kind != "country":
            cells.fault("target_kind", "export papers are those of a country", "Name the country of origin.")
        faults += cells.faults
        if not cells.faults:
            by_head[head].append(effect)
    return {head: tuple(effects) for head, effects in by_head.items()}, faults


def state_of(row: Row, effects: Mapping[str, tuple[Effect, ...]]) -> tuple[State | None, list[Fault]]:
    """One corridor state with its effects, or the faults of its row."""
    cells = Cells(row)
    state = State(
        id=cells.text("id"),
        name=cells.text("name"),
        common_cause=cells.text("common_cause"),
        supply_countries=cells.names("supply_countries"),
        duration_days=cells.range("duration_days"),
        events_per_year=cells.optional_range("events_per_year"),
        effects=effects.get(row.cells["id"], ()),
        holds_now=cells.choice("holds_now", STANDINGS) if row.cells["holds_now"] else None,
        since=cells.optional_text("since"),
        usable_by=cells.names("usable_by"),
        now_note=row.cells["now_note"],
        **provenance_of(cells),
    )
    if not state.effects:
        cells.fault("id", "a state must have an effect", "Add a row to its table of effects.")
    return (None if cells.faults else state), cells.faults


def upgrade_of(row: Row, effects: Mapping[str, tuple[Effect, ...]]) -> tuple[Upgrade | None, list[Fault]]:
    """One upgrade with its effects, or the faults of its row."""
    cells = Cells(row)
    upgrade = Upgrade(
        id=cells.text("id"),
        name=cells.text("name"),
        kind=cells.choice("kind", UPGRADE_KINDS),
        cost_musd=cells.optional_range("cost_musd"),
        build_years=cells.optional_range("build_years"),
        effects=effects.get(row.cells["id"], ()),
        **provenance_of(cells),
    )
    if not upgrade.effects:
        cells.fault("id", "an upgrade must have an effect", "Add a row to its table of effects.")
    return (None if cells.faults else upgrade), cells.faults
