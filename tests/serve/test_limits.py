"""What a server does not do: wait for ever, take too much, reach or show what is not the graph's."""

from __future__ import annotations

import http.server
import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
import requests

from tests.serve.serving import FOR_EVER, serving, write_sample

ROWS = "SELECT ?who { ?who news:invested_in ?what } ORDER BY ?who"
#: An answer of some megabytes, whatever the graph.
LONG = (
    "SELECT * { VALUES ?x { "
    + "1 " * 100
    + "} VALUES ?y { "
    + "2 " * 100
    + "} VALUES ?z { "
    + "3 " * 10
    + "} }"
)
#: A query that needs as much memory as it can get.
GREEDY = "SELECT ?a ?b ?c { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"


@pytest.fixture(scope="module")
def strict(store: Path) -> Iterator[str]:
    """A server that allows a second, a megabyte of answer and little memory."""
    with serving(store, "--timeout", "1", "--limit", "1", "--memory", "256") as (address, _):
        yield address


def ask(address: str, query: str, timeout: float = 60, **options: Any) -> requests.Response:
    return requests.post(f"{address}sparql", data={"query": query}, timeout=timeout, **options)


def children(process: int) -> list[int]:
    """The processes that a process has begun."""
    found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(number) for number in found.split()]


def test_a_query_that_runs_for_ever_is_ended(strict: str) -> None:
    begin = time.monotonic()
    answer = ask(strict, FOR_EVER)
    assert answer.status_code == 503
    assert answer.text == "the query takes more than 1 s and was ended\n"
    assert answer.headers["retry-after"]
    assert time.monotonic() - begin < 20
    assert ask(strict, ROWS).status_code == 200


def test_more_endless_queries_than_workers(strict: str) -> None:
    with ThreadPoolExecutor(8) as threads:
        codes = [answer.status_code for answer in threads.map(lambda _: ask(strict, FOR_EVER), range(8))]
    assert set(codes) == {503}
    assert ask(strict, ROWS).status_code == 200


def test_the_processor_is_free_after_the_end(store: Path) -> None:
    with serving(store, "--timeout", "1") as (address, process):
        begun = set(children(process.pid))
        assert ask(address, FOR_EVER).status_code == 503
        wait_until(lambda: len(begun - set(children(process.pid))) == 1)  # it was ended
        wait_until(lambda: len(children(process.pid)) == len(begun))  # and another has its place
        ask(address, ROWS)
        before = [ticks(child) for child in children(process.pid)]
        time.sleep(1)
        assert (
            sum(ticks(child) for child in children(process.pid)) - sum(before) < os.sysconf("SC_CLK_TCK") / 2
        )


def test_a_query_is_ended_when_its_client_goes(store: Path) -> None:
    with serving(store, "--timeout", "60") as (address, process):
        workers = set(children(process.pid))
        for _ in workers:
            with pytest.raises(requests.Timeout):
                requests.post(f"{address}sparql", data={"query": FOR_EVER}, timeout=0.3)
        wait_until(lambda: not workers & set(children(process.pid)))
        assert ask(address, ROWS).status_code == 200


