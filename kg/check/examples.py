"""The examples of an ontology, run: each must say its relation and no other."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import SKOS

from kg.check.rules import Problem, entailed, stated
from kg.check.source import Source
from kg.extract import Extractor
from kg.model import Document, Extraction, Literal
from kg.ontology import Ontology


def example_problems(ontology: Ontology, source: Source, model: str | None) -> Iterator[Problem]:
    """Each ``skos:example`` that does not yield exactly its relation; what that entails is the same."""
    examples = [(prop, example) for prop in stated(ontology) for example in prop.examples]
    documents = (Document(str(number), example) for number, (_, example) in enumerate(examples))
    extractions = Extractor(ontology, model).extract(documents)
    for (prop, example), found in zip(examples, extractions, strict=True):
        names = {relation.predicate for relation in found.relations if not relation.open}
        others = names - {prop.name} - entailed(prop.name, ontology)
        if prop.name in names and not others:
            continue
        file, line = source.find(prop.iri, SKOS.example, example)
        reasons = [] if prop.name in names else [f"does not say {prop.name}"]
        reasons += [f"also says {other}" for other in _said(found, others)]
        why = _why(found, prop.name) if prop.name not in names else ""
        yield Problem(str(file), line, f'example of {prop.name}: "{example}" {", and ".join(reasons)}{why}')


def _said(found: Extraction, names: set[str]) -> list[str]:
    """The unwanted relations, each with the words that triggered it."""
    said = set()
    for relation in found.relations:
        if relation.predicate in names:
            tail = relation.tail.value if isinstance(relation.tail, Literal) else relation.tail.name
            evidence = relation.evidence
            how = f'"{evidence.trigger}", {evidence.construction}'
            said.add(f"{relation.predicate} ({relation.head.name} → {tail}, by {how})")
    return sorted(said)


def _why(found: Extraction, name: str) -> str:
    """What is known of a silence: who was refused, or else what the text was seen to name."""
    refused = sorted({r.reason for r in found.rejections if r.predicate == name})
    if refused:
        return f" ({'; '.join(refused)})"
    seen = sorted({(m.start, f"{m.text} is {m.type or 'of unknown class'}") for m in found.mentions})
    return f" ({'; '.join(text for _, text in seen) or 'no name was found in it'})"
