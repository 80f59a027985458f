"""A user's program. mypy reads it as it reads any: the public names have their types."""

from __future__ import annotations

from typing import assert_type

import sogdia


def largest_supplier(importer: str, mineral: str) -> str:
    """The largest supplier of one mineral in 2022."""
    study = sogdia.Study(importer, "KAZ")
    assert_type(study, sogdia.Study)
    answer = study.expose(mineral, year=2022)
    assert_type(answer, sogdia.Exposure)
    return str(answer.records["top_supplier"].item())


def loss(study: sogdia.Study, mineral: str) -> tuple[str, ...]:
    """What a reader has to know about a cut by China; why there is no answer, where there is none."""
    cut = sogdia.Scenario("cut", (sogdia.ExportLimit("CHN", share=0.4),))
    try:
        shock = study.shock(mineral, scenario=cut, year=2022, draws=2)
    except sogdia.NoAnswerError as reason:
        return (str(reason),)
    assert_type(shock, sogdia.Shock)
    return shock.notes
