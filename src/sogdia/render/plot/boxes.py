"""Boxes on a picture, by which names are kept apart from marks and from each other."""

from __future__ import annotations

Box = tuple[float, float, float, float]
"""Left, top, right, bottom [pixels]."""


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge.

    >>> overlap((0, 0, 2, 2), (1, 1, 3, 3)), overlap((0, 0, 2, 2), (2, 0, 3, 2))
    (True, False)
    """
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
