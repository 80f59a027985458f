"""A process beside the server that is spoken to over a pipe: started when it is needed, ended whatever it is doing."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess


class ChildProcess:
    """task: what it runs, given its end of the pipe and `given`. It ends with the server."""

    def __init__(self, task: Callable[..., None], *given: object) -> None:
        self._task, self._given = task, given
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def line(self) -> Connection:
        """The server's end of the pipe; a process that is not there, or has died, is started."""
        if self._line is None or self._process is None or not self._process.is_alive():
            self.end()
            context = get_context("spawn")
            ours, theirs = context.Pipe()
            self._process = context.Process(target=self._task, args=(theirs, *self._given), daemon=True)
            self._process.start()
            theirs.close()
            self._line = ours
        return self._line

    def end(self) -> None:
        """End the process; the next question starts another."""
        process, self._process, self._line = self._process, None, None
        if process is not None:
            process.kill()
            process.join()
