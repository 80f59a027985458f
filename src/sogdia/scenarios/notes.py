"""What a reader of an ensemble has to know beside the figures."""

from __future__ import annotations

from sogdia.scenarios.sample import SampledYears
from sogdia.scenarios.setup import EnsembleSetup
from sogdia.text import first_of

MOST_NAMED = 12


def ensemble_notes(setup: EnsembleSetup, sample: SampledYears, demand: bool, failed: int) -> tuple[str, ...]:
    """Notes on the sample, on what is left out, and on what failed."""
    notes = [
        "Losses are consumer surplus that dearer supply takes from the users of the minerals, at the central "
        "elasticities and within a year; annual rates are documented or assumed, see the table of annual rates. "
        "Documented events are those that somebody recorded: true rates are higher.",
        f"{int(sample.raised.sum())} of {len(setup.streams)} streams of events are rare and of wide effect; they are "
        "drawn more often, and years are weighted accordingly.",
    ]
    if not demand:
        notes.append("Surges of world demand are not part of the years; an atlas shows them apart.")
    if setup.unanswered:
        names = [one.mineral for one in setup.unanswered]
        notes.append(f"Not answered, which is not zero: {first_of(names, MOST_NAMED)}.")
    if setup.left_out:
        left = "; ".join(f"{state} ({reason})" for state, reason in setup.left_out)
        notes.append(f"States of the corridors that are not sampled: {left}.")
    if failed:
        notes.append(f"{failed} states have no answer; the years that have one of them are left out, and counted.")
    return tuple(notes)
