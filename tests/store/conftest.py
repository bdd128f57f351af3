"""A real SPARQL endpoint on the loopback interface."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from kg.store import Remote


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of an Oxigraph server, in memory."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("oxigraph")
    process = subprocess.Popen([program, "serve", "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(200):
            try:
                requests.get(address, timeout=1).close()
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def endpoint(server: str) -> Iterator[str]:
    """The address of an endpoint with nothing in it."""
    Remote(server).update("DROP ALL")
    yield server
    Remote(server).update("DROP ALL")
