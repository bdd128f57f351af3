"""Ontologies without a word on how their relations are said, each with sentences of its domain.

Each row of a table tells all that its sentence says; ``fails:`` marks a row that does not hold today.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from kg.extract import Extractor
from kg.model import Document, Literal
from kg.ontology import load_ontology

FOLDER = Path(__file__).with_name("domains")


@cache
def extractor_of(domain: str) -> Extractor:
    """The extractor of a domain's ontology, made once."""
    return Extractor(load_ontology(FOLDER / f"{domain}.ttl"))


def rows() -> list[object]:
    """The rows of all tables."""
    found = []
    for table in sorted(FOLDER.glob("*.yaml")):
        for number, row in enumerate(yaml.safe_load(table.read_text(encoding="utf-8")), 1):
            marks = [pytest.mark.xfail(reason=row["fails"], strict=True)] if "fails" in row else []
            name = f"{table.stem}-{number}"
            found.append(pytest.param(table.stem, row["text"], row["says"], id=name, marks=marks))
    return found


@pytest.mark.model
@pytest.mark.parametrize(("domain", "text", "says"), rows())
def test_domains(domain: str, text: str, says: list[list[str]]) -> None:
    (found,) = extractor_of(domain).extract([Document("row", text)])
    stated = [r for r in found.relations if r.qualifiers.status in ("asserted", "ended")]
    assert {
        (r.head.name, r.predicate, r.tail.value if isinstance(r.tail, Literal) else r.tail.name)
        for r in stated
    } == {tuple(fact) for fact in says}
