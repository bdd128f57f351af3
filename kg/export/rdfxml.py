"""RDF/XML, for Protégé and older tools."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox
from rdflib import RDF

from kg.characters import is_writable
from kg.errors import KGError
from kg.export import Exportable, class_first, triples
from kg.files import replacing

#: The end of an IRI that can be the name of an element: properties must have one, classes may.
_ELEMENT = re.compile(r"[^\W\d][\w.-]*\Z")
_TYPE = ox.NamedNode(RDF.type)


def write_rdfxml(graph: Exportable, path: Path) -> None:
    """RDF/XML, subject by subject.

    Raises KGError where the graph holds what XML cannot: a property whose IRI ends in no name, or a
    control character (our own texts hold none, other programs' may).
    """
    prefixes = dict(graph.prefixes)
    with replacing(path) as file:
        escaping = cast(IO[bytes], _Escaping(file))
        ox.serialize(_checked(graph, path), escaping, format=ox.RdfFormat.RDF_XML, prefixes=prefixes)


def _checked(graph: Exportable, path: Path) -> Iterator[ox.Triple]:
    """The triples, of each subject first one that can begin its element: a class with a name."""
    found = triples(graph.lines(key=class_first))
    for _, group in groupby(found, key=lambda triple: triple.subject):
        ordered = sorted(group, key=_names_no_element)
        if _names_no_element(ordered[0]):
            raise KGError(f"{path}: RDF/XML cannot write the class {ordered[0].object}; choose .ttl")
        for triple in ordered:
            if not _ELEMENT.search(triple.predicate.value):
                raise KGError(f"{path}: RDF/XML cannot write the property {triple.predicate}; choose .ttl")
            if isinstance(triple.object, ox.Literal) and not is_writable(triple.object.value):
                where = f"{triple.predicate} of {triple.subject}"
                raise KGError(f"{path}: RDF/XML cannot hold a control character ({where}); choose .ttl")
            yield triple


def _names_no_element(triple: ox.Triple) -> bool:
    kind = triple.object
    if triple.predicate != _TYPE or not isinstance(kind, ox.NamedNode):
        return False
    return _ELEMENT.search(kind.value) is None


class _Escaping:
    """A file in which carriage returns stay: bare ones are line feeds to every reader of XML."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        self._file.write(data.replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._file.flush()
