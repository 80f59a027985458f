"""The command line: parse, ask the study, print. One file per verb; nothing is computed here."""

from sogdia.cli.app import main

__all__ = ["main"]
