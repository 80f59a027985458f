"""One file gets from an address to the disk: in pieces, taken up again where it was cut, and checked before it counts.

It is written beside its place under another name (`FILE.part`, with `FILE.part.json` for what is known of it) and gets
its own name only when it is whole. What was received stays when the connection breaks, and the next call goes on from
there if the file at the address is still the same (HTTP ranges, entity tags).
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from sogdia.errors import SogdiaError, refusals

BLOCK_BYTES = 2**20
TIMEOUT_SECONDS = 30.0
ATTEMPTS = 5
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 1.0, 60.0
BUSY = frozenset({408, 429, 500, 502, 503, 504})
WHOLE, PARTIAL, NOT_THERE = 200, 206, 416
RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)", re.ASCII)
AGENT = "sogdia"


class TransferError(SogdiaError):
    """A file that could not be got from the network. What was received of it stays beside its place."""


class _Broken(Exception):  # noqa: N818  it is no error yet: the transfer tries again
    """The connection ended, or the server is busy. wait: seconds the server asks for."""

    def __init__(self, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file at an address. tag: its entity tag, or else the date of its last change."""

    address: str
    tag: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to get. size, sha256: what it must have, None where the publisher names none."""

    address: str
    size: int | None = None
    sha256: str | None = None


Progress = Callable[[int, int | None], None]


def transfer(
    wanted: Wanted,
    target: Path,
    *,
    progress: Progress = lambda _done, _size: None,
    tell: Callable[[str], None] = lambda _: None,
    timeout: float = TIMEOUT_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> Path:
    """Get a file; TransferError where the network, its size or its hash do not allow it.

    progress: called with the bytes received and the whole size, None where it is unknown; tell: called with a sentence
    when the transfer goes on or starts again; timeout: seconds without an answer. An address is https, or http on
    this very machine.
    """
    must_be_safe_address(wanted.address)
    part = target.with_name(f"{target.name}.part")
    note = target.with_name(f"{target.name}.part.json")
    with refusals(target):
        _receive(wanted, part, note, progress, tell, timeout, sleep)
        _must_be_the_file(wanted, part, note)
        part.replace(target)
        note.unlink(missing_ok=True)
    return target


def must_be_safe_address(address: str) -> None:
    """TransferError unless an address is https, or http on this machine.

    >>> must_be_safe_address("https://example.org/a.zip")
    >>> must_be_safe_address("http://127.0.0.1:8000/a.zip")
    """
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and _is_here(parts.hostname or ""):
        return
    raise TransferError(f"{address}: files are got over https only. Give an address that begins with https://.")


def _is_here(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def _receive(
    wanted: Wanted,
    part: Path,
    note: Path,
    progress: Progress,
    tell: Callable[[str], None],
    timeout: float,
    sleep: Callable[[float], None],
) -> None:
    """Get all of a file into `part`, trying again as long as there is hope."""
    failures, wait = 0, FIRST_WAIT_SECONDS
    while True:
        before = _size(part)
        try:
            _one_request(wanted, part, note, progress, tell, timeout)
        except _Broken as why:
            after = _size(part)
            failures = 0 if after > before else failures + 1
            wait = FIRST_WAIT_SECONDS if after > before else wait
            if failures >= ATTEMPTS:
                kept = (
                    f" {after:,} bytes are kept in {part.name}: the same command goes on from there." if after else ""
                )
                raise TransferError(f"{wanted.address}: {why}.{kept}") from why
            pause = min(why.wait if why.wait is not None else wait, LONGEST_WAIT_SECONDS)
            tell(f"{why}; again in {pause:.0f} s")
            sleep(pause)
            wait *= 2
        else:
            return


def _one_request(
    wanted: Wanted, part: Path, note: Path, progress: Progress, tell: Callable[[str], None], timeout: float
) -> None:
    """Ask once for what is missing, and write what comes."""
    known, there = _known(note, wanted.address), _size(part)
    if known is None:
        there = 0
    elif there and there == known.size:
        return
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
    if there and known is not None:
        headers["Range"] = f"bytes={there}-"
        if known.tag and not known.tag.startswith("W/"):
            headers["If-Range"] = known.tag
    with _answer(Request(wanted.address, headers=headers), timeout) as answer:
        if answer.status == NOT_THERE:
            if known is not None and known.size == there:
                return
            _forget(part, note)
            raise _Broken("the file at the address has changed", 0.0)
        start, size = _start_and_size(answer)
        if start and (start != there or (known is not None and known.size not in (None, size))):
            _forget(part, note)
            raise _Broken("the file at the address has changed", 0.0)
        if start:
            tell(f"going on after {start:,} bytes")
        elif there:
            tell("starting again: the file has changed, or the server does not go on in the middle")
        _must_fit(wanted, size, start, part)
        now = Known(wanted.address, answer.headers.get("ETag") or answer.headers.get("Last-Modified") or "", size)
        note.write_text(json.dumps(asdict(now)), encoding="utf-8")
        with part.open("ab" if start else "wb") as stream:
            done = _copied(answer, stream, start, size, progress)
            stream.flush()
            os.fsync(stream.fileno())
    if size is not None and done < size:
        raise _Broken(f"the connection ended after {done:,} of {size:,} bytes")


def _copied(answer: Any, stream: IO[bytes], done: int, size: int | None, progress: Progress) -> int:
    """Bytes that are there once an answer has been written to its end."""
    progress(done, size)
    try:
        while block := answer.read(BLOCK_BYTES):
            stream.write(block)
            done += len(block)
            progress(done, size)
            if size is not None and done > size:
                raise TransferError(f"more came than the {size:,} bytes that were announced. Try again later.")
    except (http.client.HTTPException, TimeoutError, ConnectionError) as why:
        stream.flush()
        raise _Broken(f"the connection broke after {done:,} bytes ({type(why).__name__})") from why
    return done


class _ToHttpsOnly(HTTPRedirectHandler):
    """Goes on to another address only where that is as safe as the first."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme != "https":
            fp.close()
            raise TransferError(
                f"{req.full_url}: sends on to {newurl}, which is not https and is not followed. "
                "Get the file by its publisher's page."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@contextmanager
def _answer(request: Request, timeout: float) -> Iterator[Any]:
    """The open answer of a server; TransferError where it has no such file, _Broken where trying again may help."""
    try:
        answer = build_opener(_ToHttpsOnly).open(request, timeout=timeout)
    except HTTPError as why:
        if why.code != NOT_THERE:
            raise _refused(request.full_url, why) from None
        answer = why
    except (URLError, TimeoutError, http.client.HTTPException, ConnectionError) as why:
        reason = getattr(why, "reason", None) or why or type(why).__name__
        raise _Broken(f"no connection ({reason})") from why
    with answer:
        yield answer


def _refused(address: str, why: HTTPError) -> _Broken | TransferError:
    """The error for an answer without the file."""
    why.close()
    said = f"the server answers {why.code} ({why.reason})"
    if why.code in BUSY:
        return _Broken(said, _asked(why))
    return TransferError(f"{address}: {said}. Is there a newer release? See the publisher's page.")


def _asked(why: HTTPError) -> float | None:
    """Seconds after which the server wants to be asked again."""
    text = str(why.headers.get("Retry-After") or "")
    return float(text) if text.isascii() and text.isdigit() else None


def _start_and_size(answer: Any) -> tuple[int, int | None]:
    """(first byte, size of the whole file) of an answer."""
    if answer.status == PARTIAL:
        found = RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        if found is None:
            raise TransferError("the server does not say which part it sends. Delete the .part file and try again.")
        return int(found[1]), None if found[3] == "*" else int(found[3])
    if answer.status != WHOLE:
        raise TransferError(f"the server answers {answer.status}, without the file. See the publisher's page.")
    length = answer.headers.get("Content-Length", "")
    return 0, int(length) if length.isascii() and length.isdigit() else None


def _must_fit(wanted: Wanted, size: int | None, start: int, part: Path) -> None:
    """TransferError for a file of another size than the publisher's, or larger than the disk."""
    if wanted.size is not None and size is not None and size != wanted.size:
        raise TransferError(
            f"{wanted.address}: has {size:,} bytes, and {wanted.size:,} are expected. Nothing was kept of it; "
            "see whether there is a newer release."
        )
    free = shutil.disk_usage(part.parent).free
    if size is not None and size - start > free:
        raise TransferError(
            f"{part.parent}: {size - start:,} bytes are needed, and {free:,} are free. Free some space."
        )


def _must_be_the_file(wanted: Wanted, part: Path, note: Path) -> None:
    """TransferError, and nothing kept, where what came is not the file that is wanted."""
    size = _size(part)
    if wanted.size is not None and size != wanted.size:
        _forget(part, note)
        raise TransferError(f"{wanted.address}: {size:,} bytes came, and {wanted.size:,} are expected. Try again.")
    if wanted.sha256 is not None:
        with part.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if digest != wanted.sha256.lower():
            _forget(part, note)
            raise TransferError(
                f"{wanted.address}: the SHA-256 of the file is {digest}, and {wanted.sha256} is expected. "
                "Nothing was kept: try again, or ask the publisher."
            )


def _known(note: Path, address: str) -> Known | None:
    """What an interrupted transfer knew of the file, None where it was another one."""
    try:
        known = Known(**json.loads(note.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return known if known.address == address else None


def _forget(part: Path, note: Path) -> None:
    part.unlink(missing_ok=True)
    note.unlink(missing_ok=True)


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0
