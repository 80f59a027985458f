"""Are the files around the package what their readers expect? Citation, security, continuous integration, version."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

import sogdia

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
REQUIRED = {"authors", "cff-version", "message", "title"}
ALLOWED = REQUIRED | {
    "abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license", "license-url",
    "preferred-citation", "references", "repository", "repository-artifact", "repository-code", "type", "url",
    "version",
}  # fmt: skip
"""Keys of the Citation File Format 1.2.0."""


@pytest.fixture(scope="module")
def citation():
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def workflow():
    return yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))


def test_the_citation_follows_its_format(citation):
    assert set(citation) <= ALLOWED
    assert set(citation) >= REQUIRED
    assert citation["cff-version"] == "1.2.0"
    assert citation["type"] in {"software", "dataset"}
    assert all(isinstance(citation[key], str) and citation[key] for key in ("message", "title", "abstract", "version"))
    assert citation["keywords"] == list(dict.fromkeys(citation["keywords"]))


def test_the_citation_names_the_authors_of_the_package_and_nobody_else(citation):
    assert citation["authors"] == PROJECT["authors"]


def test_version_and_licence_are_the_same_everywhere(citation):
    assert citation["version"] == PROJECT["version"] == sogdia.__version__
    assert citation["license"] == PROJECT["license"]


def test_weaknesses_are_reported_in_private_and_no_address_is_invented():
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert f"{repository()}/security/advisories/new" in text
    assert not re.search(r"[\w.]+@[\w.]+", text)


def repository() -> str:
    """Address of the repository."""
    return PROJECT["urls"]["Repository"]


def test_the_citation_leads_to_the_repository(citation):
    assert citation["repository-code"] == repository()


def test_the_workflow_runs_make_test_on_every_supported_python(workflow):
    job = workflow["jobs"]["test"]
    assert "make test" in [step.get("run") for step in job["steps"]]
    listed = [c.rpartition(" ")[2] for c in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", c)]
    assert set(job["strategy"]["matrix"]["python"]) <= set(listed)
    assert PROJECT["requires-python"] == f">={job['strategy']['matrix']['python'][0]}"


def test_the_tests_of_a_change_may_only_read(workflow):
    assert workflow["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("path", sorted((ROOT / ".github" / "workflows").glob("*.yml")), ids=lambda path: path.stem)
def test_a_workflow_pins_the_major_version_of_each_action(path):
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"].values()
    used = [step["uses"] for job in jobs for step in job["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in used)


def test_every_dependency_of_the_tests_has_an_exact_version():
    exact = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower().replace("_", "-")
    groups = PROJECT["optional-dependencies"]
    names = {
        re.split(r"[\[<>=]", text)[0].lower() for text in (*PROJECT["dependencies"], *groups["dev"], *groups["bench"])
    }
    assert [name for name in sorted(names - {"sogdia"}) if f"\n{name}==" not in exact] == []
