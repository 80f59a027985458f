"""`sogdia serve`: the pages and the API in a browser, on this machine alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from sogdia.cli import options

DEFAULT_PORT = 8323


def command(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = DEFAULT_PORT,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the address as one line of JSON.")] = False,
    host: Annotated[
        str, typer.Option(help="Address to listen at. Others than this machine need --token, and TLS or a proxy.")
    ] = "127.0.0.1",
    token: Annotated[
        str | None,
        typer.Option(envvar="SOGDIA_TOKEN", help="Token of your own. Default: a new one at every start."),
    ] = None,
    tls_certificate: Annotated[Path | None, typer.Option(help="Certificate for TLS, a PEM file.")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Its key, a PEM file.")] = None,
    behind_proxy: Annotated[
        str | None, typer.Option(help="Name (and port) by which browsers reach a proxy of yours that does TLS.")
    ] = None,
    store: options.StoreFolder = None,
) -> None:
    """Serve the pages until Ctrl-C. The address that is printed lets one browser in; nothing leaves this machine."""
    from sogdia.web.serving import ServerAddress, serve

    def tell(address: str) -> None:
        if as_json:
            typer.echo(json.dumps({"url": address}))
        else:
            typer.echo(f"Open {address}\nCtrl-C ends it.")
        if open_browser:
            import webbrowser

            webbrowser.open(address)

    serve(ServerAddress(host, port, token, tls_certificate, tls_key, behind_proxy), store, tell)
