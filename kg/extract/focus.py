"""What a sentence leaves to its neighbours: whose role it is, and who reported it."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Span

from kg.extract.arguments import Argument, Reader
from kg.extract.clauses import children, prepositions
from kg.extract.coref import is_subject
from kg.extract.relations import Candidate


def implicit_owner(candidate: Candidate, reader: Reader) -> Argument | None:
    """The organisation in focus, for a role or holding without one ("Founder and CEO Ida Moe said").

    Of the things that were subjects in this sentence or the two before, the one most often named in
    the document; the span is its nearest earlier mention.
    """
    role, allowed = candidate.anchor, candidate.found.property.range
    others = {a.entity for token in candidate.subjects for a in reader.arguments(token)}
    sentences = list(role.doc.sents)
    here = next(n for n, sent in enumerate(sentences) if sent.start <= role.i < sent.end)
    start = sentences[max(0, here - 2)].start
    frequency = Counter(e for mention in reader.named for e in mention.entities)
    best: tuple[int, int] | None = None
    chosen: Argument | None = None
    for mention in reader.named:
        root = role.doc[mention.start : mention.end].root
        if (
            not start <= mention.start < sentences[here].end
            or not is_subject(root)
            or len(mention.entities) != 1
        ):
            continue
        number = mention.entities[0]
        if (
            number not in others
            and reader.know.ontology.is_a(reader.entities[number].type, allowed)
            and allowed
        ):
            rank = (frequency[number], mention.start)
            if best is None or rank >= best:
                best, chosen = rank, Argument(number, mention.start, mention.end, "implicit")
    return chosen


def reported_by(sentence: Span, reader: Reader) -> Argument | None:
    """The source that the next sentence names: "This information comes from a Herald report"."""
    doc = sentence.doc
    if sentence.end >= len(doc):
        return None
    following = doc[sentence.end].sent
    root = following.root
    nouns = reader.know.lexicon["attribution.nouns"]
    subject = next((s for s in children(root, "nsubj", "nsubjpass") if s.lemma_.lower() in nouns), None)
    if subject is None or not any(c.lower_ in ("this", "the", "that", "these") for c in subject.children):
        return None
    for name, token in prepositions(root):
        if name in ("from", "by", "in"):
            for below in sorted(token.subtree, key=lambda t: t.i):
                mention = reader.at.get(below.i)
                if mention is not None and mention.kind == "name":
                    return Argument(mention.entities[0], mention.start, mention.end, "name")
    return None
