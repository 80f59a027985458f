"""What a figure of an answer is called where a reader meets it, with its unit, from the keys under which it stands.

    expected_loss_musd.before        -> Expected loss: before [million USD]
    chosen[mine].cost_musd           -> Cost: mine, chosen [million USD]
    suppliers[graphite TUR].weight_share -> Weight share: graphite TUR

A measure of the exposure has its own label. A row that names its variable (of a shock) is called by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

UNITS = {
    "_usd_per_kg": "USD/kg", "_usd_per_t": "USD/t", "_musd": "million USD", "_kusd": "thousand USD", "_m3": "m3",
    "_kwh": "kWh", "_days": "days", "_t": "t",
}  # fmt: skip
"""By the ending of a key, the longest first."""
WORDS = {
    "cvar": "loss in the worst years", "hhi": "HHI", "co2": "CO2", "se": "standard error", "wgi": "WGI",
}  # fmt: skip
PLAIN = ("rows", "records", "suppliers", "figures", "products")
"""Lists whose name adds nothing to what their entries are about."""


ENDS = ("base", "low", "central", "high", "before", "after", "added", "nash", "flips_at")
"""Ends of a band and sides of a change: they say what a figure is only with the list that they stand in."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step to a figure. key: of a mapping, or of the list; about: what the entry of a list is about, else empty;
    variable, unit: of an entry that names them.
    """

    key: str
    about: str = ""
    variable: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FigureLabel:
    """text: without the unit; unit: empty where none is known."""

    text: str
    unit: str

    def __str__(self) -> str:
        return f"{self.text} [{self.unit}]" if self.unit else self.text


def label_of(steps: Sequence[Step]) -> FigureLabel:
    """The label of the figure that the steps lead to.

    >>> print(label_of([Step("expected_loss_musd"), Step("before")]))
    Expected loss: before [million USD]
    >>> print(label_of([Step("rows", "JPN", "price_paid", "ratio"), Step("low")]))
    Price paid: JPN, low [ratio]
    """
    last = len(steps) - 1
    listed = [k for k, step in enumerate(steps) if step.about and step.key not in PLAIN]
    otherwise = listed[-1] if listed and steps[last].key in ENDS else last
    at = next((k for k in range(last, -1, -1) if _says_what(steps[k])), otherwise)
    what, unit = _named(steps[at])
    before = [word for step in steps[:at] for word in (step.about, _container(step)) if word]
    own = [steps[at].about] if steps[at].about else []
    after = [word for step in steps[at + 1 :] for word in (_words(step.key), step.about) if word]
    rest = ", ".join((*before, *own, *after))
    return FigureLabel(f"{what[:1].upper()}{what[1:]}{f': {rest}' if rest else ''}", unit)


def _says_what(step: Step) -> bool:
    return bool(step.variable) or (not step.about and (step.key in _measured() or _split(step.key)[1] != ""))


def _named(step: Step) -> tuple[str, str]:
    """What is measured, and its unit."""
    if step.variable:
        return _words(step.variable), step.unit
    measure = _measured().get(step.key)
    return measure if measure is not None else _split(step.key)


def _container(step: Step) -> str:
    return "" if step.key in PLAIN else _words(step.key)


def _split(key: str) -> tuple[str, str]:
    """The words of a key and the unit at its end."""
    for ending, unit in UNITS.items():
        if key.endswith(ending):
            return _words(key.removesuffix(ending)), unit
    return _words(key), ""


def _words(key: str) -> str:
    return " ".join(WORDS.get(word, word) for word in key.split("_"))


def _measured() -> dict[str, tuple[str, str]]:
    """Label and unit of the measures of the exposure, by key."""
    from sogdia.exposure.registry import measures

    return {name: (measure.label, measure.unit) for name, measure in measures().items()}
