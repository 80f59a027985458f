"""The help of `sogdia data add`: it ends with the kinds of data that there are readers for."""

from __future__ import annotations

from typer.core import TyperCommand


class KindsCommand(TyperCommand):
    """A command whose help lists the readers. They are looked up when help is asked for, since that takes a while."""

    _text: str | None = None

    def _with_kinds(self) -> str | None:
        from sogdia.data.readers.registry import readers

        lines = [f"- {reader.key}: {reader.title}; replaces {reader.replaces}" for reader in readers()]
        return "\n".join([self._text or "", "", "Kinds of data:", "", "\b", *lines])

    def _without_kinds(self, text: str | None) -> None:
        self._text = text

    help = property(_with_kinds, _without_kinds)
