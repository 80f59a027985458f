"""Write what the commands of the tutorials print into the pages of `examples/` anew.

    python tools/write_tutorials.py

A command stands in a block `sh`; where a block `text` follows, it holds what the command prints at 80 columns. The
sentences around are written by hand: a test says which of their figures no longer stand in the answers. Commands run in
an empty folder with a copy of `examples/`.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from sogdia.cli.app import main as sogdia
from sogdia.files import write_text

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
STEP = re.compile(r"^```sh\n(?P<commands>.*?)^```\n(?:\n```text\n(?P<answer>.*?)^```\n)?", re.MULTILINE | re.DOTALL)
WITHOUT_END = "serve"
"""The verb that answers until it is stopped."""
WORD_JOINER = "\u2060"
VOLATILE = re.compile(r"\S+ s; hash \w+")
"""What a run took, and the fingerprint of code and data."""


@dataclass(frozen=True)
class Step:
    """commands: the words of each; answer: what the page says they print, None where it says nothing."""

    commands: tuple[tuple[str, ...], ...]
    answer: str | None


def steps(page: Path) -> list[Step]:
    """The steps of a page, in order."""
    found = STEP.finditer(page.read_text(encoding="utf-8"))
    return [Step(_words(step["commands"]), step["answer"]) for step in found]


def pages() -> list[Path]:
    """Every page of the examples that has a step."""
    return [page for page in sorted(EXAMPLES.glob("*.md")) if steps(page)]


def said(text: str) -> str:
    """The words of an answer, however its lines are broken, without what differs from run to run."""
    return VOLATILE.sub("", " ".join(text.replace(WORD_JOINER, "").split()))


def beside_examples(folder: Path) -> Path:
    """A folder with a copy of the examples, where the commands of a page run."""
    shutil.copytree(EXAMPLES, folder / "examples")
    return folder


def rewritten(page: Path) -> str:
    """The page with the answers of today, asked for in the working folder; those that hold stay as they are."""

    def asked(step: re.Match[str]) -> str:
        answer = "".join(_printed(words) for words in _words(step["commands"]) if words[1] != WITHOUT_END)
        if step["answer"] is None or said(step["answer"]) == said(answer):
            return step[0]
        return f"```sh\n{step['commands']}```\n\n```text\n{answer.rstrip()}\n```\n"

    return STEP.sub(asked, page.read_text(encoding="utf-8"))


def main() -> None:
    """Write every page."""
    for page in pages():
        with tempfile.TemporaryDirectory() as folder, chdir(beside_examples(Path(folder))):
            os.environ |= {"SOGDIA_STORE": "own-store", "SOGDIA_CACHE": "cache"}
            text = rewritten(page)
        write_text(page, text)


def _words(commands: str) -> tuple[tuple[str, ...], ...]:
    return tuple(words for line in commands.splitlines() if (words := tuple(shlex.split(line, comments=True))))


def _printed(words: Sequence[str]) -> str:
    """What a command prints; it ends the program where the command fails."""
    sys.argv = list(words)
    with redirect_stdout(StringIO()) as shown:
        try:
            sogdia()
        except SystemExit as leaving:
            if leaving.code:
                raise
    return shown.getvalue().replace(WORD_JOINER, "")


if __name__ == "__main__":
    main()
