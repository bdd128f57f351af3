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
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.claims import claims
from kg.graph import KnowledgeGraph
from kg.model import Claim, Document
from kg.ontology import Ontology, load_ontology
from kg.resolve import resolve
from tests.benchmarks.data import DOCUMENTS_OF_A_MILLION, extractions
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


class Rounds:
    """Works that take turns in each round."""

    def __init__(self, rounds: int) -> None:
        self._rounds = rounds

    def fastest(self, *works: Callable[[Path], object]) -> list[float]:
        """Processor time of the fastest call of each; each is given a path where nothing is."""
        best = [float("inf")] * len(works)
        for _ in range(self._rounds):
            for place, work in enumerate(works):
                with tempfile.TemporaryDirectory() as folder:
                    begin = time.process_time()
                    work(Path(folder) / "new")
                    best[place] = min(best[place], time.process_time() - begin)
        return best


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
    ontology, rounds = load_ontology(), Rounds(args.rounds)
    stated, documents = made(args.documents, ontology)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        add(folder / "graph.db", stated, documents, ontology)
        with KnowledgeGraph.open(folder / "graph.db", ontology) as graph:
            source = graph.serialize(folder / "graph.nt")
            print(
                f"{sum(1 for _ in graph.triples()):,} triples\n{'':34}{'ours s':>8}{'bare s':>8}{'ratio':>7}"
            )
            load = rounds.fastest(
                lambda path: add(path, stated, documents, ontology),
                lambda path: KnowledgeGraph.load([source], path, ontology).close(),
                lambda path: bare_load(path, source),
            )
            assert isinstance(graph.engine, ox.Store)
            store = graph.engine
            turtle = rounds.fastest(
                lambda path: graph.serialize(path, "ttl"),
                lambda path: bare_turtle(store, path, graph.prefixes),
            )
        (opened,) = rounds.fastest(lambda _: KnowledgeGraph.open(folder / "graph.db").close())
        asked = min(question(folder / "graph.db") for _ in range(args.rounds))
    for what, ours, bare in (
        ("claims to a store", load[0], load[2]),
        ("N-Triples to a store, and inferred", load[1], load[2]),
        ("a store to Turtle", turtle[0], turtle[1]),
    ):
        print(f"{what:34}{ours:8.2f}{bare:8.2f}{ours / bare:7.2f}")
    print(f"{'opening a store':34}{opened:8.3f}\n{'kg query with one row':34}{asked:8.2f}")


if __name__ == "__main__":
    main()
