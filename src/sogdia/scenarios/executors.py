"""Where blocks are solved: in this process, in a pool of processes, or on a cluster that runs Dask.

Any `concurrent.futures.Executor` will do. Workers get arrays and return arrays; only this process writes files.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from sogdia.errors import DataError, wrong_argument

DASK = "dask://"
PATIENCE = "10s"
"""How long a scheduler may take to answer."""


@contextmanager
def executor_for(workers: int, address: str | None = None) -> Iterator[Executor | None]:
    """The executor for a number of workers, None for this process; or that of a Dask scheduler, `dask://HOST:PORT`.

    InputError for an address of another form or without the package distributed; DataError where nobody answers.
    """
    if address is not None:
        with _dask(address) as executor:
            yield executor
        return
    if workers == 1:
        yield None
        return
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_start_worker)
    try:
        for _ in range(workers):
            pool.submit(_ready)
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _dask(address: str) -> Iterator[Executor]:
    if not address.startswith(DASK) or not address.removeprefix(DASK):
        raise wrong_argument("executor", "an executor is dask://HOST:PORT", "Name the scheduler.", address)
    try:
        from distributed import Client
    except ImportError:
        remedy = "Install it: pip install 'sogdia[dask]'."
        raise wrong_argument("executor", "dask:// needs the package distributed", remedy, address) from None
    try:
        client = Client(  # type: ignore[no-untyped-call]
            f"tcp://{address.removeprefix(DASK)}", timeout=PATIENCE
        )
    except (OSError, TimeoutError) as why:
        raise DataError(f"no Dask scheduler answers at {address} ({why}). Start one, or correct the address.") from why
    try:
        yield client.get_executor()  # type: ignore[no-untyped-call]
    finally:
        client.close()  # type: ignore[no-untyped-call]


def _ready() -> None:
    """What a worker does first: it loads the solver while the parent still looks for what to solve."""
    import sogdia.scenarios.block  # noqa: F401


def _start_worker() -> None:
    """A worker leaves Ctrl-C to its parent, uses one thread for linear algebra, and ends when its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ[name] = "1"
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
