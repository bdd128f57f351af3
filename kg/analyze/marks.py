"""Which relations of an ontology mean what: what it marks, and what lies below that or runs the other way."""

from __future__ import annotations

from collections.abc import Mapping

from kg.ontology import Ontology
from kg.reason import Entailment


def marked(ontology: Ontology, mark: str) -> Mapping[str, bool]:
    """The IRIs of the relations that have a mark, each with whether its subject and object change places.

    >>> from kg.ontology import load_ontology
    >>> found = marked(load_ontology(), "ControlRelation")
    >>> {iri.rpartition("#")[2]: turned for iri, turned in found.items()}
    {'acquired': False, 'owns': False, 'parent_of': False, 'subsidiary_of': True}
    """
    law = Entailment(ontology.axioms)
    bearers = {axiom.term for axiom in ontology.axioms if axiom.kind == mark}
    found = {}
    for iri in sorted({prop.iri for prop in ontology.properties.values()} | bearers):
        ways = [turned for other, turned in law.sides(iri) if other in bearers]
        if ways:
            found[iri] = ways[0]
    return found
