"""A SPARQL 1.1 endpoint as a store: the methods of pyoxigraph's Store that a graph uses, over HTTP.

Triples are written in INSERT DATA and DELETE DATA blocks: a request for each triple takes hours, and
some servers never answer one for all. Of named graphs, only
the backbone and what is inferred are written.

A server that goes away after it has answered once is waited for. To ask, insert or delete a second time
changes nothing, so that an answer that was lost does no harm.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, groupby
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import pyoxigraph as ox

from kg.errors import StoreError
from kg.vocab import KG

if TYPE_CHECKING:
    import requests

#: A block of an update ends when it has this many triples, or bytes.
BLOCK_TRIPLES, BLOCK_BYTES = 1_000, 1_000_000
#: Seconds to wait for a connection, and for an answer.
TIMEOUTS = (10, 600)
#: Seconds that a server which has gone away may take to come back, and the pauses between two attempts:
#: the first, and the longest.
PATIENCE, FIRST_PAUSE, LONGEST_PAUSE = 60, 0.25, 5
#: What is answered for a server that is just starting, or has too much to do; that comes within this many
#: seconds, and later it means that the query took too long.
_LATER, _QUICK = frozenset({429, 502, 503, 504}), 0.9

# The answers asked for, the best first.
_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
_TRIPLES = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
_ACCEPTED = ", ".join(f"{kind};q=0.{9 - i}" for i, kind in enumerate((*_RESULTS, *_TRIPLES)))
# What the servers in use call the two endpoints below the address of a data set.
_QUERY, _UPDATE = ("query", "sparql"), ("update", "statements")
_MOST = 300


class Remote:
    """A SPARQL 1.1 endpoint, by its address or the address of its data set."""

    def __init__(self, address: str) -> None:
        self._address = address
        parts = urlsplit(address)
        host = parts.netloc.rpartition("@")[2]  # a password is not for messages
        self.address = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
        self._patience = 0.0  # who has never answered is not waited for
        self._query_address = self._find(_QUERY, "query", "ASK {}")
        self._patience = PATIENCE

    def __repr__(self) -> str:
        return f"<Remote {self.address}>"

    def query(
        self, query: str, *, prefixes: Mapping[str, str] | None = None, default_graph: Any = None, **_: Any
    ) -> Any:
        """The answer of the endpoint, which decides itself what its default graph is if none is named.

        Raises SyntaxError as pyoxigraph does where the query is malformed, and StoreError.
        """
        sparql = _with_prefixes(query, prefixes or {})
        try:
            answer = self._answered(self._query_address, "query", sparql, default_graph)
        except StoreError:
            ox.Store().query(query, prefixes=dict(prefixes or {}))  # if it is malformed, this says where
            raise
        kind = _media_type(answer)
        if kind in _RESULTS:
            return ox.parse_query_results(answer.content, format=_RESULTS[kind])
        if kind in _TRIPLES:
            return (quad.triple for quad in ox.parse(answer.content, format=_TRIPLES[kind]))
        raise StoreError(f"{self.address}: the query was answered in a format that is not known: {kind}")

    def update(self, update: str, *, prefixes: Mapping[str, str] | None = None, **_: Any) -> None:
        """Execute a SPARQL update, at most once: nobody knows what it would do a second time."""
        text = _with_prefixes(update, prefixes or {})
        self._checked("update", self._post(self._update_address, "update", text))

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object: Any, graph_name: Any = None
    ) -> Iterator[ox.Quad]:
        """The quads that match; without a graph, or in the default graph, those of the default graph."""
        given = zip((subject, predicate, object), "spo", strict=True)
        pattern = " ".join(f"?{name}" if term is None else str(term) for term, name in given)
        graph = graph_name or ox.DefaultGraph()
        found = self.query(f"CONSTRUCT {{ {pattern} }} WHERE {{ {pattern} }}", default_graph=graph)
        for triple in found:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)

    def __contains__(self, quad: ox.Quad) -> bool:
        return next(self.quads_for_pattern(*quad), None) is not None

    def __len__(self) -> int:
        return sum(int(row[0].value) for row in self.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))

    def insert(self, chunks: Iterable[bytes], graph: str | None = None) -> None:
        """Add triples, given as chunks of whole lines of N-Triples."""
        self._send("INSERT", chunks, graph)

    def delete(self, chunks: Iterable[bytes], graph: str | None = None) -> None:
        """Take out triples, given as chunks of whole lines of N-Triples."""
        self._send("DELETE", chunks, graph)

    def extend(self, quads: Iterable[ox.Quad]) -> None:
        """Add the triples of quads."""
        for graph, group in groupby(quads, key=lambda quad: quad.graph_name):
            self.insert((f"{quad.triple} .\n".encode() for quad in group), _name(graph))

    bulk_extend = extend

    def flush(self) -> None:
        """Nothing: what an endpoint has answered is written."""

    def add(self, quad: ox.Quad) -> None:
        """Add one triple."""
        self.extend([quad])

    def remove(self, quad: ox.Quad) -> None:
        """Take out one triple."""
        self.delete([f"{quad.triple} .\n".encode()], _name(quad.graph_name))

    def named_graphs(self) -> Iterator[ox.NamedNode]:
        """The graphs that have a name."""
        yield from (row[0] for row in self.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))

    def add_graph(self, graph_name: Any) -> None:
        """Nothing: a graph is there when it has a triple."""

    def remove_graph(self, graph_name: Any) -> None:
        """Take out a graph with all its triples."""
        named = isinstance(graph_name, ox.NamedNode)
        what = f"GRAPH {graph_name}" if named else "DEFAULT"
        self._answered(self._update_address, "update", f"DROP SILENT {what}")

    def dump(self, output: IO[bytes] | None = None, *, format: ox.RdfFormat, from_graph: Any) -> bytes | None:
        """All triples of a graph, to a file or as bytes."""
        with TemporaryFile() as file:
            self.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", file, from_graph)
            file.seek(0)
            triples = (quad.triple for quad in ox.parse(file, format=ox.RdfFormat.N_TRIPLES))
            return ox.serialize(triples, output, format=format)

    def construct(self, query: str, output: IO[bytes], graph: Any = None) -> None:
        """Write the answer to a CONSTRUCT query as N-Triples, however long it is."""
        with TemporaryFile() as file:
            answer = self._answered(self._query_address, "query", query, graph, into=file)
            file.seek(0)
            kind = _TRIPLES.get(_media_type(answer), ox.RdfFormat.N_TRIPLES)
            # Every server writes its own way, and only equal lines can be compared.
            triples = (quad.triple for quad in ox.parse(file, format=kind))
            ox.serialize(triples, output, format=ox.RdfFormat.N_TRIPLES)

    def require_updates(self) -> None:
        """Raise a StoreError if it takes no updates."""
        _ = self._update_address

    def base_iri(self) -> str | None:
        """The base IRI of its data, which the IRI of any document tells; None where it has none."""
        query = f"SELECT ?document {{ ?document <{KG.sha256}> ?hash }} LIMIT 1"
        for row in self.query(query):
            return str(row[0].value).rpartition("document/")[0] or None
        return None

    @cached_property
    def _session(self) -> requests.Session:
        import requests

        return requests.Session()

    @cached_property
    def _update_address(self) -> str:
        return self._find(_UPDATE, "update", "INSERT DATA {}")

    def _find(self, names: Sequence[str], kind: str, probe: str) -> str:
        """The address that answers a query, or an update, that says nothing."""
        said = []
        for place in _candidates(self._address, names):
            answer = self._patient(place, kind, probe)
            if answer.ok and (kind == "update" or b"true" in answer.content):
                return place
            said.append(f"{self._shown(place)}: {_said(answer)}")
        what = "no SPARQL endpoint" if kind == "query" else "a SPARQL endpoint that takes no updates"
        raise StoreError(f"{self.address}: this is {what}\n  " + "\n  ".join(said))

    def _post(
        self, place: str, kind: str, text: str, graph: Any = None, into: IO[bytes] | None = None
    ) -> requests.Response:
        """The answer to a request; its body goes into a file where one is given."""
        from requests import RequestException

        headers = {"Content-Type": f"application/sparql-{kind}; charset=utf-8", "Accept": _ACCEPTED}
        try:
            answer = self._session.post(
                place,
                text.encode("utf-8", "replace"),
                params={"default-graph-uri": graph.value} if isinstance(graph, ox.NamedNode) else {},
                headers=headers,
                timeout=TIMEOUTS,
                stream=into is not None,
                allow_redirects=False,  # a redirected POST becomes a GET
            )
            if into is not None and answer.ok:
                into.truncate(into.seek(0))
                for piece in answer.iter_content(1 << 20):
                    into.write(piece)
        except RequestException as error:
            raise self._lost(error) from None
        return answer

    def _patient(self, *request: Any) -> requests.Response:
        """The answer to a request of ``_post`` that may be sent again, as soon as the server is there."""
        pause, end = FIRST_PAUSE, time.monotonic() + self._patience
        while True:
            begun = time.monotonic()
            is_last = begun + pause > end
            try:
                answer = self._post(*request)
                is_late = time.monotonic() - begun > _QUICK
                if is_last or is_late or answer.status_code not in _LATER:
                    return answer
            except StoreError:
                if is_last:
                    raise
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _answered(
        self, place: str, kind: str, text: str, graph: Any = None, into: IO[bytes] | None = None
    ) -> requests.Response:
        return self._checked(kind, self._patient(place, kind, text, graph, into))

    def _checked(self, kind: str, answer: requests.Response) -> requests.Response:
        if not 200 <= answer.status_code < 300:
            raise StoreError(f"{self.address}: the {kind} was answered with {_said(answer)}")
        return answer

    def _send(self, verb: str, chunks: Iterable[bytes], graph: str | None) -> None:
        for block in _blocks(chunks):
            triples = block.decode("utf-8")
            inside = f"GRAPH <{graph}> {{\n{triples}}}\n" if graph else triples
            self._answered(self._update_address, "update", f"{verb} DATA {{\n{inside}}}")

    def _lost(self, error: OSError) -> StoreError:
        reason: Any = error
        while reason.__context__ is not None:  # the first cause is the one that says something
            reason = reason.__context__
        why = getattr(reason, "strerror", None) or getattr(reason, "args", (reason,))[-1]
        return StoreError(f"{self.address}: the store does not answer ({why})")

    def _shown(self, place: str) -> str:
        return place.replace(urlsplit(place).netloc, urlsplit(self.address).netloc, 1)


def _candidates(address: str, names: Sequence[str]) -> Iterator[str]:
    """Where an endpoint may be: at the address, below it, or beside it."""
    yield address
    parts = urlsplit(address)
    above, _, last = parts.path.rstrip("/").rpartition("/")
    known = last in (*_QUERY, *_UPDATE)
    for name in names:
        path = f"{above if known else parts.path.rstrip('/')}/{name}"
        if path != parts.path:
            yield urlunsplit(parts._replace(path=path))


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same lines in blocks that a server takes; no block is empty."""
    block, size = [], 0
    for line in chain.from_iterable(chunk.splitlines(keepends=True) for chunk in chunks):
        block.append(line)
        size += len(line)
        if len(block) == BLOCK_TRIPLES or size >= BLOCK_BYTES:
            yield b"".join(block)
            block, size = [], 0
    if block:
        yield b"".join(block)


def _name(graph: Any) -> str | None:
    return graph.value if isinstance(graph, ox.NamedNode) else None


def _with_prefixes(sparql: str, prefixes: Mapping[str, str]) -> str:
    # On the first line, so that the lines of an error that the endpoint finds are the user's own.
    used = (name for name in prefixes if f"{name}:" in sparql)
    return "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in used) + sparql


def _media_type(answer: requests.Response) -> str:
    return answer.headers.get("content-type", "").partition(";")[0].strip()


def _said(answer: requests.Response) -> str:
    text = " ".join(answer.content[:_MOST].decode("utf-8", "replace").split())
    if _media_type(answer) == "text/html":
        text = ""
    moved = answer.headers.get("location", "")
    words = (str(answer.status_code), answer.reason, moved and f"to {moved}", text and f"({text})")
    return " ".join(word for word in words if word)
