"""Frames over the words of a sentence where the tree is no help: for ontologies without a lexicon.

Names of films, galaxies or species break the parse around them. What an encyclopedic sentence says
after its topic it mostly says of the topic, so here a frame's word, its preposition and the next
name are enough, with domain and range as the judge.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.extract import nominals
from kg.extract.candidate import Candidate
from kg.extract.foreign import value_words
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.state import Named, entities_of, mention_at, named_of

_REACH = 14  # words between a trigger and its preposition
_NEAR = 7  # words between a preposition and its name
_CONSTRUCTION = "surface"


def surface_candidates(doc: Doc, know: Knowledge) -> Iterator[Candidate]:
    """Candidates of derived frames whose X is the topic of the sentence."""
    if not know.ontology.kinds:
        return
    at = mention_at(named_of(doc))
    for token in doc:
        if token.pos_ in ("NOUN", "PROPN"):
            yield from _class_candidates(token, at, know)
    for sentence in doc.sents:
        topic = _topic(sentence, at)
        if topic is None:
            continue
        subject = doc[topic.start : topic.end].root
        for token in sentence[topic.end - sentence.start :]:
            if token.i not in at or token.pos_ == "NOUN":
                yield from _from_trigger(token, subject, at, know)
            yield from _from_year(token, subject, know)
            yield from _from_label(token, subject, at, know)


def _topic(sentence: Span, at: dict[int, Named]) -> Named | None:
    """What a sentence is about: the name or pronoun that it begins with, or the subject of its verb."""
    for token in sentence:
        mention = at.get(token.i)
        if mention is not None and mention.kind in ("name", "pronoun", "description"):
            root = token.doc[mention.start : mention.end].root
            if root.dep_ == "pobj" and root.head.i < mention.start:
                continue  # "From the hills, the river …"
            return mention if len(mention.entities) == 1 else None
        if token.tag_ in ("VBD", "VBZ", "VBP", "MD") or (
            token.pos_ == "NOUN" and token.dep_ in ("nsubj", "nsubjpass")
        ):
            return None
    return None


def _class_candidates(noun: Token, at: dict[int, Named], know: Knowledge) -> Iterator[Candidate]:
    """ "X is a tenor", "Y, a drama film": what a thing is called, or the word before that, is a value."""
    found = know.frames.get(("class", "*"), [])
    bearers = [bearer for _, bearer in nominals.bearers(noun)] if found else []
    bearers = [b for b in bearers if b.i in at]
    values = value_words(know) if bearers else {}
    before = [t for t in noun.lefts if t.dep_ in ("compound", "nmod", "amod")]
    for item in found if bearers else []:
        for word in (noun, *reversed(before)):
            kind = values.get(word.lemma_.lower()) or values.get(word.lower_)
            if word.i in at and kind and know.ontology.is_a(kind, item.property.range):
                anchor = nominals.role_anchor(noun)
                yield Candidate(item, bearers, [word], (word.i, word.i + 1), anchor, "class", granted=True)
                break


def _from_trigger(token: Token, subject: Token, at: dict[int, Named], know: Knowledge) -> Iterator[Candidate]:
    lemmas = dict.fromkeys((token.lemma_.lower(), token.lower_))
    for kind in ("verb", "noun", "adjective"):
        if (kind == "verb") != (token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBN", "VBG")):
            continue
        for item in (found for lemma in lemmas for found in know.frames.get((kind, lemma), [])):
            slot = _object_slot(item, token)
            if slot is None or not _said(item, token):
                continue
            for name in _objects(token, slot, at, know, item):
                if name != subject:
                    yield Candidate(item, [subject], [name], _trigger(item, token), token, _CONSTRUCTION)


def _trigger(item: FrameOf, token: Token) -> tuple[int, int]:
    words = len(item.frame.words) if item.frame.kind == "noun" else 1
    return token.i - words + 1, token.i + 1


def _said(item: FrameOf, token: Token) -> bool:
    """Whether the frame's further words stand with the trigger."""
    frame, doc = item.frame, token.doc
    if frame.kind == "noun":
        start = token.i - len(frame.words) + 1
        return start >= token.sent.start and all(
            word in (t.lower_, t.lemma_.lower()) for t, word in zip(doc[start:], frame.words, strict=False)
        )
    near = {t.lower_ for t in doc[token.i : token.i + 5]} | {
        t.lemma_.lower() for t in doc[token.i : token.i + 5]
    }
    return set(frame.fixed) <= near


