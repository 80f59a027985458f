"""One progress bar with the time that is left, on the error stream; a line now and then where that is no terminal."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType

from sogdia.progress import MeasuredStep, Notice
from sogdia.text import escaped

CELLS = 24
FULL, EMPTY = "█", "░"
PLAIN_FULL, PLAIN_EMPTY = "#", "-"
SECONDS_APART = {True: 0.1, False: 30.0}
"""Between two writings: in a terminal, elsewhere."""
LEAST_DONE = 0.02
"""Part of the work from which its pace tells how long the rest takes."""


class Steps:
    """Called with each step. Gone from the terminal when it is closed or its `with` block ends."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._began = self._shown = monotonic()
        self._first: tuple[float, float] | None = None
        self._done = 0.0
        self._open = False

    def __call__(self, step: str) -> None:
        """Announce a step, and show how far the work is."""
        now = monotonic()
        if isinstance(step, Notice):
            self.close()
            print(f"  {escaped(step)}", file=sys.stderr, flush=True)
            return
        if isinstance(step, MeasuredStep):
            self._first = self._first or (now, step.done)
            self._done = max(self._done, step.done)
        if self._open and now - self._shown < SECONDS_APART[self._terminal]:
            return
        if not self._terminal and now - self._shown < SECONDS_APART[False]:
            return
        self._shown = now
        self._write(step, now)

    def close(self) -> None:
        """Take the bar away."""
        if self._open:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
            self._open = False

    def __enter__(self) -> Steps:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self.close()

    def _write(self, step: str, now: float) -> None:
        known = self._first is not None
        parts = [f"{100 * self._done:3.0f} %"] if known else []
        left = self._seconds_left(now)
        parts += [f"{duration(left)} left"] if left is not None else []
        text = "  ".join([*parts, escaped(step)])
        if not self._terminal:
            print(f"  {text}", file=sys.stderr, flush=True)
            return
        from sogdia.cli.sheet import terminal_width

        line = f"  {bar(self._done, plain=not _draws(FULL))}  {text}" if known else f"  {text} ..."
        print(f"\r\x1b[K{line[: terminal_width() - 1]}", end="", file=sys.stderr, flush=True)
        self._open = True

    def _seconds_left(self, now: float) -> float | None:
        """How long the rest takes at the pace so far; None while that is not known."""
        if self._first is None or self._done - self._first[1] < LEAST_DONE:
            return None
        began, first = self._first
        return (now - began) * (1.0 - self._done) / (self._done - first)


def bar(done: float, *, plain: bool = False) -> str:
    """A bar of fixed length.

    >>> bar(0.5, plain=True)
    '############------------'
    """
    full, empty = (PLAIN_FULL, PLAIN_EMPTY) if plain else (FULL, EMPTY)
    filled = round(CELLS * min(max(done, 0.0), 1.0))
    return full * filled + empty * (CELLS - filled)


def duration(seconds: float) -> str:
    """A time that is left, in the unit that fits.

    >>> duration(12.3), duration(200), duration(8000)
    ('12 s', '3 min', '2.2 h')
    """
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def _draws(character: str) -> bool:
    """Whether the error stream can show a character."""
    try:
        character.encode(sys.stderr.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
