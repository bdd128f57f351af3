"""Queries that ship with the program: one ``.rq`` file each, described by its first line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ShippedQuery:
    """A query with its name and what it answers."""

    name: str
    description: str
    text: str


def shipped_queries() -> dict[str, ShippedQuery]:
    """Every shipped query by name, in order.

    >>> "evidence" in shipped_queries()
    True
    """
    found = {}
    for file in sorted(Path(__file__).parent.glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        description = text.splitlines()[0].removeprefix("#").strip()
        found[file.stem] = ShippedQuery(file.stem, description, text)
    return found
