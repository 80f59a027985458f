"""The parameters of a question, read from the signature of the function that answers it.

What a signature takes as a path, a file, an executor or a callback does not exist on the web.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from sogdia.errors import Fault, InputError, did_you_mean
from sogdia.questions.limits import NUMBER_CHARACTERS, VALUE_CHARACTERS, VALUES
from sogdia.text import unsafe_character

Kind = Literal["text", "texts", "whole", "number", "numbers", "flag"]
Bounds = tuple[float, float]

LOCAL = re.compile(r"\b(Path|Executor|Progress|Callable|Corridors|Scenario|NetworkFiles)\b")
"""Types that stay on the machine of the server."""
KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"\bTexts\b|Sequence\[str\]"), "texts"),
    (re.compile(r"Sequence\[float\]"), "numbers"),
    (re.compile(r"\bstr\b"), "text"),
    (re.compile(r"\bbool\b"), "flag"),
    (re.compile(r"\bint\b"), "whole"),
    (re.compile(r"\bfloat\b"), "number"),
)
KEYWORD_RECORDS = {"ShockOptions": "sogdia.shock.question", "CorridorOptions": "sogdia.shock.corridor_events"}
"""Records of keywords that signatures unpack, and their modules."""
EVENTS = "ShockOptions"
"""The record that every option of the registry of events belongs to."""
UNPACKED = re.compile(r"Unpack\[(\w+)\]")

WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
FLAGS = {"true": True, "1": True, "false": False, "0": False}
MEANT: Mapping[Kind, tuple[str, str]] = {
    "whole": ("a whole number", "Write digits alone, e.g. 2022."),
    "number": ("a number", "Write digits with a point, e.g. 0.4."),
    "flag": ("true or false", "Write true or false."),
}


@dataclass(frozen=True, slots=True)
class QuestionParameter:
    """name: in the address; keyword: of the function; kind: of its values, `texts` and `numbers` may be repeated.

    bounds: the least and the most that a number may be on the web.
    """

    name: str
    keyword: str
    kind: Kind
    required: bool = False
    default: Any = None
    help: str = ""
    bounds: Bounds | None = None

    @property
    def repeated(self) -> bool:
        """Whether it may stand several times."""
        return self.kind in ("texts", "numbers")

    def read(self, texts: Sequence[str]) -> Any:
        """The value that its texts say; InputError naming the parameter."""
        if not self.repeated and len(texts) > 1:
            raise self._wrong("it stands once", "Keep one of them.", f"{len(texts)} values")
        values = [self._value(text) for text in texts]
        return values if self.repeated else values[0]

    def _value(self, text: str) -> Any:
        if len(text) > VALUE_CHARACTERS or (self.kind not in ("text", "texts") and len(text) > NUMBER_CHARACTERS):
            raise self._wrong("a value is short", f"Shorten it to {VALUE_CHARACTERS} characters.", text[:40])
        bad = unsafe_character(text)
        if bad:
            raise self._wrong(f"a value has no control characters, and this one has {bad}", "Remove it.", text)
        if self.kind in ("text", "texts"):
            return text
        if self.kind == "flag":
            return self._flag(text)
        return self._number(text, "whole" if self.kind == "whole" else "number")

    def _flag(self, text: str) -> bool:
        if text.casefold() not in FLAGS:
            raise self._wrong(*MEANT["flag"], text)
        return FLAGS[text.casefold()]

    def _number(self, text: str, kind: Kind) -> float | int:
        if not (WHOLE if kind == "whole" else NUMBER).fullmatch(text):
            raise self._wrong(*MEANT[kind], text)
        value = int(text) if kind == "whole" else float(text)
        if self.bounds and not self.bounds[0] <= value <= self.bounds[1]:
            least, most = (f"{bound:,g}" for bound in self.bounds)
            raise self._wrong(f"on the web it is {least} to {most}", "Use the command line for more.", text)
        return value

    def _wrong(self, rule: str, remedy: str, value: str) -> InputError:
        return InputError([Fault(self.name, rule, remedy, value=value)])


def parameters_of(function: Callable[..., Any], *, bounds: Mapping[str, Bounds]) -> Iterator[QuestionParameter]:
    """The parameters of a function that the web has, in the order of its signature."""
    for parameter in inspect.signature(function).parameters.values():
        annotation = str(parameter.annotation)
        unpacked = UNPACKED.fullmatch(annotation)
        if unpacked:
            yield from _unpacked(unpacked[1], bounds)
            continue
        kind = kind_of(annotation)
        if kind is None or parameter.name in ("self", "study"):
            continue
        required = parameter.default is inspect.Parameter.empty
        default = None if required else parameter.default
        default = list(default) if isinstance(default, tuple) else default
        yield QuestionParameter(
            parameter.name, parameter.name, kind, required, default, bounds=bounds.get(parameter.name)
        )


def kind_of(annotation: str) -> Kind | None:
    """What values a type of a signature takes; None where it has no place on the web.

    >>> kind_of("str | Sequence[str] | None"), kind_of("int | None"), kind_of("Path | str | None")
    ('texts', 'whole', None)
    """
    if LOCAL.search(annotation):
        return None
    return next((kind for pattern, kind in KINDS if pattern.search(annotation)), None)


def _unpacked(record: str, bounds: Mapping[str, Bounds]) -> Iterator[QuestionParameter]:
    """The keywords of a record, with every option of the registry of events where it is that of a shock."""
    if record not in KEYWORD_RECORDS:
        return
    from sogdia.market.events.registry import options

    fields = getattr(import_module(KEYWORD_RECORDS[record]), record).__annotations__
    events = {option.name: option.help for option in options()} if record == EVENTS else {}
    for name, annotation in fields.items():
        kind = kind_of(getattr(annotation, "__forward_arg__", str(annotation)))
        if kind is not None:
            yield QuestionParameter(name, name, kind, help=events.get(name, ""), bounds=bounds.get(name))
    for name, told in events.items():
        if name not in fields:
            yield QuestionParameter(name, name, "texts", help=told)


def read_query(pairs: Iterable[tuple[str, str]], known: Sequence[QuestionParameter]) -> dict[str, Any]:
    """Values by the name of their parameter; InputError for what is unknown, missing or wrong."""
    texts: dict[str, list[str]] = {}
    by_name = {parameter.name: parameter for parameter in known}
    for count, (name, text) in enumerate(pairs, start=1):
        if count > VALUES:
            raise InputError([Fault("query", f"a question has {VALUES} values at most", "Ask for less.")])
        if name not in by_name:
            remedy = did_you_mean(name, by_name) or f"Known: {', '.join(by_name)}."
            raise InputError([Fault("query", "the parameter is one of the question", remedy, value=name)])
        texts.setdefault(name, []).append(text)
    missing = [parameter.name for parameter in known if parameter.required and parameter.name not in texts]
    if missing:
        raise InputError([Fault(name, "it is needed", f"Add {name}=...", value=None) for name in missing])
    return {name: by_name[name].read(values) for name, values in texts.items() if values != [""]}
