"""A real SPARQL endpoint on the loopback interface."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.store import Remote
from tests.running import sparql_server


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of an Oxigraph server, in memory."""
    with sparql_server() as address:
        yield address


@pytest.fixture
def endpoint(server: str) -> Iterator[str]:
    """The address of an endpoint with nothing in it."""
    Remote(server).update("DROP ALL")
    yield server
    Remote(server).update("DROP ALL")
