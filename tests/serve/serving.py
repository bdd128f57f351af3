"""Real ``kg serve`` processes for tests, on the loopback interface."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from kg.graph import KnowledgeGraph
from kg.vocab import BASE_IRI, KG, NEWS
from tests.factories import ONTOLOGY, fill, sample
from tests.running import KG as COMMAND

#: A query that would take years.
FOR_EVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o FILTER(?a = ?o) }"


def write_sample(path: Path) -> Path:
    """The store of the sample at a path, with one triple that is inferred."""
    with KnowledgeGraph.create(path, ONTOLOGY) as graph:
        fill(graph, sample())
        assert graph.query("ASK {}")  # what follows from the claims is inferred now, and not once more
        subject, value = (ox.NamedNode(f"{BASE_IRI}entity/{name}") for name in ("Kestrel_Labs", "Halden"))
        graph.engine.add(ox.Quad(subject, ox.NamedNode(NEWS.funded_by), value, ox.NamedNode(KG.inferred)))
        graph.commit()
    return path


@contextmanager
def serving(store: Path | str, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server on a free port: its address, and the process, which ends with the block."""
    process = subprocess.Popen(
        [str(COMMAND), "serve", "--port", "0", "--store", str(store), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = process.stdout.readline()
        assert line.startswith("Serving at http://"), process.stderr.read()
        yield line.removeprefix("Serving at ").strip(), process
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()
        process.stderr.close()
