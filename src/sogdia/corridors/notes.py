"""What a reader of routes has to know beside the figures, in sentences that every face shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sogdia.corridors.provenance import UsedRow
from sogdia.corridors.standing import Today
from sogdia.network import DEFAULT_FORMALITY_NOTE, Corridors
from sogdia.tabular.evidence import EVIDENCE


def notes_on_papers(corridors: Corridors, origin: str) -> tuple[str, ...]:
    """That the cost of the export papers of the country of origin is an assumption, where it is one."""
    country = corridors.network.place(origin).country
    papers = corridors.rates.formality(country)
    if papers.note != DEFAULT_FORMALITY_NOTE:
        return ()
    cost = papers.usd_per_t
    return (
        f"Nobody surveyed the export papers of {country}: USD {cost.central:.3g} a tonne is assumed "
        f"({cost.low:.3g}-{cost.high:.3g}). Give figures of your own: --formalities on the command line, "
        "formalities= in Python.",
    )


def notes_on_today(today: Today) -> tuple[str, ...]:
    """What is closed to this buyer or cargo today."""
    shut = [f"{state.id}{f' since {state.since}' if state.since else ''}" for state in today.shut]
    closed = (f"Not usable by this buyer today: {', '.join(shut)}.",) if shut else ()
    barred = (f"Not open to this cargo: {'; '.join(today.bars)}.",) if today.bars else ()
    return (*closed, *barred)


def notes_on_repairs(corridors: Corridors) -> tuple[str, ...]:
    """What was put right while the user's own tables were read."""
    return tuple(
        f"Put right while reading: {repair}" for repair in (*corridors.network.repaired, *corridors.rates.repaired)
    )


def note_on_evidence(rows: Iterable[UsedRow]) -> str:
    """How many of the figures behind an answer were read, derived and assumed."""
    counts = Counter(row.evidence for row in rows)
    return f"Figures behind this answer: {', '.join(f'{counts[kind]} {kind}' for kind in EVIDENCE)}."
