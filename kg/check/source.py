"""Where each statement of a Turtle file stands, so that a mistake can be shown at its line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, MutableSequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, cast

from rdflib import OWL, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import RDFSink, SinkParser
from rdflib.term import Node
from rdflib.util import guess_format

from kg.parse import parse
from kg.store.view import to_rdflib


class Statement(NamedTuple):
    """One triple with the file and line of its object."""

    subject: Node
    predicate: Node
    object: Node
    file: Path
    line: int


class Source:
    """The statements of an ontology file and of the sibling files that it imports.

    Raises rdflib's BadSyntax where a file is not Turtle.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.statements: list[Statement] = []
        self._read(path, set())
        self.by_subject: dict[Node, list[Statement]] = {}
        for statement in self.statements:
            self.by_subject.setdefault(statement.subject, []).append(statement)

    @cached_property
    def things(self) -> frozenset[str]:
        """The IRIs that the files say something of."""
        return frozenset(str(subject) for subject in self.by_subject if isinstance(subject, URIRef))

    def _read(self, path: Path, seen: set[Path]) -> None:
        seen.add(path)
        found = list(_parse(path))
        self.statements.extend(found)
        for imported in sorted(str(s.object) for s in found if s.predicate == OWL.imports):
            sibling = path.parent / f"{imported.rstrip('/#').rsplit('/', 1)[-1]}.ttl"
            if sibling.is_file() and sibling not in seen:
                self._read(sibling, seen)

    def find(self, iri: str, predicate: Node | None = None, text: str | None = None) -> tuple[Path, int]:
        """The file and line of what is said of a thing, or of the thing itself."""
        about = self.by_subject.get(URIRef(iri), [])
        narrow = [s for s in about if predicate is None or s.predicate == predicate]
        exact = [s for s in narrow if text is None or str(s.object) == text]
        for statements in (exact, narrow, about):
            if statements:
                first = min(statements, key=lambda s: (str(s.file), s.line))
                return first.file, first.line
        return self.path, 0

    def literals(self, namespace: str) -> Iterator[Statement]:
        """The statements with a predicate of a namespace and a text as object."""
        for statement in self.statements:
            if str(statement.predicate).startswith(namespace) and isinstance(statement.object, Literal):
                yield statement


def _parse(path: Path) -> Iterator[Statement]:
    format = guess_format(path.name) or "turtle"
    if format not in ("turtle", "n3", "nt"):
        # rdflib's own parsers would fetch what such a file names
        found = [[to_rdflib(term) for term in quad.triple] for quad in parse(path)]
        for subject, predicate, value in sorted(cast("list[list[Node]]", found)):
            yield Statement(subject, predicate, value, path, 0)
        return
    text = path.read_text(encoding="utf-8-sig")
    parser = _Parser(RDFSink(Graph()), baseURI="https://example.org/ontology", turtle=True)
    parser.breaks = [index for index, char in enumerate(text) if char == "\n"]
    parser.loadBuf(text)
    for (subject, predicate, value), line in parser.found:
        yield Statement(subject, predicate, value, path, line)


class _Parser(SinkParser):
    """rdflib's Turtle parser, which also notes where the objects end."""

    breaks: list[int]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.found: list[tuple[Any, int]] = []
        self.lines_of: dict[Any, int] = {}

    def object(self, argstr: str, i: int, res: MutableSequence[Any]) -> int:
        end = super().object(argstr, i, res)
        if end >= 0:
            self.lines_of[res[-1]] = bisect_left(self.breaks, end) + 1
        return end

    def makeStatement(self, quadruple: Any) -> None:  # noqa: N802 (rdflib's name)
        super().makeStatement(quadruple)
        formula, predicate, subject, value = quadruple
        nodes = (self._store.normalise(formula, node) for node in (subject, predicate, value))
        self.found.append((tuple(nodes), self.lines_of.get(value, 1)))
