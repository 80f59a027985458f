"""Do the commands of the tutorials print what their pages say?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sogdia.web import serving
from support.cli import run
from support.programs import TOOLS, loaded

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("company_korea.md", "tutorial.md")
BOLD = re.compile(r"\*\*([^*]+)\*\*")


@pytest.fixture(scope="module")
def program() -> Iterator[object]:
    """The program that writes the pages."""
    with loaded(TOOLS / "write_tutorials.py") as module:
        yield module


def test_every_tutorial_is_run(program) -> None:
    assert [page.name for page in program.pages()] == list(NAMES)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_command_ends_well_and_prints_what_its_page_says(
    program, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(program.beside_examples(tmp_path))
    monkeypatch.setenv("SOGDIA_STORE", str(tmp_path / "own-store"))
    monkeypatch.setattr("webbrowser.open", lambda address: True)
    monkeypatch.setattr(serving, "serve", lambda address, store, tell: tell(f"http://{address.host}"))
    for step in program.steps(EXAMPLES / name):
        printed = ""
        for words in step.commands:
            status, shown, errors = run(capsys, *words[1:])
            assert status == 0, (words, errors)
            printed += shown
        assert step.answer is None or program.said(printed) == program.said(step.answer), step.commands


@pytest.mark.parametrize("name", NAMES)
def test_each_figure_in_the_text_stands_in_an_answer_above_it(program, name: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    figures = [bold for bold in BOLD.finditer(text) if any(map(str.isdigit, bold[1]))]
    assert figures
    for figure in figures:
        answers = " ".join(step["answer"] or "" for step in program.STEP.finditer(text[: figure.start()]))
        whole = rf"(?<![\w.,]){re.escape(program.said(figure[1]))}(?!\w|[.,]\d)"
        assert re.search(whole, program.said(answers)), figure[1]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_page_quotes_fits_eighty_columns(program, name: str) -> None:
    lines = [line for step in program.steps(EXAMPLES / name) for line in (step.answer or "").splitlines()]
    assert 0 < max(map(len, lines)) <= 80
