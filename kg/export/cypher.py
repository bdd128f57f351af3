"""A script in Cypher, for Neo4j, Memgraph and other property graphs: ``cypher-shell < graph.cypher``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.analyze import to_networkx
from kg.export import Exportable
from kg.files import replacing

_ESCAPES = str.maketrans({"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def write_cypher(graph: Exportable, path: Path) -> None:
    """A statement a line. It can be run again: what is there already is found by its IRI."""
    with replacing(path) as file:
        file.writelines(f"{line};\n".encode("utf-8", "replace") for line in _statements(graph))


def _statements(graph: Exportable) -> Iterator[str]:
    network = to_networkx(graph.facts())
    yield "CREATE CONSTRAINT thing_iri IF NOT EXISTS FOR (n:Thing) REQUIRE n.iri IS UNIQUE"
    for iri, data in network.nodes(data=True):
        label = f"n:{_name(data['class'])}, " if data["class"] else ""
        yield f"MERGE (n:Thing {{iri: {_text(iri)}}}) SET {label}n.label = {_text(data['label'])}"
    for source, target, claim, data in network.edges(keys=True, data=True):
        ends = f"MATCH (a:Thing {{iri: {_text(source)}}}), (b:Thing {{iri: {_text(target)}}})"
        edge = f"(a)-[r:{_name(data['relation'])} {{claim: {_text(claim)}}}]->(b)"
        yield f"{ends} MERGE {edge} SET r += {_map(data)}"


def _map(data: Mapping[str, str | float]) -> str:
    told = {name: value for name, value in data.items() if name != "relation"}
    return f"{{{', '.join(f'{name}: {_value(value)}' for name, value in told.items())}}}"


def _value(value: str | float) -> str:
    return _text(value) if isinstance(value, str) else repr(value)


def _text(value: str) -> str:
    return f"'{value.translate(_ESCAPES)}'"


def _name(value: str) -> str:
    """A label or type; in backticks, whatever characters it has."""
    return f"`{value.replace('`', '``')}`"
