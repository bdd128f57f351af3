"""Further words for the sides of a relation: a fact holds for each name and pronoun in its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span

from kg.extract.arguments import Argument, Reader
from kg.extract.relations import Pair
from kg.extract.state import BracketName, sentence_of
from kg.model import Mention, Relation


def others(argument: Argument, sentence: Span, reader: Reader) -> Iterator[Argument]:
    """The further names and pronouns of a thing in a sentence; a place is not said twice."""
    for named in reader.named:
        inside = sentence.start <= named.start < sentence.end and named.kind in ("name", "pronoun")
        if not inside or named.entities != (argument.entity,) or named.start == argument.start:
            continue
        if not reader.is_place(named):
            yield Argument(argument.entity, named.start, named.end, named.kind)


def repeated(pair: Pair, reader: Reader) -> Iterator[Pair]:
    """A pair, and once for each further name or pronoun of its things in the sentence."""
    sentence = sentence_of(pair.candidate.anchor)
    heads = [pair.head, *others(pair.head, sentence, reader)]
    tails = [pair.tail, *others(pair.tail, sentence, reader)]
    if pair.head.start == pair.tail.start and len(heads) > 1 and len(tails) > 1:  # "their wedding"
        heads, tails = heads[1:], tails[1:]
    for head in heads:
        for tail in tails:
            yield pair._replace(head=head, tail=tail)


def bracketed(relation: Relation, names: list[BracketName], text: str) -> Iterator[Relation]:
    """A relation, and once for each name of its things in a bracket of its sentence."""
    yield relation
    for entity, start, end in names:
        if not relation.evidence.start <= start < relation.evidence.end:
            continue
        head, tail = relation.head, relation.tail
        if head.entity == entity and head.kind != "implicit":
            yield replace(relation, head=_at(head, start, end, text))
        elif isinstance(tail, Mention) and tail.entity == entity and tail.kind != "implicit":
            yield replace(relation, tail=_at(tail, start, end, text))


def _at(mention: Mention, start: int, end: int, text: str) -> Mention:
    """A mention moved to another name of its thing."""
    return replace(mention, start=start, end=end, text=text[start:end], kind="name")
