"""A scenario by its name, as the question that `sogdia shock` answers.

antimony_2024, chn_sb_2024        a documented event, on the market before it
loss:CHN, loss:CHN:rare_earths    a supplier lost for a year
red_sea                           a state of the corridors
loss:CHN+red_sea                  several at once: events on one market, one state at most
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sogdia.answer import each_once
from sogdia.codes import countries
from sogdia.data import Store
from sogdia.errors import NoAnswerError, unknown, wrong_argument
from sogdia.market import Scenario
from sogdia.market.events import Event, ExportLimit
from sogdia.network import embedded_states
from sogdia.scenarios.documented import DocumentedCase, base_years_of_case, documented_cases, stage_of
from sogdia.text import folded

LOSS = "loss"
JOIN = "+"


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    """mineral: None where the case does not name one. asked: keywords of `Study.shock`. notes, source_ids: of what is
    documented.
    """

    mineral: str | None
    asked: Mapping[str, Any]
    notes: tuple[str, ...]
    source_ids: tuple[str, ...]


def case_question(store: Store, name: str, mineral: str | None, given: Mapping[str, Any]) -> CaseQuestion:
    """What a case asks. mineral: named beside it; given: other keywords of the question, which win over those of the
    case where they say how the market is taken (year, base_years, stage).

    UnknownNameError for a name that is none; NoAnswerError for an event that the store cannot answer; InputError where
    parts are of different minerals, or of two states.
    """
    events: list[Event] = []
    minerals, states = dict[str, None](), list[str]()
    cases: list[DocumentedCase] = []
    known = documented_cases(store)
    for part in (text.strip() for text in name.split(JOIN)):
        if part.casefold().startswith(f"{LOSS}:"):
            country, of = _loss(part)
            events.append(ExportLimit(country, share=1.0))
            minerals |= {store.mineral(of).key: None} if of else {}
        elif (state := _state(part)) is not None:
            states.append(state)
        else:
            case = _documented(store, part, known, mineral)
            cases.append(case)
            events.append(case.happening())
            minerals[str(case.event.mineral)] = None
    if mineral is not None:
        minerals[store.mineral(mineral).key] = None
    if len(minerals) > 1:
        rule = f"a case is about one mineral, and this one is about {', '.join(minerals)}"
        raise wrong_argument("case", rule, "Ask for each mineral by itself.", name)
    if len(states) > 1:
        raise wrong_argument("case", "a case has one state of the corridors at most", "Name one of them.", name)
    asked = _market(store, cases, given)
    if events:
        asked["scenario"] = Scenario(name, tuple(events))
    if states:
        asked["corridor"] = states[0]
    return CaseQuestion(
        next(iter(minerals), None), asked,
        each_once(*(case.notes() for case in cases)), each_once(*(case.source_ids for case in cases)),
    )  # fmt: skip


def _market(store: Store, cases: list[DocumentedCase], given: Mapping[str, Any]) -> dict[str, Any]:
    """The years and the stage of the first documented event, unless they are given."""
    asked: dict[str, Any] = {}
    if not cases:
        return asked
    if given.get("year") is None and given.get("base_years") is None:
        asked["base_years"] = list(base_years_of_case(store, cases[0]))
    if given.get("stage") is None:
        asked["stage"] = stage_of(store, cases[0])
    return asked


def _documented(store: Store, name: str, known: tuple[DocumentedCase, ...], mineral: str | None) -> DocumentedCase:
    """The documented event of a name or id."""
    wanted = _folded(name)
    found = [case for case in known if wanted in (_folded(case.name), _folded(case.id))]
    if mineral is not None and len(found) > 1:
        key = store.mineral(mineral).key
        found = [case for case in found if case.event.mineral == key] or found
    if not found:
        valid = [*(case.name for case in known), *(case.id for case in known), *(s.id for s in embedded_states())]
        raise unknown("case", name, dict.fromkeys(valid))
    answered = [case for case in found if case.why_not is None]
    if len(found) > 1 and len(answered) > 1:
        rule = f"{found[0].event.event_id} struck {', '.join(str(case.event.mineral) for case in found)}"
        raise wrong_argument("case", rule, "Name the mineral too.", name)
    if not answered:
        told = " ".join(f"{case.event.subject}: {case.why_not}" for case in found)
        raise NoAnswerError(f"{name}: the store cannot answer. {told}")
    return answered[0]


def _loss(part: str) -> tuple[str, str | None]:
    """Country and mineral of `loss:CHN` and `loss:CHN:rare_earths`."""
    _, country, *of = part.split(":")
    code = country.upper()
    if code not in countries():
        raise unknown("country", country, countries())
    return code, of[0] if of else None


def _state(name: str) -> str | None:
    states = {_folded(state.id): state.id for state in embedded_states()}
    return states.get(_folded(name.removeprefix("state:")))


def _folded(name: str) -> str:
    return folded(name).replace("-", " ").replace("_", " ")
