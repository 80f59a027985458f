"""One entry of the registry makes route, parameters, download and description; what is local stays local."""

from __future__ import annotations

import pytest

from sogdia.errors import InputError
from sogdia.market.events.registry import options
from sogdia.questions.desk import Desk
from sogdia.questions.limits import VALUES, YEARS
from sogdia.questions.parameters import LOCAL, kind_of
from sogdia.questions.registry import Question, question_named, questions, read_asked, registered
from sogdia.study import Study
from sogdia.web.app import make_app
from sogdia.web.guard import Gate
from sogdia.web.openapi import description
from sogdia.web.pass_token import Pass

LOCAL_WORDS = {
    "store", "regions", "out", "scenario", "projects", "executor", "workers", "progress", "network", "links", "places",
    "borders", "formalities", "curves", "incidents", "flow_paths", "corridors", "self", "study", "events",
    "cached",
}  # fmt: skip


def test_no_question_takes_a_path_or_anything_else_of_the_machine():
    taken = {(question.name, parameter.name) for question in questions() for parameter in question.parameters()}
    assert {(question, name) for question, name in taken if name in LOCAL_WORDS} == set()


@pytest.mark.parametrize(
    "annotation",
    ["Path | None", "Path | str | None", "Executor | str | None", "Progress", "Scenario | Path | str | None"],
)
def test_types_that_stay_local_are_no_parameters(annotation: str):
    assert LOCAL.search(annotation)
    assert kind_of(annotation) is None


def test_every_event_of_the_registry_is_a_parameter_of_a_shock_with_its_help():
    shock = question_named("shock")
    assert shock is not None
    known = {parameter.name: parameter for parameter in shock.parameters()}
    for option in options():
        assert (known[option.name].kind, known[option.name].help) == ("texts", option.help)
    assert known["stock"].repeated
    assert (known["draws"].kind, known["year"].kind, known["horizon_years"].kind) == ("whole", "whole", "number")


def test_years_are_limited_on_the_web():
    for name in ("atlas", "plan", "frontier"):
        question = question_named(name)
        assert question is not None
        with pytest.raises(InputError, match="10,000"):
            read_asked(question, [("years", str(YEARS + 1))])


def test_a_question_that_is_added_has_a_route_a_download_and_a_description():
    with registered(Question("visible", "A toy", Study.partner_supply)):
        gate = Gate(frozenset({"127.0.0.1:1"}), "http", Pass())
        paths = {route.path for route in make_app(gate, Desk()).app.routes}
        assert {"/api/visible", "/api/download/visible.csv", "/api/download/visible.json"} <= paths
        assert "/api/visible" in description()["paths"]
    assert "/api/visible" not in description()["paths"]


def test_the_order_of_an_address_does_not_matter():
    question = question_named("shock")
    assert question is not None
    one = read_asked(question, [("mineral", "tin"), ("cut", "CHN=0.4"), ("year", "2020")])
    assert one == read_asked(question, [("year", "2020"), ("cut", "CHN=0.4"), ("mineral", "tin")])


def test_too_many_values_are_refused():
    question = question_named("shock")
    assert question is not None
    with pytest.raises(InputError, match=str(VALUES)):
        read_asked(question, [("cut", "CHN=0.1")] * (VALUES + 1))


def test_every_parameter_of_the_description_has_a_type():
    for path, methods in description()["paths"].items():
        for operation in methods.values():
            for parameter in operation.get("parameters", ()):
                assert parameter["schema"]["type"], path
    identities = [o["operationId"] for methods in description()["paths"].values() for o in methods.values()]
    assert len(identities) == len(set(identities))
