"""JSON-LD with short names: an object for each thing, and a context that says what the names mean."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, XSD

from kg.export import Exportable, class_first, triples
from kg.files import replacing

_TYPE, _STRING, _INTEGER, _BOOLEAN = str(RDF.type), str(XSD.string), str(XSD.integer), str(XSD.boolean)
_SAFE_INTEGER = 2**53  # beyond it a reader of JSON may round


def write_jsonld(graph: Exportable, path: Path) -> None:
    """JSON-LD, an object for each subject, sorted, a property a line."""
    names = _Names(graph.prefixes, triples(graph.lines()))
    with replacing(path) as file:
        file.write(f'{{\n"@context": {_object(names.context)},\n"@graph": ['.encode())
        for number, node in enumerate(names.nodes(triples(graph.lines(key=class_first)))):
            file.write(f"{',' if number else ''}\n{_object(node)}".encode())
        file.write(b"\n]\n}\n")


def _object(members: Mapping[str, object]) -> str:
    """A JSON object, a member a line."""
    lines = (f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in members.items())
    return "{\n" + ",\n".join(lines) + "\n}"


class _Names:
    """Short names for IRIs, and for each property what all of its values have in common."""

    def __init__(self, prefixes: Mapping[str, str], found: Iterable[ox.Triple]) -> None:
        kinds: dict[str, set[tuple[str, str]]] = defaultdict(set)
        schemes: set[str] = set()
        for triple in found:
            kinds[triple.predicate.value].add(_kind(triple.object))
            schemes.update(term.value.partition(":")[0] for term in triple if isinstance(term, ox.NamedNode))
        # <doc:x> would be read as a short name, so a prefix that is some IRI's scheme is not used
        self._prefixes = {p: iri for p, iri in sorted(prefixes.items()) if p not in schemes}
        common = {iri: min(kinds[iri]) for iri in sorted(kinds) if len(kinds[iri]) == 1 and iri != _TYPE}
        self._common = {iri: kind for iri, kind in common.items() if kind[0]}
        self.context: dict[str, object] = dict(self._prefixes)
        for iri, (key, value) in self._common.items():
            self.context[self.short(iri)] = {key: self.short(value) if key == "@type" else value}

    def short(self, iri: str) -> str:
        """An IRI with the prefix of the longest namespace that it begins with, or as it is."""
        fitting = [(len(n), p) for p, n in self._prefixes.items() if iri.startswith(n) and iri != n]
        if not fitting:
            return iri
        length, prefix = max(fitting)
        local = iri[length:]
        return iri if local.startswith("//") else f"{prefix}:{local}"

    def nodes(self, found: Iterable[ox.Triple]) -> Iterator[dict[str, Any]]:
        """One object for each subject; a property with one value has it without a list."""
        for subject, group in groupby(found, key=lambda triple: triple.subject):
            values: dict[str, list[Any]] = defaultdict(list)
            for triple in group:
                predicate = triple.predicate.value
                if predicate == _TYPE:
                    values["@type"].append(self._node(triple.object))
                else:
                    values[self.short(predicate)].append(self._value(predicate, triple.object))
            single = {key: items[0] if len(items) == 1 else items for key, items in values.items()}
            yield {"@id": self._node(subject), **single}

    def _node(self, term: Any) -> str:
        return self.short(term.value) if isinstance(term, ox.NamedNode) else str(term)

    def _value(self, predicate: str, term: Any) -> Any:
        if not isinstance(term, ox.Literal):
            node = self._node(term)
            return node if predicate in self._common else {"@id": node}
        key, value = _kind(term)
        if predicate in self._common:
            return term.value
        if not key:
            return json.loads(term.value) if term.datatype.value != _STRING else term.value
        return {"@value": term.value, key: self.short(value) if key == "@type" else value}


def _kind(term: Any) -> tuple[str, str]:
    """What the context can say of a value: that it is an IRI, its datatype or its language."""
    if not isinstance(term, ox.Literal):
        return ("@type", "@id")
    if term.language:
        return ("@language", term.language)
    datatype = term.datatype.value
    if datatype == _STRING or _is_json(term.value, datatype):
        return ("", datatype)  # JSON has them
    return ("@type", datatype)


def _is_json(text: str, datatype: str) -> bool:
    """Whether a literal is, as it is written, an integer or a truth value of JSON."""
    if datatype == _INTEGER:
        try:
            return str(int(text)) == text and abs(int(text)) < _SAFE_INTEGER
        except ValueError:
            return False
    return datatype == _BOOLEAN and text in ("true", "false")
