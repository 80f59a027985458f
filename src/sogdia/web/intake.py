"""A process reads files of purchases under limits of memory and time; it is replaced when it breaks."""

from __future__ import annotations

import asyncio
from multiprocessing.connection import Connection
from pathlib import Path

from anyio import to_thread

from sogdia.web.child import ChildProcess
from sogdia.web.limits import READ_SECONDS
from sogdia.web.reading import read_files
from sogdia.web.reply import Reply, sorry

LARGE = "The file asks for more memory or time than a page gives it. Use `sogdia data add` on the command line."


class Intake:
    """One file at a time. stores: the folders that the purchases are laid over."""

    def __init__(self, stores: tuple[Path, ...]) -> None:
        self._turn = asyncio.Lock()
        self._child = ChildProcess(read_files, stores)

    async def start(self) -> None:
        """Start the process, so that the first file need not wait for it."""
        async with self._turn:
            await to_thread.run_sync(self._child.line)

    async def read(self, path: Path) -> Reply:
        """What the file holds, or its faults."""
        async with self._turn:
            line = await to_thread.run_sync(self._child.line)
            try:
                async with asyncio.timeout(READ_SECONDS):
                    said = await to_thread.run_sync(_exchange, line, path, abandon_on_cancel=True)
            except (TimeoutError, asyncio.CancelledError) as why:
                self._child.end()
                if isinstance(why, asyncio.CancelledError):
                    raise
                said = None
            if said is None:
                self._child.end()
                return sorry(413, LARGE)
            return said

    def close(self) -> None:
        """End the process."""
        self._child.end()


def _exchange(line: Connection, path: Path) -> Reply | None:
    """None where the process broke."""
    try:
        line.send(path)
        found: Reply | None = line.recv()
    except (EOFError, OSError):
        return None
    return found
