"""A whole report on the default question and smaller ones, made once for all tests of the brief."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sogdia.brief import Report
from sogdia.brief.sections import sections
from sogdia.brief.summary import Summary, SummaryEvidence, compose
from sogdia.corridors import Routes, route
from sogdia.data import Store
from sogdia.data.events import restriction_events
from sogdia.hindcast import Hindcast, run
from sogdia.hindcast.predict import CONDITIONAL
from sogdia.network import Corridors, embedded_corridors
from sogdia.render.blocks import Section
from sogdia.study import Study
from support.once import once
from support.summaries import japan_evidence
from support.whole_report import small_report, whole_folder, whole_report

EVENTS = {"CHN_REE_QUOTA_2010", "CHN_REE_JPN_EMBARGO_2010", "IDN_BAUX_BAN_2014", "CHN_GA_2023"}


@pytest.fixture(scope="session")
def report(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Japan and Central Asia in the last year of the data."""
    return whole_report(tmp_path_factory, store)


@pytest.fixture(scope="session")
def parts(report: Report) -> tuple[Section, ...]:
    """The sections of that report."""
    return sections(report)


@pytest.fixture(scope="session")
def folder(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of that report, which other files of tests read too: to be read, not written."""
    return whole_folder(tmp_path_factory, store)


@pytest.fixture(scope="session")
def some_hindcast(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Hindcast:
    """Two events that are scored, one that is computed but not scored, one that is not in the data."""
    chosen = [event for event in restriction_events(store) if event.event_id in EVENTS]
    return once(tmp_path_factory, "hindcast", lambda: run(store, chosen, modes=(CONDITIONAL,), years_after=1))


@pytest.fixture(scope="session")
def japan(store: Store, some_hindcast: Hindcast, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Japan and Central Asia."""
    return replace(small_report(tmp_path_factory, store), hindcast=some_hindcast)


@pytest.fixture(scope="session")
def korea(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Korea, which has another port."""
    study = Study("KOR", store=store)
    return once(tmp_path_factory, "korea", lambda: study.report(minerals=["tungsten"], with_hindcast=False))


@pytest.fixture(scope="session")
def germany(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Germany and two partners overseas."""
    study = Study("DEU", ["AUS", "CHL"], store=store)
    return once(tmp_path_factory, "germany", lambda: study.report(minerals=["lithium"], with_hindcast=False))


@pytest.fixture(scope="session")
def network() -> Corridors:
    """The packaged corridors."""
    return embedded_corridors()


@pytest.fixture(scope="session")
def chromite(network: Corridors) -> Routes:
    """Chromite from its mine to Yokohama."""
    return route(network, "KAZ:Khromtau", "JPN:Yokohama", "chromium")


@pytest.fixture(scope="module")
def evidence(store: Store, tmp_path_factory: pytest.TempPathFactory) -> SummaryEvidence:
    """Japan and Central Asia with a mine and a stock."""
    return japan_evidence(tmp_path_factory, store)


@pytest.fixture(scope="module")
def summary(evidence: SummaryEvidence) -> Summary:
    """Its summary."""
    return compose(evidence)
