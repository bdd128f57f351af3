"""What people have decided: a small YAML file that builds read and people edit.

::

    pins:                       # the IRI of a thing, whatever other documents say
      - iri: e:Ford
        name: Ford Motor Company
        class: Organization
        document: ford-2024     # only of this document's thing; may be left out, here and below
    merges:                     # the first is the second
      - thing: {name: IBM, class: Organization}
        into: {name: International Business Machines, class: Organization}
    splits:                     # put together with nothing of another name, or of another document
      - {name: John Smith, class: Person, document: smith-1994}
    claims:                     # what a person who has read the sentence says of a claim
      - document: ford-2024
        sentence: Ford may buy Rivian.
        subject: Ford Motor Company
        relation: acquired
        object: Rivian
        verdict: correct        # or accept, or reject
        correct: {status: possible}   # a status, a relation, or both

A key that is not known is an error, with its line.
"""

from __future__ import annotations

from kg.decisions.read import load_decisions
from kg.decisions.types import VERDICTS, Called, Decision, Decisions, Merge, Pin, Split, Verdict
from kg.decisions.write import add_decisions

__all__ = [
    "VERDICTS",
    "Called",
    "Decision",
    "Decisions",
    "Merge",
    "Pin",
    "Split",
    "Verdict",
    "add_decisions",
    "load_decisions",
]
