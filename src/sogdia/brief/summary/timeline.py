"""When the plan's projects are built and run: a bar for each from its start, in calendar years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sogdia.brief.summary.cited import Cited, Wording
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.ink import INK, MUTED, RULE, label, picture, room, rule, told, words
from sogdia.brief.summary.parts import Drawing
from sogdia.brief.summary.project_words import project_name, with_kinds
from sogdia.brief.summary.ranked_plan import PLAN, plan_ids
from sogdia.brief.summary.together import SHOWN
from sogdia.render.theme import country_colour

WIDE, NARROW = 720.0, 352.0
ROW, NARROW_ROW, HEAD, BAR = 20.0, 34.0, 20.0, 11.0
MOST_ALIKE = 2
"""Bars that are all the same say nothing: fewer different ones are not drawn."""
EVERY = 2
"""Years between two labels."""
Row = Mapping[str, Any]


def time_line(evidence: SummaryEvidence, say: Wording) -> Drawing | None:
    """The time line; None without a plan, or where all years are the same."""
    plan = evidence.plan
    rows = with_kinds(plan)[:SHOWN] if plan else []
    if plan is None or len({(row["start"], row["operating_from"], row["operating_to"]) for row in rows}) < MOST_ALIKE:
        return None
    ids = plan_ids(plan)
    marks = tuple(Cited(_told(row, say), ids, PLAN) for row in rows)
    alt = say.plain("summary.timeline.alt")
    wide, narrow = (_drawn(rows, marks, say, width, alt) for width in (WIDE, NARROW))
    first = Cited(str(min(int(row["start"]) for row in rows)), ids, PLAN)
    running = Cited(str(max(int(row["operating_from"]) for row in rows)), ids, PLAN)
    return Drawing("timeline", say("summary.timeline.caption", first=first, running=running), alt, wide, narrow, marks)


def _told(row: Row, say: Wording) -> str:
    return say.plain(
        "summary.timeline.row", project=project_name(say, row), start=str(row["start"]),
        running=str(row["operating_from"]), until=str(row["operating_to"]),
    )  # fmt: skip


def _drawn(rows: Sequence[Row], marks: Sequence[Cited], say: Wording, width: float, alt: str) -> str:
    """The picture at one width: names beside the bars where there is room, above them else."""
    names = [project_name(say, row) for row in rows]
    beside = width == WIDE
    left = min(max(map(room, names)) + 12, width * 0.42) if beside else 4.0
    step = ROW if beside else NARROW_ROW
    first = min(int(row["start"]) for row in rows)
    last = max(int(row["operating_to"]) for row in rows)
    scale = (width - left - 12) / (last + 1 - first)
    height = HEAD + step * len(rows) + 4
    body = "".join(
        rule(left + scale * (year - first), HEAD - 4, left + scale * (year - first), height, RULE)
        + label(left + scale * (year - first), HEAD - 8, str(year), anchor="middle" if year > first else "start",
                fill=MUTED)
        for year in range(first, last + 1, EVERY)
    )  # fmt: skip
    for at, (row, name, figure) in enumerate(zip(rows, names, marks, strict=True)):
        y = HEAD + step * at + (4 if beside else 18)
        ends = [left + scale * (int(row[key]) - first) for key in ("start", "operating_from")]
        end = left + scale * (int(row["operating_to"]) + 1 - first)
        colour = country_colour(row["country"]) if row["country"] else MUTED
        bars = (
            f'<rect x="{ends[0]:.1f}" y="{y:.1f}" width="{max(ends[1] - ends[0], 0):.1f}" height="{BAR}" '
            f'fill="none" stroke="{colour}" stroke-width="1.5"/>'
            f'<rect x="{ends[1]:.1f}" y="{y:.1f}" width="{max(end - ends[1], 1):.1f}" height="{BAR}" fill="{colour}"/>'
        )
        named = label(0, y + 9, name, fill=INK) if beside else label(left, y - 4, name, fill=INK)
        body += told(bars, figure.text, figure.topic) + f"<g><title>{words(figure.text)}</title>{named}</g>"
    return picture(width, height, body, alt)
