"""A table that is wider than the terminal is cut between its columns, never inside a word."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len


def parts(columns: Sequence[Sequence[str]], width: int, gap: int) -> Sequence[Sequence[tuple[int, int]]]:
    """Which columns stand side by side, with the width of each; every part begins with the first column.

    columns: the heading and the cells of each; width: of the terminal; gap: between columns. A column gets the room of
    its longest word at least, and what is left goes where lines are longest.

    >>> parts([["name", "a b"], ["figure", "1"], ["words", "one two"]], 16, 2)
    [[(0, 4), (1, 6)], [(0, 4), (2, 7)]]
    """
    longest = [max(map(cell_len, column), default=0) for column in columns]
    words = [max((cell_len(word) for text in column for word in text.split()), default=0) for column in columns]
    groups: list[list[int]] = []
    for at in range(len(columns)):
        beside = [*groups[-1], at] if groups else [at]
        if groups and len(groups[-1]) > 1 and _whole(words, beside, gap) > width:
            groups.append([0, at])
        else:
            groups[-1:] = [beside]
    return [list(zip(group, _widths(longest, words, group, width, gap), strict=True)) for group in groups]


def _whole(widths: Sequence[int], group: Sequence[int], gap: int) -> int:
    return sum(widths[at] for at in group) + gap * (len(group) - 1)


def _widths(longest: Sequence[int], words: Sequence[int], group: Sequence[int], width: int, gap: int) -> list[int]:
    """The widths of a group: as long as its lines, the longest shortened first, to no less than a word."""
    found = {at: longest[at] for at in group}
    while sum(found.values()) + gap * (len(group) - 1) > width:
        widest = max(group, key=lambda at: (found[at] > words[at], found[at]))
        if found[widest] <= words[widest]:
            break
        found[widest] -= 1
    return [max(1, found[at]) for at in group]
