"""The registry of questions on the web: name, the method of `Study` that answers, and what is limited.

A question is one entry. Its route, its parameters, its downloads and its description in the API follow from it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sogdia.answer import Answer
from sogdia.network import Corridors, embedded_corridors
from sogdia.questions.limits import ALTERNATIVES, DRAWS, PLAN_DRAWS, YEARS
from sogdia.questions.parameters import Bounds, QuestionParameter, parameters_of, read_query
from sogdia.questions.side_by_side import exposures
from sogdia.study import Study

BOUNDS: Mapping[str, Bounds] = {
    "years": (1, YEARS),
    "draws": (1, DRAWS),
    "k": (1, ALTERNATIVES),
    "horizon_years": (0, 1000),
}
ABOUT = (
    QuestionParameter("importer", "importer", "text", default="JPN", help="Country or region: JPN, Japan, EU27."),
    QuestionParameter("partner", "partners", "texts", help="Partner countries or regions; by default Central Asia."),
)
"""What every question is about."""
NETWORK = "corridors"
"""The keyword of questions that are about the transport network."""


@dataclass(frozen=True, slots=True)
class Question:
    """name: in the address; ask: the method of `Study`, or a function of a study; heavy: it takes many seconds, and
    a process of its own answers it.

    bounds: of its numbers, where they are narrower than those of all questions; renamed: keyword by the name it has in
    the address; without: keywords that the web leaves at their default.
    """

    name: str
    summary: str
    ask: Callable[..., Answer]
    heavy: bool = False
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset({"workers", "cached", "block", "odds_factor", "tail"})

    def parameters(self) -> tuple[QuestionParameter, ...]:
        """What one may say, those of every question first."""
        names = {keyword: name for name, keyword in self.renamed.items()}
        own = (
            replace(parameter, name=names.get(parameter.keyword, parameter.name))
            for parameter in parameters_of(self.ask, bounds={**BOUNDS, **self.bounds})
            if parameter.keyword not in self.without
        )
        return (*ABOUT, *(parameter for parameter in own if parameter.name != "partner"))

    @property
    def description(self) -> str:
        """What the answer is, as the docstring says."""
        return inspect.getdoc(self.ask) or self.summary


QUESTIONS = (
    Question("expose", "Who supplies what, how concentrated, how risky", Study.expose),
    Question("origin", "Where the ore that the importer consumes was mined", Study.origin),
    Question("history", "The exposure in every year of the data", Study.history),
    Question("compare", "The exposure of several importers side by side", exposures),
    Question("partners", "What the partners export and produce", Study.partner_supply),
    Question("exporter", "Who buys from an exporter", Study.expose_exporter),
    Question("match", "What a partner can offer that an importer needs", Study.match, heavy=True),
    Question("shock", "What a restriction does to prices and volumes", Study.shock),
    Question("chain", "A shock with all stages cleared together", Study.shock_chain),
    Question("losses", "What the loss of each main supplier would do", Study.supplier_losses, heavy=True),
    Question("stakes", "Industries, incomes and jobs behind a mineral", Study.stakes),
    Question("ledger", "What processing leaves with a partner", Study.ledger),
    Question(
        "route", "Ways from a mine to a port: cost, time, risk", Study.route,
        renamed={"from": "origin", "to": "destination"},
    ),
    Question("hazard", "What can put a place or a link out of service", Study.hazard),
    Question("earthquake", "What one earthquake does to sites", Study.earthquake),
    Question("scenarios", "Scenarios that have a name", Study.scenarios),
    Question("atlas", "Which supplier and which cause costs most a year", Study.atlas, heavy=True),
    Question(
        "plan", "Which projects to support together, and who gains", Study.plan, heavy=True,
        bounds={"draws": (1, PLAN_DRAWS)},
    ),
    Question("frontier", "Plans by budget and price of risk", Study.frontier, heavy=True,
             renamed={"budget": "budgets", "risk": "risks"}),
    Question("claims", "Published claims against the data", Study.claims),
    Question("hindcast", "The model against documented restrictions", Study.hindcast, heavy=True),
    Question("backtest", "The model against natural experiments in the data", Study.backtest, heavy=True),
)  # fmt: skip
_FURTHER: list[Question] = []


def questions() -> tuple[Question, ...]:
    """Every question, those of the package first."""
    return (*QUESTIONS, *_FURTHER)


@contextmanager
def registered(question: Question) -> Iterator[None]:
    """A question that is there inside a `with` block only."""
    _FURTHER.append(question)
    try:
        yield
    finally:
        _FURTHER.remove(question)


def question_named(name: str) -> Question | None:
    """The question of this name."""
    return next((question for question in questions() if question.name == name), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was said, in one order whatever the address, so that equal ones are found equal."""

    question: str
    said: tuple[tuple[str, Any], ...]

    def answer(self, study_of: Callable[[str, tuple[str, ...]], Study]) -> Answer:
        """Ask it. study_of: the study of an importer and its partners, none for the usual ones."""
        question = question_named(self.question)
        if question is None:
            raise LookupError(self.question)
        said = dict(self.said)
        keywords = {parameter.name: parameter.keyword for parameter in question.parameters()}
        study = study_of(said.pop("importer", "JPN"), tuple(said.pop("partner", ())))
        given = {keywords[name]: list(value) if isinstance(value, tuple) else value for name, value in said.items()}
        if NETWORK in inspect.signature(question.ask).parameters:
            given[NETWORK] = network()
        return question.ask(study, **given)


def read_asked(question: Question, pairs: list[tuple[str, str]]) -> Asked:
    """The question that an address asks; InputError for what it says wrongly."""
    said = read_query(pairs, _parameters(question.name) if question in QUESTIONS else question.parameters())
    return Asked(
        question.name,
        tuple(sorted((name, tuple(value) if isinstance(value, list) else value) for name, value in said.items())),
    )


@cache
def network() -> Corridors:
    """The packaged network, read once for all questions."""
    return embedded_corridors()


@cache
def _parameters(name: str) -> tuple[QuestionParameter, ...]:
    """Those of a question of the package, whose signature does not change."""
    found = question_named(name)
    return found.parameters() if found else ()
