"""SPARQL on a store, natively: errors that point at their place, and answers in plain Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import QueryError, RefusedError, did_you_mean
from kg.store import Engine
from kg.vocab import KG, RDF, XSD

if TYPE_CHECKING:  # rdflib takes longer to import than a query to answer
    from rdflib import Graph
    from rdflib.query import ResultRow

_PLACE = re.compile(r"error at (\d+):(\d+):")
_COMMENT_OR_STRING = re.compile(r"""<[^<>\s]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*""")
_PREFIX = re.compile(r"(?<![\w?$:.-])([A-Za-z_][\w.-]*):")
_UPDATE = re.compile(r"\s*(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)
#: The formats of answers: of rows (SELECT, ASK), and of triples (CONSTRUCT, DESCRIBE).
RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TRIPLES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
_PYTHON: dict[str, Callable[[str], Any]] = {
    XSD.integer: int,
    XSD.decimal: Decimal,
    XSD.double: float,
    XSD.float: float,
    XSD.boolean: lambda text: text in ("true", "1"),
    XSD.date: date.fromisoformat,
    XSD.dateTime: datetime.fromisoformat,
}


#: The graphs of a query: those that make its default graph, and those that it can name.
Graphs = tuple[Sequence[str], Sequence[str]]


def run(
    store: Engine,
    sparql: str,
    prefixes: Mapping[str, str],
    *,
    inferred: bool = True,
    graphs: Graphs | None = None,
) -> Answer:
    """Evaluate a query on the default graph and, unless told not to, what is inferred from it.

    ``graphs`` go before those that the query names itself (FROM), and these before the default.
    """
    places: Any = _places(sparql, prefixes, inferred, graphs)

    def execute() -> Any:
        try:
            return store.query(sparql, prefixes=dict(prefixes), **places)
        except SyntaxError as error:
            raise _malformed(sparql, str(error), prefixes) from None
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from None

    return Answer(execute, prefixes)


def _places(
    sparql: str, prefixes: Mapping[str, str], inferred: bool, graphs: Graphs | None
) -> dict[str, list[Any]]:
    if graphs is not None:
        try:
            default, named = ([ox.NamedNode(iri) for iri in iris] for iris in graphs)
        except ValueError as error:
            raise QueryError(f"the IRI of a graph is malformed: {error}") from None
        return {"default_graph": default, "named_graphs": named}
    if uses(sparql, "FROM", prefixes):
        return {}
    both = [ox.DefaultGraph(), ox.NamedNode(KG.inferred)]
    return {"default_graph": both if inferred else both[:1]}


def uses(sparql: str, keyword: str, prefixes: Mapping[str, str]) -> bool:
    """Whether a query has a keyword as such, and not only in a name, a string or a comment.

    The engine's own parser decides: with other letters in its place the query is malformed. A query
    that is malformed anyway is said to use it.

    >>> uses("SELECT * { ?s ?p 'from' }", "FROM", {}), uses("SELECT * FROM<a:b>{ ?s ?p ?o }", "FROM", {})
    (False, True)
    """
    return _without(sparql, keyword, prefixes) is not None


def refuse_service(sparql: str, prefixes: Mapping[str, str]) -> None:
    """Raise a RefusedError for a query that asks another endpoint, or a QueryError if it is malformed."""
    reason = _without(sparql, "SERVICE", prefixes)
    if reason is None:
        return
    at = _offset(sparql, reason)
    words = re.finditer("SERVICE", sparql, re.IGNORECASE)
    if at is not None and any(word.start() <= at <= word.end() + 1 for word in words):
        raise RefusedError("SERVICE is refused: queries are answered from this graph alone")
    raise _malformed(sparql, reason, prefixes)


def _without(sparql: str, keyword: str, prefixes: Mapping[str, str]) -> str | None:
    """How the engine's parser complains of a query when a keyword has other letters; None if it does not."""
    word = re.compile(keyword, re.IGNORECASE)
    if not word.search(sparql):
        return None
    try:
        ox.Store().query(word.sub(keyword[::-1], sparql), prefixes=dict(prefixes))
    except (SyntaxError, ValueError, RuntimeError) as error:
        return str(error)
    return None


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
        from rdflib import Variable
        from rdflib.query import ResultRow

        labels = [Variable(name) for name in self.variables]
        found = [[self._truth]] if self.kind == "ASK" else self._solutions()
        values = ([to_python(term) for term in solution] for solution in found)
        return [ResultRow(dict(zip(labels, row, strict=True)), labels) for row in values]

    @property
    def texts(self) -> list[list[str]]:
        """All rows to be read: IRIs with their prefixes, values as they are written, "" for the unbound."""
        if self.kind == "ASK":
            return [["true" if self._truth else "false"]]
        return [[short(term, self._prefixes) for term in row] for row in self._solutions()]

    @property
    def graph(self) -> Graph:
        """The triples of CONSTRUCT and DESCRIBE as an rdflib Graph."""
        from rdflib import Graph

        from kg.store.view import to_rdflib

        graph = Graph()
        for triple in self._solutions():
            graph.add(tuple(to_rdflib(term) for term in triple))  # type: ignore[arg-type]
        return graph

    def serialize(self, format: str) -> bytes:
        """The answer in one of RESULTS, triples in one of TRIPLES."""
        known: Mapping[str, Any] = TRIPLES if self.kind == "CONSTRUCT" else RESULTS
        if format not in known:
            raise QueryError(
                f'an answer of {self.kind} has no format "{format}". {did_you_mean(format, known)}'
            )
        if self.kind != "CONSTRUCT":
            return bytes(self._fresh().serialize(format=known[format]))
        triples = sorted(set(self._solutions()), key=_class_first)
        text = " ".join(map(str, triples))
        used = {name: iri for name, iri in self._prefixes.items() if f"<{iri}" in text}
        return ox.serialize(triples, format=known[format], prefixes=used) or b""

    def write(self, file: Any, format: str) -> None:
        """The same to a file as it is found, triples in no order: nothing is held in memory."""
        if self.kind == "CONSTRUCT":
            ox.serialize(self._fresh(), file, format=TRIPLES[format], prefixes=self._prefixes)
        else:
            self._fresh().serialize(file, format=RESULTS[format])

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
    from rdflib import BNode, URIRef

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


