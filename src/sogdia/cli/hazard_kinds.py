"""The help of `sogdia hazard`: it ends with the kinds of hazards and with what can be done against them."""

from __future__ import annotations

from typer.core import TyperCommand


class HazardCommand(TyperCommand):
    """A command whose help lists the hazards. They are looked up when help is asked for, since that takes a while."""

    _text: str | None = None

    def _with_hazards(self) -> str | None:
        from sogdia.hazards import hazard_actions, hazards

        kinds = [f"- {kind.name}: {kind.label}" for kind in hazards()]
        done = [f"- {name} ({action.hazard}): {action.label}" for name, action in hazard_actions().items()]
        return "\n".join([self._text or "", "", "Hazards:", "", "\b", *kinds, "", "Actions:", "", "\b", *done])

    def _without_hazards(self, text: str | None) -> None:
        self._text = text

    help = property(_with_hazards, _without_hazards)
