"""`sogdia resume`: go on with a run of `sogdia ensemble` that was stopped."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sogdia.cli import options, show
from sogdia.cli.ensemble import ExecutorAddress, Workers, print_ensemble, resumable, tell


def command(
    run: Annotated[Path, typer.Argument(help="The folder of the run.")],
    workers: Workers = 1,
    executor: ExecutorAddress = None,
    as_json: options.AsJson = False,
    as_csv: options.AsCsv = False,
) -> None:
    """Solve what is missing of a run, and show its answer. What is finished is checked and kept."""
    from sogdia.study.scenarios import resume

    with options.named({"workers": "--workers", "executor": "--executor"}), resumable(run):
        answer = resume(run, workers=workers, executor=executor, progress=tell)
    if not show.for_programs(answer, as_json, as_csv):
        print_ensemble(answer)
