"""A release is got from its publisher, and what stands there afterwards is such a release."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sogdia.data.fetching.releases import OfferedRelease, release
from sogdia.data.fetching.transfer import Progress, TransferError, Wanted, transfer
from sogdia.data.lock import writing
from sogdia.errors import InputError, refusals, wrong_argument
from sogdia.files import sha256 as sha256_of
from sogdia.tabular import archive
from sogdia.tabular.limits import RELEASE_RATIO

HASH = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Got:
    """A release on the disk. path: its file; sha256: of its content, to be compared with what a colleague has."""

    path: Path
    size: int
    sha256: str
    release: OfferedRelease

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON."""
        return {"file": str(self.path), "bytes": self.size, "sha256": self.sha256, "release": asdict(self.release)}


def get(
    kind: str,
    folder: Path,
    *,
    vintage: str | None = None,
    address: str | None = None,
    sha256: str | None = None,
    progress: Progress = lambda _done, _size: None,
    tell: Callable[[str], None] = lambda _: None,
) -> Got:
    """Get a release into a folder; TransferError says how to get it by hand where the network does not give it.

    kind: `baci`; vintage: the release, such as 202601, the newest of the table where None; address: another place that
    holds the same file; sha256: the hash that the file must have.
    """
    found = release(kind, vintage)
    if address is not None:
        found = replace(found, address=address)
    if sha256 is not None:
        if not HASH.fullmatch(sha256):
            raise wrong_argument("sha256", "a SHA-256 has 64 hexadecimal digits", "Copy it whole.", sha256)
        found = replace(found, sha256=sha256.lower())
    if not found.file:
        raise wrong_argument("address", "an address ends with the name of a file", "Give that of the file.", address)
    target = Path(folder) / found.file
    with refusals(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with writing(target.with_name(f"{target.name}.lock"), what=target, wait=0.0, tell=tell):
            if target.exists():
                raise TransferError(
                    f"{target} is there already and is not replaced. Add it (`sogdia data add {target}`), or move it."
                )
            tell(f"getting {found.file} from {found.address}")
            try:
                transfer(Wanted(found.address, found.size, found.sha256), target, progress=progress, tell=tell)
            except TransferError as why:
                raise TransferError(f"{why}\n{by_hand(found)}") from why
            _must_be_an_archive(target, found)
            return Got(target, target.stat().st_size, sha256_of(target), found)


def by_hand(found: OfferedRelease) -> str:
    """How a person gets the release without this program.

    >>> from sogdia.data.fetching.releases import release
    >>> by_hand(release("baci")).splitlines()[-1]
    '  3. sogdia data add BACI_HS92_V202601.zip'
    """
    return (
        "To get it by hand, on any computer with a network:\n"
        f"  1. open {found.page}\n"
        f"  2. download {found.file} ({found.revision}, release {found.vintage}); its address is {found.address}\n"
        f"  3. sogdia data add {found.file}"
    )


def _must_be_an_archive(target: Path, found: OfferedRelease) -> None:
    """TransferError, and no file, where a page of a web site or a damaged archive has come in its place."""
    with target.open("rb") as stream:
        head = stream.read(len(archive.ZIP_MAGIC))
    problem = "" if head == archive.ZIP_MAGIC else "what came is no zip archive, perhaps a page that asks to sign in"
    if not problem:
        try:
            archive.members(target, ratio=RELEASE_RATIO)
        except InputError as why:
            problem = why.faults[0].rule
    if problem:
        target.unlink()
        raise TransferError(f"{found.address}: {problem}. Nothing was kept.\n{by_hand(found)}")
