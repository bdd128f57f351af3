"""What a sentence leaves to its neighbours: whose role it is, and who reported it."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc, Span, Token

from kg.english import words
from kg.extract.arguments import Argument, Reader
from kg.extract.candidate import Candidate
from kg.extract.clauses import all_conjuncts, children, prepositions
from kg.extract.coref import is_subject
from kg.extract.descriptions import opens_paragraph
from kg.extract.discourse import standing_out
from kg.extract.state import Named, sentence_of


def implicit_owner(candidate: Candidate, reader: Reader) -> Argument | None:
    """The organisation in focus, for a role or holding without one ("Founder and CEO Ida Moe said").

    The document's main topic where it stands out and is near, else the only thing that was the subject
    of this sentence or of the two before; the span is its nearest mention.
    """
    role, able = candidate.anchor, _able(candidate, reader)
    together = all_conjuncts([t for subject in candidate.subjects for t in (first_of(subject), subject)])
    others = {a.entity for token in together for a in reader.arguments(token)}
    sentences = list(role.doc.sents)
    here = next(n for n, sent in enumerate(sentences) if sent.start <= role.i < sent.end)
    start, end = sentences[max(0, here - 2)].start, sentences[here].end
    held = _held_before(candidate, start, reader)
    if held is not None:
        return _implicit(held) if held.entities[0] in able - others else None
    near = [
        mention
        for mention in reader.named
        if start <= mention.start < end and len(mention.entities) == 1
        if mention.entities[0] in able
    ]
    subjects = {m.entities[0]: m for m in near if _is_main_subject(m, role.doc)}
    subjects = {number: mention for number, mention in subjects.items() if number not in others}
    before = sentences[here - 1].start if here else start
    latest = [mention for mention in subjects.values() if before <= mention.start]
    topic = _topic(able, reader)
    opens = opens_paragraph(role) and not any(m.start >= sentence_of(role).start for m in latest)
    if len(latest) == 1 and latest[0].start < role.i and not (opens and topic is not None):
        return _implicit(latest[0])
    if topic is not None:
        near = [m for m in reader.named if m.start < end and len(m.entities) == 1] if opens else near
        named = [mention for mention in near if mention.entities[0] == topic and topic not in others]
        return _implicit(named[-1]) if named else None
    if len(subjects) == 1 and (latest or not _is_parted(before, start, role.doc)):
        return _implicit(next(iter(subjects.values())))
    return _first_told(sentence_of(role).start, able, reader) if not subjects else None


def _is_parted(before: int, start: int, doc: Doc) -> bool:
    """Whether the sentence before a sentence opens a paragraph: what was told earlier is left."""
    return start < before and "\n" in doc[before - 1].text_with_ws


def first_of(name: Token) -> Token:
    """The first of coordinated names."""
    while name.dep_ == "conj" and name.head.i < name.i:
        name = name.head
    return name


def _held_before(candidate: Candidate, start: int, reader: Reader) -> Named | None:
    """What a stake was last said to be in: "X sold a stake in Y. Z will take a stake of 2 percent"."""
    noun, holdings = reader.doc[candidate.trigger[1] - 1], words("implicit.holdings")
    earlier = reader.doc[start : noun.i] if noun.lemma_.lower() in holdings else ()
    for other in reversed(list(earlier)):
        if other.lemma_.lower() in holdings:
            for name, held in prepositions(other):
                mention = reader.at.get(held.i) if name == "in" else None
                if mention is not None and len(mention.entities) == 1:
                    return mention
    return None


def _able(candidate: Candidate, reader: Reader) -> set[int]:
    """The things that a property can be of; organs of a state have no rivals and partners."""
    prop, know = candidate.found.property, reader.know
    return {
        number
        for number, entity in enumerate(reader.entities)
        if prop.range and know.ontology.is_a(entity.type, prop.range)
        if not (prop.symmetric and _is_public(entity.name, know.lexicon["public.organizations"]))
    }


def _is_public(name: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(name.lower().split())


def _topic(able: set[int], reader: Reader) -> int | None:
    """The thing of a class that is mentioned half as often again as any other, if there is one."""
    return standing_out(Counter(e for m in reader.named for e in m.entities if e in able))


def _first_told(end: int, able: set[int], reader: Reader) -> Argument | None:
    """The only thing of a class that the text has named before a word."""
    told = {e: m for m in reader.named if m.start < end for e in m.entities if e in able}
    return _implicit(next(iter(told.values()))) if len(told) == 1 else None


def _implicit(mention: Named) -> Argument:
    return Argument(mention.entities[0], mention.start, mention.end, "implicit")


def _is_main_subject(mention: Named, doc: Doc) -> bool:
    """Whether a mention is the subject of its sentence, or of what the sentence reports."""
    root = doc[mention.start : mention.end].root
    if not is_subject(root):
        return False
    verb = root.head if root.dep_ != "pobj" else root.head.head.head
    return verb.dep_ == "ROOT" or (verb.dep_ == "ccomp" and verb.head.dep_ == "ROOT")


def reported_by(sentence: Span, reader: Reader) -> Argument | None:
    """The source that the next sentence names: "This information comes from a Herald report"."""
    doc = sentence.doc
    if sentence.end >= len(doc):
        return None
    following = sentence_of(doc[sentence.end])
    root = following.root
    nouns = reader.know.lexicon["attribution.nouns"]
    subject = next((s for s in children(root, "nsubj", "nsubjpass") if s.lemma_.lower() in nouns), None)
    if (
        subject is None
        or root.lemma_ not in words("attribution.brought")
        or not any(c.lower_ in ("this", "the", "that", "these") for c in subject.children)
    ):
        return None
    for name, token in prepositions(root):
        if name in ("from", "by", "in"):
            for below in sorted(token.subtree, key=lambda t: t.i):
                mention = reader.at.get(below.i)
                if mention is not None and mention.kind == "name":
                    return Argument(mention.entities[0], mention.start, mention.end, "name")
    return None
