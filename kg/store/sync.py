"""Making what an endpoint holds of a graph equal to the graph, by sending what is different.

What the endpoint holds is asked of it, so that a transfer that was cut off is completed by the next one,
and what others have put there stays: only triples about things under the base IRI are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import IO

import pyoxigraph as ox

from kg.store import solutions
from kg.store.lines import differences, sorted_lines
from kg.store.remote import Remote
from kg.vocab import KG, RDF, RDFS, SKOS, entity_iri

_NAMES = (RDF.type, RDFS.label, SKOS.altLabel)
_OURS = 'CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "%s")) }'
_RELATIONS = f"SELECT DISTINCT ?p {{ ?claim a <{KG.Claim}> ; <{RDF.predicate}> ?p }}"


def send(here: ox.Store, there: Remote, base_iri: str, *, inferred: bool = False) -> None:
    """Make the default graph of an endpoint say what the store says of things under the base IRI.

    Its backbone goes to the named graph ``kg:backbone``, as it is here; with ``inferred``, what follows
    goes to ``kg:inferred``.
    """
    with TemporaryFile() as new, TemporaryFile() as old:
        here.dump(new, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        there.construct(_OURS % base_iri, old)
        own = _Own(there, base_iri)
        _send(old, new, there, own.has, own.entity)
    send_graph(here, there, KG.backbone)
    if inferred:
        send_graph(here, there, KG.inferred)
    else:
        there.remove_graph(ox.NamedNode(KG.inferred))  # what followed earlier need not follow now


def send_graph(here: ox.Store, there: Remote, name: str) -> None:
    """Make a named graph of an endpoint equal to that of the store."""
    graph = ox.NamedNode(name)
    with TemporaryFile() as new, TemporaryFile() as old:
        here.dump(new, format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
        there.dump(old, format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
        _send(old, new, there, lambda _: True, graph=name)


def _send(
    old: IO[bytes],
    new: IO[bytes],
    there: Remote,
    is_ours: Callable[[bytes], bool],
    entity: bytes = b"<",
    graph: str | None = None,
) -> None:
    old.seek(0)
    new.seek(0)
    with TemporaryFile() as added, TemporaryFile() as gone:
        for is_new, line in differences(sorted_lines(old), sorted_lines(new)):
            if is_new:
                added.write(line)
            elif is_ours(line):
                gone.write(line)
        # First what is new: a document that is cut off in the middle is there twice, not lost. Claims are
        # the last to go: their relations tell which triples of entities are ours.
        added.seek(0)
        there.insert(added, graph)
        for of_entities in (True, False):
            gone.seek(0)
            there.delete((line for line in gone if line.startswith(entity) is of_entities), graph)


class _Own:
    """Which triples about things of a graph are the graph's: of an entity, its names and relations."""

    def __init__(self, there: Remote, base_iri: str) -> None:
        relations = (row[0].value for row in solutions(there, _RELATIONS))
        self._predicates = {f"<{name}>".encode() for name in (*_NAMES, *relations)}
        #: How lines begin that say something of an entity.
        self.entity = f"<{entity_iri('', base_iri)}".encode()

    def has(self, line: bytes) -> bool:
        """Whether a line is one of them."""
        return not line.startswith(self.entity) or line.split(b" ", 2)[1] in self._predicates
