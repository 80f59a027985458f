"""The catalogue, one JSON file, names the files that make up a store, with the hash of each."""

from __future__ import annotations

from pathlib import Path

from sogdia.data.entries import FORMAT, Change, Entry, Parsed, parse, text_of
from sogdia.data.integrity import OpenFile, TableFile
from sogdia.errors import DataError, file_refused
from sogdia.files import read_regular, replacing, sha256, write_bytes

FILE_NAME = "catalogue.json"
MAX_BYTES = 64 * 2**20
# A reader meets a file that an `add` has just removed once per `add`, and each takes a second or more.
TRIES = 20
REMEDY = "`sogdia data verify --repair` makes a new one of the tables that are whole."


def read(folder: Path) -> tuple[Entry, ...]:
    """The entries of a store folder; DataError when the catalogue is missing, damaged or of another format."""
    return _sound(folder, content(folder))


def _sound(folder: Path, raw: bytes) -> tuple[Entry, ...]:
    """The entries of a catalogue's text; DataError when it is damaged or of another format."""
    path, parsed = folder / FILE_NAME, parse(raw)
    if parsed.format not in (None, FORMAT):
        raise DataError(f"{path}: {parsed.faults[0]}. Add the data again. {REMEDY}")
    if parsed.faults:
        more = f", and {len(parsed.faults) - 1} more faults" if len(parsed.faults) > 1 else ""
        raise DataError(f"{path} is damaged ({parsed.faults[0]}{more}). {REMEDY}")
    return parsed.entries


def content(folder: Path) -> bytes:
    """The text of a store's catalogue; DataError where there is none that can be read."""
    path = folder / FILE_NAME
    try:
        return read_regular(path, MAX_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        raise DataError(f"{folder} is no store: {FILE_NAME} is missing.") from None
    except PermissionError as why:
        raise _may_not_be_read(path) from why
    except OSError as why:
        if path.is_symlink() or not path.is_file():
            raise DataError(f"{path} is damaged (a link, or no regular file). {REMEDY}") from why
        raise file_refused(why) from why


def _may_not_be_read(path: Path) -> DataError:
    return DataError(f"{path} may not be read: permission denied. Get permission to read it, or name another store.")


def look(folder: Path) -> Parsed | None:
    """What the catalogue says, sound or not; None where there is none."""
    path = folder / FILE_NAME
    try:
        return parse(read_regular(path, MAX_BYTES))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except PermissionError as why:
        raise _may_not_be_read(path) from why
    except OSError:
        if path.is_symlink() or not path.is_file():
            return Parsed((), ("a link, or no regular file",))
        raise


def history(folder: Path) -> tuple[Change, ...]:
    """What was done to a store, oldest first; DataError where there is no catalogue."""
    return parse(content(folder)).history


def pinned(folder: Path) -> tuple[TableFile, ...]:
    """The files of a store, those that `sogdia data add` may remove already open, all of one state of the store."""
    for _ in range(TRIES):
        raw = content(folder)
        files = tuple(TableFile(folder, entry, _opened(folder, entry)) for entry in _sound(folder, raw))
        if all(file.opened is not None or not file.entry.written for file in files) or content(folder) == raw:
            return files
    raise DataError(f"{folder} changes too fast to be read. Wait until other commands have ended, and try again.")


def _opened(folder: Path, entry: Entry) -> OpenFile | None:
    """The file opened, None where it cannot be (which is told when it is read) or need not."""
    try:
        return TableFile(folder, entry).open() if entry.written else None
    except OSError:
        return None


def write(folder: Path, entries: tuple[Entry, ...]) -> Path:
    """Write the catalogue atomically; until then a store shows its former state."""
    return write_bytes(folder / FILE_NAME, text_of(entries))


def replace(folder: Path, entries: tuple[Entry, ...], history: tuple[Change, ...] = ()) -> None:
    """The same in a folder that exists, without waiting until the new name is on the disk."""
    try:
        with replacing(folder / FILE_NAME) as part:
            part.write_bytes(text_of(entries, history))
    except OSError:
        # A network may lose the answer to a rename that was done.
        if not reads(folder, entries, history):
            raise


def reads(folder: Path, entries: tuple[Entry, ...], history: tuple[Change, ...] = ()) -> bool:
    """Whether these are the entries of the catalogue as it lies on the disk."""
    try:
        return read_regular(folder / FILE_NAME, MAX_BYTES) == text_of(entries, history)
    except OSError:
        return False


def entry_for(
    folder: Path,
    file: str,
    *,
    table: str,
    rows: int,
    source_ids: tuple[str, ...],
    years: tuple[int, ...] = (),
    transformations: tuple[str, ...] = (),
) -> Entry:
    """The entry of a file that has just been written."""
    return Entry(table, file, rows, sha256(folder / file), source_ids, years, transformations)


def damaged(folder: Path) -> tuple[str, ...]:
    """What is wrong with a store, by file: "FILE: missing", "FILE: changed"; DataError where there is no catalogue."""
    for _ in range(TRIES):
        parsed = look(folder)
        if parsed is None:
            break
        faults = tuple(f"{FILE_NAME}: {fault}" for fault in parsed.faults)
        faults += tuple(fault for entry in parsed.entries if (fault := fault_of(folder, entry)))
        if not faults or look(folder) == parsed:
            return faults
    return tuple(fault for entry in read(folder) if (fault := fault_of(folder, entry)))


def fault_of(folder: Path, entry: Entry) -> str | None:
    """What is wrong with one file, None when it is as it was written."""
    fault = TableFile(folder, entry).fault()
    return f"{entry.file}: {fault}" if fault else None
