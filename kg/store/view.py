"""rdflib's view of a store: oxrdflib, without the faults that its users meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from oxrdflib._converter import to_ox
from rdflib import XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.namespace import NamespaceManager
from rdflib.plugins.sparql.sparql import Query, Update
from rdflib.query import Result
from rdflib.term import Node

from kg.store.bindings import bound
from kg.vocab import prefixes

if TYPE_CHECKING:
    from kg.store import Engine

_BLOCK = 1_000


def to_rdflib(term: Any) -> Node | None:
    """An Oxigraph term as rdflib's; a plain string has no datatype, as rdflib writes it."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        plain = datatype == str(XSD.string)
        return Literal(term.value, datatype=None if plain else URIRef(datatype), normalize=False)
    return None


class _View(OxigraphStore):
    """oxrdflib's store without its faults.

    Plain strings stay plain, what is unbound is absent, any variable can be bound, prepared queries
    are answered by the engine too, nothing is counted by reading it, and quads are added in blocks.
    """

    def __len__(self, context: Graph | None = None) -> int:
        if context is None:
            return len(self._inner)
        graph: Any = to_ox(context)
        found: Any = self._inner.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", default_graph=graph)
        return sum(int(row[0].value) for row in found)

    def triples(
        self, triple_pattern: Any, context: Graph | None = None
    ) -> Iterator[tuple[Any, Iterator[Graph | None]]]:
        for (subject, predicate, value), graphs in super().triples(triple_pattern, context):
            yield (subject, predicate, _plain(value)), graphs

    def addN(self, quads: Iterable[Any]) -> None:  # noqa: N802
        found: Iterator[Any] = map(to_ox, quads)
        while block := list(islice(found, _BLOCK)):
            self._inner.extend(block)

    def query(
        self,
        query: Query | str,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Any],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        if isinstance(query, Query):
            query, names, _ = query._original_args
            initNs = {**initNs, **names}  # noqa: N806
        values = {str(name).lstrip("?$"): str(to_ox(term)) for name, term in initBindings.items()}
        result = super().query(bound(query, values), initNs, {}, queryGraph, **kwargs)
        if result.type == "SELECT":
            rows: list[Mapping[Any, Any]] = list(result.bindings)
            result.bindings = [
                {name: _plain(term) for name, term in row.items() if term is not None} for row in rows
            ]
        elif result.type == "CONSTRUCT":
            graph = Graph()
            for subject, predicate, value in result.graph or ():
                graph.add((subject, predicate, _plain(value)))
            result.graph = graph
        return result

    def update(
        self,
        update: Update | str,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Any],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> None:
        if isinstance(update, Update):
            update, names, _ = update._original_args
            initNs = {**initNs, **names}  # noqa: N806
        super().update(update, initNs, initBindings, queryGraph, **kwargs)


def _plain(term: Any) -> Any:
    return Literal(str(term)) if isinstance(term, Literal) and term.datatype == XSD.string else term


class StoreDataset(Dataset):
    """rdflib's Dataset over a store; asking whether it is empty does not count it."""

    def __init__(self, store: Engine, base_iri: str) -> None:
        self._engine: Engine | None = store
        engine: Any = store
        super().__init__(store=_View(store=engine))
        self.namespace_manager = NamespaceManager(self, bind_namespaces="none")
        for prefix, namespace in prefixes(base_iri).items():
            self.bind(prefix, URIRef(namespace))

    def __bool__(self) -> bool:
        return self._engine is not None and bool(self._engine.query("ASK { ?s ?p ?o }"))

    def close(self, commit_pending_transaction: bool = False) -> None:
        """Let go of the store, which closes when nobody holds it."""
        super().close(commit_pending_transaction)
        self._engine = None
