"""What went wrong, where it came from, and what to do about it: the errors a user of Sogdia can meet.

Every error that a user can cause derives from `SogdiaError`; the command line prints its text and exits with
status 2. Anything else that escapes is a defect in Sogdia.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from sogdia.text import escaped, shortened

MAX_FAULTS_SHOWN = 50
MAX_FAULTS_COUNTED = 1_000
"""A reader may stop looking after so many: the count is then a least one."""
VALUE_CHARACTERS = 200
"""A longer value is shown by its beginning."""
TEXT_CHARACTERS = 600
"""The same for a rule and a remedy, which may quote it."""
COMPARED_CHARACTERS = 64
"""No name is longer; text that is has no name near it."""
COMPARED_PAIRS = 5_000_000
"""Pairs of letters that are compared to find near names, for one name or for all the faults of one error."""
NEARNESS = 0.6
FEW_NAMES = 40
"""So many names are all listed where none of them is near."""


class SogdiaError(Exception):
    """Something the user can put right. The message says how; unsafe characters in it are shown as <U+XXXX>."""

    def __init__(self, *args: object) -> None:
        super().__init__(*(escaped(part, lines=True) if isinstance(part, str) else part for part in args))


class DataError(SogdiaError):
    """The store or a run folder is missing, damaged or of another version."""


class NoAnswerError(SogdiaError):
    """The question is well posed but has no answer in the data (no trade, no route, code not mapped)."""


@dataclass(frozen=True, slots=True)
class Near:
    """The search for names that may have been meant by another. before: what to say before them."""

    name: str
    valid: Collection[str]
    before: str = ""

    @property
    def pairs(self) -> int:
        """How many pairs of letters it compares."""
        return len(self.name) * sum(map(len, _comparable(self.name, self.valid)))

    def remedy(self) -> str:
        """A sentence with the nearest names, empty when nothing is near."""
        near = did_you_mean(self.name, self.valid)
        return f"{self.before} {near}".strip() if near else ""


class UnknownNameError(SogdiaError):
    """A country, mineral, place, table or option that does not exist. near: names that may have been meant; they are
    sought when the message is asked for. otherwise: what to say where there are none.
    """

    def __init__(self, message: str = "", near: Near | None = None, otherwise: str = "") -> None:
        super().__init__(message)
        self.near = near
        self.otherwise = otherwise

    def __str__(self) -> str:
        hint = (self.near.remedy() if self.near else "") or self.otherwise
        return escaped(f"{self.args[0]} {hint}".strip(), lines=True)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one place of an input.

    file: name of the input; row: 1-based line as an editor or spreadsheet shows it, None for the whole file;
    column: name of the column; value: what stood there; rule: what was expected; remedy: what to do. hint: gives a
    better remedy where a name may have been meant; it is asked only when the fault is shown, since it takes its time.
    """

    file: str
    rule: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    hint: Near | None = field(default=None, repr=False, compare=False)

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
        if self.hint is None:
            return self
        return replace(self, remedy=self.hint.remedy() or self.remedy, hint=None)


class InputError(SogdiaError):
    """An input with faults; all of them, not only the first. Nothing was written."""

    def __init__(self, faults: Sequence[Fault], total: int | None = None) -> None:
        shown = tuple(_told(faults[:MAX_FAULTS_SHOWN]))
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
    folded = {candidate.casefold(): candidate for candidate in valid}
    near = get_close_matches(name.casefold(), _comparable(name, folded), n=limit, cutoff=NEARNESS)
    return f"Did you mean {' or '.join(folded[n] for n in near)}?" if near else ""


def _comparable(name: str, candidates: Iterable[str]) -> list[str]:
    """Those whose length lets them be near, 2 x common letters / letters of both >= NEARNESS, while there is time."""
    pairs, comparable = 0, list[str]()
    if len(name) > COMPARED_CHARACTERS:
        return comparable
    least, most = NEARNESS / (2 - NEARNESS) * len(name), (2 - NEARNESS) / NEARNESS * len(name)
    for candidate in candidates:
        if least <= len(candidate) <= most:
            comparable.append(candidate)
            pairs += len(name) * len(candidate)
            if pairs > COMPARED_PAIRS:
                break
    return comparable


def _told(faults: Sequence[Fault]) -> Iterator[Fault]:
    """The faults with their best remedies, as long as near names are found in reasonable time."""
    pairs = 0
    for fault in faults:
        pairs += fault.hint.pairs if fault.hint else 0
        yield fault.told() if pairs <= COMPARED_PAIRS else replace(fault, hint=None)


def unknown(kind: str, name: str, valid: Iterable[str]) -> UnknownNameError:
    """The error for a name that does not exist, with the nearest names, or all of them when they are few."""
    names = tuple(valid)
    few = f"Known: {', '.join(sorted(names))}." if len(names) <= FEW_NAMES else f"{len(names)} are known."
    return UnknownNameError(f"unknown {kind} {shortened(name, VALUE_CHARACTERS)!r}.", Near(name, names), few)


def remedy_of(error: SogdiaError) -> tuple[str, Near | None]:
    """What an error says, for the remedy and the hint of a fault: near names are sought only if the fault is shown."""
    if isinstance(error, UnknownNameError) and error.near is not None:
        return f"{error.args[0]} {error.otherwise}".strip(), replace(error.near, before=str(error.args[0]))
    return str(error), None
