"""A process that answers heavy questions one at a time, and that is ended where nobody waits any more."""

from __future__ import annotations

import asyncio
import logging
import signal
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from anyio import to_thread

from sogdia.questions.desk import Desk, Form, as_json
from sogdia.questions.faults import DEFECT
from sogdia.questions.outbound import forbid_outbound
from sogdia.questions.registry import Asked
from sogdia.web.limits import HEAVY_SECONDS
from sogdia.web.reply import Reply, reply, sorry

LONG = f"The answer took longer than {HEAVY_SECONDS:.0f} seconds. Ask for fewer years, or use the command line."


class Worker:
    """The process starts with the first question and stays for the next; one that is given up ends with its process."""

    def __init__(self, store: Path | None) -> None:
        self._store = store
        self._turn = asyncio.Lock()
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    async def answer(self, asked: Asked, form: Form) -> Reply:
        """The reply, when those before it have theirs."""
        async with self._turn:
            line = self._open_line()
            try:
                async with asyncio.timeout(HEAVY_SECONDS):
                    return await to_thread.run_sync(_exchange, line, asked, form, abandon_on_cancel=True)
            except TimeoutError:
                self.close()
                return sorry(504, LONG)
            except asyncio.CancelledError:
                self.close()
                raise

    def close(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process, self._line = self._process, None, None
        if process is not None:
            process.kill()
            process.join()

    def _open_line(self) -> Connection:
        if self._line is None or self._process is None or not self._process.is_alive():
            self.close()
            context = get_context("spawn")
            ours, theirs = context.Pipe()
            self._process = context.Process(target=answer_questions, args=(theirs, self._store), daemon=True)
            self._process.start()
            theirs.close()
            self._line = ours
        return self._line


def _exchange(line: Connection, asked: Asked, form: Form) -> Reply:
    try:
        line.send((asked, form))
        found: Reply = line.recv()
    except (EOFError, OSError):
        return Reply(500, as_json({"error": DEFECT, "faults": []}))
    return found


def answer_questions(line: Connection, store: Path | None) -> None:
    """The life of the process: it ends with the server, which alone hears Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    forbid_outbound()
    desk = Desk(store)
    while True:
        try:
            asked, form = line.recv()
        except EOFError:
            return
        try:
            said = reply(desk, asked, form)
        except Exception:
            logging.getLogger(__name__).exception("a defect")
            said = sorry(500, DEFECT)
        line.send(said)
