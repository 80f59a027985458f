"""Answers to one question side by side: plans of two importers, or of one before and after a change.

Every figure of the answers is a row, named by where it stands (`importer.avoided_loss_musd.total`); entries of a list
go by what they are about (`chosen[stock_cobalt].cost_musd`). A figure that one side lacks is null there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from sogdia.answer import SEPARATOR, Answer, each_once, tidy
from sogdia.errors import Fault, InputError, wrong_argument
from sogdia.files import read_regular
from sogdia.plan.figure_labels import FigureLabel, Step, label_of

MOST_BYTES = 100_000_000
LEAST_COMMON = 0.5
"""Part of the names at the top that answers to one question share, at least; a judgement."""
ABOUT = (
    "project",
    "product",
    "mineral",
    "market",
    "supplier",
    "country",
    "partner",
    "event",
    "figure",
    "assumption",
    "name",
    "key",
    "variable",
)
"""What entries of a list are named by, several together."""
APART = ("sources", "notes", "seconds", "seed", "summary")
"""No figures of the answer."""
LONG = {
    "variable": pl.String, "stat": pl.String, "value": pl.Float64, "source_id": pl.String, "side": pl.String,
    "difference": pl.Float64,
}  # fmt: skip
LEADING = (
    "expected_loss_musd.before", "expected_loss_musd.after", "cvar_musd.before", "cvar_musd.after",
    "importer.spent_musd", "yearly_cost_musd", "importer.avoided_loss_musd.total", "others.total_musd",
)  # fmt: skip
"""The figures of a plan that say most."""


@dataclass(frozen=True, slots=True)
class Side:
    """name: of the importer or the file; content: its answer as plain values."""

    name: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """name: where it stands; values: of each side, None where it has none; label: what it is called, with its unit."""

    name: str
    values: tuple[float | None, ...]
    label: FigureLabel

    @property
    def differences(self) -> tuple[float | None, ...]:
        """Of each side from the first; None where either has no value."""
        first = self.values[0]
        return tuple(None if first is None or value is None else value - first for value in self.values)


@dataclass(frozen=True, eq=False, repr=False)
class ComparedAnswers(Answer):
    """sides: in the order asked; figures: all of them, in the order of the first side."""

    sides: tuple[Side, ...]
    figures: tuple[ComparedFigure, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """Who is compared."""
        return f"{' and '.join(side.name for side in self.sides)} side by side: {len(self.figures)} figures"

    def leading(self, most: int = 10) -> tuple[ComparedFigure, ...]:
        """The figures that say most: of a plan its losses and costs, else those that differ most."""
        known = {figure.name: figure for figure in self.figures}
        first = [known[name] for name in LEADING if name in known]
        return tuple(first or sorted(self.figures, key=_apart, reverse=True)[:most])

    def lists(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """Which projects each side has chosen, where the answers are plans."""
        held = [
            [str(row["project"]) for row in side.content.get("chosen", ()) if "project" in row] for side in self.sides
        ]
        return {"chosen": tuple(map(tuple, held))} if any(held) else {}

    def table(self) -> pl.DataFrame:
        """Tidy long table with the columns side and difference (from the first side)."""
        ids = SEPARATOR.join(self.sources())
        rows = [
            (figure.name, "value", value, ids, side.name, difference)
            for figure in self.figures
            for side, value, difference in zip(self.sides, figure.values, figure.differences, strict=True)
        ]
        return tidy(pl.DataFrame(rows, schema=LONG, orient="row"))

    def sources(self) -> tuple[str, ...]:
        """Those of every side."""
        return each_once(*(tuple(side.content.get("sources") or ()) for side in self.sides))

    def to_dict(self) -> dict[str, Any]:
        """Sides, figures with their differences from the first side, what each chose, and all sources."""
        cited: dict[str, Any] = {}
        for side in reversed(self.sides):
            given = side.content.get("sources")
            cited |= given if isinstance(given, Mapping) else dict.fromkeys(given or ())
        return {
            "sides": [side.name for side in self.sides],
            "figures": [
                {
                    "figure": f.name, "label": f.label.text, "unit": f.label.unit, "values": list(f.values),
                    "differences": list(f.differences),
                }
                for f in self.figures
            ],
            **{name: [list(each) for each in sides] for name, sides in self.lists().items()},
            "notes": list(self.notes), "sources": {name: cited.get(name) for name in self.sources()},
        }  # fmt: skip


def side_of(given: object, ask: Callable[[str], Answer]) -> Side:
    """One side: an answer, a JSON file of one, or the name of an importer, whose answer is asked for."""
    if isinstance(given, Answer):
        content = given.to_dict()
        return Side(_name(content, "answer"), content)
    if isinstance(given, Path) or (isinstance(given, str) and given.lower().endswith(".json")):
        return _read(Path(given))
    if isinstance(given, str):
        content = ask(given).to_dict()
        return Side(_name(content, given), content)
    rule = "a side is the name of an importer, an answer, or a JSON file of one"
    raise wrong_argument("sides", rule, 'E.g. compare("JPN", "KOR").', given)


def comparison_of(sides: Sequence[Side]) -> ComparedAnswers:
    """The figures side by side; InputError for fewer than two sides, or answers to different questions."""
    if len(sides) < 2:
        raise wrong_argument("sides", "a comparison has at least two sides", 'E.g. compare("JPN", "KOR").', len(sides))
    first = set(sides[0].content)
    for side in sides[1:]:
        common = len(first & set(side.content)) / max(len(first | set(side.content)), 1)
        if common < LEAST_COMMON:
            rule = f"{side.name} answers another question than {sides[0].name}"
            raise wrong_argument("sides", rule, "Compare answers to one question, e.g. two plans.", side.name)
    names = _told_apart([side.name for side in sides])
    flat: list[dict[str, float]] = []
    labels: dict[str, FigureLabel] = {}
    for side in sides:
        found = list(_figures(side.content))
        flat.append({figure.name: figure.value for figure in found})
        labels = {figure.name: label_of(figure.steps) for figure in found if figure.name not in labels} | labels
    order = dict.fromkeys(name for each in flat for name in each)
    figures = tuple(ComparedFigure(name, tuple(each.get(name) for each in flat), labels[name]) for name in order)
    told = tuple(Side(name, side.content) for name, side in zip(names, sides, strict=True))
    return ComparedAnswers(told, figures, tuple(_notes(sides)))


def _notes(sides: Sequence[Side]) -> Iterator[str]:
    """What was asked differently, and notes that hold for all sides."""
    for name in ("base_year", "year", "years", "budget_musd", "risk", "tail", "account", "terms"):
        values = [side.content.get(name) for side in sides]
        if any(value != values[0] for value in values):
            yield f"The sides differ in {name}: {'; '.join(str(value) for value in values)}."
    yield "Differences are from the first side."
    for note in sides[0].content.get("notes") or ():
        if all(note in (side.content.get("notes") or ()) for side in sides):
            yield str(note)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number, the text of where it stands, and the steps that lead to it."""

    name: str
    value: float
    steps: tuple[Step, ...]


