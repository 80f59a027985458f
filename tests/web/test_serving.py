"""`sogdia serve` says where it is in its first line, ends with Ctrl-C, and is on this machine alone unless safe."""

from __future__ import annotations

import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sogdia.errors import FileRefusedError, InputError
from sogdia.web.serving import ServerAddress, names_of, serve
from support.cli import run
from support.web_server import WebServer, received, web_server

TOKEN = "a token of my own, long enough"


def test_the_first_line_is_the_address_and_ctrl_c_ends_with_status_0(tmp_path: Path):
    with web_server(tmp_path) as server:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter\?token=[\w-]{43}", server.url)
        assert server.ask("/").status == 200
        idle = socket.create_connection(("127.0.0.1", server.port))
        start = time.monotonic()
        server.process.send_signal(signal.SIGINT)
        rest, errors = server.process.communicate(timeout=20)
        idle.close()
    assert (server.process.returncode, rest, errors) == (0, "", "")
    assert time.monotonic() - start < 10


def test_only_this_machine_can_connect(server: WebServer):
    listening = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    bound = [line.split()[1] for line in listening.splitlines() if line.split()[3] == "0A"]
    assert f"0100007F:{server.port:04X}" in bound
    assert not [one for one in bound if one.endswith(f":{server.port:04X}") and not one.startswith("0100007F")]


def test_neither_token_nor_question_is_logged(tmp_path: Path):
    with web_server(tmp_path) as server:
        token = urlsplit(server.url).query.removeprefix("token=")
        server.ask(f"/enter?token={token}x", cookie=False)
        server.ask("/api/expose?mineral=secret")
        server.raw(b"GET /?token=" + token.encode() + b" HTTP/7\r\n\r\n")
        server.process.send_signal(signal.SIGINT)
        said = "".join(server.process.communicate(timeout=20))
    assert token not in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("place", "option", "remedy"),
    [
        (ServerAddress("0.0.0.0"), "--host", "--token"),
        (ServerAddress("0.0.0.0", token=TOKEN), "--host", "--tls-certificate"),
        (ServerAddress("192.0.2.1", certificate=Path("a"), key=Path("b")), "--host", "--token"),
        (ServerAddress(behind_proxy="sogdia.example.org"), "--host", "--token"),
        (ServerAddress(certificate=Path("a")), "--tls-certificate", "both"),
        (ServerAddress(token="short"), "--token", "long"),
    ],
)
def test_other_addresses_need_a_token_and_tls(place: ServerAddress, option: str, remedy: str):
    with pytest.raises(InputError) as refused:
        serve(place, None, lambda _: None)
    assert refused.value.faults[0].file == option
    assert remedy in refused.value.faults[0].remedy


def test_a_port_that_is_taken_is_told():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(FileRefusedError, match=str(port)):
            serve(ServerAddress(port=port), None, lambda _: None)


def test_an_option_that_is_wrong_ends_with_status_2(capsys: pytest.CaptureFixture[str]):
    status, out, errors = run(capsys, "serve", "--host", "0.0.0.0", "--json")
    assert (status, out) == (2, "")
    assert "--token" in errors


def test_it_answers_to_the_name_that_it_prints_and_no_other():
    assert names_of(ServerAddress(), 8000, "http") == {"127.0.0.1:8000", "localhost:8000"}
    assert names_of(ServerAddress(behind_proxy="Sogdia.example.org"), 8000, "https") == {"sogdia.example.org"}
    assert names_of(ServerAddress("192.0.2.1"), 443, "https") == {"192.0.2.1"}
    assert "[::1]:8000" in names_of(ServerAddress("::1"), 8000, "http")


@pytest.mark.slow
def test_with_tls_the_cookie_is_secure(tmp_path: Path):
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1"]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    with web_server(tmp_path, "--tls-certificate", str(certificate), "--tls-key", str(key)) as server:
        parts = urlsplit(server.url)
        assert parts.scheme == "https"
        context = ssl.create_default_context(cafile=certificate)
        context.check_hostname = False
        with context.wrap_socket(socket.create_connection(("127.0.0.1", server.port))) as line:
            line.sendall(f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
            assert "Secure" in received(line).headers["set-cookie"]


def test_no_process_of_the_server_can_reach_out():
    program = (
        "import socket; from sogdia.questions.outbound import forbid_outbound; forbid_outbound()\n"
        "a, b = socket.socketpair(); a.send(b'x'); assert b.recv(1) == b'x'\n"
        "for ask in (lambda: socket.create_connection(('127.0.0.1', 9)),\n"
        "            lambda: socket.getaddrinfo('example.org', 80),\n"
        "            lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))):\n"
        "    try: ask()\n"
        "    except Exception as error: assert type(error).__name__ == 'OutboundError', error\n"
        "    else: raise AssertionError\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
