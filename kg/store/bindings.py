"""Values for the variables of a query, put in as terms, so that no value can change what it asks."""

from __future__ import annotations

import re
from collections.abc import Mapping

# What holds braces or words that are none of the query's own: strings, IRIs, comments.
_QUOTED = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'(?:[^'\\\n]|\\.)*'"
    r"|<[^<>\s]*>|\#[^\n]*"
)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_SUBSELECT = re.compile(r"\s*SELECT\b", re.IGNORECASE)


def bound(sparql: str, values: Mapping[str, str]) -> str:
    """A query in which variables have values: serialized terms, by the names of the variables.

    They hold in the outermost group of the query and in what is joined with it.

    >>> bound("SELECT ?o { ?s ?p ?o }", {"s": "<x:y>"})
    'SELECT ?o { VALUES (?s) {(<x:y>)} ?s ?p ?o }'
    """
    bare = _QUOTED.sub(lambda found: " " * len(found[0]), sparql)
    begin = _group(bare)
    if not values or begin is None:
        return sparql
    names = " ".join(f"?{name}" for name in values)
    given = f" VALUES ({names}) {{({' '.join(values.values())})}}"
    if _SUBSELECT.match(bare, begin):  # a group that is a query takes no VALUES before it
        end = _closing(bare, begin)
        return f"{sparql[:begin]}{given} {{{sparql[begin:end]}}}{sparql[end:]}"
    return sparql[:begin] + given + sparql[begin:]


def _group(bare: str) -> int | None:
    """Where the inside of the outermost group begins; a query of DESCRIBE may have none."""
    form = _FORM.search(bare)
    begin = bare.find("{", form.end()) + 1 if form else 0
    if form and form[1].upper() == "CONSTRUCT" and not bare[form.end() : begin - 1].strip():
        begin = bare.find("{", _closing(bare, begin)) + 1  # what came first is the template
    return begin or None


def _closing(bare: str, begin: int) -> int:
    """The place of the brace that closes the group whose inside begins here."""
    depth = 1
    for found in re.finditer(r"[{}]", bare[begin:]):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return begin + found.start()
    return len(bare)
