"""An endpoint that goes away in the middle: it is waited for, and what was cut off is completed later.

``make soak`` lets each of the faults happen to each of the requests of a build.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Timer

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.place import Place
from kg.store import Remote, remote
from tests.running import free_port, sparql_server
from tests.store.flaky import FAULTS, Front, front
from tests.store.ready import TARGETS, made

#: Two graphs, the second of which replaces, adds and removes documents of the first.
FIRST, SECOND = TARGETS[1], TARGETS[3]
GONE = sorted({one.document.id for one in FIRST} - {one.document.id for one in SECOND})


def first(address: str, folder: Path) -> bytes:
    """Build the first graph at an address where nothing else is; what is there then."""
    Remote(address).update("DROP ALL")
    made(Place(folder, address, page=False), FIRST, fresh=True).close()
    return content(address)


def second(address: str, folder: Path) -> None:
    """Make the second graph of it; what was cut off may have removed documents already."""
    place = Place(folder, address, page=False)
    made(place, SECOND, removed=[id_ for id_ in GONE if id_ in place.hashes()]).close()


def content(address: str) -> bytes:
    """All that an endpoint holds."""
    lines = Remote(address).dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
    return b"".join(sorted(lines.splitlines(keepends=True)))


@pytest.fixture
def flaky(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    """A front of an empty endpoint; blocks are small, so that there are many requests, and pauses short."""
    monkeypatch.setattr(remote, "BLOCK_TRIPLES", 40)
    monkeypatch.setattr(remote, "FIRST_PAUSE", 0.001)
    with front(endpoint) as server:
        yield server


def test_whatever_becomes_of_a_request(flaky: Front, endpoint: str, tmp_path: Path) -> None:
    before = first(endpoint, tmp_path)
    second(flaky.address, tmp_path)
    right, total = content(endpoint), len(flaky.requests)
    assert total > 20
    every = [(fault, number) for number in range(total) for fault in FAULTS]
    for fault, number in every if "KILLS" in os.environ else every[:: 2 * len(FAULTS) + 1]:
        first(endpoint, tmp_path)
        flaky.will(fault, range(number, number + 1))
        try:
            second(flaky.address, tmp_path)
        except StoreError:
            # Who does not answer at first is not waited for: then nothing has been done yet.
            assert content(endpoint) == before
            assert number < 2
            second(endpoint, tmp_path)
        assert content(endpoint) == right, (fault, number)


def test_a_store_that_does_not_come_back_in_time(
    flaky: Front, endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each of the updates. What was sent is there, and the next build completes it."""
    first(endpoint, tmp_path)
    second(flaky.address, tmp_path)
    right, updates = content(endpoint), flaky.blocks()
    assert len(updates) >= 6
    monkeypatch.setattr(remote, "PATIENCE", 0.05)
    for sent, number in enumerate(updates):
        if sent % 2 and "KILLS" not in os.environ:
            continue
        before = first(endpoint, tmp_path)
        flaky.will("reset", range(number, 1_000_000))
        with pytest.raises(
            StoreError, match=r"the store does not answer \(.*\); build again, and it goes on"
        ):
            second(flaky.address, tmp_path)
        assert (content(endpoint) == before) == (sent == 0)
        second(endpoint, tmp_path)
        assert content(endpoint) == right, sent


def test_a_server_that_is_killed_and_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real one with its data on disk, in the middle of what is sent."""
    monkeypatch.setattr(remote, "BLOCK_TRIPLES", 40)
    port, data = free_port(), tmp_path / "data"
    with ExitStack() as servers:
        running = ExitStack()
        address = running.enter_context(sparql_server(data, port))
        server = servers.enter_context(front(address))
        first(address, tmp_path)
        second(server.address, tmp_path)
        right = content(address)
        number = server.blocks()[2]
        first(address, tmp_path)

        def before(now: int) -> None:
            if now == number:
                running.close()
                Timer(0.3, lambda: servers.enter_context(sparql_server(data, port))).start()

        server.will("", range(0), before)
        second(server.address, tmp_path)
        assert content(address) == right
        assert server.requests[number] in server.requests[number + 1 :]  # it came once more
