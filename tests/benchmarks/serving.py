"""``kg serve`` under load, beside Oxigraph's own server (in Rust, in one process) on the same store.

    python -m tests.benchmarks.serving [--documents 343] [--requests 4000] [--clients 1 8 64]

343 documents make about 100,000 triples. Clients ask as fast as they are answered, each for another
thing: a look-up is the claims of one thing with their status, two hops are what is connected with what
it is connected with. Latencies are those of the clients, which take their share of the processors too.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from kg.vocab import PREFIXES
from tests.benchmarks.asking import build
from tests.running import free_port
from tests.serve.load import Load, load
from tests.serve.serving import serving

_NAMES = "SELECT DISTINCT ?thing { ?claim rdf:subject ?thing } ORDER BY ?thing LIMIT 500"
_QUERIES = {
    "look-up": "SELECT ?what ?object ?status { ?claim rdf:subject <%s> ; rdf:predicate ?what ;"
    " rdf:object ?object ; kg:status ?status }",
    "two hops": "SELECT DISTINCT ?other { <%s> ?p ?thing . ?thing ?q ?other ."
    ' ?thing rdfs:label ?name FILTER(STRSTARTS(STR(?q), "https://w3id.org/claimgraph/news#")) }',
}


def queries(kind: str, things: list[str]) -> list[str]:
    """A query of a kind for each thing; its prefixes are in it, because the other server knows none."""
    used = [name for name in ("kg", "rdf", "rdfs") if f"{name}:" in _QUERIES[kind]]
    head = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in used)
    return [head + _QUERIES[kind] % thing for thing in things]


@contextmanager
def oxigraph(store: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Oxigraph's server on the same store, for reading only: the address of its endpoint."""
    port = free_port()
    program = Path(sys.executable).with_name("oxigraph")
    place = f"127.0.0.1:{port}"
    command = [program, "serve-read-only", "--location", store, "--bind", place]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                requests.get(f"http://{place}/", timeout=1).close()
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield f"http://{place}/query", process
    finally:
        process.kill()
        process.wait()


def megabytes(process: int) -> float:
    """The memory of a process and of those that it has begun."""
    begun = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    size = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return size * os.sysconf("SC_PAGE_SIZE") / 1e6 + sum(megabytes(int(child)) for child in begun)


def row(name: str, kind: str, clients: int, found: Load, peer: float | None) -> str:
    """A line of the table."""
    times = "".join(f"{found.percentile(part):9.1f}" for part in (50, 99))
    said = ", ".join(f"{status}: {count:,}" for status, count in sorted(found.statuses.items()))
    ratio = "" if peer is None else f"{found.rate / peer:.2f}"
    return f"{name:10}{kind:10}{clients:8}{found.rate:9.0f}{times}{ratio:>8}  {said}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=343)
    parser.add_argument("--requests", type=int, default=4_000)
    parser.add_argument("--clients", type=int, nargs="*", default=[1, 8, 64])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "graph.db"
        with build(store, args.documents) as graph:
            things = [str(found.thing) for found in graph.query(_NAMES)]
            print(f"{len(graph.engine):,} triples")
        measure(store, things, args.requests, args.clients)


def measure(store: Path, things: list[str], number: int, clients: list[int]) -> None:
    """Ask both servers, one after the other for each row."""
    print("server    query      clients a second   50% ms   99% ms   ratio  statuses")
    with serving(store) as (address, process), oxigraph(store) as (other, _):
        endpoint = f"{address}sparql"
        load(endpoint, queries("look-up", things), clients=4, number=200)
        before = megabytes(process.pid)
        for kind in _QUERIES:
            for many in clients:
                peer = load(other, queries(kind, things), clients=many, number=number)
                ours = load(endpoint, queries(kind, things), clients=many, number=number)
                print(row("oxigraph", kind, many, peer, None), flush=True)
                print(row("kg serve", kind, many, ours, peer.rate), flush=True)
        print(f"memory of kg serve: {before:.0f} MB before, {megabytes(process.pid):.0f} MB after")


if __name__ == "__main__":
    main()
