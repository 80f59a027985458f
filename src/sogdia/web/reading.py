"""The life of the process that reads files of purchases: little memory, no connection, no other program."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sogdia.answer import each_once
from sogdia.data import Store
from sogdia.data.adding import add
from sogdia.errors import SogdiaError, wrong_argument
from sogdia.questions.desk import as_json
from sogdia.questions.faults import DEFECT
from sogdia.questions.outbound import OutboundError, forbid_outbound
from sogdia.questions.sheet import sheet
from sogdia.study import Study
from sogdia.web.faults import body_of, status_of
from sogdia.web.limits import COMPANIES, OPEN_FILES, READ_MEMORY, READ_SECONDS, UPLOAD_BYTES
from sogdia.web.reply import OK, Reply, sorry
from sogdia.web.screening import must_be_small

PROGRAMS = frozenset(
    {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "pty.spawn"}
)
"""What Python reports before a program starts."""
KIND = "purchases"


def read_files(line: Connection, stores: tuple[Path, ...]) -> None:
    """Read the files whose paths come in, until the server ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm()
    limit()
    forbid_outbound()
    sys.addaudithook(_refuse_programs)
    while True:
        try:
            path = line.recv()
        except EOFError:
            return
        more_time()
        try:
            said = Reply(OK, as_json(summary(path, stores)))
        except SogdiaError as error:
            said = Reply(status_of(error), body_of(error))
        except MemoryError:
            return
        except Exception:
            logging.getLogger(__name__).exception("a defect")
            said = sorry(500, DEFECT)
        line.send(said)


def summary(path: Path, stores: tuple[Path, ...]) -> dict[str, Any]:
    """What was added, with warnings, and the exposure of each company, as an answer and as its long table in CSV;
    nothing of it stays on the disk.
    """
    must_be_small(path)
    with TemporaryDirectory(prefix="sogdia-") as scratch:
        folder = Path(scratch) / "store"
        added = add(path, kind=KIND, folder=folder)
        store = Store((*stores, folder))
        bought = store.scan(KIND).select("company", "year").unique().collect().sort("company", "year")
        companies = bought["company"].unique(maintain_order=True).to_list()
        if len(companies) > COMPANIES:
            rule = f"a file on the page has {COMPANIES} companies at most"
            raise wrong_argument(KIND, rule, "Use `sogdia data add` on the command line.", len(companies))
        study = Study(store=store)
        years = {company: max(bought.filter(company=company)["year"].to_list()) for company in companies}
        answers = [study.expose_company(company, year=years[company]) for company in companies]
        return {
            **added.to_dict(),
            "companies": [{"company": c, "year": years[c]} for c in companies],
            "exposures": [answer.to_dict() for answer in answers],
            "tables": [sheet(answer.table()).decode() for answer in answers],
            "sources": list(each_once(*(answer.sources() for answer in answers))),
        }


def warm() -> None:
    """Load what reading needs before memory is limited."""
    from sogdia.data.readers import purchases, recognise
    from sogdia.data.readers.registry import readers

    del purchases, recognise
    readers()


def limit() -> None:
    """Limits of the process; where the system has none, the clock of the server is the limit."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_DATA, READ_MEMORY),
        (resource.RLIMIT_FSIZE, 4 * UPLOAD_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (least, least))


def more_time() -> None:
    """Some seconds of processor from now on."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + READ_SECONDS) + 1
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _refuse_programs(event: str, _: Sequence[object]) -> None:
    if event in PROGRAMS:
        raise OutboundError("this process starts no program")
