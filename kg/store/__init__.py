"""Where the triples are: in memory, in an Oxigraph store on disk, or behind a SPARQL 1.1 endpoint.

All three have the methods of pyoxigraph's Store that a graph uses, so that what is native stays native.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.files import reported
from kg.store import disk
from kg.store.lines import BUFFER, Key, as_file, sorted_lines
from kg.store.remote import Remote
from kg.vocab import BASE_IRI

__all__ = [
    "Engine",
    "Remote",
    "about",
    "construct",
    "disk",
    "is_address",
    "lines",
    "load",
    "memory",
    "open_to_read",
    "solutions",
]


#: Bytes of N-Triples that are loaded at once: some hundred thousand triples, a hundred megabytes of memory.
PART = 32 << 20
#: How many nodes an endpoint is asked for at once.
_NODES_AT_ONCE = 500

#: A store, whatever its kind.
Engine = ox.Store | Remote


def is_address(place: str | Path) -> bool:
    """Whether a store is named by the address of an endpoint, not by a path.

    >>> is_address("http://localhost:7878/"), is_address("output/graph.db")
    (True, False)
    """
    return str(place).lower().startswith(("http:", "https:"))


def memory() -> ox.Store:
    """An empty store in memory."""
    return ox.Store()


def open_to_read(place: str | Path) -> tuple[Engine, disk.Mark]:
    """The finished store at a path or address, and what it says of itself."""
    if is_address(place):
        remote = Remote(str(place))
        return remote, disk.Mark(remote.base_iri() or BASE_IRI)
    return disk.open_finished(Path(place))


def load(engine: Engine, chunks: Iterable[bytes]) -> None:
    """Add triples to the default graph; each chunk is whole lines of N-Triples."""
    if isinstance(engine, Remote):
        engine.insert(chunks)
    else:
        try:
            for part in _parts(chunks):
                engine.bulk_load(as_file(part), format=ox.RdfFormat.N_TRIPLES)
        except SyntaxError as error:  # the base IRI or the ontology has an IRI that is none
            raise StoreError(f"what is to be stored is no RDF: {error.msg}") from None


def _parts(chunks: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Chunks in parts of about so many bytes: the engine holds what it loads in memory until it is done."""
    part: list[bytes] = []
    size = 0
    for chunk in chunks:
        part.append(chunk)
        size += len(chunk)
        if size >= PART:
            yield part
            part, size = [], 0
    if part:
        yield part


def construct(engine: Engine, query: str, file: IO[bytes]) -> None:
    """Write the triples of a CONSTRUCT query to a file, as lines of N-Triples."""
    if isinstance(engine, Remote):
        engine.construct(query, file)
        return
    found = engine.query(query)
    assert isinstance(found, ox.QueryTriples)
    found.serialize(file, format=ox.RdfFormat.N_TRIPLES)


@reported("the triples cannot be put in order")
def lines(
    engine: Engine, graph: str | None = None, query: str | None = None, key: Key | None = None
) -> Iterator[bytes]:
    """The triples of a graph, or of a CONSTRUCT query, as lines of N-Triples in order."""
    with TemporaryFile(buffering=BUFFER) as file:
        if query is None:
            name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
            engine.dump(file, format=ox.RdfFormat.N_TRIPLES, from_graph=name)
        else:
            construct(engine, query, file)
        file.seek(0)
        return sorted_lines(file, key)


def about(engine: Engine, nodes: Sequence[ox.NamedNode]) -> Iterator[ox.Quad]:
    """What is stated of some nodes."""
    if not isinstance(engine, Remote):
        for node in nodes:
            yield from engine.quads_for_pattern(node, None, None, ox.DefaultGraph())
        return
    for begin in range(0, len(nodes), _NODES_AT_ONCE):
        values = " ".join(map(str, nodes[begin : begin + _NODES_AT_ONCE]))
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"
        for triple in solutions(engine, query):
            yield ox.Quad(triple.subject, triple.predicate, triple.object)


def solutions(engine: Engine, query: str) -> Iterator[Any]:
    """The rows of a SELECT query, or the triples of a CONSTRUCT query."""
    found: Any = engine.query(query)
    yield from found
