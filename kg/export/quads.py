"""N-Quads and TriG: the graph, and what is inferred from it as the named graph ``kg:inferred``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.export import Exportable, class_first, triples
from kg.files import replacing
from kg.vocab import KG

_INFERRED = ox.NamedNode(KG.inferred)
_LINE_END = b" .\n"


def write_nquads(graph: Exportable, path: Path) -> None:
    """N-Quads, one a line, sorted; what is inferred comes last."""
    with replacing(path) as file:
        file.writelines(sorted(graph.ntriples().splitlines(keepends=True)))
        name = f" {_INFERRED} .\n".encode()
        for line in sorted(graph.ntriples(inferred=True).splitlines(keepends=True)):
            file.write(line.removesuffix(_LINE_END) + name)


def write_trig(graph: Exportable, path: Path) -> None:
    """TriG, subject by subject as in Turtle; what is inferred comes last, in braces."""
    with replacing(path) as file:
        ox.serialize(_quads(graph), file, format=ox.RdfFormat.TRIG, prefixes=dict(graph.prefixes))


def _quads(graph: Exportable) -> Iterator[ox.Quad]:
    for name, inferred in ((ox.DefaultGraph(), False), (_INFERRED, True)):
        for triple in triples(class_first(graph.ntriples(inferred=inferred))):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, name)