def ticks(process: int) -> int:
    """The processor time of a process."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def wait_until(condition: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_long_answer_is_whole_or_refused(strict: str, address: str) -> None:
    answer = ask(strict, LONG)
    assert answer.status_code == 403
    assert answer.text == "the answer has more than 1 MB; add a LIMIT\n"
    whole = ask(address, LONG)
    assert whole.status_code == 200
    assert len(whole.json()["results"]["bindings"]) == 100_000
    assert ask(address, LONG, headers={"Accept": "text/csv"}).text.count("\r\n") == 100_001


def test_no_file_of_a_long_answer_stays(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving(store) as (address, _):
        assert ask(address, LONG).status_code == 200
        with ask(address, LONG, stream=True) as answer:
            next(answer.iter_content(10))  # and away
        assert requests.head(f"{address}sparql", params={"query": LONG}, timeout=60).status_code == 200
        for _ in range(20):  # more than may be on their way at a time
            with suppress(requests.Timeout):
                ask(address, LONG, stream=True, timeout=0.01)
        wait_until(lambda: not [file for file in tmp_path.rglob("*") if file.is_file()])
    assert not list(tmp_path.iterdir())


def test_a_query_that_needs_too_much_memory_is_ended(tmp_path: Path) -> None:
    with serving(write_sample(tmp_path / "graph.db"), "--memory", "256") as (address, _):
        answer = ask(address, GREEDY)
        assert answer.status_code == 503
        assert answer.text == "the query was ended: it needs more than 256 MB, it seems\n"
        assert ask(address, ROWS).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * " + "{" * 100_000 + "}" * 100_000,
        "SELECT * { FILTER(" + "(" * 100_000 + "1" + ")" * 100_000 + ") }",
        "SELECT * { ?s " + "!" * 100_000 + "<a:b> ?o }",
        "SELECT * { ?s ?p ?o FILTER(" + " || ".join(["?s = ?o"] * 50_000) + ") }",
        "ASK { VALUES ?x { " + "'x' " * 200_000 + "} }",
        "# " + "x" * 1_000_000 + "\nASK {}",
        'ASK { ?s ?p "' + "\\\\" * 400_000 + " }",
    ],
    ids=range(7),
)
def test_giant_queries_are_answered_or_refused(strict: str, query: str) -> None:
    assert ask(strict, query).status_code in (200, 400, 413, 503)
    assert ask(strict, ROWS).status_code == 200


@pytest.mark.parametrize("clients", [50])
def test_fifty_clients_at_once(address: str, clients: int) -> None:
    """Each gets its own answer."""

    def one(number: int) -> list[str]:
        session = requests.Session()
        answers = []
        for turn in range(4):
            query = f"SELECT ?n {{ BIND('{number}-{turn}' AS ?n) ?s news:invested_in ?o }} LIMIT 1"
            answer = session.post(f"{address}sparql", data={"query": query}, timeout=60)
            assert answer.status_code == 200, answer.text
            answers += [row["n"]["value"] for row in answer.json()["results"]["bindings"]]
        return answers

    with ThreadPoolExecutor(clients) as threads:
        found = list(threads.map(one, range(clients)))
    assert found == [[f"{number}-{turn}" for turn in range(4)] for number in range(clients)]


# ---- what cannot be reached --------------------------------------------------------------------------


@contextmanager
def watching() -> Iterator[tuple[str, list[str]]]:
    """A web server that notes who comes: its address, and the requests."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", seen
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ VALUES ?g {{ <{0}> }} SERVICE ?g {{ ?s ?p ?o }} }}",
        "PREFIX x: <{0}> SELECT * {{ ?s ?p ?o SERVICE x: {{ ?s ?p ?o }} }}",
        "PREFIX ecivres: <{0}> PREFIX service: <{0}> SELECT * {{ ?s ?p ?o service:x{{ ?s ?p ?o }} }}",
        "SELECT * {{ FILTER(1<'a'&&'b>'='c') SERVICE <{0}> {{}} #')\n }}",
        "SELECT * {{ FILTER NOT EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
        "CONSTRUCT WHERE {{ ?s ?p ?o }} VALUES ?s {{ <{0}> }}",
        "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{0}> {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
        "LOAD <{0}>",
        "LOAD <{0}> INTO GRAPH <a:b>",
        "DESCRIBE <{0}>",
    ],
)
def test_no_query_reaches_the_network(address: str, query: str) -> None:
    with watching() as (elsewhere, seen):
        answer = ask(address, query.format(elsewhere))
        graphs = {"default-graph-uri": elsewhere, "named-graph-uri": elsewhere}
        requests.get(f"{address}sparql", params={"query": "ASK {}", **graphs}, timeout=20)
    assert answer.status_code in (200, 400, 403)
    assert seen == []


