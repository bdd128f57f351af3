"""``kg serve`` as a process: how it begins, what it prints, how it ends, and what a new build changes."""

from __future__ import annotations

import shutil
import signal
import socket
from pathlib import Path

import pytest
import requests

from kg.graph import KnowledgeGraph
from kg.queries import shipped_queries
from tests.factories import ONTOLOGY, extraction, fill
from tests.running import run_kg
from tests.serve.serving import FOR_EVER, serving, write_sample

COUNT = "SELECT (COUNT(*) AS ?n) { ?claim a kg:Claim }"


def count(address: str) -> int:
    answer = requests.get(f"{address}sparql", params={"query": COUNT}, timeout=20)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_when_told(store: Path, number: signal.Signals) -> None:
    with serving(store) as (address, process):
        assert requests.get(address, timeout=20).status_code == 200
        process.send_signal(number)
        assert process.wait(timeout=20) == 0
        printed, complained = (stream.read() for stream in (process.stdout, process.stderr) if stream)
    assert printed.splitlines() == [
        f"  {address}         ask it in a browser",
        f"  {address}sparql   the SPARQL 1.1 endpoint, read-only",
        f"  {address}graph    the graph page",
        "Stop with Ctrl-C.",
        "Stopped.",
    ]
    assert complained == ""


def test_it_ends_while_it_answers(store: Path) -> None:
    with serving(store, "--timeout", "60") as (address, process):
        with pytest.raises(requests.Timeout):
            requests.post(f"{address}sparql", data={"query": FOR_EVER}, timeout=0.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--store", "nowhere.db"], 1, "kg: nowhere.db: there is no store; build one with: kg build"),
        (["--store", "file.txt"], 1, "kg: file.txt: "),
        (["--host", "no.such.host.invalid"], 1, "kg: no.such.host.invalid:8000: cannot listen there"),
        (["--host", "203.0.113.1"], 1, "kg: 203.0.113.1:8000: cannot listen there"),
        (["--port", "70000"], 2, "Usage: kg serve"),
        (["--timeout", "0"], 2, "Usage: kg serve"),
        (["--cors", "example.org"], 2, "kg: --cors takes the origin of a page"),
    ],
)
def test_what_keeps_it_from_beginning(
    store: Path, options: list[str], code: int, message: str, tmp_path: Path
) -> None:
    (tmp_path / "file.txt").write_text("no store", encoding="utf-8")
    where = [] if "--store" in options else ["--store", str(store)]
    done = run_kg(["serve", *where, *options], cwd=tmp_path, code=code)
    assert done.stderr.startswith(message)
    assert "Traceback" not in done.stderr


def test_a_port_in_use(store: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = run_kg(["serve", "--port", str(port), "--store", str(store)], code=1)
    assert done.stderr == f"kg: port {port} is in use; choose another one with --port\n"


def test_a_store_that_is_built_anew_is_served_at_once(tmp_path: Path) -> None:
    store = write_sample(tmp_path / "graph.db")
    with serving(store) as (address, _):
        before = count(address)
        with KnowledgeGraph.create(store, ONTOLOGY) as graph:
            fill(graph, [extraction("new", "Halden bought Ostara.", ("Halden", "acquired", "Ostara"))])
            assert count(address) == before
            graph.commit()
        assert [count(address) for _ in range(6)] == [1] * 6


def test_a_store_that_vanishes_and_comes_back(tmp_path: Path) -> None:
    store = write_sample(tmp_path / "graph.db")
    with serving(store, "--timeout", "1") as (address, _):
        before = count(address)
        shutil.copytree(store, tmp_path / "kept")
        store.rename(tmp_path / "elsewhere")
        assert count(address) == before  # what is open stays open
        (tmp_path / "kept").rename(store)
        assert count(address) == before


def test_a_graph_page_is_made(address: str) -> None:
    made = requests.get(f"{address}graph", timeout=60)
    assert made.status_code == 200
    assert "Kestrel Labs" in made.text
    assert made.headers["content-security-policy"] == "frame-ancestors 'none'"


def test_the_graph_page_of_the_build_is_shown(tmp_path: Path) -> None:
    written = write_sample(tmp_path / "graph.db").with_name("graph.html")
    written.write_text("<p>the page of the build", encoding="utf-8")
    with serving(tmp_path / "graph.db") as (address, _):
        assert requests.get(f"{address}graph", timeout=60).text == "<p>the page of the build"


def test_shipped_queries_are_prepared(address: str) -> None:
    listed = requests.get(f"{address}queries", timeout=20).json()
    assert [query["name"] for query in listed["queries"]] == list(shipped_queries())
    assert listed["prefixes"]["news"] == "https://w3id.org/claimgraph/news#"
    prepared = requests.get(f"{address}queries/about", params={"entity": "kestrel labs"}, timeout=20)
    assert "VALUES ?entity { <https://example.org/kg/entity/Kestrel_Labs> }" in prepared.text
    rows = requests.post(f"{address}sparql", data={"query": prepared.text}, timeout=20).json()
    assert rows["results"]["bindings"]
    wrong = requests.get(f"{address}queries/about", params={"entity": "Kestl Labs"}, timeout=20)
    assert (wrong.status_code, wrong.text) == (
        400,
        'nothing is called "Kestl Labs". Did you mean "Kestrel Labs"?\n',
    )
    assert requests.get(f"{address}queries/about", timeout=20).status_code == 400
