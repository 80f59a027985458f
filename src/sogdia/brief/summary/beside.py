"""The plan, computed by a process of its own beside the rest of a summary: it takes as long as all the rest.

The process starts from this module and not from the user's script, so that a script needs no guard of its own. Where it
cannot be started or ends without an answer, the plan is computed here instead.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sogdia.codes import Region
from sogdia.data import Store
from sogdia.errors import NoAnswerError

YEARS = 10_000
"""Years that are drawn for the plan of a summary."""
UNANSWERED, SOME_MINERALS = "unanswered", "minerals"
"""Why there may be no plan: no project can be weighed, or the question is on some minerals alone."""
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")
START = "from sogdia.brief.summary.beside import answer_from_input; answer_from_input()"


@dataclass(frozen=True, slots=True)
class PlanFound:
    """plan: `Plan.to_dict()`, None where there is none, and then why; weighed_abroad: projects of the partners that
    could be chosen.
    """

    plan: Mapping[str, Any] | None
    why: str = ""
    weighed_abroad: int = 0


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """Whose plan, with which partners; store: its folders."""

    importer: Region
    partners: tuple[str, ...]
    year: int
    store: tuple[str, ...] = field(repr=False)

    def computed(self) -> PlanFound:
        """The plan, computed in this process."""
        from sogdia.plan.projects import embedded_projects
        from sogdia.plan.run import make_plan

        store = Store(tuple(Path(folder) for folder in self.store))
        own = self.importer.members
        projects = [p for p in embedded_projects() if p.country is None or p.country in (*self.partners, *own)]
        try:
            plan = make_plan(store, self.importer, projects, self.year, years=YEARS)
        except NoAnswerError:
            return PlanFound(None, UNANSWERED)
        abroad = sum(project.country is not None and project.country not in own for project in plan.tables.projects)
        return PlanFound(plan.to_dict(), "", abroad)


def plan_asked(store: Store, importer: Region, partners: Sequence[Region], year: int) -> PlanAsked:
    """The question of a summary."""
    members = tuple(member for partner in partners for member in partner.members)
    return PlanAsked(importer, members, year, tuple(str(folder) for folder in store.folders))


class PlanBeside:
    """A plan that is being computed; `result` waits for it."""

    def __init__(self, asked: PlanAsked, process: subprocess.Popen[bytes] | None) -> None:
        self._asked, self._process = asked, process

    def result(self) -> PlanFound:
        """The answer of the process, or of this one where that gave none."""
        if self._process is None:
            return self._asked.computed()
        out, _ = self._process.communicate()
        if self._process.returncode != 0:
            return self._asked.computed()
        return PlanFound(**json.loads(out))


@contextmanager
def plan_beside(asked: PlanAsked) -> Iterator[PlanBeside]:
    """The plan under way; the process ends with the block."""
    process = _started(asked)
    try:
        yield PlanBeside(asked, process)
    finally:
        if process is not None:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _started(asked: PlanAsked) -> subprocess.Popen[bytes] | None:
    """The process, with the question written to it; None where none can be started."""
    question = {
        "importer": [asked.importer.key, asked.importer.name, list(asked.importer.members)],
        "partners": asked.partners, "year": asked.year, "store": asked.store,
    }  # fmt: skip
    path = os.pathsep.join(part for part in sys.path if part)
    surroundings = {**os.environ, **dict.fromkeys(ONE_THREAD, "1"), "PYTHONPATH": path}
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", START], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=surroundings,
        )  # fmt: skip
    except OSError:
        return None
    if process.stdin is not None:
        try:
            process.stdin.write(json.dumps(question).encode())
            process.stdin.close()
        except OSError:
            process.kill()
        process.stdin = None
    return process


def answer_from_input() -> None:
    """What the process does: read the question, compute, write the answer."""
    question = json.load(sys.stdin)
    key, name, members = question["importer"]
    asked = PlanAsked(
        Region(key, name, tuple(members)), tuple(question["partners"]), question["year"], tuple(question["store"])
    )  # fmt: skip
    found = asked.computed()
    json.dump({"plan": found.plan, "why": found.why, "weighed_abroad": found.weighed_abroad}, sys.stdout, default=str)
