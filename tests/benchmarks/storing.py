"""Loading, opening, exporting and a short question beside the bare engine, on the same data in the same run.

    python -m tests.benchmarks.storing [--documents 3430] [--rounds 3]

3,430 documents make about a million triples. Stores are on disk. The bare engine loads the same triples
from a file of N-Triples, and writes Turtle with the same prefixes, in the order in which it finds them.
Processor time of all threads; the fastest of the rounds counts.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.claims import claims
from kg.graph import KnowledgeGraph
from kg.model import Claim, Document
from kg.ontology import Ontology, load_ontology
from kg.resolve import resolve
from tests.benchmarks.data import DOCUMENTS_OF_A_MILLION, extractions
from tests.benchmarks.timing import fastest
from tests.running import KG

_DEFAULT = ox.DefaultGraph()
_ONE_ROW = "SELECT ?document { ?document dcterms:identifier ?id } LIMIT 1"


def made(documents: int, ontology: Ontology) -> tuple[list[Claim], list[Document]]:
    """The claims of so many made-up documents."""
    found = list(extractions(documents))
    resolution = resolve(found, ontology)
    return [c for one in found for c in claims(one, resolution, ontology)], [one.document for one in found]


def add(path: Path, stated: list[Claim], documents: list[Document], ontology: Ontology) -> None:
    """Claims to a finished store, as a build does it; what follows from them is not asked for."""
    with KnowledgeGraph.create(path, ontology) as graph:
        graph.add(stated, documents)
        graph._changed = False
        graph.commit()


def bare_load(path: Path, source: Path) -> None:
    """A file to a store."""
    store = ox.Store(str(path))
    store.bulk_load(path=str(source), format=ox.RdfFormat.N_TRIPLES)
    store.flush()


def bare_turtle(store: ox.Store, target: Path, prefixes: dict[str, str]) -> None:
    """A store to Turtle."""
    store.dump(target, format=ox.RdfFormat.TURTLE, from_graph=_DEFAULT, prefixes=prefixes)


def somewhere(work: Callable[[Path], object]) -> Callable[[], None]:
    """A work that is given a path where nothing is."""

    def call() -> None:
        with tempfile.TemporaryDirectory() as folder:
            work(Path(folder) / "new")

    return call


def question(store: Path) -> float:
    """Processor time of ``kg query`` with an answer of one row."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [str(KG), "query", _ONE_ROW, "--store", str(store)]
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=DOCUMENTS_OF_A_MILLION)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    ontology = load_ontology()
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), ontology, args.documents, args.rounds)


def measure(folder: Path, ontology: Ontology, number: int, rounds: int) -> None:
    """Measure and print."""
    stated, documents = made(number, ontology)
    place, source = folder / "graph.db", folder / "graph.nt"
    add(place, stated, documents, ontology)
    with KnowledgeGraph.open(place, ontology) as graph:
        graph.serialize(source)
        print(f"{sum(1 for _ in graph.triples()):,} triples\n{'':34}{'ours s':>8}{'bare s':>8}{'ratio':>7}")
        added, loaded, bare = fastest(
            rounds,
            somewhere(lambda path: add(path, stated, documents, ontology)),
            somewhere(lambda path: KnowledgeGraph.load([source], path, ontology).close()),
            somewhere(lambda path: bare_load(path, source)),
        )
        told("claims to a store", added, bare)
        told("N-Triples to a store, and inferred", loaded, bare)
        engine = graph.engine
        assert isinstance(engine, ox.Store)
        written, bare = fastest(
            rounds,
            somewhere(lambda path: graph.serialize(path, "ttl")),
            somewhere(lambda path: bare_turtle(engine, path, graph.prefixes)),
        )
        told("a store to Turtle", written, bare)
    (opened,) = fastest(rounds, lambda: KnowledgeGraph.open(place).close())
    asked = min(question(place) for _ in range(rounds))
    print(f"{'opening a store':34}{opened:8.3f}\n{'kg query with one row':34}{asked:8.2f}")


def told(what: str, ours: float, bare: float) -> None:
    """Print a line."""
    print(f"{what:34}{ours:8.2f}{bare:8.2f}{ours / bare:7.2f}", flush=True)


if __name__ == "__main__":
    main()
