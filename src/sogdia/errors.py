"""What went wrong, where it came from, and what to do about it: the errors a user of Sogdia can meet.

Every error that a user can cause derives from `SogdiaError`; the command line prints its text and exits with
status 2. Anything else that escapes is a defect in Sogdia.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import islice

from sogdia.text import escaped, shortened

MAX_FAULTS_SHOWN = 50
MAX_FAULTS_COUNTED = 1_000
"""A reader may stop looking after so many: the count is then a least one."""
VALUE_CHARACTERS = 200
"""A longer value is shown by its beginning."""
TEXT_CHARACTERS = 600
"""The same for a rule and a remedy, which may quote it."""
COMPARED_CHARACTERS = 64
COMPARED_NAMES = 1_000
"""Names near an unknown one are sought among so many at most, and none of them is longer."""
NEARNESS = 0.6


class SogdiaError(Exception):
    """Something the user can put right. The message says how; unsafe characters in it are shown as <U+XXXX>."""

    def __init__(self, *args: object) -> None:
        super().__init__(*(escaped(part, lines=True) if isinstance(part, str) else part for part in args))


class UnknownNameError(SogdiaError):
    """A country, mineral, place, table or option that does not exist."""


class DataError(SogdiaError):
    """The store or a run folder is missing, damaged or of another version."""


class NoAnswerError(SogdiaError):
    """The question is well posed but has no answer in the data (no trade, no route, code not mapped)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one place of an input.

    file: name of the input; row: 1-based line as an editor or spreadsheet shows it, None for the whole file;
    column: name of the column; value: what stood there; rule: what was expected; remedy: what to do. hint: gives a
    better remedy, or nothing; it is asked only when the fault is shown, since a search for near names takes its time.
    """

    file: str
    rule: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    hint: Callable[[], str] | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        where = shortened(self.file, VALUE_CHARACTERS)
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", column {shortened(self.column, VALUE_CHARACTERS)}"
        found = "" if self.value is None else f"found {escaped(shortened(self.value, VALUE_CHARACTERS))!r}; "
        return escaped(f"{where}: {found}{self.rule[:TEXT_CHARACTERS]}. {self.told().remedy[:TEXT_CHARACTERS]}")

    def told(self) -> Fault:
        """The fault with its best remedy."""
        better = self.hint() if self.hint else ""
        return replace(self, remedy=better or self.remedy, hint=None) if self.hint else self


class InputError(SogdiaError):
    """An input with faults; all of them, not only the first. Nothing was written."""

    def __init__(self, faults: Sequence[Fault], total: int | None = None) -> None:
        shown = tuple(fault.told() for fault in faults[:MAX_FAULTS_SHOWN])
        self.faults = (*shown, *faults[MAX_FAULTS_SHOWN:])
        self.total = len(self.faults) if total is None else total
        count = f"{self.total}{' or more' if self.total >= MAX_FAULTS_COUNTED else ''}"
        lines = [f"{count} fault{'s' if self.total != 1 else ''} in the input; nothing was written."]
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
    if len(name) > COMPARED_CHARACTERS:
        return ""
    folded = {candidate.casefold(): candidate for candidate in valid}
    candidates = islice(_of_like_length(name.casefold(), folded), COMPARED_NAMES)
    near = get_close_matches(name.casefold(), list(candidates), n=limit, cutoff=NEARNESS)
    return f"Did you mean {' or '.join(folded[n] for n in near)}?" if near else ""


def _of_like_length(name: str, candidates: Iterable[str]) -> Iterator[str]:
    """Those whose length lets them be near: 2 x common letters / letters of both reaches NEARNESS."""
    for candidate in candidates:
        shorter, longer = sorted((len(name), len(candidate)))
        if 2 * shorter >= NEARNESS * (shorter + longer):
            yield candidate


def unknown(kind: str, name: str, valid: Iterable[str]) -> UnknownNameError:
    """The error for a name that does not exist, with the nearest names, or all of them when they are few."""
    names = sorted(valid)
    hint = did_you_mean(name, names)
    if not hint:
        hint = f"Known: {', '.join(names)}." if len(names) <= 40 else f"{len(names)} are known."
    return UnknownNameError(f"unknown {kind} {name!r}. {hint}")