def _object_slot(item: FrameOf, token: Token) -> str | None:
    """The preposition that Y follows, "" for the next name; None where X is not the topic."""
    frame = item.frame
    if item.property.name.startswith("^") or frame.ends:
        return None
    participle = token.tag_ == "VBN" or (token.tag_ == "VBD" and _after_be(token))
    if frame.kind != "verb":
        return frame.object
    if frame.subject == "obj":
        return None if not participle else "by" if frame.object == "subj" else frame.object
    if frame.subject != "subj" or participle:
        return None
    return "" if frame.object == "obj" else frame.object


def _after_be(token: Token) -> bool:
    before = token.doc[max(token.sent.start, token.i - 4) : token.i]
    return any(t.lemma_ == "be" for t in before)


def _objects(
    token: Token, slot: str, at: dict[int, Named], know: Knowledge, item: FrameOf
) -> Iterator[Token]:
    """The names, or dates, that follow the slot's preposition; all of a list."""
    doc, end = token.doc, token.sent.end
    if not slot:
        yield from _names_from(doc, token.i + 1, end, at, item, know)
        return
    for other in doc[token.i + 1 : min(end, token.i + _REACH)]:
        if other.tag_ in ("VBD", "VBZ", "VBP", "MD") and other.i not in at and not _is_participle(other):
            return
        if other.lower_ == slot:
            found = list(_names_from(doc, other.i + 1, end, at, item, know))
            yield from found
            if found or not _is_time(doc[other.i + 1 : end]):
                return


def _is_time(phrase: Span) -> bool:
    """Whether a phrase begins with a time ("on 3 May on Barrow Records")."""
    return any(token.ent_type_ == "DATE" for token in phrase[:2])


def _is_participle(token: Token) -> bool:
    """Whether a past form may be a participle: after "and" or a comma, before "by" or "in"."""
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    return token.tag_ == "VBD" and after in ("by", "in", "on", "and", ",")


def _names_from(
    doc: Doc, start: int, end: int, at: dict[int, Named], item: FrameOf, know: Knowledge
) -> Iterator[Token]:
    gap, listed, index = 0, False, start
    while index < end and gap < _NEAR:
        token, mention = doc[index], at.get(index)
        if item.property.literal:
            if token.ent_type_ == "DATE" or token.like_num:
                yield token
                return
            if token.pos_ != "DET":
                return
        if mention is not None and mention.kind in ("name", "pronoun"):
            if _fits(mention, item, doc, know):
                yield doc[mention.start : mention.end].root
                listed = True
            gap, index = 3 if listed else gap + 1, mention.end
            continue
        if not listed and (
            token.pos_ in ("VERB", "AUX", "SCONJ") or (token.pos_ == "ADP" and token.lower_ != "of")
        ):
            return
        if (
            listed
            and token.lower_ not in (",", "and", "&", "or", "the", "/")
            and token.pos_ not in ("NOUN", "ADJ", "PUNCT")
        ):
            return
        gap, index = gap + 1, index + 1


def _fits(mention: Named, item: FrameOf, doc: Doc, know: Knowledge) -> bool:
    kind = entities_of(doc)[mention.entities[0]].type if len(mention.entities) == 1 else ""
    return know.ontology.admits(kind, item.property.range)


def _from_year(token: Token, subject: Token, know: Knowledge) -> Iterator[Candidate]:
    """ "X is a 1994 film": the year before what the topic is."""
    if not (
        token.text.isdigit()
        and len(token) == 4
        and token.head.pos_ in ("NOUN", "PROPN")
        and token.i < token.head.i
    ):
        return
    noun = token.head
    if (
        noun.dep_ not in ("attr", "appos")
        or noun.sent.start > subject.i
        or noun.head.dep_ not in ("ROOT", "nsubj")
    ):
        return
    for item in know.frames.get(("year", "*"), []):
        yield Candidate(item, [subject], [token], (token.i, token.i + 1), noun, "year")


def _from_label(token: Token, subject: Token, at: dict[int, Named], know: Knowledge) -> Iterator[Candidate]:
    """ "in the constellation Lyra", "of the Lyra constellation": the class or relation is named beside."""
    if token.pos_ not in ("NOUN", "PROPN") or token.i == subject.i:
        return
    for item in know.labels.get(token.lemma_.lower(), []):
        if token.i in at and len(at[token.i].entities) == 1 and at[token.i].end - at[token.i].start > 1:
            mention: Named | None = at[token.i]
        else:
            after = at.get(token.i + 1)
            mention = after if after is not None and after.kind == "name" else at.get(token.i - 1)
        if mention is None or mention.kind != "name" or subject.i in range(mention.start, mention.end):
            continue
        if _fits(mention, item, token.doc, know):
            name = token.doc[mention.start : mention.end].root
            yield Candidate(item, [subject], [name], (token.i, token.i + 1), token, "label")
