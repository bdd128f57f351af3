"""Files for other tools. An exporter is a function (graph, path), registered under ``kg.exporters``
by the suffix that it writes; ours are registered in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox
from rdflib import RDF

from kg.errors import UsageError, did_you_mean
from kg.files import replacing
from kg.model import Fact
from kg.sparql import Answer


class Exportable(Protocol):
    """What an exporter may ask of a graph."""

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes bound in its files."""

    def ntriples(self, graph: str | None = None) -> bytes:
        """Its triples as lines, in no order: those that are stated, or those of a named graph."""

    def facts(self) -> list[Fact]:
        """Its claims, grouped."""

    def query(self, sparql: str, *, inferred: bool = True) -> Answer:
        """The answer to a SPARQL query, with its prefixes bound."""


_TYPE = f" <{RDF.type}> ".encode()

Exporter = Callable[[Exportable, Path], None]


def export(
    graph: Exportable,
    path: Path,
    format: str | None = None,
    *,
    shape: str | None = None,
    text: bool = True,
    inferred: bool = True,
) -> Path:
    """Write a graph to a file in the format of its suffix, or in the one that is named.

    ``shape`` is the name of one of ``kg.export.shapes``, for tools that want claims in another form.
    """
    from kg.export.shapes import Part, shaped

    name = (format or path.suffix).lstrip(".").lower()
    exporters = {point.name: point for point in entry_points(group="kg.exporters")}
    if name not in exporters:
        what = f'no format is called "{name}"' if name else "the file has no suffix that says its format"
        raise UsageError(f"{path}: {what}. {did_you_mean(name, exporters)}")
    exporter: Exporter = exporters[name].load()
    exporter(Part(shaped(graph, shape, name) if shape else graph, text, inferred), path)
    return path


def write_turtle(graph: Exportable, path: Path) -> None:
    """Turtle, subject by subject, its class first: the same triples, the same bytes."""
    found = triples(class_first(graph.ntriples()))
    with replacing(path) as file:
        ox.serialize(found, file, format=ox.RdfFormat.TURTLE, prefixes=dict(graph.prefixes))


def write_ntriples(graph: Exportable, path: Path) -> None:
    """N-Triples, one a line, sorted."""
    with replacing(path) as file:
        file.writelines(sorted(graph.ntriples().splitlines(keepends=True)))


def class_first(ntriples: bytes) -> list[bytes]:
    """The lines by subject, the class of each first."""
    # " !" is before any predicate, which begins with "<"
    return sorted(ntriples.splitlines(keepends=True), key=lambda line: line.replace(_TYPE, b" !", 1))


def triples(lines: Iterable[bytes]) -> Iterator[ox.Triple]:
    """The triples of lines; sorting lines and parsing them is three times as fast as sorting triples."""
    return (quad.triple for quad in ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES))