def short(term: Any, prefixes: Mapping[str, str]) -> str:
    """A term to be read: ``e:OpenAI`` for an IRI, its text for a literal, nothing for what is unbound.

    >>> short(ox.NamedNode("https://example.org/kg/entity/OpenAI"), {"e": "https://example.org/kg/entity/"})
    'e:OpenAI'
    """
    if not isinstance(term, ox.NamedNode | ox.Literal):
        return "" if term is None else str(term)
    if isinstance(term, ox.NamedNode):
        for prefix, namespace in prefixes.items():
            local = term.value.removeprefix(namespace)
            if local != term.value and re.fullmatch(r"[\w-]+", local):
                return f"{prefix}:{local}"
    return term.value


def _class_first(triple: Any) -> tuple[str, bool, str]:
    return str(triple.subject), triple.predicate.value != RDF.type, str(triple)


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


def _offset(sparql: str, reason: str) -> int | None:
    """Where in a query a complaint of the engine's parser points to."""
    place = _PLACE.match(reason)
    if place is None:
        return None
    lines = sparql.split("\n")[: int(place[1]) - 1]
    return sum(len(line) + 1 for line in lines) + int(place[2]) - 1


def _shown(sparql: str, line: int, column: int) -> str:
    lines = sparql.split("\n")
    text = lines[min(line, len(lines)) - 1]
    return f"line {line}, column {column}:\n  {text}\n  {' ' * (column - 1)}^"


def _unbound_prefix(sparql: str, prefixes: Mapping[str, str]) -> re.Match[str] | None:
    bare = _COMMENT_OR_STRING.sub(lambda found: " " * len(found[0]), sparql)
    known = {"_", *prefixes, *re.findall(r"PREFIX\s+([\w.-]*):", bare, re.IGNORECASE)}
    return next((found for found in _PREFIX.finditer(bare) if found[1] not in known), None)