@pytest.mark.parametrize(
    "path",
    [
        "page/../__init__.py",
        "page/..%2f__init__.py",
        "page/%2e%2e/server.py",
        "page/..",
        "page//etc/passwd",
        "page/%2Fetc%2Fpasswd",
        "queries/../../etc/passwd",
        "queries/nothing",
        "graph/../../etc/passwd",
        "etc/passwd",
        "sparql/",
        "page/main.js%00",
    ],
)
def test_no_other_file_is_shown(address: str, path: str) -> None:
    parts = urlsplit(address)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=20) as connection:
        connection.sendall(
            f"GET /{path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode()
        )
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    status = int(answer.split()[1])
    assert status == 404 or (status == 307 and b"root:" not in answer)
    assert b"import" not in answer


def test_file_addresses_in_queries_read_no_file(address: str) -> None:
    for query in ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "DESCRIBE <file:///etc/passwd>"):
        answer = ask(address, query, headers={"Accept": "*/*"})
        assert answer.status_code == 200
        assert "root" not in answer.text


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:8000", 200),
        ("LOCALHOST", 200),
        ("[::1]:8000", 200),
        ("[::1]", 200),
        ("attacker.example", 421),
        ("attacker.example:8000", 421),
        ("127.0.0.1.attacker.example", 421),
        ("localhost@attacker.example", 421),
        ("", 421),
    ],
)
def test_a_server_on_loopback_answers_only_to_its_names(address: str, host: str, status: int) -> None:
    """Otherwise a page of anybody, whose name leads to 127.0.0.1, could read the graph."""
    url = f"{address}sparql?query={quote('ASK {}')}"
    assert requests.get(url, headers={"Host": host}, timeout=20).status_code == status


def test_pages_of_others_may_not_ask_unless_allowed(address: str, store: Path) -> None:
    def asked(server: str, origin: str) -> requests.Response:
        return requests.get(
            f"{server}sparql", params={"query": "ASK {}"}, headers={"Origin": origin}, timeout=20
        )

    assert "access-control-allow-origin" not in asked(address, "https://friend.example").headers
    with serving(store, "--cors", "https://friend.example") as (open_server, _):
        friend, other = (asked(open_server, f"https://{name}.example") for name in ("friend", "other"))
        assert friend.headers["access-control-allow-origin"] == "https://friend.example"
        assert "access-control-allow-origin" not in other.headers
        headers = {
            "Origin": "https://friend.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        }
        before = requests.options(f"{open_server}sparql", headers=headers, timeout=20)
        assert before.status_code == 200
        assert "POST" in before.headers["access-control-allow-methods"]


# ---- clients that hold on ----------------------------------------------------------------------------


@pytest.mark.slow
def test_connections_that_say_nothing_are_closed(address: str) -> None:
    parts = urlsplit(address)
    place = (str(parts.hostname), int(parts.port or 0))
    post = f"POST /sparql HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/sparql-query\r\n"
    begun = [b"", b"GET /", f"GET / HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\nGET /".encode()]
    begun.append(f"{post}Content-Length: 100\r\n\r\nASK".encode())
    connections = [socket.create_connection(place, timeout=40) for _ in begun for _ in range(50)]
    for number, connection in enumerate(connections):
        connection.sendall(begun[number % len(begun)])
    assert ask(address, ROWS).status_code == 200
    ends = [b"".join(iter(lambda c=connection: c.recv(65536), b"")) for connection in connections]
    assert all(b" 408 " in end or number % len(begun) == 2 for number, end in enumerate(ends))
    for connection in connections:
        connection.close()
    assert ask(address, ROWS).status_code == 200


def test_memory_does_not_grow_with_the_number_of_questions(store: Path) -> None:
    def resident(process: int) -> int:
        line = Path(f"/proc/{process}/statm").read_text(encoding="ascii")
        return int(line.split()[1]) * os.sysconf("SC_PAGE_SIZE")

    with serving(store) as (address, process):
        session = requests.Session()

        def burst(number: int) -> int:
            for _ in range(number):
                assert session.get(f"{address}sparql", params={"query": ROWS}, timeout=20).status_code == 200
            return max(resident(child) for child in [process.pid, *children(process.pid)])

        first = burst(100)
        assert burst(400) < first + 8_000_000
