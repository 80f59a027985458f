"""How much of a file has come, on the error stream: one line that changes in a terminal, some lines elsewhere."""

from __future__ import annotations

import sys
from time import monotonic

from sogdia.text import escaped

SECONDS_APART = {True: 0.2, False: 15.0}
MB = 1e6


class Received:
    """Called with the bytes received and the whole size, None where that is unknown."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._start = self._shown = monotonic()
        self._first: int | None = None
        self._open = False

    def __call__(self, done: int, size: int | None) -> None:
        """Show how far it is, now and then and at the end."""
        now = monotonic()
        if self._first is None:
            self._first, self._start = done, now
        if done != size and now - self._shown < SECONDS_APART[self._terminal]:
            return
        self._shown = now
        speed = (done - self._first) / max(now - self._start, 1e-3) / MB
        of = f" of {size / MB:,.1f} MB, {done / size:.0%}" if size else " MB"
        self._write(f"{done / MB:,.1f}{of}, {speed:,.1f} MB/s")

    def say(self, what: str) -> None:
        """A sentence on a line of its own."""
        self.close()
        print(f"  {escaped(what)}", file=sys.stderr, flush=True)

    def close(self) -> None:
        """End the line that changes."""
        if self._open:
            print(file=sys.stderr, flush=True)
            self._open = False

    def _write(self, text: str) -> None:
        if self._terminal:
            print(f"\r  {text:<60}", end="", file=sys.stderr, flush=True)
            self._open = True
        else:
            print(f"  {text}", file=sys.stderr, flush=True)
