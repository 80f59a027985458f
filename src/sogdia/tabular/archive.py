"""Is this zip archive safe to open? Names, sizes and checksums are judged before anything is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from sogdia.errors import Fault, InputError

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
# A release of all years is 8 GB of text in 2 GB of zip; text in these formats shrinks five- to fiftyfold.
MAX_UNPACKED_BYTES = 64 * 2**30
MAX_RATIO = 200
RATIO_JUDGED_ABOVE_BYTES = 2**20
MAX_MEMBERS = 10_000
ENCRYPTED = 0x1


def members(path: Path, name: str | None = None) -> tuple[zipfile.ZipInfo, ...]:
    """The files of an archive; InputError when it is damaged or would be dangerous to unpack."""
    shown = name or path.name
    try:
        with zipfile.ZipFile(path) as archive:
            found = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as why:
        raise broken(shown, str(why)) from why
    faults = [fault for info in found[:MAX_MEMBERS] if (fault := _danger(shown, info))]
    total = sum(info.file_size for info in found)
    if total > MAX_UNPACKED_BYTES or len(found) > MAX_MEMBERS:
        rule = f"an archive unpacks to {MAX_UNPACKED_BYTES // 2**30} GiB and {MAX_MEMBERS} files at most"
        remedy = "This is no data release; get the file from its publisher again."
        faults.append(Fault(shown, rule, remedy, value=f"{total / 2**30:.1f} GiB, {len(found)} files"))
    if faults:
        raise InputError(faults)
    return tuple(found)


def open_member(path: Path, name: str) -> IO[bytes]:
    """The bytes of one file of an archive; closing it closes the archive."""
    with zipfile.ZipFile(path) as archive:
        return archive.open(name)


@contextmanager
def intact(file: str) -> Iterator[None]:
    """While reading: damage that shows only on unpacking becomes an InputError."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as why:
        raise broken(file, str(why)) from why
    except OSError as why:
        raise InputError([Fault(file, "the file can be read", "Check it and try again.", value=str(why))]) from why


def broken(file: str, why: str) -> InputError:
    """The error for an archive that ends early or whose checksums do not agree."""
    remedy = "The download was probably cut short: get the file again."
    return InputError([Fault(file, "a zip archive is complete", remedy, value=why[:120])])


def _danger(file: str, info: zipfile.ZipInfo) -> Fault | None:
    """What is wrong with one member, if anything."""
    name = info.orig_filename.replace("\\", "/")
    if name.startswith("/") or ".." in PurePosixPath(name).parts or ":" in name[:3] or "\0" in name:
        remedy = "Do not use this archive; get it from its publisher."
        return Fault(file, "names in an archive stay inside it", remedy, value=info.orig_filename[:120])
    if info.flag_bits & ENCRYPTED:
        return Fault(file, "the archive is not encrypted", "Unpack it with its password first.", value=name[:120])
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > RATIO_JUDGED_ABOVE_BYTES and ratio > MAX_RATIO:
        remedy = "This looks like a zip bomb; get the file from its publisher."
        return Fault(file, f"a file shrinks {MAX_RATIO}fold at most", remedy, value=f"{name[:80]}: {ratio:.0f}fold")
    return None
