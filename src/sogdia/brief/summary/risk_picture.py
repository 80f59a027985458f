"""The one picture of the first page: import value against supply risk, a sign and a colour for each main supplier."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from sogdia.brief.summary.cited import Cited, Wording, Written, capital
from sogdia.brief.summary.evidence import SummaryEvidence
from sogdia.brief.summary.exposed import RISK, RISKS, TRADE, VALUE, WEIGHT_SHARE, ranked_rows
from sogdia.brief.summary.figures import million, money
from sogdia.brief.summary.ink import (
    GREY,
    MUTED,
    SHAPES,
    SIZE,
    Box,
    free,
    label,
    mark,
    picture,
    room,
    rule,
    told,
)
from sogdia.brief.summary.parts import Drawing
from sogdia.data.coverage_grade import WHOLE_CHAIN
from sogdia.render.theme import country_colour

COLOURED = len(SHAPES) - 1
"""Suppliers with a sign of their own; the others share a grey disc."""
LEAST_POINTS = 2
WIDE, NARROW = (720.0, 282.0), (352.0, 400.0)
RADIUS, TICK, LEGEND, FOOT, RIGHT = 5.0, 4.0, 22.0, 34.0, 14.0


@dataclass(frozen=True, slots=True)
class RiskPoint:
    """A mineral in the picture. value: MUSD; hollow: only a part of its chain is seen."""

    mineral: str
    supplier: str
    risk: float
    value: float
    share: float | None
    hollow: bool
    stage: str | None


def risk_points(evidence: SummaryEvidence) -> tuple[RiskPoint, ...]:
    """The ranked minerals with a risk and a value, the highest risk first."""
    rows = ranked_rows(evidence).filter(
        pl.col(RISK).is_not_null(), pl.col(VALUE) > 0, pl.col("top_supplier").is_not_null()
    )  # fmt: skip
    return tuple(
        RiskPoint(
            row["mineral"], row["top_supplier"], row[RISK], million(row[VALUE]) or 0.0, row[WEIGHT_SHARE],
            row["coverage"] != WHOLE_CHAIN, row["stage"],
        )
        for row in rows.iter_rows(named=True)
    )  # fmt: skip


def risk_picture(evidence: SummaryEvidence, say: Wording) -> Drawing | None:
    """The picture; None for fewer than two points."""
    points = risk_points(evidence)
    if len(points) < LEAST_POINTS:
        return None
    ids = evidence.exposure.measure_sources(VALUE, RISK, WEIGHT_SHARE)
    signs = _signs(points)
    marks = tuple(Cited(_told(point, say), ids, RISKS) for point in points)
    alt = say.plain("summary.picture.alt", importer=say.country(evidence.importer.key))
    wide, narrow = (_drawn(points, signs, marks, say, *size, alt) for size in (WIDE, NARROW))
    return Drawing("risk", _caption(evidence, points, say), alt, wide, narrow, marks)


def _signs(points: Sequence[RiskPoint]) -> dict[str, tuple[str, str]]:
    """Shape and colour of the suppliers with most points; the others have none of their own."""
    counts = Counter(point.supplier for point in points)
    order = sorted(counts, key=lambda code: (-counts[code], code))[:COLOURED]
    return {code: (shape, country_colour(code)) for code, shape in zip(order, SHAPES[1:], strict=False)}


def _told(point: RiskPoint, say: Wording) -> str:
    """What a point says when it is asked."""
    write = say.catalogue.numerals
    return say.plain(
        "summary.picture.point", mineral=say.bought(point.mineral, point.stage), value=write.money(point.value),
        risk=write.marked(f"{point.risk:.2f}"), country=say.country(point.supplier), share=write.share(point.share),
    )  # fmt: skip


def _caption(evidence: SummaryEvidence, points: Sequence[RiskPoint], say: Wording) -> Written:
    """The finding: the mineral that is both dear and risky, by the product of both."""
    first = max(points, key=lambda point: (point.risk * point.value, point.mineral))
    ids = evidence.exposure.measure_sources(VALUE)
    return capital(
        say(
            "summary.picture.caption", mineral=say.bought(first.mineral, first.stage),
            country=say.country(first.supplier), value=money(say, first.value, ids, TRADE),
        )
    )  # fmt: skip


def _drawn(
    points: Sequence[RiskPoint], signs: dict[str, tuple[str, str]], marks: Sequence[Cited], say: Wording, width: float,
    height: float, alt: str,
) -> str:  # fmt: skip
    """The picture at one size."""
    legend, top = _legend(points, signs, say, width)
    right, bottom = width - RIGHT, height - FOOT
    most = max(point.risk for point in points) * 1.12
    low, high = _decades(points)
    left = 10 + max(room(_power(say, power)) for power in range(round(low), round(high) + 1))

    def at(point: RiskPoint) -> tuple[float, float]:
        x = left + (right - left) * point.risk / most
        y = bottom - (bottom - top) * (math.log10(point.value) - low) / (high - low)
        return x, y

    body = legend + "".join(_axes(say, (left, top, right, bottom), most, low, high))
    taken: list[Box] = [(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS) for x, y in map(at, points)]
    drawn = []
    for point, figure in zip(points, marks, strict=True):
        x, y = at(point)
        shape, colour = signs.get(point.supplier, (SHAPES[0], GREY))
        name = _placed(say.mineral(point.mineral), x, y, (left, top, right, bottom), taken)
        drawn.append(told(mark(shape, x, y, RADIUS, colour, hollow=point.hollow) + name, figure.text, figure.topic))
    return picture(width, height, body + "".join(drawn), alt)


def _placed(name: str, x: float, y: float, frame: Box, taken: list[Box]) -> str:
    """The name beside its point where it lies over nothing; "" where there is no room."""
    wide, gap = room(name), RADIUS + 4
    for anchor, left, base in (
        ("start", x + gap, y + 4), ("end", x - gap - wide, y + 4), ("middle", x - wide / 2, y - gap),
        ("middle", x - wide / 2, y + gap + SIZE * 0.7), ("start", x + gap, y - 6), ("start", x + gap, y + 14),
    ):  # fmt: skip
        box = (left, base - SIZE * 0.85, left + wide, base + SIZE * 0.2)
        inside = box[0] >= frame[0] and box[2] <= frame[2] + RIGHT and box[1] >= frame[1] and box[3] <= frame[3]
        if inside and free(box, taken):
            taken.append(box)
            stands = {"start": left, "end": left + wide, "middle": left + wide / 2}[anchor]
            return label(stands, base, name, anchor=anchor)
    return ""


def _decades(points: Sequence[RiskPoint]) -> tuple[float, float]:
    """Powers of ten below and above all values."""
    values = [math.log10(point.value) for point in points]
    low, high = math.floor(min(values)), math.ceil(max(values))
    return float(low), float(max(high, low + 1))


def _axes(say: Wording, frame: Box, most: float, low: float, high: float) -> Iterator[str]:
    """Grid, ticks and titles of both axes."""
    left, top, right, bottom = frame
    for power in range(round(low), round(high) + 1):
        y = bottom - (bottom - top) * (power - low) / (high - low)
        yield rule(left, y, right, y)
        yield label(left - 6, y + 4, _power(say, power), anchor="end", fill=MUTED)
    for risk in range(math.floor(most) + 1):
        x = left + (right - left) * risk / most
        yield rule(x, bottom, x, bottom + TICK)
        yield label(x, bottom + TICK + SIZE, str(risk), anchor="middle", fill=MUTED)
    yield label(right, bottom + FOOT - 4, say.plain("summary.picture.across"), anchor="end", fill=MUTED)
    yield label(0.0, top - 12, say.plain("summary.picture.up"), fill=MUTED)


def _power(say: Wording, power: int) -> str:
    """A power of ten as it is read."""
    write = say.catalogue.numerals
    return write.count(10.0**power) if power >= 0 else write.number(10.0**power)


def _legend(
    points: Sequence[RiskPoint], signs: dict[str, tuple[str, str]], say: Wording, width: float
) -> tuple[str, float]:
    """The suppliers' signs with names and what hollow means; the height that they take."""
    entries = [(say.country_cell(code), mark(shape, 0, 0, RADIUS, colour)) for code, (shape, colour) in signs.items()]
    if any(point.supplier not in signs for point in points):
        entries.append((say.plain("common.others"), mark(SHAPES[0], 0, 0, RADIUS, GREY)))
    if any(point.hollow for point in points):
        entries.append((say.plain("summary.picture.hollow"), mark(SHAPES[0], 0, 0, RADIUS, MUTED, hollow=True)))
    x, y, body = 6.0, 10.0, ""
    for name, sign in entries:
        wide = room(name) + 30
        if x > RADIUS * 2 and x + wide > width:
            x, y = 6.0, y + LEGEND
        body += f'<g transform="translate({x:.1f} {y:.1f})">{sign}</g>' + label(x + 11, y + 4, name)
        x += wide
    return body, y + LEGEND + 14
