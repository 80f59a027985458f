"""Hostile requests and files are refused fast and in little memory; nothing is run, and nothing reaches out."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from sogdia.web.limits import HEAD_SECONDS, UPLOAD_BYTES
from support.hostile_requests import HEAD, ROW, files, on_the_wire
from support.web_server import Answered, WebServer, web_server

SECONDS = 1.0
MEGABYTES = 300.0
LEAST = 150
TRIES = 3
"""On a busy machine the fastest of them counts; what the slowest took is printed."""
LEAKS = (b"Traceback", b"site-packages", b"root:", b"/src/", b'.py"', b'File "', b"/tmp/")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, no_store_of_the_user: object):
    """A server of its own, whose memory is that of the attacks alone."""
    with web_server(tmp_path_factory.mktemp("attacked")) as running:
        until_warm(running)
        yield running


def until_warm(server: WebServer) -> None:
    """The first file waits for the process that reads files to start."""
    sent(server, HEAD)


def sent(server: WebServer, content: bytes):
    return server.ask(
        "/api/purchases", method="POST", body=content, Origin=f"http://{server.host}", Content_Type="text/csv"
    )


def fastest(attack: Callable[[], Answered]) -> tuple[Answered, float]:
    """The answer, and the seconds of the fastest try; more than one where the first was slow."""
    seconds = []
    for _ in range(TRIES):
        start = time.perf_counter()
        answer = attack()
        seconds.append(time.perf_counter() - start)
        if seconds[-1] < SECONDS:
            break
    return answer, min(seconds)


@pytest.mark.slow
def test_hostile_requests_and_files_are_refused_within_a_second_and_300_mb(attacked: WebServer, tmp_path: Path):
    took: dict[str, float] = {}
    wrong: dict[str, Answered] = {}
    attacks = [(name, partial(attacked.raw, content)) for name, content in on_the_wire(attacked.host, attacked.cookie)]
    attacks += [(f"file: {name}", partial(sent, attacked, content)) for name, content in files(tmp_path)]
    for name, attack in attacks:
        answer, took[name] = fastest(attack)
        if not (answer.status == 0 or 400 <= answer.status < 500) or any(leak in answer.body for leak in LEAKS):
            wrong[name] = answer
        assert "set-cookie" not in answer.headers
    slowest = sorted(took, key=lambda name: -took[name])[:3]
    memory = attacked.memory_mb()
    print(f"{len(took)} attacks; slowest: {', '.join(f'{n} {took[n]:.2f} s' for n in slowest)}; MB: {memory.values()}")
    assert {name: (answer.status, answer.body[:200]) for name, answer in wrong.items()} == {}
    assert len(took) >= LEAST
    assert took[slowest[0]] < SECONDS
    assert max(memory.values()) < MEGABYTES
    assert attacked.noted() == []
    assert attacked.ask("/api/expose?mineral=cobalt").status == 200


def test_a_file_above_20_mb_is_refused_before_it_arrives(attacked: WebServer):
    head = (
        f"POST /api/purchases HTTP/1.1\r\nHost: {attacked.host}\r\nCookie: {attacked.cookie}\r\n"
        f"Origin: http://{attacked.host}\r\nContent-Type: text/csv\r\n"
    )
    told = attacked.raw(f"{head}Content-Length: {UPLOAD_BYTES + 1}\r\n\r\n".encode())
    assert (told.status, "20 MB" in str(told.json()["error"])) == (413, True)
    part = b"100000\r\n" + b"a" * 2**20 + b"\r\n"
    assert attacked.raw(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + part * 22).status in (0, 413)


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=a", "application/x-www-form-urlencoded", "text/plain"])
def test_what_a_form_of_another_page_could_send_is_refused(attacked: WebServer, kind: str):
    answer = attacked.ask(
        "/api/purchases", method="POST", body=HEAD + ROW, Origin=f"http://{attacked.host}", Content_Type=kind
    )
    assert answer.status == 415


def test_no_address_but_the_one_for_files_takes_a_file(attacked: WebServer):
    for path in ("/", "/api/shock", "/api/meta", "/enter"):
        told = attacked.ask(path, method="POST", body=HEAD, Origin=f"http://{attacked.host}", Content_Type="text/csv")
        assert told.status in (401, 405)


def test_a_client_that_never_finishes_is_let_go(attacked: WebServer):
    with socket.create_connection(("127.0.0.1", attacked.port), timeout=HEAD_SECONDS * 3) as line:
        start = time.monotonic()
        line.sendall(b"GET / HTTP/1.1\r\n")
        time.sleep(HEAD_SECONDS / 2)
        line.sendall(b"X: a\r\n")
        assert line.recv(100) == b""
        assert time.monotonic() - start < HEAD_SECONDS * 1.5


def test_a_file_of_purchases_is_answered_and_nothing_of_it_stays(server: WebServer, no_store_of_the_user: Path):
    answer = sent(server, HEAD + ROW)
    assert answer.status == 200, answer.body
    content = answer.json()
    assert content["added"]["rows"] == 1
    assert content["companies"] == [{"company": "Acme", "year": 2022}]
    assert "OWN_PURCHASES" in content["sources"]
    assert list(no_store_of_the_user.iterdir()) == []
    assert sent(server, HEAD + ROW).body == answer.body


def test_faults_of_a_file_have_row_column_value_rule_and_remedy(server: WebServer):
    answer = sent(server, HEAD + ROW.replace(b"CHN", b"Atlantis"))
    assert answer.status == 400
    fault = answer.json()["faults"][0]
    assert (fault["row"], fault["column"], fault["value"]) == (2, "origin", "Atlantis")
    assert fault["rule"]
    assert fault["remedy"]
