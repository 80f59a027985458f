"""Completion in the shell: what to do where the shell is not recognised."""

from __future__ import annotations

from collections.abc import Sequence

from sogdia.errors import NoAnswerError

ASKED = frozenset({"--install-completion", "--show-completion"})
SHELLS = ("bash", "zsh", "fish", "powershell")


def must_know_the_shell(arguments: Sequence[str]) -> None:
    """NoAnswerError where completion is asked for and no process above this one is a known shell."""
    if not ASKED & set(arguments):
        return
    import shellingham

    try:
        shellingham.detect_shell()
    except shellingham.ShellDetectionFailure:
        remedy = "Print the script for a shell that you name with `_SOGDIA_COMPLETE=source_bash sogdia`"
        others = ", ".join(SHELLS[1:])
        raise NoAnswerError(f"the shell is not recognised. {remedy} (or {others} in place of bash).") from None
