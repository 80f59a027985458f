"""Panels over calendar years: bars, lines that break where a year is not known, and stacked areas of shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sogdia.render.plot.axes import label_room, titled, upright, years_axis
from sogdia.render.plot.marks import circle, element, line, number, rect, rule, shape
from sogdia.render.plot.picture import Picture
from sogdia.render.plot.scales import Scale, linear, plain, rounded_top, ticks

BOTTOM, TOP, RIGHT = 20.0, 6.0, 8.0
YEAR_TICKS, TICKS = 6, 4
BAR = 0.66
"""Part of a year's room that its bar takes."""
Known = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Frame:
    """The empty panel: its scales, what is drawn before the marks, and its size."""

    x: Scale
    y: Scale
    body: str
    width: float
    height: float

    def finished(self, marks: str, title: str) -> Picture:
        """The panel with its marks, under its title."""
        return titled(Picture(self.width, self.height, self.body + marks), title)


def panel(
    span: tuple[int, int], top: float, size: tuple[float, float], write: Callable[[float], str] = plain,
    *, inset: float = 0.0, event: int | None = None,
) -> Frame:  # fmt: skip
    """An empty panel over years, from zero to `top`. size: with its axes; inset: room left free at both ends of the
    years; event: a year that is marked.
    """
    width, height = size
    labels = ticks(0.0, top, TICKS)
    left = float(round(label_room([write(label) for label in labels])))
    y = linear(0.0, top, height - BOTTOM, TOP)
    # Years stand whole pixels apart, which keeps paths short.
    room, years = width - RIGHT - left - 2 * inset, max(span[1] - span[0], 1)
    step = max(room // years, 1.0) if room >= years else room / years
    x = linear(*span, left + inset, left + inset + step * years)
    body = upright(y, labels, write, left, x.end + inset)
    body += years_axis(x, ticks(*span, YEAR_TICKS), height - BOTTOM)
    if event is not None:
        body += rule(x(event), TOP, x(event), height - BOTTOM, "s-muted dash")
    return Frame(x, y, body, width, height)


def top_of(values: Sequence[float | None], top: float | None = None) -> float:
    """The end of an axis that holds all values. top: one that is given."""
    return rounded_top(max((v for v in values if v is not None), default=0.0), TICKS) if top is None else top


def runs(known: Known) -> list[list[tuple[int, float]]]:
    """Years without a gap between them, in pieces.

    >>> runs([(2000, 1.0), (2001, 2.0), (2004, 3.0)])
    [[(2000, 1.0), (2001, 2.0)], [(2004, 3.0)]]
    """
    pieces: list[list[tuple[int, float]]] = []
    for year, value in known:
        if pieces and year == pieces[-1][-1][0] + 1:
            pieces[-1].append((year, value))
        else:
            pieces.append([(year, value)])
    return pieces


def line_of(frame: Frame, known: Known, look: str, *, dots: float = 0.0) -> str:
    """A line through the years that are known; a year alone is a dot. dots: their radius where every year has one."""
    body = ""
    for piece in runs(known):
        points = [(frame.x(year), frame.y(value)) for year, value in piece]
        body += line(points, f"s-{look} w2") if len(points) > 1 else ""
        radius = dots or (2.2 if len(points) == 1 else 0.0)
        body += "".join(circle(*point, radius, f"f-{look}") for point in points) if radius else ""
    return body


def columns_of(frame: Frame, known: Known, look: str, write: Callable[[float], str]) -> str:
    """A bar for each year that is known."""
    room = BAR * (frame.x.end - frame.x.start) / max(frame.x.high - frame.x.low, 1.0)
    return "".join(
        rect(frame.x(year) - room / 2, frame.y(value), room, frame.y(0.0) - frame.y(value), f"f-{look}",
             f"{year}: {write(value)}")
        for year, value in known
    )  # fmt: skip


def hovers(frame: Frame, told: Mapping[int, str]) -> str:
    """A column over each year that is not seen and tells its figures."""
    step = (frame.x.end - frame.x.start) / max(frame.x.high - frame.x.low, 1.0)
    across, down = number(step), number(frame.height - BOTTOM - TOP)
    columns = "".join(
        element(
            "path",
            "",
            f' d="M{number(frame.x(year) - step / 2)} {number(TOP)}h{across}v{down}h-{across}"',
            f"{year}: {text}",
        )
        for year, text in told.items()
    )
    return f'<g class="unseen">{columns}</g>' if columns else ""


def areas(frame: Frame, shares: Mapping[str, Mapping[int, float]], looks: Mapping[str, str]) -> str:
    """Shares by name and year, stacked in the order of the names; a year in which no share is known is a gap.

    A name without a share in a year has no part of it, so its area is drawn as zero there.
    """
    years = sorted({year for of_year in shares.values() for year in of_year})
    body, floor = "", dict.fromkeys(years, 0.0)
    for name, of_year in shares.items():
        roof = {year: floor[year] + of_year.get(year, 0.0) for year in years}
        for at in _parts(years, of_year):
            upper = [(frame.x(year), frame.y(roof[year])) for year in at]
            lower = [(frame.x(year), frame.y(floor[year])) for year in reversed(at)]
            if len(at) == 1:
                (x, high), (_, low) = upper[0], lower[0]
                body += rect(x - 1.5, high, 3.0, low - high, f"f-{looks[name]}")
            else:
                body += shape([*upper, *lower], f"f-{looks[name]} edge")
        floor = roof
    return body


def _parts(years: Sequence[int], of_year: Mapping[int, float]) -> list[list[int]]:
    """Runs of years in which a name has a part, each with the year before and after it in which it has none."""
    parts = []
    for piece in runs([(year, 0.0) for year in years]):
        at = [year for year, _ in piece]
        near = [y for y in at if any(of_year.get(other, 0.0) for other in (y - 1, y, y + 1) if other in at)]
        parts += [[year for year, _ in part] for part in runs([(year, 0.0) for year in near])]
    return parts
