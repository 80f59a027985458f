"""A part of the report as the registry knows it: its key, its title, its place, and the function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sogdia.answer import Answer
from sogdia.brief.report import Report
from sogdia.render.blocks import Block, Section


def no_answers(_report: Report) -> Sequence[Answer]:
    """The answers of a part that shows none of its own."""
    return ()


@dataclass(frozen=True, slots=True)
class Part:
    """key: anchor in the page, one word; title: in the list of contents; order: small numbers come first.

    make: the section from a report, None where the report gives it nothing to say (no partner was named, its mineral
    was not asked for). answers: those that the section shows, so that their notes stand at its end.
    """

    key: str
    title: str
    order: int
    make: Callable[[Report], Section | None]
    answers: Callable[[Report], Sequence[Answer]] = no_answers

    def section(
        self, lead: str, blocks: Iterable[Block | None], *, title: str = "", source_ids: tuple[str, ...] = ()
    ) -> Section:  # fmt: skip
        """The section under this part's key and title; blocks that are None are left out.

        title: a closer one; source_ids: of the figures in the lead, by default those of the blocks.
        """
        shown = tuple(block for block in blocks if block is not None)
        return Section(self.key, title or self.title, lead, shown, source_ids)
