"""SPARQL on a store, natively: errors that point at their place, and answers in plain Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

import pyoxigraph as ox
from rdflib import XSD, BNode, Graph, URIRef, Variable
from rdflib.query import ResultRow

from kg.errors import QueryError, did_you_mean
from kg.store import Engine
from kg.store.view import to_rdflib
from kg.vocab import KG

_PLACE = re.compile(r"error at (\d+):(\d+):")
_COMMENT_OR_STRING = re.compile(r"""<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*""")
_PREFIX = re.compile(r"(?<![\w?$:.-])([A-Za-z_][\w.-]*):")
_UPDATE = re.compile(r"\s*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)
_RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_TRIPLES = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}
_PYTHON: dict[str, Callable[[str], Any]] = {
    str(XSD.integer): int,
    str(XSD.decimal): Decimal,
    str(XSD.double): float,
    str(XSD.float): float,
    str(XSD.boolean): lambda text: text in ("true", "1"),
    str(XSD.date): date.fromisoformat,
    str(XSD.dateTime): datetime.fromisoformat,
}


def run(store: Engine, sparql: str, prefixes: Mapping[str, str], *, inferred: bool = True) -> Answer:
    """Evaluate a query on the default graph and, unless told not to, what is inferred from it."""
    graphs: list[Any] = [ox.DefaultGraph()]
    if inferred:
        graphs.append(ox.NamedNode(KG.inferred))

    def execute() -> Any:
        try:
            return store.query(sparql, prefixes=dict(prefixes), default_graph=graphs)
        except SyntaxError as error:
            raise _malformed(sparql, str(error), prefixes) from None
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from None

    return Answer(execute, prefixes)


class Answer:
    """What a query gives: rows of plain Python values under ``variables``.

    IRIs are rdflib URIRefs, strings and what has no Python type are str, numbers and dates are
    Python's, what is unbound is None. A row gives its values by place, name or attribute. ASK gives
    one row (and a truth value), CONSTRUCT and DESCRIBE give triples (and a ``graph``).
    """

    def __init__(self, execute: Callable[[], Any], prefixes: Mapping[str, str]) -> None:
        self._execute = execute
        self._prefixes = dict(prefixes)
        self._first: Any = execute()  # a malformed query fails here, not at the first row
        self.kind = _kind(self._first)
        self._truth = self.kind == "ASK" and bool(self._first)
        self.variables = self._names()

    @cached_property
    def rows(self) -> list[ResultRow]:
        """All rows."""
        labels = [Variable(name) for name in self.variables]
        found = [[self._truth]] if self.kind == "ASK" else self._solutions()
        values = ([to_python(term) for term in solution] for solution in found)
        return [ResultRow(dict(zip(labels, row, strict=True)), labels) for row in values]

    @property
    def graph(self) -> Graph:
        """The triples of CONSTRUCT and DESCRIBE as an rdflib Graph."""
        graph = Graph()
        for triple in self._solutions():
            graph.add(tuple(to_rdflib(term) for term in triple))  # type: ignore[arg-type]
        return graph

    def serialize(self, format: str) -> bytes:
        """The answer as ``json``, ``csv``, ``tsv`` or ``xml``; that of CONSTRUCT as ``ttl`` or ``nt``."""
        known: Mapping[str, Any] = _TRIPLES if self.kind == "CONSTRUCT" else _RESULTS
        if format not in known:
            raise QueryError(
                f'an answer of {self.kind} has no format "{format}". {did_you_mean(format, known)}'
            )
        if self.kind != "CONSTRUCT":
            return bytes(self._fresh().serialize(format=known[format]))
        triples = sorted(self._solutions(), key=str)
        return ox.serialize(triples, format=known[format], prefixes=self._prefixes) or b""

    def __iter__(self) -> Iterator[ResultRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return self._truth if self.kind == "ASK" else bool(self.rows)

    def _names(self) -> tuple[str, ...]:
        if self.kind == "SELECT":
            return tuple(variable.value for variable in self._first.variables)
        return ("answer",) if self.kind == "ASK" else ("subject", "predicate", "object")

    def _fresh(self) -> Any:
        """An answer nobody has read from: the engine's can be read once."""
        first, self._first = self._first, None
        return self._execute() if first is None else first

    def _solutions(self) -> list[Any]:
        try:
            return list(self._fresh())
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from None


def to_python(term: Any) -> Any:
    """A term as a Python value; a literal that does not fit its datatype stays as written."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if not isinstance(term, ox.Literal):
        return term
    try:
        return _PYTHON.get(term.datatype.value, str)(term.value)
    except (ValueError, ArithmeticError):
        return term.value


def _kind(result: Any) -> str:
    if isinstance(result, ox.QueryBoolean):
        return "ASK"
    return "SELECT" if isinstance(result, ox.QuerySolutions) else "CONSTRUCT"


def _malformed(sparql: str, reason: str, prefixes: Mapping[str, str]) -> QueryError:
    """What is wrong with a query, where, and what may have been meant.

    The engine's own list of what it expected is left out: it names rare keywords, not the cause.
    """
    if _UPDATE.match(sparql):
        return QueryError(
            "the graph is only read by queries: updates are refused; use SELECT, ASK or CONSTRUCT"
        )
    unbound = _unbound_prefix(sparql, prefixes)
    if unbound is not None:
        before = sparql[: unbound.start()]
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        hint = did_you_mean(unbound[1], prefixes)
        return QueryError(f'the prefix "{unbound[1]}:" is not bound, {_shown(sparql, line, column)}\n{hint}')
    place = _PLACE.match(reason)
    if place is None:
        return QueryError(f"the query is malformed: {reason}")
    return QueryError(f"the query is malformed at {_shown(sparql, int(place[1]), int(place[2]))}")


def _shown(sparql: str, line: int, column: int) -> str:
    lines = sparql.split("\n")
    text = lines[min(line, len(lines)) - 1]
    return f"line {line}, column {column}:\n  {text}\n  {' ' * (column - 1)}^"


def _unbound_prefix(sparql: str, prefixes: Mapping[str, str]) -> re.Match[str] | None:
    bare = _COMMENT_OR_STRING.sub(lambda found: " " * len(found[0]), sparql)
    known = {"_", *prefixes, *re.findall(r"PREFIX\s+([\w.-]*):", bare, re.IGNORECASE)}
    return next((found for found in _PREFIX.finditer(bare) if found[1] not in known), None)
