"""A command with one option for each way to write an event, as the registry of events has them when it is run."""

from __future__ import annotations

import inspect
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

AFTER = "stage"
"""The option of the command that the events stand behind."""


class EventCommand(TyperCommand):
    """Reads the registry only when the command is run or asked for help, because it takes a while to load."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The command's own parameters, the options of events among them."""
        own = super().get_params(ctx)
        place = next((number for number, param in enumerate(own, start=1) if param.name == AFTER), len(own))
        return [*own[:place], *_event_params(), *own[place:]]

    def invoke(self, ctx: Any) -> Any:
        """Run it; what the options of events say is kept for `event_texts`."""
        ctx.meta[__name__] = {param.name: ctx.params.pop(param.name, None) for param in _event_params()}
        return super().invoke(ctx)


def event_texts(ctx: typer.Context) -> dict[str, list[str]]:
    """What was written under each option of an event that was used, by its name."""
    return {name: list(texts) for name, texts in ctx.meta[__name__].items() if texts}


def _event_params() -> list[Any]:
    """The options of the registry as typer makes them."""
    from sogdia.market.events.registry import options

    def events(**_: list[str] | None) -> None:
        pass

    kinds = {option.name: Annotated[list[str] | None, typer.Option(help=option.help)] for option in options()}
    events.__annotations__ = kinds
    events.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
            for name, kind in kinds.items()
        ]
    )
    made = typer.Typer(add_completion=False)
    made.command()(events)
    return typer.main.get_command(made).params
