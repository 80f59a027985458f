"""Opens the port, says where, and serves until it is stopped."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import uvicorn

from sogdia.errors import SogdiaError, refusals, wrong_argument
from sogdia.questions.desk import Desk
from sogdia.questions.outbound import forbid_outbound
from sogdia.questions.registry import Asked, network
from sogdia.web.app import make_app
from sogdia.web.guard import ENTRANCE, Gate, Guarded
from sogdia.web.limits import CONNECTIONS, HEADER_BYTES
from sogdia.web.pass_token import Pass
from sogdia.web.protocol import TimedProtocol

LOOPBACK = ("127.0.0.1", "localhost", "::1")
DEFAULT_PORTS = {"http": 80, "https": 443}
LEAST_TOKEN = 16
BACKLOG = 64


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where to serve. token: of one's own, needed for other addresses than loopback; certificate, key: files of TLS;
    behind_proxy: the name that a proxy with TLS is called by.
    """

    host: str = "127.0.0.1"
    port: int = 0
    token: str | None = None
    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: str | None = None

    def check(self) -> None:
        """InputError where others could reach the server without a token and TLS."""
        if (self.certificate is None) != (self.key is None):
            raise wrong_argument("--tls-certificate", "certificate and key go together", "Give both files.")
        if self.token is not None and (len(self.token) < LEAST_TOKEN or not self.token.isascii()):
            rule = f"a token has {LEAST_TOKEN} characters or more"
            raise wrong_argument("--token", rule, "Make a long random one, or leave it out on this machine.")
        if self.host in LOOPBACK and self.behind_proxy is None:
            return
        if self.token is None:
            rule = "a server that others reach has a token of your own"
            raise wrong_argument("--host", rule, "Add --token, or leave --host out.", self.host)
        if self.certificate is None and self.behind_proxy is None:
            rule = "a server that others reach uses TLS"
            remedy = "Add --tls-certificate and --tls-key, or --behind-proxy NAME where a proxy does it."
            raise wrong_argument("--host", rule, remedy, self.host)


def serve(place: ServerAddress, store: Path | None, tell: Callable[[str], None]) -> None:
    """Serve until Ctrl-C. tell: called once with the address that opens the page."""
    place.check()
    listener = _listener(place)
    scheme = "http" if place.certificate is None and place.behind_proxy is None else "https"
    port = listener.getsockname()[1]
    own = Pass() if place.token is None else Pass(place.token)
    gate = Gate(names_of(place, port, scheme), scheme, own)
    desk = Desk(store)
    app = make_app(gate, desk)
    forbid_outbound()
    tell(f"{scheme}://{shown_name(place, port, scheme)}{ENTRANCE}?token={own.token}")
    Thread(target=_warm, args=(desk,)).start()
    try:
        uvicorn.Server(_config(app, place)).run(sockets=[listener])
    except KeyboardInterrupt:
        return
    finally:
        listener.close()


def _warm(desk: Desk) -> None:
    """Answer what the page opens with, and load what it asks next; an error is told to whoever asks."""
    import sogdia.shock.market_shock
    import sogdia.shock.product_shock  # noqa: F401

    with suppress(SogdiaError):
        desk.answer(Asked("expose", ()))
    network()


def _listener(place: ServerAddress) -> socket.socket:
    """The open port; FileRefusedError where it is taken or not allowed."""
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        with refusals(f"{place.host}:{place.port}"):
            listener.bind((place.host, place.port))
            listener.listen(BACKLOG)
    except SogdiaError:
        listener.close()
        raise
    return listener


def shown_name(place: ServerAddress, port: int, scheme: str) -> str:
    """Host and port as a browser writes them."""
    if place.behind_proxy is not None:
        return place.behind_proxy
    host = f"[{place.host}]" if ":" in place.host else place.host
    return host if port == DEFAULT_PORTS[scheme] else f"{host}:{port}"


def names_of(place: ServerAddress, port: int, scheme: str) -> frozenset[str]:
    """What the server answers to: the address it prints, and on loopback the other names of this machine."""
    names = {shown_name(place, port, scheme).lower()}
    if place.host in LOOPBACK and place.behind_proxy is None:
        bare = "" if port == DEFAULT_PORTS[scheme] else f":{port}"
        names |= {f"127.0.0.1{bare}", f"localhost{bare}"}
    return frozenset(names)


def _config(app: Guarded, place: ServerAddress) -> uvicorn.Config:
    """No log of addresses, which hold the token; no header that tells the program; no websockets. Defects are logged by
    the app.
    """
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    return uvicorn.Config(
        app,
        http=TimedProtocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        backlog=BACKLOG,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=HEADER_BYTES,
        ssl_certfile=place.certificate,
        ssl_keyfile=place.key,
    )
