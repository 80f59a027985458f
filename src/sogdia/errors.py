"""What went wrong, where it came from, and what to do about it: the errors a user of Sogdia can meet.

Every error that a user can cause derives from `SogdiaError`; the command line prints its text and exits with
status 2. Anything else that escapes is a defect in Sogdia.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
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


class SolveError(SogdiaError):
    """A solver that did not converge. The message says in how many cases, and what to change."""


class FileRefusedError(SogdiaError, OSError):
    """A file or folder that the operating system does not let one read or write. The message says what to do."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one place of an input.

    file: name of the input, a file or a keyword of a call; row: 1-based line as an editor or spreadsheet shows it, None
    for the whole file; column: name of the column; value: what stood there; rule: what was expected; remedy: what to
    do. hint: gives a better remedy, or nothing; it is asked only when the fault is shown, since a search for near names
    takes its time.
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


def wrong_argument(name: str, rule: str, remedy: str, value: object = None) -> InputError:
    """The error for one keyword of a call.

    >>> print(wrong_argument("draws", "a number of draws is 1 or more", "Leave it out.", 0).faults[0])
    draws: found '0'; a number of draws is 1 or more. Leave it out.
    """
    return InputError([Fault(name, rule, remedy, value=None if value is None else str(value))])


def renamed(error: InputError, names: Mapping[str, str]) -> InputError:
    """The same error with keywords called by other names, as the options of a command are."""
    return InputError([replace(fault, file=names.get(fault.file, fault.file)) for fault in error.faults], error.total)


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


REMEDIES: dict[int, tuple[str, str]] = {
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
    plain = (error.strerror or str(error)).lower()
    what, remedy = REMEDIES.get(error.errno or 0, (plain, "Check the path, the disk and its space."))
    return f"{what}. {remedy}" if error.filename is None else f"{error.filename}: {what}. {remedy}"


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
