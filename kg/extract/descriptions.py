"""What definite descriptions stand for: "the company", "both firms", "the Montreal-based chipmaker".

By evidence alone: a noun that the document used of the thing, or the one thing of that class that
was subject last. Without evidence nothing is resolved.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.discourse import Discourse, bound
from kg.extract.state import Named


def description(token: Token, discourse: Discourse) -> Named | None:
    """ "The company", "both firms", "the Montreal-based chipmaker"; the span is the noun phrase's."""
    lemma = token.lemma_.lower()
    kind = discourse.know.ontology.noun_types.get(lemma)
    if kind is None or token.pos_ != "NOUN" or not _is_definite(token):
        return None
    plural = token.tag_ == "NNS"
    start = min([token.i, *(c.i for c in token.children if c.dep_ in ("det", "nummod", "predet", "preconj"))])
    if plural:
        entities = _plural_antecedent(token, kind, discourse)
    else:
        number = _antecedent(token, lemma, kind, discourse)
        entities = () if number is None else (number,)
    return Named(start, token.i + 1, entities, "description") if entities else None


def _is_definite(token: Token) -> bool:
    """A definite noun phrase with nothing after it that says which one."""
    definite = any(c.lower_ in ("the", "this", "that", "these", "those", "both") for c in token.children)
    specific = any(
        c.dep_ in ("appos", "relcl", "acl", "poss")
        or (c.dep_ == "prep" and c.lower_ in ("of", "behind", "in", "at"))
        or (c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN")
        for c in token.children
    )
    named = token.dep_ in ("appos", "attr", "compound", "oprd") or (
        token.dep_ == "pobj" and token.head.lower_ == "as"
    )
    return definite and not specific and not named


def _antecedent(token: Token, lemma: str, kind: str, discourse: Discourse) -> int | None:
    candidates = [s for s in discourse.seen if discourse.of_class(s.entity, kind) and not bound(token, s)]
    for seen in reversed(candidates):
        words = [word.lower() for name in (discourse.entities[seen.entity].name,) for word in name.split()]
        if lemma in words or lemma in discourse.nouns.get(seen.entity, ()):
            return seen.entity
    if lemma not in discourse.know.lexicon["descriptions.generic_organization"]:
        return None
    here = discourse.sentence[token.i]
    near = [s for s in candidates if s.sentence in (here, here - 1) and s.subject]
    for sentence in (here, here - 1):
        subjects = list(dict.fromkeys(s.entity for s in near if s.sentence == sentence))
        if subjects:
            return subjects[0] if len(subjects) == 1 else None
    return None


def _plural_antecedent(token: Token, kind: str, discourse: Discourse) -> tuple[int, ...]:
    """The last coordination of that class, else the only two that were mentioned lately."""
    counted = any(c.lower_ in ("two", "both") for c in token.children)
    for pair in reversed(discourse.pairs):
        if all(discourse.of_class(number, kind) for number in pair) and (counted or len(pair) == 2):
            return pair
    here = discourse.sentence[token.i]
    recent = tuple(
        dict.fromkeys(
            s.entity for s in discourse.seen if here - s.sentence <= 1 and discourse.of_class(s.entity, kind)
        )
    )
    return recent if counted and len(recent) == 2 else ()
