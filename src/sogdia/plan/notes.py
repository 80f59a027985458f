"""What a reader of a plan has to know beside its figures; what depends on them is said only where it is so."""

from __future__ import annotations

import numpy as np

from sogdia.plan.build import PlanTables
from sogdia.plan.choice import Choice, PlanCase, figures_of
from sogdia.plan.partners import in_partner
from sogdia.plan.readings import readings_of


def notes_of(tables: PlanTables, case: PlanCase, choice: Choice) -> list[str]:
    """What a reader has to know beside the figures."""
    nothing = figures_of(case, np.zeros_like(choice.chosen))
    notes = []
    if not choice.chosen.any():
        notes.append(
            "The best plan is to support nothing: no project saves this importer as much as it costs, at the rates of "
            "documented events, which are lower than the true ones."
        )
    elif choice.chosen.sum() < len(case.names) / 4:
        notes.append(
            f"The plan is small: expected losses without it are {nothing.expected:,.0f} million USD a year, and few "
            "projects save as much of them as they cost."
        )
    if choice.chosen.any() and not any(
        in_partner(tables, p) for p, taken in zip(tables.projects, choice.chosen.tolist(), strict=True) if taken
    ):
        notes.append("Nothing new is built in a partner country: partners gain nothing by this plan.")
    lost = int((case.weight == 0).sum())
    if lost:
        notes.append(f"{lost} of {len(case.weight):,} years are left out: a market has no answer in them.")
    entries = sum(built.table.loss.shape[1] * len(case.weight) for built in tables.tables)
    solves = sum(built.solved for built in tables.tables)
    notes += readings_of(tables, case, choice.chosen)
    notes += [
        f"{entries:,} losses (years by combinations of projects) rest on {solves:,} distinct solves of the markets.",
        "A project is chosen for what it changes of this importer's loss, corridors, hardening and lakes too. What it "
        "brings others stands in their figures; --must brings a project in for that, and a floor for value added and "
        "jobs.",
        "Losses count above an ordinary year without support; stocks that the importer holds today are released in "
        "every plan.",
        "Costs that no source gives are assumed: the part of capital that backers bring, interest, life of a plant, "
        "chances that projects come about. `sensitivity` says at which value of each a project enters or leaves.",
        "A product's market knows restrictions, accidents, strikes, hazards and ways of its own makers, not of the "
        "mines behind them. Surges of world demand are left out; `sogdia atlas` shows them apart.",
        "A stock is spread evenly over the years that such events last on average, and is full again when the next "
        "comes.",
    ]
    return notes
