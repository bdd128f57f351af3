"""Rows as a table, which takes half the room: each name is there once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

Row = dict[str, Any]


def packed(rows: Sequence[Row]) -> Row:
    """Rows as a table, with what is seldom filled last, so that empty ends are left out.

    What all IRIs begin with is the ``base`` of the table.

    >>> packed([{"a": 1}, {"a": 2, "b": 3}])
    {'columns': ['a', 'b'], 'rows': [[1], [2, 3]]}
    >>> packed([{"iri": "x:one"}, {"iri": "x:two"}])
    {'columns': ['iri'], 'rows': [['one'], ['two']], 'base': 'x:'}
    """
    filled = Counter(name for row in rows for name in row)
    columns = sorted(filled, key=lambda name: (-filled[name], name))
    base = _beginning([row["iri"] for row in rows if "iri" in row])
    table = {"columns": columns, "rows": [_cells(row, columns, len(base)) for row in rows]}
    return table | ({"base": base} if base else {})


def unpacked(table: Mapping[str, Any]) -> list[Row]:
    """The rows of a table.

    >>> unpacked(packed([{"iri": "x:one"}, {"iri": "x:two", "b": 3}]))
    [{'iri': 'x:one'}, {'iri': 'x:two', 'b': 3}]
    """
    base = table.get("base", "")
    rows = (zip(table["columns"], cells, strict=False) for cells in table["rows"])
    return [
        {name: base + cell if name == "iri" else cell for name, cell in row if cell is not None}
        for row in rows
    ]


def _beginning(texts: Iterable[str]) -> str:
    """What all texts begin with: what the first and the last of them do."""
    ordered = sorted(texts)
    pairs = zip(ordered[0], ordered[-1], strict=False) if ordered else ()
    return "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _cells(row: Row, columns: Sequence[str], base: int) -> list[Any]:
    last = max((n for n, name in enumerate(columns) if name in row), default=-1)
    return [row[name][base:] if name == "iri" else row.get(name) for name in columns[: last + 1]]
