"""Does the command line know every command that a page shows?"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer import Context

from sogdia.cli.app import app
from support.cli import commands

ROOT = Path(__file__).parents[2]
PAGES = sorted(path for folder in ("", "docs", "docs/decisions", "examples") for path in (ROOT / folder).glob("*.md"))
LINE = re.compile(r"^(?:\.venv/bin/)?(sogdia [a-z].*)$", re.MULTILINE)
INLINE = re.compile(r"`(sogdia [a-z][^`]*)`")
EVERY = dict(commands(typer.main.get_command(app)))
SHELL = re.compile(r"\s(?:>|&|\|)(?:\s|$)")
"""Where the command ends and the shell's part begins."""


def commands_of(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    blocks = text.split("```")
    outside, inside = "\n".join(blocks[::2]), "\n".join(blocks[1::2])
    return [*LINE.findall(inside), *(" ".join(found.split()) for found in INLINE.findall(outside))]


def understood(line: str) -> None:
    """Read the words of a command as the command line does, without running it."""
    words = tuple(shlex.split(SHELL.split(line)[0], comments=True)[1:])
    path = next((words[:n] for n in (2, 1) if words[:n] in EVERY), ())
    assert path, line
    command = EVERY[path]
    if hasattr(command, "commands"):  # a group alone, as in "see `sogdia data`"
        assert len(words) == 1 or words[1].startswith("-"), line
        return
    known = {name for option in command.get_params(Context(command)) for name in (*option.opts, *option.secondary_opts)}
    given = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    assert given <= known, line


@pytest.mark.parametrize(
    "page", [p for p in PAGES if commands_of(p)], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_command_of_a_page_is_one_of_today(page: Path) -> None:
    for line in commands_of(page):
        understood(line)


def test_a_command_that_has_gone_is_found() -> None:
    for line in ("sogdia expos JPN", "sogdia expose JPN --minerals tin", "sogdia data ad file.csv"):
        with pytest.raises(AssertionError, match="sogdia"):
            understood(line)
