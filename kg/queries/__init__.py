"""Queries that ship with the program: one ``.rq`` file each, described by its first comment lines.

The first line says what the query answers. A parameter is a line ``# name (type): what it is``, with
``required`` or ``= default`` after the type. In the query a parameter has its own lines, which end in
``#? name``: a VALUES block, commented out until there is a value, or a LIMIT; other lines only lose
their comment sign. So the file is plain SPARQL as it stands, for any tool.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: The types of parameters, and what may be given.
PARAMETER_TYPES = {
    "entity": "a name in the graph, or an IRI",
    "relation": "a relation of the graph by name, or an IRI",
    "class": "a class of the graph by name, or an IRI",
    "document": "a document by id, or an IRI",
    "status": "asserted, planned, possible, denied or ended",
    "first day": "a date, or a year or month that begins with it",
    "last day": "a date, or a year or month that ends with it",
    "number": "a decimal number",
    "limit": "a number of rows",
    "text": "any text",
}
_PARAMETER = re.compile(
    r"# (?P<name>\w+) \((?P<type>[a-z ]+?)(?P<required>, required)?(?: = (?P<default>[^)]+))?\): (?P<text>.+)"
)
_NAMES = re.compile(r"# Names: (.+)")
_STATED = "# Asks only what is stated."
_PLACE = re.compile(r"^( *)(?:# )?(.*?) *#\? (\w+)$", re.MULTILINE)
_VALUE = re.compile(r"(?<=\{) *[^{}]*(?=\})|(?<=LIMIT )\d+")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query may be given; ``type`` is one of PARAMETER_TYPES."""

    name: str
    type: str
    description: str
    required: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class ShippedQuery:
    """A query with its name, what it answers and its parameters.

    ``names`` are its columns of entity names; ``stated`` means that nothing inferred can change its
    answer, so that it need not be looked through.
    """

    name: str
    description: str
    text: str
    parameters: tuple[Parameter, ...] = ()
    names: tuple[str, ...] = ()
    stated: bool = False

    def fill(self, terms: Mapping[str, Sequence[str]]) -> str:
        """The query with terms, each already written as SPARQL, in the places of its parameters.

        >>> read_query("q", "SELECT * {\\n  # VALUES ?s { }  #? who\\n ?s ?p ?o }").fill({"who": ["<a:b>"]})
        'SELECT * {\\n  VALUES ?s { <a:b> }\\n ?s ?p ?o }'
        """

        def put(place: re.Match[str]) -> str:
            indent, line, name = place.groups()
            if name not in terms:
                return place[0]
            value = " ".join(terms[name])
            return indent + _VALUE.sub(lambda old: value if old[0].isdigit() else f" {value} ", line, count=1)

        return _PLACE.sub(put, self.text)


def read_query(name: str, text: str) -> ShippedQuery:
    """A query from its text; one without a header has no description and no parameters."""
    header = _header(text)
    found = (_PARAMETER.fullmatch(line) for line in header)
    parameters = tuple(_parameter(match) for match in found if match and match["type"] in PARAMETER_TYPES)
    names = next((match[1] for line in header if (match := _NAMES.fullmatch(line))), "")
    description = header[0].removeprefix("#").strip() if header else ""
    columns = tuple(re.findall(r"\w+", names))
    return ShippedQuery(name, description, text, parameters, columns, _STATED in header)


@cache
def _read_all() -> tuple[ShippedQuery, ...]:
    files = sorted(Path(__file__).parent.glob("*.rq"))
    return tuple(read_query(file.stem, file.read_text(encoding="utf-8")) for file in files)


def shipped_queries() -> dict[str, ShippedQuery]:
    """Every shipped query by name, in order.

    >>> "evidence" in shipped_queries()
    True
    """
    return {query.name: query for query in _read_all()}


def _header(text: str) -> list[str]:
    lines = text.splitlines()
    end = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return lines[:end]


def _parameter(match: re.Match[str]) -> Parameter:
    required = match["required"] is not None
    return Parameter(match["name"], match["type"], match["text"], required, match["default"])
