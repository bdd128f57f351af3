"""Values for the parameters of queries: from what people write to terms of SPARQL.

A value never becomes a part of a query as it was written: it is looked up, or parsed, and put in as a
serialized term.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial

import pyoxigraph as ox

from kg.errors import UsageError, did_you_mean
from kg.lookup import Lookup
from kg.model import STATUSES
from kg.queries import PARAMETER_TYPES, Parameter, ShippedQuery, read_query, shipped_queries
from kg.selection import document_iri
from kg.store import Engine
from kg.vocab import KG, XSD

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_MOST_DIGITS = 50


def named(sparql: str) -> ShippedQuery:
    """The shipped query of this name, or a query of the user's own."""
    return shipped_queries().get(sparql) or read_query("the query", sparql)


def prepare(
    query: ShippedQuery, parameters: Mapping[str, str], engine: Engine, prefixes: Mapping[str, str]
) -> str:
    """The SPARQL of a query with values for its parameters.

    A value that is empty is none. Raises UsageError for a parameter that the query does not have, or
    that it needs and does not get, and for a value that does not fit.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    unknown = next((name for name in parameters if name not in known), None)
    if unknown is not None:
        raise UsageError(f'{query.name} has no parameter "{unknown}". {did_you_mean(unknown, known)}')
    given = {name: value.strip() for name, value in parameters.items() if value.strip()}
    _check_required(query, given)
    find = _finders(engine, prefixes)
    return query.fill({name: _terms(known[name], value, find) for name, value in given.items()})


def _check_required(query: ShippedQuery, given: Mapping[str, str]) -> None:
    missing = [
        parameter for parameter in query.parameters if parameter.required and parameter.name not in given
    ]
    if missing:
        wanted = ", ".join(f"{parameter.name} ({parameter.description})" for parameter in missing)
        example = " ".join(f"--set {parameter.name}=..." for parameter in missing)
        raise UsageError(f"{query.name} needs {wanted}; as in: kg query {query.name} {example}")


#: From a value to the IRIs that it means in a graph, or to terms of SPARQL.
_Finder = Callable[[str], Sequence[str]]


def _finders(engine: Engine, prefixes: Mapping[str, str]) -> Mapping[str, _Finder]:
    lookup = Lookup(engine, prefixes)
    return {
        "entity": lookup.iris,
        "relation": lambda name: [lookup.used_relation(name)],
        "class": lambda name: [lookup.used_class(name)],
        "document": lambda name: [document_iri(engine, name)],
    }


def _terms(parameter: Parameter, value: str, find: Mapping[str, _Finder]) -> Sequence[str]:
    """The value of a parameter, each of its terms written as SPARQL."""
    if parameter.type in find:
        return [str(ox.NamedNode(iri)) for iri in find[parameter.type](value)]
    try:
        return _READERS[parameter.type](value)
    except (ValueError, InvalidOperation):
        wanted = PARAMETER_TYPES[parameter.type]
        raise UsageError(f'{parameter.name} is "{value}", which is not {wanted}') from None


def _status(value: str) -> Sequence[str]:
    found = re.split(r"[\s,]+", value)
    unknown = next((status for status in found if status not in STATUSES), None)
    if unknown is not None:
        raise UsageError(f'no status is called "{unknown}". {did_you_mean(unknown, STATUSES)}')
    return [str(ox.NamedNode(KG[status])) for status in found]


def _day(value: str, *, last: bool) -> Sequence[str]:
    match = _DATE.fullmatch(value)
    if match is None:
        raise ValueError
    year, month = int(match[1]), int(match[2] or (12 if last else 1))
    day = int(match[3] or (monthrange(year, month)[1] if last else 1))
    return [str(ox.Literal(date(year, month, day).isoformat(), datatype=ox.NamedNode(XSD.date)))]


def _number(value: str) -> Sequence[str]:
    number = Decimal(value.replace(",", ""))
    if not number.is_finite() or len(text := format(number, "f")) > _MOST_DIGITS:
        raise ValueError
    return [str(ox.Literal(text, datatype=ox.NamedNode(XSD.decimal)))]


def _limit(value: str) -> Sequence[str]:
    if not re.fullmatch(r"[0-9]{1,9}", value):
        raise ValueError
    return [str(int(value))]


def _text(value: str) -> Sequence[str]:
    return [str(ox.Literal(value))]  # a lone surrogate is no text: the engine raises a ValueError


_READERS: Mapping[str, _Finder] = {
    "status": _status,
    "first day": partial(_day, last=False),
    "last day": partial(_day, last=True),
    "number": _number,
    "limit": _limit,
    "text": _text,
}
