"""`sogdia resume`: go on with a run of `sogdia ensemble` that was stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sogdia.cli import options, show
from sogdia.cli.ensemble import ExecutorAddress, Workers, print_ensemble, resumable
from sogdia.cli.sheet import AnswerSheet
from sogdia.cli.steps import Steps


def command(
    run: Annotated[Path, typer.Argument(help="The folder of the run.")],
    workers: Workers = 1,
    executor: ExecutorAddress = None,
    full: options.Full = False,
    wide: options.Wide = False,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """Solve what is missing of a run, and show its answer. What is finished is checked and kept."""
    from sogdia.study.scenarios import resume

    with options.named({"workers": "--workers", "executor": "--executor"}), resumable(run), Steps() as steps:
        answer = resume(run, workers=workers, executor=executor, progress=steps)
    if not show.for_programs(answer, as_json, as_csv):
        with AnswerSheet(full=full, wide=wide) as sheet:
            print_ensemble(answer, sheet)
