"""The same claims in the shapes that other tools want, and parts of a graph: what an exporter is given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

import pyoxigraph as ox

from kg.errors import UsageError, did_you_mean
from kg.export import Exportable
from kg.model import Fact
from kg.ontology import Ontology
from kg.parse import parse
from kg.store import construct as write_triples
from kg.store.lines import Key, sorted_lines
from kg.vocab import KG, NIF

#: The formats in which RDF 1.2 can be written so far.
_TRIPLE_TERMS = ("nq", "nt", "trig", "ttl")
#: The formats that are no RDF.
_NETWORKS = ("csv", "cypher", "gexf", "graphml", "json", "parquet")
_VOCABULARIES = {
    "lexinfo": "http://www.lexinfo.net/ontology/3.0/lexinfo#",
    "lime": "http://www.w3.org/ns/lemon/lime#",
    "oa": "http://www.w3.org/ns/oa#",
    "ontolex": "http://www.w3.org/ns/lemon/ontolex#",
}
_IS_STRING = f"<{NIF.isString}>".encode()
# RDF 1.1 has IRIs of this form stand for blank nodes.
_GENID = re.compile(rb"^<https://example\.org/\.well-known/genid/([0-9a-f]+)>")


def shapes() -> dict[str, Path]:
    """The CONSTRUCT query of each shape, by name."""
    return {path.stem: path for path in sorted(Path(__file__).parent.glob("*.rq"))}


@dataclass(frozen=True, slots=True)
class _View:
    """A graph that is written otherwise than as it is."""

    graph: Exportable

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Those of the graph."""
        return self.graph.prefixes

    @property
    def ontology(self) -> Ontology:
        """That of the graph."""
        return self.graph.ontology

    def facts(self) -> list[Fact]:
        """Those of the graph."""
        return self.graph.facts()


@dataclass(frozen=True, slots=True)
class Part(_View):
    """A graph without the texts of its documents, or without what is inferred."""

    text: bool = True
    inferred: bool = True

    def lines(
        self, graph: str | None = None, *, construct: str | None = None, key: Key | None = None
    ) -> Iterator[bytes]:
        """Its lines without those that are left out."""
        if graph == KG.inferred and not self.inferred:
            return iter(())
        lines = self.graph.lines(graph, construct=construct, key=key)
        return lines if self.text else (line for line in lines if line.split(b" ", 2)[1] != _IS_STRING)


@dataclass(frozen=True, slots=True)
class Shaped(_View):
    """A graph as the CONSTRUCT query of a shape gives it."""

    shape: str

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Those of the graph, and of the vocabularies of shapes."""
        return {**self.graph.prefixes, **_VOCABULARIES}

    def lines(
        self, graph: str | None = None, *, construct: str | None = None, key: Key | None = None
    ) -> Iterator[bytes]:
        """The triples that the query makes; it makes no named graphs."""
        if graph is not None:
            return iter(())
        query = construct or shapes()[self.shape].read_text(encoding="utf-8")
        query = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in self.prefixes.items()) + query
        if self.shape == "ontolex":
            return self._of_ontology(query, key)
        found = self.graph.lines(construct=query, key=key)
        return (_GENID.sub(rb"_:b\1", line) for line in found)

    def _of_ontology(self, query: str, key: Key | None) -> Iterator[bytes]:
        engine = ox.Store()
        engine.bulk_extend(parse(self.ontology.path))
        with TemporaryFile() as file:
            write_triples(engine, query, file)
            file.seek(0)
            return sorted_lines(file, key)


def shaped(graph: Exportable, shape: str, format: str) -> Shaped:
    """A graph in a shape, if there is one of that name and the format can hold it."""
    if shape not in shapes():
        raise UsageError(f'no shape is called "{shape}". {did_you_mean(shape, shapes())}')
    if format in _NETWORKS:
        raise UsageError(f"--as is for RDF, and .{format} is none; leave it out, or write .ttl")
    if shape == "rdf-1.2" and format not in _TRIPLE_TERMS:
        able = ", ".join(f".{name}" for name in _TRIPLE_TERMS)
        raise UsageError(f"RDF 1.2 cannot be written as .{format} yet; choose one of {able}")
    return Shaped(graph, shape)
