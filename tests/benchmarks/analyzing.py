"""``kg analyze`` on many claims: seconds, memory, and what it sampled; and betweenness beside NetworkX's own.

    python -m tests.benchmarks.analyzing [--claims 100000] [--exact]

The store is made first and is not measured. Then ``kg analyze`` runs as a process of its own, once as text
and once for programs; its processor time does not hang on what else the machine does, the time that passes
does. It is to end within 60 seconds and 2 GB. With --exact, betweenness of all entities, as NetworkX
computes it, is measured on the same network: minutes.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import tempfile
import time
from pathlib import Path

import networkx as nx

from kg.analyze import CONNECTING
from kg.analyze.measures import betweenness, sample_size
from kg.analyze.numbered import numbered
from kg.graph import KnowledgeGraph
from kg.ontology import load_ontology
from tests.benchmarks.data import documents_of
from tests.benchmarks.storing import add, made
from tests.benchmarks.timing import seconds
from tests.running import KG


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--exact", action="store_true")
    args = parser.parse_args()
    ontology = load_ontology()
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "graph.db"
        claims, documents = made(documents_of(args.claims), ontology)
        add(store, claims, documents, ontology)
        print(f"{len(claims):,} claims in {len(documents):,} documents")
        del claims, documents
        measure(store, "text")
        measure(store, "json")
        if args.exact:
            with KnowledgeGraph.open(store) as graph:
                compare(numbered(graph.facts(), CONNECTING).plain)


def measure(store: Path, format: str) -> None:
    """Run the command and print what it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begin = time.perf_counter()
    command = [str(KG), "analyze", "--store", str(store), "--format", format]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    passed = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"kg analyze as {format}: {used:.1f} s of one processor, {passed:.1f} s passed,"
        f" {after.ru_maxrss / 1024:.0f} MB at most, {len(done.stdout.encode()) / 1e6:.1f} MB of output"
    )
    print(*(f"  {line}" for line in done.stdout.splitlines() if "estimated" in line), sep="\n")


def compare(graph: nx.Graph[int]) -> None:
    """The estimate of betweenness beside the whole sum."""
    ours = seconds(lambda: betweenness(graph))
    exact: dict[int, float] = {}
    theirs = seconds(lambda: exact.update(nx.betweenness_centrality(graph)))
    estimate = betweenness(graph)
    top = sorted(exact, key=lambda n: -exact[n])[:10]
    found = sorted(exact, key=lambda n: -estimate[n])[:10]
    print(
        f"betweenness from {sample_size(graph) or len(graph):,} of {len(graph):,} entities: {ours:.1f} s,"
        f" of all {theirs:.1f} s; {len(set(top) & set(found))} of the first ten are the same,"
        f" off by {max(abs(exact[n] - estimate[n]) for n in exact):.4f} at most"
    )


if __name__ == "__main__":
    main()
