"""The query operation of the SPARQL 1.1 Protocol: from an HTTP request to a question, or a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

_MOST_PARAMETERS = 1_000
_READ_ONLY = "this endpoint is read-only: updates are refused"


class RequestError(Exception):
    """A request that is not answered, with the status code of HTTP that says so."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


@dataclass(frozen=True)
class Question:
    """A query, and the graphs that a request names for it."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """An answer: its bytes, or the file that has them; an error is a text with its status."""

    status: int
    media_type: str = "text/plain"
    body: bytes = b""
    file: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def read_question(method: str, parameters: str, content_type: str, body: bytes) -> Question | None:
    """What a request asks; None for a GET without a query, which is answered with a description.

    ``parameters`` are those of the URL. Raises RequestError: 400 for what is malformed, 403 for an update,
    405 for another method, 415 for another content type.
    """
    if method in ("GET", "HEAD"):
        found = _pairs(parameters.encode("ascii", "replace"))
        return _from_parameters(found) if found else None
    if method != "POST":
        raise RequestError(405, f"{method} is not a method of this endpoint: use GET or POST")
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        return _from_parameters(_pairs(body))
    if kind == "application/sparql-query":
        found = _pairs(parameters.encode("ascii", "replace"))
        if any(name in ("query", "update") for name, _ in found):
            raise RequestError(400, "the query is the body of the request, and the URL has another one")
        return _from_parameters([("query", _text(body)), *found])
    if kind == "application/sparql-update":
        raise RequestError(403, _READ_ONLY)
    given = f'"{kind}"' if kind else "none"
    raise RequestError(
        415,
        f"the content type is {given}: send application/sparql-query, or application/x-www-form-urlencoded",
    )


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise RequestError(400, "the parameters are not UTF-8, percent-encoded") from None
    except ValueError:
        raise RequestError(400, f"there are more than {_MOST_PARAMETERS} parameters") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise RequestError(400, "the query is not UTF-8") from None


def _from_parameters(found: list[tuple[str, str]]) -> Question:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in found if key == name)

    if any(key.startswith("using-") or key == "update" for key, _ in found):
        raise RequestError(403, _READ_ONLY)
    queries = values("query")
    if not queries:
        raise RequestError(400, "there is no query in the request")
    if len(queries) > 1:
        raise RequestError(400, f"there are {len(queries)} queries in the request, and not one")
    return Question(queries[0], values("default-graph-uri"), values("named-graph-uri"))
