"""What went wrong, where it came from, and what to do about it: the errors a user of Sogdia can meet.

Every error that a user can cause derives from `SogdiaError`; the command line prints its text and exits with
status 2. Anything else that escapes is a defect in Sogdia.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
CLOSE = 0.75
"""For names of countries and minerals, of which many are spelt alike and mean different things."""
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


class SolveError(SogdiaError):
    """A solver that did not converge. The message says in how many cases, and what to change."""


class FileRefusedError(SogdiaError, OSError):
    """A file or folder that the operating system does not let one read or write. The message says what to do."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Near:
    """The search for names that may have been meant by another. before: what to say before them; nearness: the least
    share of letters in common.
    """

    name: str
    valid: Collection[str]
    before: str = ""
    nearness: float = NEARNESS

    @property
    def pairs(self) -> int:
        """How many pairs of letters it compares."""
        return len(self.name) * sum(map(len, _comparable(self.name, self.valid)))

    def remedy(self) -> str:
        """A sentence with the nearest names, empty when nothing is near."""
        near = did_you_mean(self.name, self.valid, nearness=self.nearness)
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

    file: name of the input, a file or a keyword of a call; row: 1-based line as an editor or spreadsheet shows it, None
    for the whole file; column: name of the column; value: what stood there; rule: what was expected; remedy: what to
    do. hint: gives a better remedy where a name may have been meant; it is asked only when the fault is shown, since it
    takes its time.
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


def wrong_argument(name: str, rule: str, remedy: str, value: object = None) -> InputError:
    """The error for one keyword of a call.

    >>> print(wrong_argument("draws", "a number of draws is 1 or more", "Leave it out.", 0).faults[0])
    draws: found '0'; a number of draws is 1 or more. Leave it out.
    """
    return InputError([Fault(name, rule, remedy, value=None if value is None else str(value))])


def renamed(error: InputError, names: Mapping[str, str]) -> InputError:
    """The same error with keywords called by other names, as the options of a command are."""
    return InputError([replace(fault, file=names.get(fault.file, fault.file)) for fault in error.faults], error.total)


def did_you_mean(name: str, valid: Iterable[str], limit: int = 3, *, nearness: float = NEARNESS) -> str:
    """A half-sentence naming the nearest valid names, empty when nothing is near.

    >>> did_you_mean("rare_earth", ["rare_earths", "tin"])
    'Did you mean rare_earths?'
    >>> did_you_mean("xyz", ["rare_earths", "tin"])
    ''
    """
    folded = {candidate.casefold(): candidate for candidate in valid}
    near = get_close_matches(name.casefold(), _comparable(name, folded), n=limit, cutoff=nearness)
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


def unknown(kind: str, name: str, valid: Iterable[str], *, nearness: float = NEARNESS) -> UnknownNameError:
    """The error for a name that does not exist, with the nearest names, or all of them when they are few. nearness: how
    near they have to be.
    """
    names = tuple(valid)
    few = f"Known: {', '.join(sorted(names))}." if len(names) <= FEW_NAMES else f"{len(names)} are known."
    return UnknownNameError(
        f"unknown {kind} {shortened(name, VALUE_CHARACTERS)!r}.", Near(name, names, nearness=nearness), few
    )


def remedy_of(error: SogdiaError) -> tuple[str, Near | None]:
    """What an error says, for the remedy and the hint of a fault: near names are sought only if the fault is shown."""
    if isinstance(error, UnknownNameError) and error.near is not None:
        return f"{error.args[0]} {error.otherwise}".strip(), replace(error.near, before=str(error.args[0]))
    return str(error), None


REMEDIES: dict[int, tuple[str, str]] = {
    errno.ENOMEM: ("the memory is used up", "Close other programs, or use a machine with more memory."),
    errno.ENOSPC: ("the disk is full", "Free some space, or choose another disk."),
    errno.EDQUOT: ("your share of the disk is full", "Free some space, or choose another disk."),
    errno.EROFS: ("the disk is read-only", "Choose another place."),
    errno.EIO: ("the disk reports an input/output error", "Check the disk, and try again or choose another one."),
    errno.EACCES: ("permission denied", "Choose another place, or get permission to use this one."),
    errno.EPERM: ("permission denied", "Choose another place, or get permission to use this one."),
    errno.EISDIR: ("is a directory", "A folder stands there: name a file."),
    errno.ENOTDIR: ("not a directory", "A part of the path is a file and no folder: correct the path."),
    errno.EEXIST: ("file exists", "Something else has this name: choose another one."),
    errno.ENOENT: ("no such file or directory", "Correct the path."),
    errno.ELOOP: ("a link stands there, which is not followed", "Remove the link, or name the place it points to."),
    errno.ENAMETOOLONG: ("file name too long", "Choose a shorter name."),
    errno.EMFILE: ("too many files are open", "Close other programs, or raise the limit (`ulimit -n`)."),
}
OS_ERROR = re.compile(r"\(os error (\d+)\)")


def refused(error: OSError) -> str:
    """Path, what is wrong and a remedy for something that the operating system refuses.

    >>> refused(PermissionError(13, "Permission denied", "t.csv"))
    't.csv: permission denied. Choose another place, or get permission to use this one.'
    >>> refused(OSError(28, "No space left on device", "t.csv"))
    't.csv: the disk is full. Free some space, or choose another disk.'
    """
    what, remedy = _cause(error)
    return f"{what}. {remedy}" if error.filename is None else f"{error.filename}: {what}. {remedy}"


def refused_for(error: OSError) -> str:
    """What is wrong, in the words of `refused`, without path and remedy.

    >>> refused_for(OSError(28, "No space left on device"))
    'the disk is full'
    """
    return _cause(error)[0]


def _cause(error: OSError) -> tuple[str, str]:
    """What is wrong and the remedy."""
    plain = (error.strerror or str(error)).lower()
    return REMEDIES.get(error.errno or 0, (plain, "Check the path, the disk and its space."))


def refusal(error: Exception) -> OSError | None:
    """What the operating system refused, where an exception stands for that; None for any other exception.

    XlsxWriter wraps the OSError; Polars keeps its number in the text only.
    """
    if isinstance(error, OSError) and error.errno is not None:
        return error
    wrapped = next((argument for argument in error.args if isinstance(argument, OSError)), None)
    if wrapped is not None:
        return wrapped
    number = OS_ERROR.search(str(error))
    if number is not None:
        return OSError(int(number[1]), os.strerror(int(number[1])))
    return OSError(0, str(error)) if isinstance(error, OSError) else None


@contextmanager
def refusals(place: object) -> Iterator[None]:
    """Inside, what the operating system refuses is raised as FileRefusedError. place: for errors that name none."""
    try:
        yield
    except SogdiaError:
        raise
    except Exception as why:
        cause = refusal(why)
        if cause is None:
            raise
        if cause.filename is None:
            cause.filename = str(place)
        raise file_refused(cause) from why


def file_refused(cause: OSError) -> FileRefusedError:
    """The error for something that the operating system refuses, with its number and path."""
    error = FileRefusedError(refused(cause))
    error.errno, error.strerror, error.filename = cause.errno, cause.strerror, cause.filename
    return error
