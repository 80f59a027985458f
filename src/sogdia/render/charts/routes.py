"""A map of the routes of a shipment to the port: independent ways in colour, the others dotted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import polars as pl

from sogdia.basemap import outlines
from sogdia.render.map_view import MapView, fitted
from sogdia.render.plot.axes import LABEL_GAP
from sogdia.render.plot.axes import LINE as LINE_STEP
from sogdia.render.plot.boxes import Box, overlap
from sogdia.render.plot.land import land
from sogdia.render.plot.marks import SIZE, Point, circle, diamond, element, line, lines, number, rect, rule, text
from sogdia.render.plot.picture import Picture, below
from sogdia.render.plot.text_width import text_width, wrapped

# Told apart by lightness as well as by colour.
LOOKS = ("accent", "second", "c2", "c3", "c9", "ink")
# What a row of the frame is, and of which kind.
LINE, PLACE = "line", "place"
INDEPENDENT, OTHER = "independent", "other"
END, PORT, STRAIT = "end", "port", "strait"
STRAIT_SIGN = "strait, canal or closed sea on the way"
OTHER_SIGN = "other ways, which share a country or a strait with them"
Row = dict[str, Any]
SIGN_ROOM = 26.0


def route_map(frame: pl.DataFrame, width: float) -> Picture:
    """From a frame of lines and places (see `brief.route_lines`). Other ways may leave the picture."""
    in_view = frame.filter(pl.col("kind") != OTHER)
    view = fitted(in_view["lon"].to_list(), in_view["lat"].to_list(), width)
    size = (view.width, view.height)
    ground = rect(0.0, 0.0, *size, "f-water")
    ground += "".join(
        element("path", "f-nodata edge", f' d="{path}"') for _, path in land(outlines(), view.turned, view.place, size)
    )
    drawn = _pieces(frame)
    corridors = [piece[0]["corridor"] for piece in drawn if piece[0]["kind"] != OTHER]
    look = {name: LOOKS[at % len(LOOKS)] for at, name in enumerate(dict.fromkeys(corridors))}
    others = "".join(_line(piece, view, "s-muted dots") for piece in drawn if piece[0]["kind"] == OTHER)
    apart = "".join(
        _line(piece, view, f"s-{look[piece[0]['corridor']]} w3") for piece in drawn if piece[0]["kind"] != OTHER
    )
    places = _places(frame.filter(pl.col("what") == PLACE).to_dicts(), view)
    clipped = f'<svg width="{number(view.width)}" height="{number(view.height)}">{ground}{others}{apart}</svg>'
    return below((Picture(*size, clipped + places), _legend(look, frame, width)), 8.0)


def _pieces(frame: pl.DataFrame) -> list[list[Row]]:
    """The bends of each line, in order."""
    pieces: dict[str, list[Row]] = {}
    for row in frame.filter(pl.col("what") == LINE).to_dicts():
        pieces.setdefault(row["piece"], []).append(row)
    return list(pieces.values())


def _line(piece: Sequence[Row], view: MapView, look: str) -> str:
    points = [view.place(row["lon"] - view.centre, row["lat"]) for row in piece]
    return line(points, look, f"{piece[0]['corridor']}: {piece[0]['tooltip']}")


def _places(rows: list[Row], view: MapView) -> str:
    """Ends, ports and straits, and names: of both ends, and of ports where they lie over nothing else."""
    at = [view.place(view.turned(row["lon"]), row["lat"]) for row in rows]
    taken: list[Box] = [(x - 4, y - 4, x + 4, y + 4) for x, y in at]
    signs, names = "", ""
    for (x, y), row in zip(at, rows, strict=True):
        if row["kind"] == STRAIT:
            signs += diamond(x, y, 4.2, "f-ink", row["name"])
            continue
        signs += circle(x, y, 5.0 if row["kind"] == END else 3.6, "s-ink ring f-paper", row["name"])
        box = _free(row["name"], x, y, taken, view, must=row["kind"] == END)
        if box is None:
            continue
        taken.append(box)
        names += text(box[0], box[3] - 3, row["name"], "t-halo") + text(box[0], box[3] - 3, row["name"], "t-ink")
    return signs + names


def _free(name: str, x: float, y: float, taken: list[Box], view: MapView, *, must: bool) -> Box | None:
    """The first place beside a point where its name fits. must: it stands there even over something else."""
    room = text_width(name, SIZE)
    spots = ((x + 8, y - 13), (x - 8 - room, y - 13), (x + 8, y + 2), (x - 8 - room, y + 2), (x - room / 2, y - 22),
             (x - room / 2, y + 8))  # fmt: skip
    boxes = [(left, top, left + room, top + 15.0) for left, top in spots]
    inside = [box for box in boxes if box[0] >= 0 and box[2] <= view.width and box[1] >= 0 and box[3] <= view.height]
    free = [box for box in inside if not any(overlap(box, other) for other in taken)]
    return next(iter(free or (inside or boxes if must else [])), None)


def _legend(look: Mapping[str, str], frame: pl.DataFrame, width: float) -> Picture:
    """One line of text for each way in colour, and for the signs that the map has."""
    entries: list[tuple[str, Any]] = [(name, partial(_stroke, f"s-{colour} w3")) for name, colour in look.items()]
    if frame.filter(pl.col("what") == LINE, pl.col("kind") == OTHER).height:
        entries.append((OTHER_SIGN, partial(_stroke, "s-muted dots")))
    if frame.filter(pl.col("kind") == STRAIT).height:
        entries.append((STRAIT_SIGN, _strait))
    y, body = LINE_STEP, ""
    for name, sign in entries:
        said = wrapped(name, SIZE, width - SIGN_ROOM - LABEL_GAP)
        body += sign((SIGN_ROOM / 2 - 3, y - 4)) + lines(SIGN_ROOM, y, said, "t-ink")
        y += LINE_STEP * len(said) + 4
    return Picture(width, y - LINE_STEP + 4, body)


def _stroke(look: str, at: Point) -> str:
    return rule(at[0] - 10.0, at[1], at[0] + 10.0, at[1], look)


def _strait(at: Point) -> str:
    return diamond(*at, 4.2, "f-ink")
