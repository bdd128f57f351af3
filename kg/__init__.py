"""claimgraph: English text to an RDF knowledge graph in which every claim can show its sentence.

>>> import kg
>>> graph = kg.build("seeds/*.txt")  # doctest: +SKIP
>>> graph.claims(subject="Microsoft")  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.errors import (
        InputError as InputError,
    )
    from kg.errors import (
        KGError as KGError,
    )
    from kg.errors import (
        ModelError as ModelError,
    )
    from kg.errors import (
        OntologyError as OntologyError,
    )
    from kg.errors import (
        QueryError as QueryError,
    )
    from kg.errors import (
        StoreError as StoreError,
    )
    from kg.errors import (
        UsageError as UsageError,
    )
    from kg.graph import KnowledgeGraph as KnowledgeGraph
    from kg.model import (
        Claim as Claim,
    )
    from kg.model import (
        Document as Document,
    )
    from kg.model import (
        Entity as Entity,
    )
    from kg.model import (
        Evidence as Evidence,
    )
    from kg.model import (
        Fact as Fact,
    )
    from kg.model import (
        Literal as Literal,
    )
    from kg.model import (
        Qualifiers as Qualifiers,
    )
    from kg.ontology import Ontology as Ontology
    from kg.ontology import load_ontology as load_ontology
    from kg.pipeline import build as build

    __version__: str

# Where each public name lives. Nothing is imported before it is used: spaCy alone takes most of a second.
_HOME = {
    "build": "kg.pipeline",
    "KnowledgeGraph": "kg.graph",
    "Ontology": "kg.ontology",
    "load_ontology": "kg.ontology",
    **dict.fromkeys(("Claim", "Document", "Entity", "Evidence", "Fact", "Literal", "Qualifiers"), "kg.model"),
    **dict.fromkeys(
        ("InputError", "KGError", "ModelError", "OntologyError", "QueryError", "StoreError", "UsageError"),
        "kg.errors",
    ),
}

__all__ = sorted((*_HOME, "__version__"))


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module("importlib.metadata").version("claimgraph")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
