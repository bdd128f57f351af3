"""The public surface: these names and no others, each importable, none of them heavy to name."""

from __future__ import annotations

import kg


def test_public_names() -> None:
    assert kg.__all__ == [
        "Claim",
        "Document",
        "Entity",
        "Evidence",
        "Fact",
        "InputError",
        "KGError",
        "KnowledgeGraph",
        "Literal",
        "ModelError",
        "Ontology",
        "OntologyError",
        "Qualifiers",
        "QueryError",
        "StoreError",
        "UsageError",
        "__version__",
        "build",
        "load_ontology",
    ]
    assert dir(kg) == kg.__all__
    assert all(getattr(kg, name) is not None for name in kg.__all__)
