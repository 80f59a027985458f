"""How far long work is: steps said as text, with the part that is done where it is known."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str], None]
"""Called with each step as it begins: plain text, or a `MeasuredStep` that tells how far the work is."""


class MeasuredStep(str):
    """The text of a step. done: part of the work that is done as it begins, 0..1."""

    done: float

    def __new__(cls, text: str, done: float) -> MeasuredStep:
        """A step with the part that is done before it."""
        step = super().__new__(cls, text)
        step.done = done
        return step


class Notice(str):
    """What a person has to know at once: that a lock is waited for, or that work is done again."""

    __slots__ = ()


def inside(progress: Progress, first: float, last: float) -> Progress:
    """The progress of a part of larger work, which runs from `first` to `last` of the whole.

    >>> said = []
    >>> inside(said.append, 0.5, 1.0)(MeasuredStep("losses of tin", 0.5))
    >>> said[0], said[0].done
    ('losses of tin', 0.75)
    """

    def say(step: str) -> None:
        if isinstance(step, Notice):
            progress(step)
            return
        within = step.done if isinstance(step, MeasuredStep) else 0.0
        progress(MeasuredStep(step, first + (last - first) * within))

    return say
