"""N-Quads and TriG: the graph, with its backbone and what is inferred as named graphs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.export import Exportable, class_first, triples
from kg.files import replacing
from kg.vocab import KG

#: The named graphs in the order in which they follow the default graph.
_GRAPHS = (KG.backbone, KG.inferred)
_LINE_END = b" .\n"


def write_nquads(graph: Exportable, path: Path) -> None:
    """N-Quads, one a line, sorted; the named graphs come last."""
    with replacing(path) as file:
        file.writelines(graph.lines())
        for name in _GRAPHS:
            end = f" <{name}> .\n".encode()
            file.writelines(line.removesuffix(_LINE_END) + end for line in graph.lines(name))


def write_trig(graph: Exportable, path: Path) -> None:
    """TriG, subject by subject as in Turtle; the named graphs come last, in braces."""
    with replacing(path) as file:
        ox.serialize(_quads(graph), file, format=ox.RdfFormat.TRIG, prefixes=dict(graph.prefixes))


def _quads(graph: Exportable) -> Iterator[ox.Quad]:
    for name in (None, *_GRAPHS):
        node = ox.NamedNode(name) if name else ox.DefaultGraph()
        for triple in triples(graph.lines(name, key=class_first)):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, node)
