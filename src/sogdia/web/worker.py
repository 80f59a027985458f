"""A process that answers heavy questions one at a time, and that is ended where nobody waits any more."""

from __future__ import annotations

import asyncio
import logging
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from anyio import to_thread

from sogdia.questions.desk import Desk, Form, as_json
from sogdia.questions.faults import DEFECT
from sogdia.questions.outbound import forbid_outbound
from sogdia.questions.registry import Asked
from sogdia.web.child import ChildProcess
from sogdia.web.limits import HEAVY_SECONDS
from sogdia.web.reply import Reply, reply, sorry

LONG = f"The answer took longer than {HEAVY_SECONDS:.0f} seconds. Ask for fewer years, or use the command line."


class Worker:
    """The process starts with the first question and stays for the next; one that is given up ends with its process."""

    def __init__(self, store: Path | None) -> None:
        self._turn = asyncio.Lock()
        self._child = ChildProcess(answer_questions, store)

    async def answer(self, asked: Asked, form: Form) -> Reply:
        """The reply, when those before it have theirs."""
        async with self._turn:
            line = self._child.line()
            try:
                async with asyncio.timeout(HEAVY_SECONDS):
                    return await to_thread.run_sync(_exchange, line, asked, form, abandon_on_cancel=True)
            except TimeoutError:
                self._child.end()
                return sorry(504, LONG)
            except asyncio.CancelledError:
                self._child.end()
                raise

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._child.end()


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
