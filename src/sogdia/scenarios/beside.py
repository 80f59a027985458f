"""A question asked in a process beside this one, so that two cores work at a report.

The process is a plain child that reads a pickled question and writes a pickled answer: it does not import the program
that asks, which may be a script without a guard. Where no child can be had, or it fails, this process answers itself.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, TypeVar

from sogdia.market.threads import NAME, cores

T = TypeVar("T")
COMMAND = "from sogdia.scenarios.beside import answer; answer()"
ONE_THREAD = dict.fromkeys((NAME, "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"), "1")


@contextmanager
def beside(
    question: Callable[..., T], *arguments: Any, alone: Callable[[], T] | None = None
) -> Iterator[Callable[[], T]]:
    """Start to answer question(*arguments) in a child; what the `with` block is given waits for the answer.

    question: a function of a module; it, its arguments and its answer can be pickled; alone: what answers in this
    process where there is no child, by default the question itself. The child ends with the block.
    """
    here = partial(question, *arguments) if alone is None else alone
    child = _started((question, arguments))
    if child is None:
        yield here
        return
    try:
        yield lambda: _answered(child, here)
    finally:
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def _started(asked: Any) -> subprocess.Popen[bytes] | None:
    """The child with its question; None where there is one core, or no child can be started."""
    if not sys.executable or cores() < 2:
        return None
    path = os.pathsep.join(part for part in sys.path if part)
    try:
        child = subprocess.Popen(
            [sys.executable, "-c", COMMAND], env={**os.environ, **ONE_THREAD, "PYTHONPATH": path},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError:
        return None
    # The question is shorter than what a pipe holds, or is written while the child reads it.
    threading.Thread(target=_tell, args=(child, pickle.dumps(asked)), daemon=True).start()
    return child


def _tell(child: subprocess.Popen[bytes], question: bytes) -> None:
    stream = child.stdin
    try:
        if stream is not None:
            stream.write(question)
            stream.close()
    except (OSError, ValueError):
        return


def _answered(child: subprocess.Popen[bytes], here: Callable[[], T]) -> T:
    stream = child.stdout
    said = stream.read() if stream is not None else b""
    if child.wait() or not said:
        return here()
    made: T = pickle.loads(said)
    return made


def answer() -> None:
    """What the child does: read a question, answer it, and write the answer."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    question, arguments = pickle.load(sys.stdin.buffer)
    pickle.dump(question(*arguments), out)
    out.close()
