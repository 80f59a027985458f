"""No route answers without the cookie, under another host, or to a page of another origin."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from sogdia.questions.desk import Desk
from sogdia.web.app import make_app
from sogdia.web.guard import HEADERS, Gate
from sogdia.web.openapi import description
from sogdia.web.pass_token import Pass
from sogdia.web.static_files import static_files
from support.web_server import WebServer

PATHS = [
    (path, method.upper())
    for path, methods in description()["paths"].items()
    for method in methods
    if "{" not in path
]  # fmt: skip
EVERY = [*PATHS, *((f"/{name}", "GET") for name in static_files()), ("/no/such/file", "GET")]
REFUSED = (400, 401, 403, 421)


def gate() -> Gate:
    return Gate(frozenset({"127.0.0.1:8000"}), "http", Pass())


def test_the_description_lists_every_route_and_no_other():
    routes = {route.path.replace("{file:path}", "{file}") for route in make_app(gate(), Desk()).app.routes}
    assert routes == set(description()["paths"])


@pytest.mark.parametrize(("path", "method"), EVERY)
def test_no_route_answers_a_stranger(server: WebServer, path: str, method: str):
    body = b"company,year\n" if method == "POST" else b""
    own = {"Content_Type": "text/csv", "Origin": f"http://{server.host}"} if body else {}
    strange = {
        "without cookie": server.ask(path, method=method, body=body, cookie=False, **own),
        "with another cookie": server.ask(path, method=method, body=body, **own, Cookie="sogdia=" + "A" * 43),
        "wrong host": server.ask(path, method=method, body=body, **own, Host="sogdia.example.org"),
        "wrong port": server.ask(path, method=method, body=body, **own, Host="127.0.0.1:1"),
        "wrong origin": server.ask(path, method=method, body=body, **(own | {"Origin": "http://evil.example"})),
        "other port of this machine": server.ask(path, method=method, body=body, **(own | {"Origin": "http://127.0.0.1:1"})),
        "no origin of its own": server.ask(path, method=method, body=body, **(own | {"Origin": "null"})),
        "from another site": server.ask(path, method=method, body=body, **own, Sec_Fetch_Site="cross-site"),
        "from another port": server.ask(path, method=method, body=body, **own, Sec_Fetch_Site="same-site"),
    }  # fmt: skip
    assert {what: answer.status for what, answer in strange.items() if answer.status not in REFUSED} == {}
    for answer in strange.values():
        assert set(answer.json()) == {"error", "faults"}
        for name, value in HEADERS:
            assert answer.headers[name.decode()] == value.decode()


def test_behind_a_proxy_only_its_name_and_its_origin_are_let_in():
    own = Pass()
    gate = Gate(frozenset({"sogdia.example.org"}), "https", own)

    def refused(host: str, origin: str) -> bool:
        headers = [
            (b"host", host.encode()), (b"origin", origin.encode()), (b"cookie", f"sogdia={own.session}".encode()),
        ]  # fmt: skip
        scope = {
            "method": "GET", "query_string": b"", "raw_path": b"/", "path": "/", "http_version": "1.1",
            "headers": headers,
        }  # fmt: skip
        return gate.refusal(scope) is not None

    assert not refused("sogdia.example.org", "https://sogdia.example.org")
    assert refused("sogdia.example.org", "http://sogdia.example.org")
    assert refused("127.0.0.1:8000", "https://sogdia.example.org")
    assert refused("sogdia.example.org:8000", "https://sogdia.example.org")


@pytest.mark.parametrize("query", ["", "?token=", "?token=x", "?token=x&token=y", "?Token=x", "?token=%00", "?token=é"])
def test_the_entrance_opens_to_the_token_alone(server: WebServer, query: str):
    answer = server.ask(f"/enter{query}", cookie=False)
    assert answer.status in (400, 401)
    assert "set-cookie" not in answer.headers


def test_the_token_becomes_a_cookie_that_no_script_and_no_other_site_has(server: WebServer):
    parts = urlsplit(server.url)
    answer = server.ask(f"{parts.path}?{parts.query}", cookie=False)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(answer.headers["set-cookie"].split("; "))
    assert parts.query.removeprefix("token=") not in answer.headers["set-cookie"]
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_page_may_run_its_own_script_alone(server: WebServer):
    answer = server.ask("/")
    assert answer.status == 200
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "server" not in answer.headers


def test_a_session_is_found_among_other_cookies_and_compared_whole():
    own = Pass("t" * 43, "s" * 43)
    assert own.admits(f"other=1; sogdia={'s' * 43}")
    assert not own.admits(f"sogdia={'s' * 42}")
    assert not own.admits(f"sogdia2={'s' * 43}")
    assert not own.admits("\x00;=;;")
    assert own.opens("t" * 43)
    assert not own.opens("s" * 43)


def test_token_and_session_are_new_at_every_start():
    passes = [Pass() for _ in range(3)]
    assert len({text for one in passes for text in (one.token, one.session)}) == 6
    assert passes[0].token not in repr(passes[0])
