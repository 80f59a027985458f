"""No process of the server opens a connection to anywhere: what tries is stopped before a packet leaves."""

from __future__ import annotations

import socket
import sys
from collections.abc import Sequence

from sogdia.errors import SogdiaError

ASKED = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"})
"""What Python reports before a socket reaches out."""
OWN_FAMILY = getattr(socket, "AF_UNIX", None)


class OutboundError(SogdiaError):
    """Something wanted to open a connection."""


def forbid_outbound() -> None:
    """From now on, and until the process ends."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: Sequence[object]) -> None:
    if event not in ASKED:
        return
    if event == "socket.getaddrinfo" and arguments[0] in (None, "127.0.0.1", "::1", "localhost"):
        return
    asker = arguments[0]
    if isinstance(asker, socket.socket) and asker.family == OWN_FAMILY:
        return
    raise OutboundError("the server opens no connection")
