"""Files for other tools. An exporter is a function (graph, path), registered under ``kg.exporters``
by the suffix that it writes; ours are registered in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox
from rdflib import RDF

from kg.errors import UsageError, did_you_mean
from kg.files import replacing
from kg.model import Fact


class Exportable(Protocol):
    """What an exporter may ask of a graph."""

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes bound in its files."""

    def ntriples(self) -> bytes:
        """The triples of its default graph as lines, in no order."""

    def facts(self) -> list[Fact]:
        """Its claims, grouped."""


_TYPE = f" <{RDF.type}> ".encode()

Exporter = Callable[[Exportable, Path], None]


def export(graph: Exportable, path: Path, format: str | None = None) -> Path:
    """Write a graph to a file in the format of its suffix, or in the one that is named."""
    name = (format or path.suffix).lstrip(".").lower()
    exporters = {point.name: point for point in entry_points(group="kg.exporters")}
    if name not in exporters:
        what = f'no format is called "{name}"' if name else "the file has no suffix that says its format"
        raise UsageError(f"{path}: {what}. {did_you_mean(name, exporters)}")
    exporter: Exporter = exporters[name].load()
    exporter(graph, path)
    return path


def write_turtle(graph: Exportable, path: Path) -> None:
    """Turtle, subject by subject, its class first: the same triples, the same bytes."""
    # Sorting lines and parsing them again is three times as fast as sorting triples.
    lines = sorted(graph.ntriples().splitlines(keepends=True), key=_class_first)
    quads = ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES)
    with replacing(path) as file:
        triples = (quad.triple for quad in quads)
        ox.serialize(triples, file, format=ox.RdfFormat.TURTLE, prefixes=dict(graph.prefixes))


def write_ntriples(graph: Exportable, path: Path) -> None:
    """N-Triples, one a line, sorted."""
    with replacing(path) as file:
        file.writelines(sorted(graph.ntriples().splitlines(keepends=True)))


def _class_first(line: bytes) -> bytes:
    return line.replace(_TYPE, b" !", 1)  # before any predicate, which begins with "<"
