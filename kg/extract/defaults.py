"""The reading by default: the only relation that an ontology has between things of two classes.

A sentence about a singer that names a voice tells the singer's voice, whatever its words, where the
ontology has no other relation between persons and voices. Such a reading rests on the classes alone;
its construction has a low score of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.extract.candidate import Candidate
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.state import Named
from kg.extract.topics import Topics
from kg.frames import Frame
from kg.ontology import PropertyType
from kg.words import KIND_LABELS

CONSTRUCTION = "default"
_FRAME = Frame("default", ("*",), (), "is", "class", False, "*")


def default_candidates(doc: Doc, know: Knowledge, read: Iterable[Candidate]) -> Iterator[Candidate]:
    """Candidates of relations that nothing else says of the topic of a sentence."""
    only = only_relations(know)
    if not only:
        return
    topics = Topics(doc, know, unsure=False)
    said = {candidate.found.property.name.lstrip("^") for candidate in read}
    for sentence in doc.sents:
        topic = topics.topic(sentence[0])
        for prop in only if topic is not None else ():
            if topic is None or prop.name in said or not topics.is_of(topic, prop.domain):
                continue
            named = list(_named(sentence.start, sentence.end, topic, topics, prop))
            if len({mention.entities for mention in named}) == 1:
                words = [doc[m.start : m.end].root for m in (topic, named[0])]
                span = (named[0].start, named[0].end)
                yield Candidate(FrameOf(_FRAME, prop), words[:1], words[1:], span, words[1], CONSTRUCTION)


def _named(start: int, end: int, topic: Named, topics: Topics, prop: PropertyType) -> Iterator[Named]:
    """The things of a sentence that are of the range of a relation for sure."""
    for index in range(start, end):
        mention = topics.at.get(index)
        if mention is None or mention.start != index or mention.entities == topic.entities:
            continue
        if mention.kind == "name" and topics.surely(mention, prop.range):
            yield mention


def only_relations(know: Knowledge) -> list[PropertyType]:
    """The relations that no other of the ontology is like in the classes of both sides."""
    cached = know.__dict__.get("_only")
    if cached is None:
        properties = [p for n, p in sorted(know.ontology.properties.items()) if n[0] != "^" and not p.literal]
        cached = [p for p in properties if _is_only(p, properties, know)]
        know.__dict__["_only"] = cached
    return list(cached) if know.ontology.kinds else []


def _is_only(prop: PropertyType, properties: list[PropertyType], know: Knowledge) -> bool:
    own = bool(prop.domain) and bool(prop.range) and not set(prop.range) & {*KIND_LABELS, *prop.domain}
    others = [other for other in properties if other.name != prop.name and other.range]
    return own and not any(
        _meet(prop.domain, other.domain, know) and _meet(prop.range, other.range, know) for other in others
    )


def _meet(one: tuple[str, ...], other: tuple[str, ...], know: Knowledge) -> bool:
    """Whether a thing may be of a class of both."""
    admits = know.ontology.admits
    return not one or not other or any(admits(n, other) for n in one) or any(admits(n, one) for n in other)
