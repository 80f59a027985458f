"""Who may ask: every request is held against host, origin and cookie before a route sees it, and leaves with the
headers that keep the page to itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sogdia.questions.desk import as_json
from sogdia.web.limits import HEADER_BYTES, HEADERS_AT_MOST, PATH_BYTES, QUERY_BYTES
from sogdia.web.pass_token import Pass

ENTRANCE = "/enter"
METHODS = ("GET", "HEAD", "POST")
VERSIONS = ("1.0", "1.1")
CLOSED = "Open the address that `sogdia serve` printed when it started."
POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
        "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-embedder-policy", b"require-corp"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cache-control", b"no-store"),
)
OWN_SITES = frozenset({b"same-origin", b"none"})
"""Where a browser says a request comes from: this very page, or the person at the browser."""


@dataclass(frozen=True, slots=True)
class Gate:
    """hosts: names with their port that the server answers to; scheme: http or https, as the browser sees it."""

    hosts: frozenset[str]
    scheme: str
    own: Pass

    @property
    def origins(self) -> frozenset[bytes]:
        """What a browser calls the page."""
        return frozenset(f"{self.scheme}://{host}".encode() for host in self.hosts)

    def refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Status and reason why a request is not let in; None where it is."""
        headers: list[tuple[bytes, bytes]] = scope["headers"]
        if scope["method"] not in METHODS:
            return 405, "This server reads: GET, and POST for a file of purchases."
        if len(scope["query_string"]) > QUERY_BYTES or len(scope["raw_path"]) > PATH_BYTES:
            return 414, "The address is too long."
        if len(headers) > HEADERS_AT_MOST or sum(len(name) + len(value) for name, value in headers) > HEADER_BYTES:
            return 431, "The request has too many headers."
        if scope["http_version"] not in VERSIONS or _all(headers, b"upgrade"):
            return 400, "This server speaks HTTP/1.1."
        host = _all(headers, b"host")
        if len(host) != 1 or host[0].decode("latin-1").lower() not in self.hosts:
            return 421, "This server is not called that."
        origin = _all(headers, b"origin")
        if (origin or scope["method"] == "POST") and (len(origin) != 1 or origin[0] not in self.origins):
            return 403, "A page of another origin may not ask."
        if any(site not in OWN_SITES for site in _all(headers, b"sec-fetch-site")):
            return 403, "A page of another site may not ask."
        if scope["method"] != "POST" and (_all(headers, b"transfer-encoding") or _all(headers, b"content-length")):
            return 400, "A question has no body."
        if scope["path"] == ENTRANCE:
            return None if scope["method"] == "GET" and self._has_token(scope) else (401, CLOSED)
        cookies = _all(headers, b"cookie")
        if len(cookies) != 1 or not self.own.admits(cookies[0].decode("latin-1")):
            return 401, CLOSED
        return None

    def _has_token(self, scope: Scope) -> bool:
        try:
            said = parse_qsl(scope["query_string"].decode("ascii"), strict_parsing=True, max_num_fields=1)
        except (ValueError, UnicodeDecodeError):
            return False
        return len(said) == 1 and said[0][0] == "token" and self.own.opens(said[0][1])


class Guarded:
    """The app behind its gate."""

    def __init__(self, app: ASGIApp, gate: Gate) -> None:
        self.app, self.gate = app, gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse the request, or hand it on."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message.get("headers", ())}
                kept = [(name, value) for name, value in HEADERS if name not in own]
                message = {**message, "headers": [*message.get("headers", ()), *kept]}
            await send(message)

        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        refused = self.gate.refusal(scope)
        if refused is None:
            await self.app(scope, receive, sent)
            return
        status, why = refused
        body = as_json({"error": why, "faults": []})
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()),
                   (b"connection", b"close")]  # fmt: skip
        await sent({"type": "http.response.start", "status": status, "headers": headers})
        await sent({"type": "http.response.body", "body": body})


def _all(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    return [value for key, value in headers if key == name]
