"""A process reads files of purchases under limits of memory and time; it is replaced when it breaks."""

from __future__ import annotations

import asyncio
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from anyio import to_thread

from sogdia.web.limits import READ_SECONDS
from sogdia.web.reading import read_files
from sogdia.web.reply import Reply, sorry

LARGE = "The file asks for more memory or time than a page gives it. Use `sogdia data add` on the command line."


class Intake:
    """One file at a time. stores: the folders that the purchases are laid over."""

    def __init__(self, stores: tuple[Path, ...]) -> None:
        self._stores = stores
        self._turn = asyncio.Lock()
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    async def start(self) -> None:
        """Start the process, so that the first file need not wait for it."""
        async with self._turn:
            await to_thread.run_sync(self._open)

    async def read(self, path: Path) -> Reply:
        """What the file holds, or its faults."""
        async with self._turn:
            line = await to_thread.run_sync(self._open)
            try:
                async with asyncio.timeout(READ_SECONDS):
                    said = await to_thread.run_sync(_exchange, line, path, abandon_on_cancel=True)
            except (TimeoutError, asyncio.CancelledError) as why:
                self.close()
                if isinstance(why, asyncio.CancelledError):
                    raise
                said = None
            if said is None:
                self.close()
                return sorry(413, LARGE)
            return said

    def _open(self) -> Connection:
        if self._line is None or self._process is None or not self._process.is_alive():
            self.close()
            context = get_context("spawn")
            ours, theirs = context.Pipe()
            self._process = context.Process(target=read_files, args=(theirs, self._stores), daemon=True)
            self._process.start()
            theirs.close()
            self._line = ours
        return self._line

    def close(self) -> None:
        """End the process."""
        process, self._process, self._line = self._process, None, None
        if process is not None:
            process.kill()
            process.join()


def _exchange(line: Connection, path: Path) -> Reply | None:
    """None where the process broke."""
    try:
        line.send(path)
        found: Reply | None = line.recv()
    except (EOFError, OSError):
        return None
    return found
