"""More clients than a server can serve at once: it stays up, and answers within its limits."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from collections import Counter
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from kg.serve.worker import Worker
from tests.serve.load import NONE, load, posted
from tests.serve.serving import FOR_EVER, serving
from tests.serve.test_limits import LONG, children, wait_until

ROWS = "SELECT ?who { ?who ?how ?what } ORDER BY ?who LIMIT 10"


def resident(process: int) -> list[int]:
    """The bytes of memory of a process and of those that it has begun."""
    page = os.sysconf("SC_PAGE_SIZE")
    sizes = [Path(f"/proc/{one}/statm").read_text(encoding="ascii") for one in (process, *children(process))]
    return [int(line.split()[1]) * page for line in sizes]


def files(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def test_five_hundred_clients(store: Path) -> None:
    with serving(store) as (address, process):
        endpoint = f"{address}sparql"
        assert load(endpoint, [ROWS], clients=50, number=100).statuses == Counter({200: 100})
        before, opened = sum(resident(process.pid)), files(process.pid)
        assert load(endpoint, [ROWS], clients=500, number=500).statuses == Counter({200: 500})
        assert sum(resident(process.pid)) - before < 30_000_000
        wait_until(lambda: files(process.pid) <= opened + 5)


def test_five_hundred_clients_with_questions_that_take_for_ever(store: Path) -> None:
    """All workers are busy for all of the time: who can be answered is, and the others are told."""
    with serving(store, "--timeout", "1") as (address, process):
        found = load(f"{address}sparql", [FOR_EVER, *[ROWS] * 124], clients=500, number=500)
        assert set(found.statuses) <= {200, 503}
        assert found.statuses[200] > 0
        assert found.statuses[503] > 0
        wait_until(lambda: requests.get(address, timeout=20).status_code == 200)
        wait_until(lambda: len(children(process.pid)) >= 2)
        assert load(f"{address}sparql", [ROWS], clients=8, number=50).statuses == Counter({200: 50})
        assert sum(resident(process.pid)) < 500_000_000


def test_more_connections_than_there_may_be(store: Path) -> None:
    """Those above the limit are refused at once, and all is well when the others have gone."""
    with serving(store) as (address, process):
        parts = urlsplit(address)
        place = (str(parts.hostname), int(parts.port or 0))
        idle = [socket.create_connection(place, timeout=20) for _ in range(1_100)]
        assert requests.get(address, timeout=20).status_code == 503
        for connection in idle:
            connection.close()
        wait_until(lambda: requests.get(address, timeout=20).status_code == 200)
        wait_until(lambda: files(process.pid) < 100)


def test_giant_questions_from_many_clients_while_all_workers_are_busy(store: Path) -> None:
    """What waits is held in memory: a megabyte that is not ASCII takes five."""
    giant = f"# 🎉{'x' * 1_040_000}\nASK {{}}"
    busy = [FOR_EVER] * max(2, os.cpu_count() or 1)
    with serving(store, "--timeout", "1") as (address, process):
        endpoint = f"{address}sparql"
        found = load(endpoint, busy + [giant] * 120, clients=120, number=120, way=posted)
        assert set(found.statuses) <= {NONE, 200, 408, 503}
        assert found.statuses[503] > 4
        assert resident(process.pid)[0] < 350_000_000
        wait_until(lambda: load(endpoint, [ROWS], clients=1, number=1).statuses == Counter({200: 1}))


def test_workers_that_somebody_kills(store: Path) -> None:
    """As the system does where memory is short: nobody who asks is to notice."""
    with serving(store) as (address, process):
        for _ in range(3):  # the later times also workers that are just being started
            workers = [Path(f"/proc/{child}") for child in children(process.pid)]
            for worker in workers:
                os.kill(int(worker.name), signal.SIGKILL)
            wait_until(lambda gone=workers: not any(worker.exists() for worker in gone))
            assert load(f"{address}sparql", [ROWS], clients=4, number=12).statuses == Counter({200: 12})


def test_a_folder_of_long_answers_that_is_cleared_away(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As systems do with /tmp when a server has run for some days."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving(store) as (address, _):
        for folder in tmp_path.iterdir():
            shutil.rmtree(folder)
        assert requests.post(f"{address}sparql", data={"query": LONG}, timeout=60).status_code == 200


def test_a_long_answer_for_which_there_is_no_room(store: Path) -> None:
    worker = Worker(str(store), Path("/dev/full/answers"), 64)
    reply = worker.answer({"query": LONG, "default": (), "named": (), "accept": "*/*"})
    assert (reply.status, reply.body) == (503, b"the answer cannot be kept: Not a directory")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"Content-Length: 10000000000\r\n", 413),
        (b"Transfer-Encoding: chunked\r\n", 413),
        (b"Content-Length: -1\r\n", 400),
        (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 413),
        (b"X: " + b"x" * 200_000 + b"\r\n", 400),
    ],
    ids=range(5),
)
def test_bodies_without_end(address: str, head: bytes, status: int) -> None:
    """They are refused when a megabyte has come, and are not read to their end."""
    parts = urlsplit(address)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=20) as connection:
        start = f"POST /sparql HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/sparql-query\r\n"
        chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n" if b"chunked" in head else b"x" * 65536
        answer = b""
        with pytest.raises(OSError, match=r"Broken pipe|reset"):
            connection.sendall(start.encode() + head + b"\r\n" + chunk * 500)
        with suppress(OSError):
            answer = connection.recv(65536)
    assert not answer or int(answer.split()[1]) == status
    assert requests.get(f"{address}sparql", params={"query": "ASK {}"}, timeout=20).status_code == 200
