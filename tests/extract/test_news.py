"""Short news items (``news/*.yaml``) through the real model: what they say, its status, nothing else.

All are invented. ``wanted`` are the relations "subject | predicate | object", with " | status" where it is
not asserted; without it nothing is said. ``fails`` is the reason why a row does not hold today.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from kg.model import Document, Literal, Mention

if TYPE_CHECKING:
    from kg.extract import Extractor

TABLES = sorted(Path(__file__).with_name("news").glob("*.yaml"))
SYMMETRIC = frozenset(("merged_with", "partner_of", "competes_with", "negotiates_with", "spouse_of"))


def rows() -> list[object]:
    """The rows of the tables; those that do not hold today are expected to fail."""
    tables = [yaml.safe_load(table.read_text(encoding="utf-8")) for table in TABLES]
    found = []
    for row in (row for table in tables for row in table):
        marks = [pytest.mark.xfail(reason=row["fails"], strict=True)] if "fails" in row else []
        found.append(pytest.param(row["text"], row.get("wanted", []), id=row["name"], marks=marks))
    return found


def said(extractor: Extractor, text: str) -> set[tuple[str, ...]]:
    """The relations of a text: subject, predicate, object, status."""
    (found,) = extractor.extract([Document("news", text, date="2025-03-14")])
    return {_sides(r.head.name, r.predicate, _name(r.tail), r.qualifiers.status) for r in found.relations}


def _name(end: Mention | Literal) -> str:
    return end.name if isinstance(end, Mention) else end.value


def _sides(head: str, predicate: str, tail: str, status: str) -> tuple[str, ...]:
    """The two sides of a symmetric relation in alphabetical order."""
    if predicate in SYMMETRIC:
        head, tail = sorted((head, tail))
    return head, predicate, tail, status


def read_wanted(line: str) -> tuple[str, ...]:
    """A relation as it stands in the table."""
    head, predicate, tail, *status = (part.strip() for part in line.split("|"))
    return _sides(head, predicate, tail, status[0] if status else "asserted")


@pytest.mark.model
@pytest.mark.parametrize(("text", "wanted"), rows())
def test_news(extractor: Extractor, text: str, wanted: list[str]) -> None:
    assert said(extractor, text) == {read_wanted(line) for line in wanted}
