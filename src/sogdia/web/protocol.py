"""HTTP/1.1 as uvicorn speaks it; a client that neither finishes a request nor takes an answer is let go."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from sogdia.web.limits import HEAD_SECONDS, SEND_SECONDS


class TimedProtocol(H11Protocol):
    """A clock runs while no request is being answered; bytes that come in drops do not wind it up."""

    _clock: asyncio.TimerHandle | None = None
    _full: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Stop it where a request is whole."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Start it again for the next request."""
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        """The client takes nothing for now."""
        super().pause_writing()
        self._full = self.loop.call_later(SEND_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """It does again."""
        super().resume_writing()
        self._taken()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop both clocks."""
        super().connection_lost(exc)
        self._stop()
        self._taken()

    def _taken(self) -> None:
        if self._full is not None:
            self._full.cancel()
            self._full = None

    def _watch(self) -> None:
        idle = self.cycle is None or self.cycle.response_complete
        if not idle or self.transport.is_closing():
            self._stop()
        elif self._clock is None:
            self._clock = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
