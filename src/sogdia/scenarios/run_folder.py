"""The folder of a run: its settings, the parts that are finished, and the answer at the end.

    run.json                       settings and the fingerprint of everything that decides the answer
    parts/MINERAL-FIRST-SHA256.parquet   losses of the states from number FIRST on, named by the hash of its content
    states.parquet, years.parquet, summary.json   at the end

A part gets its name only when it is whole and on the disk, and the name holds its SHA-256: a part is as good as its
name, or it is computed again. Nothing else is trusted, so that a run can be stopped at any moment.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from sogdia import files
from sogdia.errors import DataError, Fault, InputError, refusals
from sogdia.scenarios.block import BlockLosses

FORMAT = 1
SETTINGS, SUMMARY, PARTS = "run.json", "summary.json", "parts"
STATES, YEARS = "states.parquet", "years.parquet"
NAME = re.compile(r"(?P<mineral>[a-z0-9_]+)-(?P<first>\d{8})-(?P<hash>[0-9a-f]{64})\.parquet")
LOCK = ".run.lock"


@dataclass(frozen=True, slots=True)
class StateBlock:
    """The states `first` to `last` (not included) of one market, by its number in the setup."""

    market: int
    mineral: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class FinishedParts:
    """What a run folder holds: losses by (mineral, first state); damaged: names of parts that are not what their name
    says, which are removed.
    """

    losses: Mapping[tuple[str, int], BlockLosses]
    damaged: tuple[str, ...] = field(default=())


def start(folder: Path, settings: Mapping[str, Any]) -> None:
    """Make the folder of a run, or take that of the same run; InputError where something else stands there."""
    with refusals(folder):
        if folder.exists() and not folder.is_dir():
            raise _not_free(folder, "a file stands there")
        known = folder / SETTINGS
        if known.exists():
            if read_settings(folder) != _plain(settings):
                raise _not_free(
                    folder, "a run with other settings stands there", f"Go on with that one: `sogdia resume {folder}`."
                )
            return
        if folder.exists() and any(not entry.name.startswith(".") for entry in folder.iterdir()):
            raise _not_free(folder, "the folder holds other files")
        files.write_text(known, json.dumps(settings, indent=1, sort_keys=True) + "\n")


def read_settings(folder: Path) -> dict[str, Any]:
    """The settings of a run; DataError where there are none or they cannot be read."""
    path = folder / SETTINGS
    if not path.exists():
        raise DataError(f"{folder} holds no run: it has no {SETTINGS}. Start one with `sogdia ensemble`.")
    try:
        with refusals(path):
            content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise DataError(f"{path} is damaged: no settings can be read. Start the run anew in another folder.") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise DataError(f"{path} is of another version of Sogdia. Start the run anew in another folder.")
    return content


def write_part(folder: Path, block: StateBlock, losses: BlockLosses) -> None:
    """Write the losses of a block under a name that holds their hash."""
    frame = pl.DataFrame(
        {
            "state": np.arange(block.first, block.last, dtype=np.int64),
            "loss_kusd": losses.loss_kusd, "use_cost": losses.use_cost, "status": losses.status,
        }
    )  # fmt: skip
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    content = buffer.getvalue()
    name = f"{block.mineral}-{block.first:08d}-{sha256(content).hexdigest()}.parquet"
    with refusals(folder / PARTS), files.replacing(folder / PARTS / name) as part:
        part.write_bytes(content)


def finished_parts(folder: Path, blocks: Sequence[StateBlock]) -> FinishedParts:
    """The parts of these blocks that are whole. Damaged ones, and those of other blocks, are removed."""
    wanted = {(block.mineral, block.first): block for block in blocks}
    losses: dict[tuple[str, int], BlockLosses] = {}
    damaged = []
    parts = folder / PARTS
    with refusals(parts):
        parts.mkdir(exist_ok=True)
        for path in sorted(parts.iterdir()):
            named = NAME.fullmatch(path.name)
            if named is None:
                continue
            key = (named["mineral"], int(named["first"]))
            found = _read_part(path, named["hash"], wanted.get(key))
            if found is None:
                damaged.append(path.name)
                path.unlink()
            else:
                losses[key] = found
    return FinishedParts(losses, tuple(damaged))


def _read_part(path: Path, expected: str, block: StateBlock | None) -> BlockLosses | None:
    content = path.read_bytes()
    if block is None or sha256(content).hexdigest() != expected:
        return None
    frame = pl.read_parquet(io.BytesIO(content))
    if frame["state"].to_list() != list(range(block.first, block.last)):
        return None
    columns = (frame[name].to_numpy() for name in ("loss_kusd", "use_cost", "status"))
    return BlockLosses(*(np.array(column) for column in columns))


def write_table(path: Path, frame: pl.DataFrame) -> None:
    """Write a table of the answer whole or not at all."""
    with refusals(path), files.atomic(path) as part:
        frame.write_parquet(part, compression="zstd")


def write_summary(folder: Path, summary: Mapping[str, Any]) -> None:
    """Write the answer."""
    with refusals(folder / SUMMARY):
        files.write_text(folder / SUMMARY, json.dumps(summary, indent=1) + "\n")


def _plain(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings as they come back from the file."""
    plain: dict[str, Any] = json.loads(json.dumps(settings))
    return plain


def _not_free(folder: Path, what: str, remedy: str = "") -> InputError:
    rule = f"a run has a folder of its own, and {what}"
    return InputError([Fault(str(folder), rule, f"Choose another folder. {remedy}".strip())])
