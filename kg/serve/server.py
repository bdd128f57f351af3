"""The server: an address, a pool of workers, and an end at a signal."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import uvicorn

from kg.errors import KGError, UsageError
from kg.serve.app import make_app
from kg.serve.connection import Connection
from kg.serve.graph_page import GraphPage
from kg.serve.limits import Limits, allow_files
from kg.serve.pool import open_pool
from kg.store import open_to_read
from kg.vocab import prefixes

#: The most connections at a time.
CONNECTIONS = 1_000
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def serve(
    store: str | Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    limits: Limits | None = None,
    cors: str | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a store over HTTP until the process is told to end (SIGINT or SIGTERM).

    ``ready`` is called with the address when questions are answered. ``port`` 0 is any free one.
    ``cors`` is the origin whose pages may ask from a browser, or ``*``. Raises StoreError for what is
    no store, and KGError where the address is in use.
    """
    place = str(store)
    engine, mark = open_to_read(place)  # what is wrong with it is said before anything begins
    del engine
    if cors is not None and cors != "*" and not cors.startswith(("http://", "https://")):
        raise UsageError(f'--cors takes the origin of a page, as in --cors https://example.org, not "{cors}"')
    allow_files(2 * CONNECTIONS)
    with _listening(host, port) as listener:
        asyncio.run(_serve(place, listener, mark.base, limits or Limits(), cors, ready))


async def _serve(
    store: str,
    listener: socket.socket,
    base_iri: str,
    limits: Limits,
    cors: str | None,
    ready: Callable[[str], None] | None,
) -> None:
    host, port = listener.getsockname()[:2]
    hosts = _LOOPBACK if host in _LOOPBACK else frozenset()
    with tempfile.TemporaryDirectory(prefix="claimgraph-") as folder:
        async with open_pool(store, limits) as pool:
            page = GraphPage(store, Path(folder), limits.memory)
            app = make_app(pool, page, prefixes(base_iri), cors=cors, hosts=hosts)
            server = _Server(_config(app))
            if ready is not None:
                ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
            await server.serve(sockets=[listener])


def _config(app: object) -> uvicorn.Config:
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=Connection,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=2,
    )


class _Server(uvicorn.Server):
    """uvicorn's server, which a signal ends without raising it once more: its end is no failure."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens at an address."""
    listener = None
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )[0]
        # asyncio turns Nagle's delays off (40 ms an answer) only where the protocol is named.
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(CONNECTIONS)
    except OSError as error:
        if listener is not None:
            listener.close()
        if error.errno == errno.EADDRINUSE:
            raise KGError(f"port {port} is in use; choose another one with --port") from None
        raise KGError(f"{host}:{port}: cannot listen there ({error.strerror or error})") from None
    return listener
