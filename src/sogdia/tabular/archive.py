"""Zip archives that are safe to open: names, sizes and checksums are checked before anything is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from sogdia.errors import Fault, InputError
from sogdia.tabular.limits import ARCHIVE_BYTES, ARCHIVE_MEMBERS, ARCHIVE_RATIO, RATIO_BYTES
from sogdia.text import unsafe_character

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
PACKED = {
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"7z\xbc\xaf": "7z",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"Rar!": "rar",
}
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1
REFUSE = "Do not use this archive; get it from its publisher."


def members(path: Path, name: str | None = None, *, ratio: int = ARCHIVE_RATIO) -> tuple[zipfile.ZipInfo, ...]:
    """The files of an archive; InputError when it is damaged or would be dangerous to unpack.

    ratio: how many times its packed size a file may have.
    """
    shown = name or path.name
    try:
        with zipfile.ZipFile(path) as archive:
            files = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as why:
        raise broken(shown, str(why)) from why
    faults = [fault for info in files[:ARCHIVE_MEMBERS] if (fault := _danger(shown, info, ratio))]
    if faults or (faults := list(_too_large(shown, files, path.stat().st_size, ratio))):
        raise InputError(faults)
    return tuple(files)


def open_member(path: Path, name: str) -> IO[bytes]:
    """The bytes of one file of an archive; closing it closes the archive."""
    with zipfile.ZipFile(path) as archive:
        return archive.open(name)


@contextmanager
def intact(file: str) -> Iterator[None]:
    """While reading: damage that shows only on unpacking, and what no limit has caught, becomes an InputError."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as why:
        raise broken(file, str(why)) from why
    except OSError as why:
        raise InputError([Fault(file, "the file can be read", "Check it and try again.", value=str(why))]) from why
    except MemoryError as why:
        remedy = "Give a smaller file, or use a computer with more memory."
        raise InputError([Fault(file, "the file fits into the memory", remedy)]) from why
    except (RecursionError, OverflowError, UnicodeError) as why:
        remedy = "This is no file that Sogdia reads; compare it with the documentation."
        raise InputError([Fault(file, "the file can be read", remedy, value=str(why))]) from why


def must_not_be_packed(file: str, head: bytes) -> None:
    """InputError for a file that another program than zip has packed, by its first bytes."""
    packed = next((name for mark, name in PACKED.items() if head.startswith(mark)), None)
    if packed:
        rule, remedy = "the file is not packed, or is a zip archive", f"Unpack it ({packed}) and give what was in it."
        raise InputError([Fault(file, rule, remedy, value=f"a file packed with {packed}")])


def broken(file: str, why: str) -> InputError:
    """The error for an archive that ends early or whose checksums do not agree."""
    remedy = "The download was probably cut short: get the file again."
    return InputError([Fault(file, "a zip archive is complete", remedy, value=why[:120])])


def _danger(file: str, info: zipfile.ZipInfo, most: int) -> Fault | None:
    """What is wrong with one member, if anything."""
    name = info.orig_filename.replace("\\", "/")
    if name.startswith("/") or ".." in PurePosixPath(name).parts or ":" in name[:3] or "\0" in name:
        return Fault(file, "names in an archive stay inside it", REFUSE, value=info.orig_filename[:120])
    character = unsafe_character(name)
    if character:
        rule = f"names in an archive have no control characters, and this one has {character}"
        return Fault(file, rule, REFUSE, value=info.orig_filename[:120])
    if info.flag_bits & ENCRYPTED:
        return Fault(file, "the archive is not encrypted", "Unpack it with its password first.", value=name[:120])
    if info.compress_type not in METHODS:
        return Fault(file, "an archive is packed by the usual method (deflate)", "Pack it again.", value=name[:120])
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > RATIO_BYTES and ratio > most:
        remedy = "This looks like a zip bomb; get the file from its publisher."
        return Fault(file, f"a file shrinks {most}fold at most", remedy, value=f"{name[:80]}: {ratio:.0f}fold")
    return None


def _too_large(file: str, files: list[zipfile.ZipInfo], packed: int, ratio: int) -> Iterator[Fault]:
    """The fault of an archive that unpacks to too much; files that overlap make it more than its size allows."""
    total = sum(info.file_size for info in files)
    value = f"{total / 2**30:.1f} GiB, {len(files)} files"
    if total > ARCHIVE_BYTES or len(files) > ARCHIVE_MEMBERS:
        rule = f"an archive unpacks to {ARCHIVE_BYTES // 2**30} GiB and {ARCHIVE_MEMBERS} files at most"
        yield Fault(file, rule, "This is no data release; get the file from its publisher again.", value=value)
    elif total > RATIO_BYTES and total > ratio * packed:
        rule = f"an archive shrinks {ratio}fold at most"
        yield Fault(file, rule, "This looks like a zip bomb; get the file from its publisher.", value=value)
