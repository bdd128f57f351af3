"""The examples of an ontology, run: each must say its relation and no other."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import SKOS

from kg.check.rules import Problem, stated
from kg.check.source import Source
from kg.extract import Extractor
from kg.extract.account import accounts
from kg.model import Account, Document, Extraction, Literal
from kg.ontology import Ontology


def example_problems(ontology: Ontology, source: Source, model: str | None) -> Iterator[Problem]:
    """Each ``skos:example`` that does not yield exactly its relation; what that entails is the same."""
    examples = [(prop, example) for prop in stated(ontology) for example in prop.examples]
    documents = (Document(str(number), example) for number, (_, example) in enumerate(examples))
    found_in = accounts(Extractor(ontology, model), documents)
    for (prop, example), account in zip(examples, found_in, strict=True):
        found = account.extraction
        names = {relation.predicate for relation in found.relations if not relation.open}
        others = names - {prop.name} - ontology.above(prop.name)
        if prop.name in names and not others:
            continue
        file, line = source.find(prop.iri, SKOS.example, example)
        reasons = [] if prop.name in names else [f"does not say {prop.name}"]
        reasons += [f"also says {other}" for other in _said(found, others)]
        why = _why(account, prop.name) if prop.name not in names else ""
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


def _why(account: Account, name: str) -> str:
    """What is known of a silence: what became of the relation's frames, or what the text was seen to say."""
    propositions = account.propositions
    reasons = [
        f"{use.frame}: {use.reason}"
        for p in propositions
        for use in p.uses
        if use.predicate == name and use.reason
    ]
    reasons = reasons or [f'"{p.trigger}": {p.reason}' for p in propositions if p.reason]
    mentions = account.extraction.mentions
    seen = sorted({(m.start, f"{m.text} is {m.type or 'of unknown class'}") for m in mentions})
    reasons = list(dict.fromkeys(reasons)) or [text for _, text in seen]
    return f" ({'; '.join(reasons) or 'no name was found in it'})"
