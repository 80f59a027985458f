"""What went wrong, where it came from, and what to do about it: the errors a user of Sogdia can meet.

Every error that a user can cause derives from `SogdiaError`; the command line prints its text and exits with
status 2. Anything else that escapes is a defect in Sogdia.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

MAX_FAULTS_SHOWN = 50


class SogdiaError(Exception):
    """Something the user can put right. The message says how."""


class UnknownNameError(SogdiaError):
    """A country, mineral, place, table or option that does not exist."""


class DataError(SogdiaError):
    """The store or a run folder is missing, damaged or of another version."""


class NoAnswerError(SogdiaError):
    """The question is well posed but has no answer in the data (no trade, no route, code not mapped)."""


class SolveError(SogdiaError):
    """A solver that did not converge. The message says in how many cases, and what to change."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one place of an input.

    file: name of the input; row: 1-based line as an editor or spreadsheet shows it, None for the whole file;
    column: name of the column; value: what stood there; rule: what was expected; remedy: what to do.
    """

    file: str
    rule: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        where = self.file
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", column {self.column}"
        found = "" if self.value is None else f"found {self.value!r}; "
        return f"{where}: {found}{self.rule}. {self.remedy}"


class InputError(SogdiaError):
    """An input with faults; all of them, not only the first. Nothing was written."""

    def __init__(self, faults: Sequence[Fault], total: int | None = None) -> None:
        self.faults = tuple(faults)
        self.total = len(self.faults) if total is None else total
        shown = self.faults[:MAX_FAULTS_SHOWN]
        lines = [f"{self.total} fault{'s' if self.total != 1 else ''} in the input; nothing was written."]
        lines += [f"  - {fault}" for fault in shown]
        if self.total > len(shown):
            lines.append(f"  ... and {self.total - len(shown)} more.")
        super().__init__("\n".join(lines))


def did_you_mean(name: str, valid: Iterable[str], limit: int = 3) -> str:
    """A half-sentence naming the nearest valid names, empty when nothing is near.

    >>> did_you_mean("rare_earth", ["rare_earths", "tin"])
    'Did you mean rare_earths?'
    >>> did_you_mean("xyz", ["rare_earths", "tin"])
    ''
    """
    folded = {candidate.casefold(): candidate for candidate in valid}
    near = get_close_matches(name.casefold(), folded, n=limit, cutoff=0.6)
    return f"Did you mean {' or '.join(folded[n] for n in near)}?" if near else ""


def unknown(kind: str, name: str, valid: Iterable[str]) -> UnknownNameError:
    """The error for a name that does not exist, with the nearest names, or all of them when they are few."""
    names = sorted(valid)
    hint = did_you_mean(name, names)
    if not hint:
        hint = f"Known: {', '.join(names)}." if len(names) <= 40 else f"{len(names)} are known."
    return UnknownNameError(f"unknown {kind} {name!r}. {hint}")
