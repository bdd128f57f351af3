"""Graphs of any size for the page: groups of companies and people, a few of them in many facts."""

from __future__ import annotations

import random

from kg.model import STATUSES, Claim, Document, Entity, Evidence, Fact, Qualifiers
from tests.benchmarks.data import names

_NEWS = "https://w3id.org/claimgraph/news#"
_BASE = "https://example.org/kg/"
_TYPES = ("Organization", "Organization", "Person", "Person", "Place", "Product")
_RELATIONS = ("invested_in", "acquired", "partner_of", "supplies", "uses", "ceo_of", "headquartered_in")
_GROUP = 40  # entities that mostly deal with one another
_CLAIMS = 12  # in a document
_SHARE = (14, 2, 1, 1, 1)  # of each status


def world(entities: int, facts: int) -> tuple[list[Fact], list[Document]]:
    """So many entities and facts, each fact with one claim; the same ones every time."""
    drawn = random.Random(11)
    things = [
        Entity(f"{_BASE}entity/{name.replace(' ', '_')}", name, _NEWS + _TYPES[n % len(_TYPES)])
        for n, name in enumerate(names(entities))
    ]
    texts: list[list[str]] = [[] for _ in range(facts // _CLAIMS + 1)]
    ends = [0] * len(texts)
    made = []
    for number in range(facts):
        subject = things[number % entities]
        target = things[_partner(drawn, number % entities, entities)]
        relation, status = drawn.choice(_RELATIONS), drawn.choices(STATUSES, _SHARE)[0]
        place = number // _CLAIMS
        words = relation.replace("_", " ")
        text = f"{subject.name} {words} {target.name}, people close to the matter said on day {number}."
        evidence = Evidence(
            f"doc-{place:05}", text, ends[place], ends[place] + len(text), words,
            ends[place] + len(subject.name) + 1, ends[place] + len(subject.name) + 1 + len(words),
        )  # fmt: skip
        texts[place].append(text)
        ends[place] += len(text) + 1
        claim = Claim(
            f"{_BASE}claim/{number:06}", subject, _NEWS + relation, target, Qualifiers(status), evidence,
            score=round(0.5 + drawn.random() / 2, 2),
        )  # fmt: skip
        made.append(Fact(subject, claim.predicate, target, (claim,)))
    documents = [
        Document(f"doc-{n:05}", " ".join(said), f"Report {n}", f"20{10 + n % 16}-{1 + n % 12:02}-15")
        for n, said in enumerate(texts)
        if said
    ]
    return made, documents


def _partner(drawn: random.Random, number: int, entities: int) -> int:
    """Mostly one of the same group, the first of which know the most; sometimes anyone well known."""
    if drawn.random() < 0.12:
        return int(entities * drawn.random() ** 3) // _GROUP * _GROUP
    group = number // _GROUP * _GROUP
    return min(group + int(_GROUP * drawn.random() ** 2.5), entities - 1)
