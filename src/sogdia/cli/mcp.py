"""`sogdia mcp`: five questions as tools of an assistant, over standard input and output."""

from __future__ import annotations

from importlib.util import find_spec

from sogdia.cli import options
from sogdia.errors import SogdiaError

LIBRARY = "mcp"


def command(store: options.StoreFolder = None) -> None:
    """Serve the tools expose, shock, route, plan and claims by the Model Context Protocol, for a program to start."""
    if find_spec(LIBRARY) is None:
        raise SogdiaError(f"this needs the library {LIBRARY}. Install it: pip install 'sogdia[mcp]'.")
    from sogdia.mcp_server.serving import serve

    serve(store)
