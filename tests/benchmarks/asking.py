"""The shipped queries beside the bare engine and beside rdflib's memory store, in the same run.

    python -m tests.benchmarks.asking [--documents 3430] [--rounds 3] [--most 6] [QUERY ...]

3,430 documents make about a million triples. The store is on disk. The bare engine gets the same SPARQL
on the same graphs and writes the same JSON; rdflib has the same quads in memory and is ended when it has
taken ``--most`` times as long as we. Processor time; the fastest of the rounds counts, of rdflib there is
one.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import signal
import tempfile
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib

from kg.claims import claims
from kg.graph import KnowledgeGraph
from kg.ontology import load_ontology
from kg.parameters import named, prepare
from kg.queries import shipped_queries
from kg.resolve import resolve
from kg.vocab import KG
from tests.benchmarks.data import DOCUMENTS_OF_A_MILLION, extractions
from tests.benchmarks.timing import fastest, seconds

#: Seconds that rdflib gets for any query.
_LEAST = 2.0


def build(path: Path, documents: int) -> KnowledgeGraph:
    """So many made-up documents in a store on disk."""
    ontology = load_ontology()
    found = list(extractions(documents))
    resolution = resolve(found, ontology)
    with KnowledgeGraph.create(path, ontology) as graph:
        graph.add(
            (c for one in found for c in claims(one, resolution, ontology)), [f.document for f in found]
        )
        graph.commit()
    return KnowledgeGraph.open(path, ontology)


def values(graph: KnowledgeGraph) -> dict[str, dict[str, str]]:
    """Parameters for the queries that need some: things that are neither known best nor least."""
    found = list(graph.query("most-connected", {"top": "40"}))
    middle, other = str(found[20].name), str(found[30].name)
    first = "SELECT ?id { ?document a schema:Article ; dcterms:identifier ?id } ORDER BY ?id LIMIT 1"
    (document,) = graph.query(first)
    return {
        "about": {"entity": middle},
        "neighbourhood": {"entity": middle},
        "paths": {"from": middle, "to": other},
        "document": {"document": str(document.id)},
    }


def bare(engine: Any, sparql: str, prefixes: dict[str, str], stated: bool) -> bytes:
    """The answer of the engine itself, from what is stated alone or also from what is inferred."""
    graphs = [ox.DefaultGraph()] if stated else [ox.DefaultGraph(), ox.NamedNode(KG.inferred)]
    found = engine.query(sparql, prefixes=prefixes, default_graph=graphs)
    if isinstance(found, ox.QueryTriples):
        return ox.serialize(found, format=ox.RdfFormat.TURTLE) or b""
    return bytes(found.serialize(format=ox.QueryResultsFormat.JSON))


def _ask_rdflib(
    memory: rdflib.Dataset, sparql: str, names: dict[str, Any], most: float, told: SimpleQueue[float]
) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(most), resource.RLIM_INFINITY))
    told.put(seconds(lambda: list(memory.query(sparql, initNs=names))))


def rdflib_seconds(memory: rdflib.Dataset, sparql: str, prefixes: dict[str, str], most: float) -> float:
    """Processor time of rdflib in a copy of this process; infinite where it takes too long."""
    fork = multiprocessing.get_context("fork")
    told: SimpleQueue[float] = fork.SimpleQueue()
    names = {name: rdflib.Namespace(iri) for name, iri in prefixes.items()}
    process = fork.Process(target=_ask_rdflib, args=(memory, sparql, names, most, told))
    process.start()
    process.join()
    if process.exitcode == -signal.SIGXCPU:
        return math.inf
    assert process.exitcode == 0
    return told.get()


def measured(
    graph: KnowledgeGraph,
    memory: rdflib.Dataset,
    name: str,
    parameters: dict[str, str],
    rounds: int,
    most: float,
) -> str:
    """The line of one query."""
    query, prefixes = named(name), graph.prefixes
    sparql = prepare(query, parameters, graph.engine, prefixes)
    format = "ttl" if graph.query(name, parameters).kind == "CONSTRUCT" else "json"
    ours, alone = fastest(
        rounds,
        lambda: graph.query(name, parameters).serialize(format),
        lambda: bare(graph.engine, sparql, prefixes, query.stated),
    )
    patience = max(_LEAST, most * ours)
    theirs = rdflib_seconds(memory, sparql, prefixes, patience)
    shown = f">{patience / ours:.0f}" if theirs == math.inf else f"{theirs / ours:.1f}"
    rows = len(graph.query(name, parameters).texts)
    return f"{name:16}{rows:8,}{ours:9.3f}{ours / alone:8.2f}{shown:>9}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("queries", nargs="*", default=list(shipped_queries()))
    parser.add_argument("--documents", type=int, default=DOCUMENTS_OF_A_MILLION)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=float, default=6)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph = build(Path(folder) / "graph.db", args.documents)
        memory = rdflib.Dataset(default_union=True)
        quads = graph.serialize(Path(folder) / "graph.nq")
        memory.parse(quads, format="nquads")
        print(
            f"{len(graph.engine):,} triples\n{'query':16}{'rows':>8}{'ours s':>9}{'x bare':>8}{'rdflib x':>9}"
        )
        given = values(graph)
        for name in args.queries:
            print(measured(graph, memory, name, given.get(name, {}), args.rounds, args.most), flush=True)


if __name__ == "__main__":
    main()
