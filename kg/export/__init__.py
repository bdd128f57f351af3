"""Files for other tools. An exporter is a function (graph, path), registered under ``kg.exporters``
by the suffix that it writes; ours are registered in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from operator import attrgetter
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.errors import UsageError, did_you_mean
from kg.files import replacing, reported
from kg.model import Fact
from kg.ontology import Ontology
from kg.store.lines import Key, as_file
from kg.vocab import RDF


class Exportable(Protocol):
    """What an exporter may ask of a graph."""

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes bound in its files."""

    @property
    def ontology(self) -> Ontology:
        """Its ontology."""

    def lines(
        self, graph: str | None = None, *, construct: str | None = None, key: Key | None = None
    ) -> Iterator[bytes]:
        """Its triples as lines of N-Triples in order: stated ones, a named graph's, or a query's."""

    def facts(self) -> list[Fact]:
        """Its claims, grouped."""


_TYPE = f" <{RDF.type}> ".encode()

Exporter = Callable[[Exportable, Path], None]


@reported("the export cannot be written")
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
    found = parsed(graph.lines(key=class_first))
    with replacing(path) as file:
        ox.serialize(found, file, format=ox.RdfFormat.TURTLE, prefixes=dict(graph.prefixes))


def write_ntriples(graph: Exportable, path: Path) -> None:
    """N-Triples, one a line, sorted."""
    with replacing(path) as file:
        file.writelines(graph.lines())


def class_first(line: bytes) -> bytes:
    """The key that sorts lines by subject, the class of each first."""
    return line.replace(_TYPE, b" !", 1)  # before any predicate, which begins with "<"


def parsed(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    """What lines say; sorting lines and parsing them is three times as fast as sorting triples.

    The lines are a store's own, so their IRIs are not checked once more.
    """
    return ox.parse(as_file(lines), format=ox.RdfFormat.N_TRIPLES, lenient=True)


def triples(lines: Iterable[bytes]) -> Iterator[ox.Triple]:
    """The same as triples."""
    return map(attrgetter("triple"), parsed(lines))