def _figures(content: object, before: str = "", steps: tuple[Step, ...] = ()) -> Iterator[_Figure]:
    """Every number by where it stands."""
    if isinstance(content, Mapping):
        for name, value in content.items():
            if before or name not in APART:
                yield from _figures(value, f"{before}.{name}" if before else str(name), (*steps, Step(str(name))))
    elif isinstance(content, list | tuple):
        names = [_about(value, number) for number, value in enumerate(content)]
        for number, (name, value) in enumerate(zip(names, content, strict=True)):
            own = name if names.count(name) == 1 else f"{name} {number}"
            yield from _figures(value, f"{before}[{own}]", (*steps[:-1], _entry(steps, value, own)))
    elif isinstance(content, int | float) and not isinstance(content, bool):
        yield _Figure(before, float(content), steps)


def _entry(steps: Sequence[Step], entry: object, about: str) -> Step:
    """The step to an entry of a list; what a row names as its variable is not what it is about."""
    key = steps[-1].key if steps else ""
    variable, unit = (entry.get(name) for name in ("variable", "unit")) if isinstance(entry, Mapping) else (None, None)
    if not isinstance(variable, str):
        return Step(key, about)
    return Step(key, " ".join(about.replace(variable, " ").split()), variable, unit if isinstance(unit, str) else "")


def _about(entry: object, number: int) -> str:
    if not isinstance(entry, Mapping):
        return str(number)
    return " ".join(str(entry[name]) for name in ABOUT if isinstance(entry.get(name), str)) or str(number)


def _apart(figure: ComparedFigure) -> float:
    """How far the sides of a figure are apart, relative to its size."""
    known = [value for value in figure.values if value is not None]
    size = max((abs(value) for value in known), default=0.0)
    return (max(known) - min(known)) / size if len(known) > 1 and size > 0 else 0.0


def _told_apart(names: Sequence[str]) -> list[str]:
    """The names, numbered where two are the same.

    >>> _told_apart(["JPN", "KOR"]), _told_apart(["JPN", "JPN"])
    (['JPN', 'KOR'], ['JPN (1)', 'JPN (2)'])
    """
    return [f"{name} ({k})" if names.count(name) > 1 else name for k, name in enumerate(names, start=1)]


def _name(content: Mapping[str, Any], otherwise: str) -> str:
    importer = content.get("importer")
    if isinstance(importer, Mapping):
        importer = importer.get("key")
    return str(importer or otherwise)


def _read(path: Path) -> Side:
    """The answer in a file."""
    remedy = "Write one with --json, e.g. `sogdia plan --json > plan.json`."
    try:
        content = json.loads(read_regular(path, MOST_BYTES).decode("utf-8"))
    except FileNotFoundError:
        raise InputError([Fault(str(path), "there is no such file", remedy)]) from None
    except (UnicodeDecodeError, ValueError, RecursionError) as why:
        raise InputError([Fault(str(path), f"it is no JSON that can be read ({why})", remedy)]) from None
    if not isinstance(content, dict):
        raise InputError([Fault(str(path), "an answer is one JSON object", remedy)])
    return Side(path.stem, content)
