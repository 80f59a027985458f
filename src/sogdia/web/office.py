"""Questions in, replies out: light ones by threads, heavy ones by the worker; equal ones at once are answered once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from anyio import CapacityLimiter, to_thread

from sogdia.questions.desk import Desk, Form
from sogdia.questions.limits import KEPT_ANSWERS
from sogdia.questions.registry import Asked, question_named
from sogdia.web.limits import KEPT_BYTES, LIGHT_AT_ONCE, WAITING
from sogdia.web.reply import BUSY, OK, Reply, reply, sorry
from sogdia.web.worker import Worker

Key = tuple[Asked, Form]
MANY = "Too many questions wait. Ask again when some are answered."


class Office:
    """A question that nobody waits for any more is given up."""

    def __init__(self, desk: Desk, worker: Worker) -> None:
        self._desk, self._worker = desk, worker
        self._light = CapacityLimiter(LIGHT_AT_ONCE)
        self._running: dict[Key, asyncio.Task[Reply]] = {}
        self._waiting: dict[Key, int] = {}
        self._kept: OrderedDict[Key, Reply] = OrderedDict()
        self._bytes = 0

    async def answer(self, asked: Asked, form: Form) -> Reply:
        """The reply, kept from before where it is one of the last."""
        key = (asked, form)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        task = self._running.get(key)
        if task is None:
            if len(self._running) >= WAITING:
                return sorry(BUSY, MANY)
            task = self._running[key] = asyncio.create_task(self._work(key))
        self._waiting[key] = self._waiting.get(key, 0) + 1
        try:
            return await asyncio.shield(task)
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key]
                task.cancel()

    async def _work(self, key: Key) -> Reply:
        asked, form = key
        question = question_named(asked.question)
        try:
            if question is not None and question.heavy:
                said = await self._worker.answer(asked, form)
            else:
                said = await to_thread.run_sync(
                    reply, self._desk, asked, form, limiter=self._light, abandon_on_cancel=True
                )
        finally:
            del self._running[key]
        if said.status == OK:
            self._keep(key, said)
        return said

    def _keep(self, key: Key, said: Reply) -> None:
        self._kept[key] = said
        self._bytes += len(said.body)
        while self._kept and (len(self._kept) > KEPT_ANSWERS or self._bytes > KEPT_BYTES):
            _, old = self._kept.popitem(last=False)
            self._bytes -= len(old.body)
