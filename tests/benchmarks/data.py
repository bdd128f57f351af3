"""Claim-shaped data in any amount: extractions as the model would make them, the same ones every time.

There are about 22 triples for each claim and 12 claims for each document; names are drawn so that a few
are in many documents and most in few, as in news.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from kg.model import Document, Evidence, Extraction, Mention, Qualifiers, Relation

#: How many of the documents of ``extractions`` make a million triples.
DOCUMENTS_OF_A_MILLION = 3_430

_CLAIMS = 12
_STATUSES = ("asserted",) * 7 + ("planned", "possible", "denied", "ended")
_SYLLABLES = "Bal Cor Den Fal Gar Hol Kes Lum Mar Nor Ost Pal Quil Ras Sol Tor Ulm Ver Wes Zan".split()
_KINDS = ("Group", "Labs", "Bank", "Motors", "Energy", "Media", "Foods", "Systems")
_RELATIONS = ("invested_in", "acquired", "partner_of", "supplies", "uses", "subsidiary_of")


def documents_of(claims: int) -> int:
    """How many documents make about so many claims: of twelve sentences one or two name one firm twice."""
    return round(claims / 10.6)


@cache
def names(number: int) -> tuple[str, ...]:
    """So many names of companies, none twice."""
    drawn = random.Random(7)
    found: dict[str, None] = {}
    while len(found) < number:
        stem = "".join(drawn.choices(_SYLLABLES, k=2)).capitalize()
        found[f"{stem}{drawn.choice(('', 'a', 'is', 'on'))} {drawn.choice(_KINDS)} {len(found)}"] = None
    return tuple(found)


def extractions(documents: int) -> Iterator[Extraction]:
    """What was found in so many documents."""
    pool = names(max(40, documents * 3))
    for number in range(documents):
        yield _extraction(number, pool)


def _extraction(number: int, pool: tuple[str, ...]) -> Extraction:
    drawn = random.Random(number)
    document_id, text = f"news/{number:06}", f"News {number} of the day, with what companies did.\n"
    mentions: list[Mention] = []
    relations: list[Relation] = []
    entities: dict[str, int] = {}
    for _ in range(_CLAIMS):
        head, tail = (pool[int(drawn.paretovariate(0.5)) % len(pool)] for _ in "ht")
        status, relation = drawn.choice(_STATUSES), drawn.choice(_RELATIONS)
        year, amount = drawn.randint(2001, 2026), drawn.randint(1, 900) * 1_000_000
        verb = relation.replace("_", " ")
        sentence = f"{head}, based in the north, {verb} {tail} for ${amount:,} in {year}, it was told."
        begin, place = len(text), len(text) + len(head) + len(", based in the north, ")
        text += sentence + "\n"
        ends = [
            Mention(at, at + len(name), name, "Organization", name, entities.setdefault(name, len(entities)))
            for name, at in ((head, begin), (tail, place + len(verb) + 1))
        ]
        mentions += ends
        if head == tail:
            continue
        said = Qualifiers(
            status=status,
            time=str(year),
            time_as_written=f"in {year}",
            earliest=f"{year}-01-01",
            latest=f"{year}-12-31",
            amount=str(amount),
            currency="USD",
        )
        evidence = Evidence(
            document_id, sentence, begin, begin + len(sentence), verb, place, place + len(verb), "verb"
        )
        score = drawn.randint(5_000, 9_999) / 10_000
        relations.append(Relation(relation, verb, ends[0], ends[1], said, evidence, None, score))
    document = Document(
        document_id, text, f"News {number}", f"2026-{number % 12 + 1:02}-01", f"{document_id}.txt"
    )
    return Extraction(document, tuple(mentions), tuple(relations))
